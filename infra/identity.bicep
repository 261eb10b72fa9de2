// The identity that the app is. User-assigned, not the app's own: it and its roles exist before the app does, so that the app's first
// start finds what it may use, and they survive when the app is made anew.
param name string
param location string
param tags object

// https://learn.microsoft.com/azure/templates/microsoft.managedidentity/userassignedidentities
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

output id string = identity.id
output principalId string = identity.properties.principalId
output clientId string = identity.properties.clientId
