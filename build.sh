#!/usr/bin/env bash
set -euo pipefail
exec dotnet run --project "$(dirname "$0")/build/Build.csproj" --verbosity quiet -- --target="${1:-Default}" "${@:2}"
