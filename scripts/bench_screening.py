"""Measure how many rows of a file are screened a second, with one and with two workers, against all names filled.

Run by ``make bench`` on the most names that ``bench_search`` filled (``BENCH_DIR``); every organisation among them is a
recruiter of the register here. ``BENCH_LIST`` may name a file of organisations (CSV or XLSX with a column of names);
without one, up to two thousand names are asked with a letter left out. Alone: ``python -m scripts.bench_screening``.
"""

import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from scripts.bench_search import ROOT, SIZES, folder_of, names, slip

MOST_SLIPS = 2_000
_BATCH = 5_000


def enlist() -> int:
    """Make a recruiter of every organisation that was filled and is none yet; return how many names there are."""
    from django.db import connection
    from django.db.models import Max

    from parties.models import Name, Party
    from recruiters.models import Recruiter
    from scripts.bench_rows import reference

    last = Recruiter.objects.aggregate(last=Max("party_id"))["last"] or 0
    while batch := list(Party.objects.filter(kind="organisation", pk__gt=last).order_by("pk")[:_BATCH]):
        last = batch[-1].pk
        Recruiter.objects.bulk_create(
            Recruiter(ref=reference("REC", party.pk), party=party, sort_name=party.name.lower()[:200])
            for party in batch
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Name.objects.count()


def rows_to_screen(size: int, folder: Path) -> Path:
    """Return the file that is screened: the one given, or slips of the names that are there."""
    given = os.environ.get("BENCH_LIST")
    if given:
        return Path(given)
    rng, each = random.Random(8), max(1, size // (2 * MOST_SLIPS))
    chosen = (text for place, (text, kind) in enumerate(names(size)) if kind == "organisation" and not place % each)
    asked = [slip(rng, text) for text in itertools.islice(chosen, MOST_SLIPS)]
    path = folder / "screened.csv"
    path.write_text("\n".join(["name", *(f'"{name.replace(chr(34), chr(34) * 2)}"' for name in asked)]), "utf-8")
    return path


def measure(path: Path, workers: int) -> tuple[int, float]:
    """Return how many rows were screened and the seconds they took."""
    from recruiters.batch import screen_file

    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        counts = screen_file(
            path, output=Path(folder) / "out.csv", threshold=0.7, progress=lambda _done, _all: None, restart=True,
            workers=workers,
        )  # fmt: skip
        return sum(counts.values()), time.perf_counter() - began


def results() -> list[dict[str, Any]]:
    """Return the rows of the benchmark's table, measured in a process of their own."""
    ran = subprocess.run(
        [sys.executable, "-m", "scripts.bench_screening"], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    measured = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    alone = measured[0]["a_second"]
    return [
        {
            "case": f"screening {row['rows']:,} rows among {row['names']:,} names, {row['workers']} at work, a second",
            "cpu_ms": row["a_second"], "a_ms": "", "ratio": round(row["a_second"] / alone, 2), "goal": "stated",
        }
        for row in measured
    ]  # fmt: skip


def main() -> None:
    """Screen the file with one worker and with two; print a line of JSON for each."""
    folder = folder_of(max(SIZES))
    os.environ.update(DEMO="1", DATA_DIR=str(folder))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    size = enlist()
    path = rows_to_screen(size, folder)
    for workers in (1, 2):
        rows, seconds = measure(path, workers)
        print(
            json.dumps({"names": size, "rows": rows, "workers": workers, "a_second": round(rows / seconds, 1)}),
            flush=True,
        )


if __name__ == "__main__":
    main()
