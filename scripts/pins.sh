#!/usr/bin/env bash
# Compile the pinned requirements anew, with hashes and without any registry's address.
set -euo pipefail
cd "$(dirname "$0")/.."
for name in uv app dev compile; do
  .venv/bin/python -m uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header \
    --python-version 3.11 --universal "requirements/$name.in" -o "requirements/$name.txt"
done
