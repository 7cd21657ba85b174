"""Slow guessing down before any costly work: budgets for the whole service and for one source, never a lock-out.

Budgets live in the process's memory and forget within minutes; no address is stored. A receipt whose locator exists has
a reserve that guessers cannot spend, because they do not know a locator: so an honest worker gets in during an attack.
"""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """So many acts at once, refilled evenly: `burst` acts, then one every `seconds`."""

    burst: int
    seconds: float


class Purse:
    """Token buckets by name, bounded in number; the clock is an argument so that tests need not wait."""

    def __init__(self, most: int = 20_000) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def spend(self, name: str, budget: Budget, now: float | None = None) -> float:
        """Take one act from a budget; return 0, or the seconds to wait when nothing is left."""
        at = time.monotonic() if now is None else now
        with self._lock:
            left, since = self._left.pop(name, (float(budget.burst), at))
            left = min(float(budget.burst), left + (at - since) / budget.seconds)
            wait = 0.0 if left >= 1 else (1 - left) * budget.seconds
            self._left[name] = (left - 1 if left >= 1 else left, at)
            while len(self._left) > self._most:
                self._left.popitem(last=False)
        return wait

    def empty(self) -> None:
        """Forget every budget's state."""
        with self._lock:
            self._left.clear()


purse = Purse()

GUESSES_OF_ALL = Budget(burst=60, seconds=1.0)
GUESSES_OF_ONE_SOURCE = Budget(burst=12, seconds=20.0)
KNOWN_RESERVE = Budget(burst=60, seconds=0.5)
TRIES_OF_ONE_RECEIPT = Budget(burst=6, seconds=60.0)
REFUSED_BEFORE_ALARM = Budget(burst=40, seconds=30.0)
ALARMS = Budget(burst=1, seconds=600.0)
REPORTS_OF_ALL = Budget(burst=600, seconds=2.0)
REPORTS_OF_ONE_SOURCE = Budget(burst=60, seconds=30.0)
UPLOADS_OF_ONE_SOURCE = Budget(burst=60, seconds=30.0)

PARTS_OF_ONE_SOURCE = Budget(burst=600, seconds=0.5)


def wait_for_guess(source: str, locator: str, *, known: bool) -> float:
    """Return 0 when a receipt may be verified now, else how many seconds to wait.

    One receipt's own budget comes first, so that knowing a locator gives few tries at the rest.
    """
    if known:
        wait = purse.spend(f"receipt:{locator}", TRIES_OF_ONE_RECEIPT)
        if wait:
            return wait
    of_source = purse.spend(f"guess:{source}", GUESSES_OF_ONE_SOURCE)
    of_all = purse.spend("guess", GUESSES_OF_ALL) if not of_source else 0.0
    if not of_source and not of_all:
        return 0.0
    return purse.spend("known", KNOWN_RESERVE) if known else max(of_source, of_all)


def refusals_alarm() -> bool:
    """Count a refused try; say whether there were too many to be mistakes, at most once in ten minutes."""
    if not purse.spend("refused", REFUSED_BEFORE_ALARM):
        return False
    return not purse.spend("alarm", ALARMS)


def wait_for_report(source: str) -> float:
    """Return 0 when a grievance may be lodged now, else how many seconds to wait."""
    return purse.spend(f"report:{source}", REPORTS_OF_ONE_SOURCE) or purse.spend("report", REPORTS_OF_ALL)


def wait_for_part(source: str) -> float:
    """Return 0 when a piece of a file may be taken now, else how many seconds to wait."""
    return purse.spend(f"part:{source}", PARTS_OF_ONE_SOURCE)


def wait_for_upload(source: str) -> float:
    """Return 0 when words and files may be taken now, else how many seconds to wait."""
    return purse.spend(f"upload:{source}", UPLOADS_OF_ONE_SOURCE)


TEXTS_OF_ALL = Budget(burst=600, seconds=0.05)
TEXTS_RESERVE = Budget(burst=600, seconds=0.05)
TEXTS_OF_ONE = Budget(burst=40, seconds=60.0)
WARNINGS_OF_ONE = Budget(burst=1, seconds=3600.0)


def wait_for_texts(*, going_on: bool) -> float:
    """Return 0 when a text message may be taken in now; who is in the middle of a talk has a reserve of her own."""
    wait = purse.spend("texts", TEXTS_OF_ALL)
    return purse.spend("texts going on", TEXTS_RESERVE) if wait and going_on else wait


def texts_of_one(line: str) -> str:
    """Return nothing while a phone is within its budget, `warn` once when it is over, then `silent`."""
    if not purse.spend(f"texts:{line}", TEXTS_OF_ONE):
        return ""
    return "silent" if purse.spend(f"warned:{line}", WARNINGS_OF_ONE) else "warn"
