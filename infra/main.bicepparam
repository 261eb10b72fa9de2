using 'main.bicep'

// azd gives the values of its environment (`azd env set NAME VALUE`) as variables. Nothing here is a secret.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'segmentation')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param schedule = readEnvironmentVariable('SEGMENTATION_SCHEDULE', '0 0 3 1 * *')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param uploaderPrincipalId = readEnvironmentVariable('UPLOADER_PRINCIPAL_ID', '')
param uploaderPrincipalType = readEnvironmentVariable('UPLOADER_PRINCIPAL_TYPE', 'Group')
param budgetAmount = int(readEnvironmentVariable('BUDGET_AMOUNT', '75'))
param budgetStart = readEnvironmentVariable('BUDGET_START', '')

// Options of docs/options.md, dots written as two underscores: { selection__maxClusters: '8', rfm__window: '365' }
param options = {}
