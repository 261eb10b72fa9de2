// The Functions app on the Flex Consumption plan: .NET 10, isolated worker.
// https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan
param name string
param planName string
param location string
param tags object
param storageName string
param packageContainer string
param identityId string
param identityClientId string

@description('Where telemetry goes; no secret, for the component takes none without a token (monitoring.bicep).')
param telemetryTarget string

param schedule string

@description('Options of docs/options.md, dots written as two underscores.')
param options object

// 512 comes with a quarter of a processor: a run costs about the same and takes four times as long.
@description('Memory of an instance in MB; 2,048 comes with one processor.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

// It holds for each group of functions (http, blob, durable) by itself, and not for instances that are always ready:
// https://github.com/Azure/azure-rest-api-specs/pull/45083. Below 40 not every region takes it.
@description('The most instances of a group. 64 shards two at a time fill 32; more would not make a run shorter.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

// Prices of waiting: docs/operating.md.
@description('Instances that wait for lookups.')
@minValue(0)
param alwaysReadyHttp int

// An app that starts because of an event may turn that event away while it still loads its keys:
// https://github.com/Azure/azure-functions-host/issues/11834. One that waits does not.
@description('Instances that wait for events of files.')
@minValue(0)
param alwaysReadyBlob int

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName
}

// The options, as the app reads them.
var optionSettings = toObject(items(options), option => 'Segmentation__${option.key}', option => string(option.value))

// The plan refuses FUNCTIONS_WORKER_RUNTIME, FUNCTIONS_EXTENSION_VERSION and WEBSITE_*: functionAppConfig says it.
var settings = union(
  {
    // The services one by one and not accountName: right in every cloud, and the blob trigger of Event Grid asks for the queues by name.
    // https://learn.microsoft.com/azure/azure-functions/functions-reference#configure-an-identity-based-connection
    AzureWebJobsStorage__blobServiceUri: account.properties.primaryEndpoints.blob
    AzureWebJobsStorage__queueServiceUri: account.properties.primaryEndpoints.queue
    AzureWebJobsStorage__tableServiceUri: account.properties.primaryEndpoints.table
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identityClientId // which of the app's identities
    APPLICATIONINSIGHTS_CONNECTION_STRING: telemetryTarget
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identityClientId}' // https://learn.microsoft.com/azure/azure-monitor/app/azure-ad-authentication
    SegmentationSchedule: schedule // %SegmentationSchedule% of the timer
  },
  optionSettings
)

// https://learn.microsoft.com/azure/templates/microsoft.web/serverfarms
resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    tier: 'FlexConsumption'
    name: 'FC1'
  }
  properties: {
    reserved: true // Linux, the only system of this plan
  }
}

// https://learn.microsoft.com/azure/templates/microsoft.web/sites
resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'segmentation' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled' // the storefront and Event Grid call from outside; every route asks for a key
    clientAffinityEnabled: false // any instance answers; a cookie would only tie callers to one
    functionAppConfig: {
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${account.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        // The durable group needs none: a run may start a few seconds late.
        alwaysReady: filter(
          [
            { name: 'http', instanceCount: alwaysReadyHttp }
            { name: 'blob', instanceCount: alwaysReadyBlob }
          ],
          group => group.instanceCount > 0
        )
        triggers: {
          http: {
            // A lookup is one point read: it waits, it does not reckon.
            perInstanceConcurrency: 32
          }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
    }
  }
}

// The whole list: a setting that is made by hand in the portal goes with the next deployment.
// https://learn.microsoft.com/azure/templates/microsoft.web/sites/config-appsettings
resource appSettings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: app
  name: 'appsettings'
  properties: settings
}

// Deployment by password is off; azd deploys as the person who is signed in.
// https://learn.microsoft.com/azure/templates/microsoft.web/sites/basicpublishingcredentialspolicies
resource noPasswords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = [
  for way in ['ftp', 'scm']: {
    parent: app
    name: way
    properties: {
      allow: false
    }
  }
]

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
