// One account for all that is stored: uploads, cleaned rows, runs, published segments, and the state of the Functions host and the durable
// task hub, which the host keeps where AzureWebJobsStorage says.
param name string
param location string
param tags object

@description('The container of the deployed package.')
param packageContainer string

// Only when it ends is an erased customer gone from here: well below the month that the law gives.
@description('Days in which what was deleted or overwritten can be brought back.')
@minValue(1)
@maxValue(25)
param softDeleteDays int = 7

// https://learn.microsoft.com/azure/templates/microsoft.storage/storageaccounts
// SKUs: https://learn.microsoft.com/rest/api/storagerp/srp_sku_types
resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    // Three zones of one region: survives the loss of a building. Not GRS: copies in a second region would have to be erased there too,
    // and uploads can be exported again.
    name: 'Standard_ZRS'
  }
  properties: {
    accessTier: 'Hot' // an erasure and a changed import option read every upload again
    allowSharedKeyAccess: false // no key opens this account, so none can leak; SAS signed with a key are refused too
    defaultToOAuthAuthentication: true // the portal does not try a key first
    allowBlobPublicAccess: false // no container can be made public by mistake
    allowCrossTenantReplication: false // nobody can have the blobs copied to another tenant
    allowedCopyScope: 'AAD' // the same for copies: only from accounts of this tenant
    isLocalUserEnabled: false // SFTP users have passwords
    isSftpEnabled: false
    isHnsEnabled: false // blob events would fire before a file is complete, and tables need none
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // Open to the network, closed to whoever has no role: the app has no fixed address without a virtual network. docs/decisions/0015.
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      defaultAction: 'Allow'
      bypass: 'AzureServices'
    }
  }
}

// https://learn.microsoft.com/azure/templates/microsoft.storage/storageaccounts/blobservices
resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: account
  name: 'default'
  properties: {
    // Versions and snapshots would keep what an erasure took out for as long as nobody deletes them: off. Soft delete is on, for a wrong
    // command is likelier than anything else; it ends by itself, and with it what was erased.
    isVersioningEnabled: false
    changeFeed: {
      enabled: false // a log of names of uploads that nothing here reads
    }
    restorePolicy: {
      enabled: false // needs versions
    }
    deleteRetentionPolicy: {
      enabled: true
      days: softDeleteDays
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: softDeleteDays
    }
  }
}

// The app would make its own when it first writes; made here, Event Grid and the uploader's role have something to point at.
var containers = ['uploads', 'clean', 'runs', 'quarantine', packageContainer]

// https://learn.microsoft.com/azure/templates/microsoft.storage/storageaccounts/blobservices/containers
resource blobContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = [
  for container in containers: {
    parent: blobs
    name: container
    properties: {
      publicAccess: 'None'
    }
  }
]

// https://learn.microsoft.com/azure/templates/microsoft.storage/storageaccounts/tableservices
resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2025-01-01' = {
  parent: account
  name: 'default'
}

// Names as in Segmentation.Storage.Azure; the app would make them too.
// https://learn.microsoft.com/azure/templates/microsoft.storage/storageaccounts/tableservices/tables
resource tables 'Microsoft.Storage/storageAccounts/tableServices/tables@2025-01-01' = [
  for table in ['Segments', 'Runs']: {
    parent: tableService
    name: table
  }
]

output name string = account.name
