// Everything the product needs in one resource group. Deployed by `azd up`; eventGrid.bicep follows by infra/postdeploy.sh.
targetScope = 'subscription'

@description('The name of the azd environment; names the resource group and is part of every other name.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('The region of everything; one that offers Flex Consumption (az functionapp list-flexconsumption-locations).')
param location string

@description('When a run starts by itself: six NCrontab fields, UTC.')
param schedule string = '0 0 3 1 * *'

@description('Options of docs/options.md, dots written as two underscores.')
param options object = {}

@description('Who hears of alerts and of the budget; empty for nobody: alerts are then seen in the portal alone.')
param alertEmail string = ''

@description('Object id of who may drop files: a group, or the identity of the shop system; empty for nobody yet.')
param uploaderPrincipalId string = ''

@allowed(['Group', 'ServicePrincipal', 'User'])
param uploaderPrincipalType string = 'Group'

@description('Memory of an instance in MB; 2,048 comes with one processor.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

// With 0 the first event after a quiet time may get lost, and its file waits for the next run: functionApp.bicep.
@description('Instances that wait for events of files.')
@minValue(0)
param alwaysReadyBlob int = 1

// With 0 the first lookup after a quiet time takes some seconds.
@description('Instances that wait for lookups.')
@minValue(0)
param alwaysReadyHttp int = 0

@description('What a month may cost before somebody is told, in the currency of the subscription; 0 for no budget.')
@minValue(0)
param budgetAmount int = 100

@description('The first day of the month in which the budget was made, as 2026-12-01; empty for no budget.')
param budgetStart string = ''

// The same subscription, name and region give the same names again: a second deployment changes, it does not add.
var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var packageContainer = 'app-package'

// Microsoft.Resources/resourceGroups: https://learn.microsoft.com/azure/templates/microsoft.resources/resourcegroups
resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module storage 'storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    // 24 characters at most, letters and digits only.
    name: 'st${token}'
    location: location
    tags: tags
    packageContainer: packageContainer
  }
}

module retention 'retention.bicep' = {
  name: 'retention'
  scope: group
  params: {
    storageName: storage.outputs.name
  }
}

module monitoring 'monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: 'log-${token}'
    componentName: 'appi-${token}'
    location: location
    tags: tags
  }
}

module roles 'roles.bicep' = {
  name: 'roles'
  scope: group
  params: {
    storageName: storage.outputs.name
    componentName: monitoring.outputs.componentName
    principalId: identity.outputs.principalId
    uploaderPrincipalId: uploaderPrincipalId
    uploaderPrincipalType: uploaderPrincipalType
  }
}

module functionApp 'functionApp.bicep' = {
  name: 'functionApp'
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    storageName: storage.outputs.name
    packageContainer: packageContainer
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    telemetryTarget: monitoring.outputs.telemetryTarget
    schedule: schedule
    options: options
    instanceMemoryMB: instanceMemoryMB
    alwaysReadyBlob: alwaysReadyBlob
    alwaysReadyHttp: alwaysReadyHttp
  }
  // The app reads its package and its host's state as soon as it is made; without its roles the first start fails.
  dependsOn: [roles]
}

module alerts 'alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    email: alertEmail
  }
}

module budget 'budget.bicep' = if (budgetAmount > 0 && !empty(budgetStart)) {
  name: 'budget'
  scope: group
  params: {
    name: 'budget-${token}'
    amount: budgetAmount
    start: budgetStart
    actionGroupId: alerts.outputs.actionGroupId
  }
}

// azd keeps outputs in its environment and hands them to the hooks as variables.
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_APP_NAME string = functionApp.outputs.name
output AZURE_STORAGE_ACCOUNT_NAME string = storage.outputs.name
output SEGMENTATION_URL string = functionApp.outputs.url
