using 'main.bicep'

// azd gives the values of its environment (`azd env set NAME VALUE`) as variables. Nothing here is a secret.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'segmentation')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param schedule = readEnvironmentVariable('SEGMENTATION_SCHEDULE', '0 0 3 1 * *')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param uploaderPrincipalId = readEnvironmentVariable('UPLOADER_PRINCIPAL_ID', '')
param uploaderPrincipalType = readEnvironmentVariable('UPLOADER_PRINCIPAL_TYPE', 'Group')
param instanceMemoryMB = int(readEnvironmentVariable('INSTANCE_MEMORY_MB', '2048'))
param alwaysReadyBlob = int(readEnvironmentVariable('ALWAYS_READY_BLOB', '1'))
param alwaysReadyHttp = int(readEnvironmentVariable('ALWAYS_READY_HTTP', '0'))
param budgetAmount = int(readEnvironmentVariable('BUDGET_AMOUNT', '100'))
param budgetStart = readEnvironmentVariable('BUDGET_START', '')

// Options of docs/options.md, dots written as two underscores: { selection__maxClusters: '8', rfm__window: '365' }
param options = {}
