#!/usr/bin/env bash
# Kills a server many times (40 unless told) at random moments while files arrive, and checks that nothing is lost or counted twice.
set -euo pipefail
cd "$(dirname "$0")/.."
SEGMENTATION_TEST_KILLS="${1:-40}" dotnet test tests/Segmentation.EndToEnd.Tests -c Release --filter "FullyQualifiedName~ServeKillTests" --logger "console;verbosity=normal"
