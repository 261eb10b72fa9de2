#!/usr/bin/env bash
# Kills the Functions app many times (30 unless told) at random moments, on stores without earlier runs, and checks that it ends as if it had not been.
set -euo pipefail
cd "$(dirname "$0")/.."
SEGMENTATION_TEST_KILLS="${1:-30}" dotnet test tests/Segmentation.Functions.Tests -c Release --filter "FullyQualifiedName~FunctionsKillTests" --logger "console;verbosity=normal"
