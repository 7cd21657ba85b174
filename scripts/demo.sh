#!/usr/bin/env bash
# Serve the whole product with fictional data on SQLite until Ctrl-C. PORT and DATA_DIR may be set.
set -euo pipefail
cd "$(dirname "$0")/.."
export DEMO=1 PORT="${PORT:-8000}" TASKS="${TASKS:-database}" LOG_LEVEL="${LOG_LEVEL:-WARNING}"
python=.venv/bin/python
mkdir -p "${DATA_DIR:-var}"

$python scripts/compile_matcher.py & # beside the other, which takes as long
compiling=$!
$python manage.py prepare_demo
wait "$compiling"

$python -m gunicorn config.wsgi:application --bind "127.0.0.1:$PORT" --workers 2 --threads 4 --worker-class gthread \
  --preload --no-control-socket --access-logfile /dev/null --error-logfile - --log-level warning &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT INT TERM
sleep 3 # pages first: the worker's start would slow the server's
$python manage.py db_worker --interval 1 --no-reload >"${DATA_DIR:-var}/worker.log" 2>&1 &
worker=$!
# Clocks, expiry notices, re-screening: what a timer or a service does elsewhere.
$python manage.py run_due --every 60 >"${DATA_DIR:-var}/due.log" 2>&1 &
due=$!
trap 'kill "$server" "$worker" "$due" 2>/dev/null || true' EXIT INT TERM
wait "$server"
