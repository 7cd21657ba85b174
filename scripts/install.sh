#!/usr/bin/env bash
# Make .venv and install the packages pinned by hash in requirements/$1.txt, with uv where it can be had, else with pip.
set -euo pipefail
cd "$(dirname "$0")/.."
wanted="requirements/$1.txt"

find_python() {
  for name in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 &&
      "$name" -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info < (3, 15)))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  echo "Safeconduct needs Python 3.11, 3.12, 3.13 or 3.14. Install one, or name it: PYTHON=/path/to/python3 make $1" >&2
  exit 1
}

if [ ! -x .venv/bin/python ]; then
  echo "Making .venv" >&2
  python="$(find_python)"
  "$python" -m venv .venv || {
    echo "The Python found ($python) cannot make a virtual environment; on Debian or Ubuntu: apt-get install python3-venv" >&2
    exit 1
  }
fi

echo "Installing $wanted" >&2
if .venv/bin/python -m uv --version >/dev/null 2>&1 ||
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt; then
  # Where pip is told of another place for packages, uv is told the same.
  index="$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)"
  [ -z "${UV_DEFAULT_INDEX:-}" ] && [ -n "${PIP_INDEX_URL:-$index}" ] && export UV_DEFAULT_INDEX="${PIP_INDEX_URL:-$index}"
  .venv/bin/python -m uv pip install --quiet --python .venv/bin/python --compile-bytecode --require-hashes -r "$wanted"
else
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$wanted"
fi
