// Tells the app of every file in the container uploads. Deployed by infra/postdeploy.sh after the app, not by main.bicep: the key in the
// address is made when the app first starts with a blob trigger, and Event Grid calls the address before it takes the subscription.
// https://learn.microsoft.com/azure/azure-functions/functions-event-grid-blob-trigger
param location string = resourceGroup().location
param storageName string
param functionAppName string

@description('The system key blobs_extension of the app. It is in no file, no output and no log of this deployment.')
@secure()
param blobsExtensionKey string

@description('The function with the blob trigger.')
param functionName string = 'CleanUpload'

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName
}

resource app 'Microsoft.Web/sites@2024-11-01' existing = {
  name: functionAppName
}

// https://learn.microsoft.com/azure/templates/microsoft.eventgrid/systemtopics
resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: 'evgt-${storageName}'
  location: location
  tags: account.tags
  properties: {
    source: account.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

// https://learn.microsoft.com/azure/templates/microsoft.eventgrid/systemtopics/eventsubscriptions
resource uploads 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'uploads'
  properties: {
    eventDeliverySchema: 'EventGridSchema' // the one that the blobs extension reads
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: 'https://${app.properties.defaultHostName}/runtime/webhooks/blobs?functionName=Host.Functions.${functionName}&code=${uriComponent(blobsExtensionKey)}'
        maxEventsPerBatch: 1 // a file is work for minutes; nothing is saved by sending two
      }
    }
    filter: {
      // Written whole: without a hierarchical namespace the event comes when a file is committed, and again when it is replaced.
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/uploads/blobs/'
      isSubjectCaseSensitive: true // names of blobs are
    }
    retryPolicy: {
      // The most there is. No dead letters: every run lists the container itself, so a lost event makes a file late and loses nothing.
      maxDeliveryAttempts: 30
      eventTimeToLiveInMinutes: 1440
    }
  }
}
