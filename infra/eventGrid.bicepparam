using 'eventGrid.bicep'

// Set by infra/postdeploy.sh; without one of them the deployment stops here. The key is in the process's environment and nowhere else.
param storageName = readEnvironmentVariable('AZURE_STORAGE_ACCOUNT_NAME')
param functionAppName = readEnvironmentVariable('AZURE_FUNCTION_APP_NAME')
param blobsExtensionKey = readEnvironmentVariable('BLOBS_EXTENSION_KEY')
