// Who may do what, on this account and this component alone.
param storageName string
param componentName string

@description('The identity of the app.')
param principalId string

@description('Who may drop files; empty for nobody.')
param uploaderPrincipalId string

@allowed(['Group', 'ServicePrincipal', 'User'])
param uploaderPrincipalType string

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage
var blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/monitor
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

// Blobs, Owner: the host keeps its locks and function keys there, and its blob trigger asks for this role and no less.
// Queues: the durable task hub, and the queue behind the blob trigger with its poison queue. Tables: the hub's history, Segments, Runs.
// On the account, not on containers: the task hub makes its own containers, queues and tables.
// https://learn.microsoft.com/azure/azure-functions/functions-reference#grant-permission-to-the-identity
var ofTheApp = [blobDataOwner, queueDataContributor, tableDataContributor]

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource uploads 'containers' existing = {
      name: 'uploads'
    }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

// https://learn.microsoft.com/azure/templates/microsoft.authorization/roleassignments
resource appOnStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in ofTheApp: {
    // A name of what is assigned to whom on what: assigned again, it is the same assignment.
    name: guid(account.id, principalId, role)
    scope: account
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal' // a new identity may not be known everywhere yet; with its type nobody looks it up
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

// Sends telemetry, reads none.
// https://learn.microsoft.com/azure/templates/microsoft.authorization/roleassignments
resource appOnTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(component.id, principalId, monitoringMetricsPublisher)
  scope: component
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
  }
}

// Drops, replaces and removes files; sees no cleaned row, no run, no segment.
// https://learn.microsoft.com/azure/templates/microsoft.authorization/roleassignments
resource uploaderOnUploads 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(uploaderPrincipalId)) {
  name: guid(account::blobs::uploads.id, uploaderPrincipalId, blobDataContributor)
  scope: account::blobs::uploads
  properties: {
    principalId: uploaderPrincipalId
    principalType: uploaderPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
  }
}
