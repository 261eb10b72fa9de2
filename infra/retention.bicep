// What goes by itself. The container clean is never touched: it is the memory of all uploads and of who was erased. Runs are removed by the
// product (workflow.keepRuns), rows of the tables with them: a rule here would leave half a run.
param storageName string

// Its cleaned rows stay and count; what goes is the chance to clean it again with other import options.
@description('Days after which an upload goes; 0 keeps all.')
@minValue(0)
param uploadDays int = 730

@description('Days after which a file that could not be used goes from quarantine.')
@minValue(1)
param quarantineDays int = 90

@description('Days after which large messages of the durable engine go. A run takes hours, so nothing reads them any more.')
@minValue(7)
param messageDays int = 30

// The engine's container of messages over 45 KB: the hub name of host.json in lower case and this ending.
var messageContainer = 'segmentation-largemessages'

var always = [
  { name: 'quarantine', prefix: 'quarantine/', days: quarantineDays }
  { name: 'engine-messages', prefix: '${messageContainer}/', days: messageDays }
]
var rules = uploadDays > 0 ? concat(always, [{ name: 'uploads', prefix: 'uploads/', days: uploadDays }]) : always

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: storageName
}

// https://learn.microsoft.com/azure/templates/microsoft.storage/storageaccounts/managementpolicies
resource policy 'Microsoft.Storage/storageAccounts/managementPolicies@2025-01-01' = {
  parent: account
  name: 'default' // the only name there is
  properties: {
    policy: {
      rules: [
        for rule in rules: {
          name: 'delete-old-${rule.name}'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: [rule.prefix]
            }
            actions: {
              baseBlob: {
                // Not since creation: an erasure or a correction writes a file anew.
                delete: { daysAfterModificationGreaterThan: rule.days }
              }
            }
          }
        }
      ]
    }
  }
}
