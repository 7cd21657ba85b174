#!/usr/bin/env bash
# Find a Chromium for the browser tests, or get one; fail where none can be had: a green run without it tests too little.
set -euo pipefail
cd "$(dirname "$0")/.."
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
  if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ -x .venv/bin/playwright ] && .venv/bin/playwright install --dry-run chromium 2>/dev/null |
  awk '/Install location/{print $3}' | head -1 | xargs -r test -d 2>/dev/null; then exit 0; fi
echo "No Chromium found: trying to install one for the browser tests" >&2
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-core) >/dev/null 2>&1 && exit 0
fi
.venv/bin/playwright install chromium >/dev/null 2>&1 && exit 0
echo "The browser tests need Chromium and it could not be installed. Install it (Debian: apt-get install chromium;" >&2
echo "elsewhere: .venv/bin/playwright install --with-deps chromium) or set CHROMIUM=/path/to/chrome, and run again." >&2
exit 1
