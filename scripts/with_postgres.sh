#!/usr/bin/env bash
# Run a command against PostgreSQL: DATABASE_URL if given, else a server of our own in a folder of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -n "${DATABASE_URL:-}" ]; then exec "$@"; fi

find_bin() {
  for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin "$(dirname "$(command -v initdb || echo /nowhere/x)")"; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] && [ -x "$folder/createdb" ]; then echo "$folder"; fi
  done | sort -V | tail -n 1
}
bin="$(find_bin)"
if [ -z "$bin" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "No PostgreSQL server found: installing the distribution's" >&2
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql) >/dev/null 2>&1 || true
  bin="$(find_bin)"
fi
if [ -z "$bin" ]; then
  echo "PostgreSQL is not installed. Install it (Debian: apt-get install postgresql) or set DATABASE_URL, and run again." >&2
  exit 1
fi

folder="$(mktemp -d /tmp/safeconduct-postgres-XXXXXX)"
port="${POSTGRES_PORT:-$((20000 + RANDOM % 20000))}"
as=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$folder"
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi
cleanup() {
  "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap cleanup EXIT INT TERM
cd "$folder"
"${as[@]}" "$bin/initdb" -D "$folder/data" -U safeconduct -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start >/dev/null
"${as[@]}" "$bin/createdb" -h 127.0.0.1 -p "$port" -U safeconduct safeconduct
cd - >/dev/null
export DATABASE_URL="postgres://safeconduct@127.0.0.1:$port/safeconduct"
"$@"
