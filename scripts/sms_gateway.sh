#!/usr/bin/env bash
# Run grievances through a real gateway for text messages: Kannel's bearerbox and smsbox with its fake SMS centre.
# usage: scripts/sms_gateway.sh [PHONES] [WEB]     (Debian: apt-get install kannel; not part of the test suite)
#
# Starts Safeconduct on a database of its own, Kannel in front of it, and phones that speak the fake centre's protocol.
# PHONES file by text message, WEB by the web page, all at once; the gateway program is killed and started again on the
# way. At the end every acknowledged grievance is opened with its receipt and all counts are compared with the audit
# trail. Exits 1 if anything is missing, doubled or changed.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v bearerbox >/dev/null || { echo "Kannel is missing. On Debian: apt-get install kannel" >&2; exit 1; }
exec .venv/bin/python -m scripts.sms_gateway "${1:-250}" "${2:-250}"
