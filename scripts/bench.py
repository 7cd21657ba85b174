"""Measure the product's pages against anchor A in the same minute: medians of CPU time, as ratios.

Anchor A is a bare Django view that lists 25 of 100,000 rows through the full middleware. Every other figure is its
multiple, so that it means the same on a slow and on a fast machine. Prints a table and writes var/bench.json.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "15"))


def set_up() -> None:
    """Point the product at a throw-away database and fill it."""
    os.environ.update(DEMO="1", DATA_DIR=tempfile.mkdtemp(prefix="safeconduct-bench-"), TASKS="inline")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    settings.ROOT_URLCONF = "scripts.bench_urls"
    setup_test_environment()
    (Path(settings.DATA_DIR) / "static").mkdir()
    call_command("compile_catalogues", verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("seed_demo")
    from scripts import bench_rows

    bench_rows.fill(ROWS)


def cpu_ms(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median CPU milliseconds of a call, after two calls to warm up."""
    for _ in range(2):
        call()
    times = []
    for _ in range(rounds):
        began = time.process_time()
        call()
        times.append((time.process_time() - began) * 1000)
    return statistics.median(times)


def main() -> None:
    """Measure everything side by side, print the table and write the file."""
    from scripts import bench_screening, bench_search

    bench_search.check()
    os.environ.setdefault("BENCH_DIR", tempfile.mkdtemp(prefix="safeconduct-bench-"))
    set_up()
    from scripts import bench_cases

    anchor = bench_cases.page("/bench/a")
    results = []
    for name, goal, call, rounds in bench_cases.cases():
        # A is measured anew beside every case: the machine may be busier now than a minute ago.
        base = cpu_ms(anchor)
        mine = cpu_ms(call, rounds)
        results.append({"case": name, "cpu_ms": round(mine, 2), "a_ms": round(base, 2), "ratio": round(mine / base, 2),
                        "goal": goal})  # fmt: skip
    results += bench_cases.throughput()
    from scripts import bench_names

    results += bench_search.results(cpu_ms(anchor))
    results += bench_screening.results()
    results += bench_names.results()
    width = max(len(str(row["case"])) for row in results)
    print(f"{'case':<{width}}  {'CPU ms':>9}  {'A ms':>7}  {'ratio':>7}  goal")
    for row in results:
        print(f"{row['case']:<{width}}  {row['cpu_ms']!s:>9}  {row['a_ms']!s:>7}  {row['ratio']!s:>7}  {row['goal']}")
    out = ROOT / "var" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps({"rows": ROWS, "rounds": ROUNDS, "results": results}, indent=2), encoding="utf-8")
    print(f"\nWritten to {out.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
