#!/usr/bin/env sh
# Run by azd before it makes anything: writes down the first month of the budget, which Azure does not let change afterwards.
set -eu
if [ -z "${BUDGET_START:-}" ]; then
  azd env set BUDGET_START "$(date -u +%Y-%m-01)"
fi
