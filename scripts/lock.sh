#!/bin/sh
# Writes the hashed lock files anew from pyproject.toml; needs uv. Registry addresses are never written.
set -eu
cd "$(dirname "$0")/.."
options="--generate-hashes --no-emit-index-url --no-header --no-annotate --universal --python-version 3.11"
uv pip compile pyproject.toml --extra build $options "$@" -o requirements.lock
uv pip compile pyproject.toml --extra test --extra build --extra spark $options "$@" -c requirements.lock -o requirements-tests.lock
uv pip compile --group node $options "$@" -o requirements-node.lock
npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved
