"""Measure whether the time of an answer tells anything about a receipt: unknown, known, and right in its locator only.

    python scripts/receipt_times.py --tries 10000

Works in one process on a new SQLite database, through every middleware, with the costs of production; tries of all
kinds are shuffled, so that whatever else the machine does meets all of them alike. Budgets are emptied before each
try, here only. Ends with 1 where medians or 95th percentiles of two kinds are more than ten milliseconds apart.
"""

import argparse
import logging
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

WHERE = "/ne/report/follow-up/"
APART = 10.0
"""How many milliseconds the kinds may be apart."""


def begin(folder: Path, prepared: Path | None) -> None:
    """Make this process the product on a new database in a folder, or on a copy of one that was prepared before."""
    for name in ("PYTEST_VERSION", "DATABASE_URL"):
        os.environ.pop(name, None)
    os.environ |= {"DEMO": "1", "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ |= {"TASKS": "inline", "LOG_LEVEL": "CRITICAL"}
    import django
    from django.core.management import call_command

    if prepared is not None:
        shutil.copytree(prepared, folder, dirs_exist_ok=True)
    django.setup()
    logging.disable(logging.CRITICAL)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def lodge_some(count: int) -> list[str]:
    """Return the receipts of new grievances."""
    from grievances import services
    from grievances.keys import new_token
    from grievances.services import Report
    from grievances.services.drafts import DraftContent

    report, words = Report(codes=("FEE",), language="ne"), DraftContent(words="words")
    return [services.lodge(new_token(), report, words).receipt.digits for _number in range(count)]


def kinds_of(receipts: list[str], dice: random.Random) -> dict[str, Callable[[], str]]:
    """Return how to make a receipt of each kind."""
    from grievances.receipts import LOCATOR_DIGITS, SECRET_DIGITS, check_digits, from_seed

    def half() -> str:
        rest = "".join(dice.choice("0123456789") for _place in range(SECRET_DIGITS - LOCATOR_DIGITS))
        secret = dice.choice(receipts)[:LOCATOR_DIGITS] + rest
        return secret + check_digits(secret)

    return {
        "unknown": lambda: from_seed(dice.randbytes(32)).digits,
        "known": lambda: dice.choice(receipts),
        "known locator, wrong rest": half,
    }


def measure(tries: int, receipts: list[str], dice: random.Random) -> dict[str, list[float]]:
    """Return how many milliseconds each try took by kind: 2 of 5 unknown, 2 known, 1 half right."""
    import re

    from django.test import Client

    from grievances.budgets import purse

    kinds = kinds_of(receipts, dice)
    shares = {"unknown": 2, "known": 2, "known locator, wrong rest": 1}
    order = [kind for kind, share in shares.items() for _try in range(tries * share // 5)]
    dice.shuffle(order)
    reader = Client(SERVER_NAME="localhost")
    page = reader.get(WHERE).content.decode()
    cookies, guard = reader.cookies, re.search(r'name="guard" value="([^"]+)"', page)
    assert guard is not None  # noqa: S101 - every form has one
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    for place, kind in enumerate(order):
        purse.empty()
        phone = Client(SERVER_NAME="localhost")
        phone.cookies = cookies.copy()  # type: ignore[assignment]
        typed = kinds[kind]()
        began = time.perf_counter()
        response = phone.post(WHERE, {"guard": guard[1], "receipt": typed})
        took[kind].append((time.perf_counter() - began) * 1000)
        assert response.status_code == (303 if kind == "known" else 422), response.status_code  # noqa: S101
        if place % 1000 == 999:
            print(f"  {place + 1} of {len(order)}", file=sys.stderr, flush=True)
    return took


def main() -> int:
    """Measure, print a table, and say by the exit code whether the kinds can be told apart."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--prepared", type=Path, help="a data folder to begin with a copy of")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="receipt-times-") as name:
        begin(Path(name), chosen.prepared)
        took = measure(chosen.tries, lodge_some(20), random.Random(chosen.seed))
        figures = {}
        for kind, times in took.items():
            times.sort()
            figures[kind] = (statistics.median(times), times[int(len(times) * 0.95)])
            print(f"{kind:28} {len(times):6d} tries  median {figures[kind][0]:6.1f} ms  p95 {figures[kind][1]:6.1f} ms")
        apart = [max(column) - min(column) for column in zip(*figures.values(), strict=True)]
        print(f"apart by at most {apart[0]:.1f} ms (median) and {apart[1]:.1f} ms (p95)")
    return int(max(apart) > APART)


if __name__ == "__main__":
    sys.exit(main())
