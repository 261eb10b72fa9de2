// Where logs, traces and metrics go.
param workspaceName string
param componentName string
param location string
param tags object

// A loop that logs must not cost more than the shop. Some twenty times what docs/operating.md reckons with.
@description('The most telemetry that is taken in a day, in GB.')
@minValue(1)
param dailyGigabytes int = 1

// https://learn.microsoft.com/azure/templates/microsoft.operationalinsights/workspaces
resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018' // pay as you go
    }
    retentionInDays: 30 // what the price includes; no id of a customer is in any of it
    workspaceCapping: {
      dailyQuotaGb: dailyGigabytes
    }
    features: {
      disableLocalAuth: true // no workspace key
      enableLogAccessUsingOnlyResourcePermissions: true // who may read the app may read its logs
    }
  }
}

// https://learn.microsoft.com/azure/templates/microsoft.insights/components
resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: componentName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    // With this the address below is an address and no secret: who sends needs the role Monitoring Metrics Publisher.
    DisableLocalAuth: true
  }
}

output workspaceId string = workspace.id
output componentName string = component.name
output telemetryTarget string = component.properties.ConnectionString
