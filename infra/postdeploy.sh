#!/usr/bin/env sh
# Run by azd after each deployment of the app: subscribes the app to the events of the container uploads. Harmless when run again:
# azd hooks run postdeploy.
# Needs the Azure CLI, signed in to the same subscription (az login).
set -eu
: "${AZURE_SUBSCRIPTION_ID:?run by azd, or set it}" "${AZURE_RESOURCE_GROUP:?}"
: "${AZURE_FUNCTION_APP_NAME:?}" "${AZURE_STORAGE_ACCOUNT_NAME:?}"
cd "$(dirname "$0")"

# The key is there when the host has started with the new functions: seconds after the deployment, minutes on a bad day.
key=
attempt=0
while [ -z "$key" ]; do
  key=$(az functionapp keys list --subscription "$AZURE_SUBSCRIPTION_ID" --resource-group "$AZURE_RESOURCE_GROUP" \
    --name "$AZURE_FUNCTION_APP_NAME" --query systemKeys.blobs_extension --output tsv || true)
  attempt=$((attempt + 1))
  if [ -n "$key" ]; then break; fi
  if [ "$attempt" -ge 30 ]; then
    echo "The app $AZURE_FUNCTION_APP_NAME has no key blobs_extension after 5 minutes: see whether it starts, then run this again." >&2
    exit 1
  fi
  sleep "${POSTDEPLOY_PAUSE:-10}"
done

# By the environment, not as an argument: arguments are seen by every user of the machine.
BLOBS_EXTENSION_KEY=$key az deployment group create --subscription "$AZURE_SUBSCRIPTION_ID" --resource-group "$AZURE_RESOURCE_GROUP" \
  --name uploads-events --parameters eventGrid.bicepparam --output none
echo "Files in the container uploads of $AZURE_STORAGE_ACCOUNT_NAME start $AZURE_FUNCTION_APP_NAME."
