"""Reconcile a sheet with a running Safeconduct through the real, unmodified OpenRefine.

usage: python -m scripts.openrefine http://127.0.0.1:8000 [ROWS]      (Debian: apt-get install openrefine)

It registers the service, uploads a sheet of ROWS names made from the public register (as written, in capitals, with a
letter missing, and names that are not in it), lets OpenRefine guess the type of the column, reconciles it, extends it
by two columns, and counts against what is known. Exits 1 if a step is refused or a name is matched wrongly.
"""

import csv
import io
import json
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from typing import Any

PORT = 3399
REFINE = f"http://127.0.0.1:{PORT}"
COLUMNS = ("country", "status")
ABSENT = ("Quillon Brasswick Foundry", "Zephyrine Tolmache Bakery", "Ostravane Glass Works")
PATIENCE_SECONDS = 300
FORM = "application/x-www-form-urlencoded"


class Refused(RuntimeError):  # noqa: N818 - reads as a sentence where it is raised
    """A step that OpenRefine or the service refused; the message is for people."""


def _open(url: str, data: bytes | None = None, kind: str = FORM) -> bytes:
    request = urllib.request.Request(url, data=data, headers={"Content-Type": kind} if data is not None else {})  # noqa: S310 - http of this machine
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return bytes(answer.read())


def _command(command: str, query: dict[str, str] | None = None, **fields: str) -> Any:
    """Send one of OpenRefine's commands as its own pages do, and return its answer."""
    token = json.loads(_open(f"{REFINE}/command/core/get-csrf-token"))["token"]
    address = f"{REFINE}/command/core/{command}?" + urllib.parse.urlencode({"csrf_token": token, **(query or {})})
    answer = json.loads(_open(address, urllib.parse.urlencode(fields).encode()) or b"{}")
    if answer.get("code") == "error" or answer.get("status") == "error":
        raise Refused(f"{command}: {answer.get('message', answer)}")
    return answer


def sheet(base: str, rows: int) -> list[tuple[str, str]]:
    """Return names as a clerk may type them, each with its reference (empty: not in the register)."""
    register = csv.DictReader(io.StringIO(_open(f"{base}/api/v1/register/recruiters.csv").decode()))
    made: list[tuple[str, str]] = []
    for place, row in enumerate(register):
        name, ref = row["name"], row["id"]
        made += [(name, ref), (name.upper(), ref), (name[: len(name) // 2] + name[len(name) // 2 + 1 :], ref)]
        if place % 10 == 0:
            made.append((f"{ABSENT[place // 10 % len(ABSENT)]} {place}", ""))
        if len(made) >= rows:
            break
    return made[:rows]


def _upload(rows: list[tuple[str, str]]) -> str:
    """Upload the sheet as a new project and return the project's number."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["agency", "expected"])
    writer.writerows(rows)
    edge = "safeconduct-sheet"
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="project-name"\r\n\r\nagencies\r\n']
    head = 'Content-Disposition: form-data; name="project-file"; filename="agencies.csv"\r\nContent-Type: text/csv'
    parts.append(f"--{edge}\r\n{head}\r\n\r\n{text.getvalue()}\r\n--{edge}--\r\n")
    token = json.loads(_open(f"{REFINE}/command/core/get-csrf-token"))["token"]
    address = f"{REFINE}/command/core/create-project-from-upload?csrf_token={token}"
    body = "".join(parts).encode()
    request = urllib.request.Request(address, body, {"Content-Type": f"multipart/form-data; boundary={edge}"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - it redirects to the project's page
        return str(urllib.parse.parse_qs(urllib.parse.urlsplit(answer.url).query)["project"][0])


def _apply(project: str, operation: dict[str, Any]) -> None:
    """Apply one operation of OpenRefine's history and wait until its long work is done."""
    _command("apply-operations", {"project": project}, operations=json.dumps([operation]))
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if not json.loads(_open(f"{REFINE}/command/core/get-processes?project={project}"))["processes"]:
            return
        time.sleep(0.5)
    raise Refused(f"{operation['op']}: not done after {PATIENCE_SECONDS} s")


def run(base: str, count: int) -> dict[str, Any]:
    """Take the sheet through OpenRefine and return what came of it."""
    service = f"{base}/api/v1/reconcile/register"
    manifest = json.loads(_open(service))
    spaces = {"identifierSpace": manifest["identifierSpace"], "schemaSpace": manifest["schemaSpace"]}
    listed = json.dumps([{**manifest, "url": service, "ui": {"handler": "ReconStandardServicePanel"}}])
    _command("set-preference", name="reconciliation.standardServices", value=listed)
    rows = sheet(base, count)
    project = _upload(rows)
    guessed = _command("guess-types-of-column", {"project": project}, columnName="agency", service=service)["types"]
    engine = {"facets": [], "mode": "row-based"}
    kind = guessed[0]
    config = {
        "mode": "standard-service", "service": service, **spaces, "type": {"id": kind["id"], "name": kind["name"]},
        "autoMatch": True, "columnDetails": [], "limit": 5,
    }  # fmt: skip
    began = time.monotonic()
    _apply(project, {"op": "core/recon", "columnName": "agency", "config": config, "engineConfig": engine})
    reconciled = time.monotonic() - began
    properties = {
        p["id"]: p for p in json.loads(_open(f"{service}/propose-properties?type={kind['id']}"))["properties"]
    }
    wanted = [properties[name] for name in COLUMNS]
    extend = {
        "op": "core/extend-reconciled-data", "engineConfig": engine, "baseColumnName": "agency", "endpoint": service,
        **spaces, "extension": {"properties": [{"id": p["id"], "name": p["name"]} for p in wanted]},
        "columnInsertIndex": 1,
    }  # fmt: skip
    _apply(project, extend)
    table = json.loads(_open(f"{REFINE}/command/core/get-rows?project={project}&start=0&limit={count}"))
    return {"guessed": [t["name"] for t in guessed], "seconds": round(reconciled, 1), **_count(project, table, rows)}


def _count(project: str, table: dict[str, Any], rows: list[tuple[str, str]]) -> dict[str, Any]:
    """Compare the cells that OpenRefine holds with what each name was made from."""
    columns = json.loads(_open(f"{REFINE}/command/core/get-models?project={project}"))["columnModel"]["columns"]
    place = {column["name"]: column["cellIndex"] for column in columns}
    recons, counts, filled = table["pool"]["recons"], Counter[str](), Counter[str]()
    for row, (_name, expected) in zip(table["rows"], rows, strict=True):
        cells = row["cells"]
        recon = recons[str(cells[place["agency"]]["r"])]
        matched = recon["m"]["id"] if recon.get("j") == "matched" else ""
        offered = [candidate["id"] for candidate in recon.get("c", ())]
        if matched:
            counts["matched right" if matched == expected else "matched wrong"] += 1
        elif expected:
            counts["offered" if expected in offered else "missed"] += 1
        else:
            counts["rightly left open"] += 1
        for name, index in place.items():
            if matched and name not in ("agency", "expected") and index < len(cells) and cells[index]:
                filled[name] += 1
    return {"rows": len(rows), **counts, "filled": dict(filled)}


def main() -> None:
    """Start OpenRefine without a window, run, print what was seen, and stop it."""
    if not shutil.which("openrefine"):
        sys.exit("OpenRefine is missing. On Debian: apt-get install openrefine")
    base, count = sys.argv[1].rstrip("/"), int(sys.argv[2]) if len(sys.argv) > 2 else 200
    with tempfile.TemporaryDirectory() as folder:
        order = ["openrefine", "-p", str(PORT), "-d", folder, "-x", "refine.headless=true", "-m", "1024M"]
        refine = subprocess.Popen(order, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(PATIENCE_SECONDS):
                try:
                    version = json.loads(_open(f"{REFINE}/command/core/get-version"))["full_version"]
                    break
                except (urllib.error.URLError, ConnectionError):
                    time.sleep(1)
            else:
                raise Refused("OpenRefine did not start")
            seen = run(base, count)
        finally:
            refine.terminate()
            refine.wait(timeout=30)
    print(json.dumps({"openrefine": version, **seen}, indent=2, ensure_ascii=False))
    sys.exit(1 if seen.get("matched wrong") else 0)


if __name__ == "__main__":
    main()
