"""Simulate a year of grievances with the clock as an argument, and reconcile every figure with the audit trail.

    DEMO=1 DATA_DIR=/tmp/year .venv/bin/python -m scripts.simulate_year [COUNT]

Works in a database of its own (empty, migrated). The product's clock shows the simulated moment, so that the audit
trail is dated by it too; the periodic jobs are given theirs. For two days in summer nothing runs and nobody works.
Receipts and passwords are hashed at the least cost and nothing waits for the disk: two thousand at the real cost take
minutes and prove nothing here. The same seed gives the same year.
"""

import heapq
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count as numbers
from typing import Any
from unittest import mock

from scripts.year_ledger import Ledger, Watch, full_hour_after
from scripts.year_office import Office

SEED = 20260101
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
YEAR = timedelta(days=365)
DOWN_FROM, DOWN_UNTIL = BEGIN + timedelta(days=181), BEGIN + timedelta(days=183)
NOON = 12


class Year:
    """A year of one office: people who are sometimes late, jobs that run every hour and are down for two days."""

    # Until the last check for retaliation and claw-back has been asked for, and answered or not.
    FOLLOWED = timedelta(days=330)
    LONGEST_KEPT = timedelta(days=366 * 11)

    def __init__(
        self,
        count: int,
        *,
        first: timedelta = timedelta(0),
        last: timedelta = YEAR,
        step: timedelta = HOUR,
        purge_every: int = 1,
        quiet: bool = True,
    ) -> None:
        self.count, self.step, self.purge_every = count, step, purge_every
        self.begins, self.ends = BEGIN + first, BEGIN + last
        self.now, self.quiet = BEGIN, quiet
        self.ledger, self.watch, self.order = Ledger(), Watch(), numbers()
        self.plans: list[tuple[datetime, int, Callable[[], None]]] = []
        self.runs = self.rung = self.rung_after_two_days = 0

    def plan(self, at: datetime, act: Callable[[], None]) -> None:
        """Let something happen at a moment; while everything is down, on the day after."""
        if DOWN_FROM <= at < DOWN_UNTIL:
            at = DOWN_UNTIL + HOUR
        if at < self.now:
            raise ValueError(f"Nobody acts in the past: {at} is before {self.now}.")
        heapq.heappush(self.plans, (at.replace(microsecond=0), next(self.order), act))

    def saw_lodged(self, grievance: Any) -> None:
        """See that the clocks of a new grievance run to when they must: an urgent one's by the hour."""
        due = {shadow.kind: shadow.due for shadow in self.watch.look()}
        if grievance.priority == "urgent":
            wanted = {"acknowledge": full_hour_after(self.now, 1), "triage": full_hour_after(self.now, 4)}
            self.ledger.check_quietly("clocks of an urgent grievance", wanted, due)
            self.ledger.note("urgent", self.now)
        self.ledger.check_quietly("clocks of intake", {"acknowledge", "triage"}, set(due))
        if due["acknowledge"] > self.now + 8 * DAY:
            self.ledger.problems.append(f"{self.now}: receipt would be acknowledged on {due['acknowledge']}")

    def run(self) -> Ledger:
        """Live through the year and through the years in which the last of it is deleted; reconcile after each."""
        from scripts.year_figures import Figures

        with self._clock():
            rng = random.Random(SEED)
            self.office = Office(self, rng)
            for _number in range(self.count):
                self.plan(self.begins + (self.ends - self.begins) * rng.random(), self.office.lodge)
            for at in self._moments(self.begins, self.ends, self.step):
                self._live(at)
            # What comes after is rare: the jobs run every six hours, and still each clock rings once.
            for at in self._moments(self.ends, self.ends + self.FOLLOWED, max(self.step, 6 * HOUR)):
                self._live(at)
            figures = Figures(self)
            figures.reconcile_year()
            for at in self._moments(
                self.ends + self.FOLLOWED, self.ends + self.LONGEST_KEPT, 15 * DAY * self.purge_every
            ):
                self._people_act(at)
                self._purge(at)
            figures.reconcile_deletion()
        return self.ledger

    @contextmanager
    def _clock(self) -> Iterator[None]:
        """Show the simulated moment as the product's clock, and carry its text messages to the simulated phones."""
        from django.test import override_settings

        gateway = mock.patch("grievances.services.texting.outbox.gateway_for", lambda _url: self.office.phones)  # noqa: PT008 - the office is not there yet
        with mock.patch("django.utils.timezone.now", self._shown), gateway, override_settings(SMS_URL="simulated:"):
            yield

    def _shown(self) -> datetime:
        return self.now

    def _moments(self, start: datetime, end: datetime, step: timedelta) -> Iterator[datetime]:
        at = start
        while at < end:
            if not DOWN_FROM <= at < DOWN_UNTIL:
                yield at
            at += step

    def _live(self, at: datetime) -> None:
        """Let people act until a moment, and then the jobs that are due."""
        from core import due

        self._people_act(at)
        self._escalate(at)
        if at - self.texted >= DAY and (at.hour >= NOON or self.step >= DAY):
            self.texted = at.replace(hour=NOON) if self.step < DAY else at
            due.run_one("texts", at)
        if at - self.daily >= DAY:
            self.daily = at
            self._ask_and_remind(at)
            if at - self.kept_house >= self.purge_every * DAY:
                self.kept_house = at
                self._keep_house(at)
                self._purge(at)
        if not self.quiet and at.day == 1 and at.hour == 0:
            print(f"{at:%Y-%m}: {self.ledger.total('lodged')} lodged, {self.rung} escalations", file=sys.stderr)

    daily = kept_house = texted = BEGIN - YEAR

    def _people_act(self, until: datetime) -> None:
        from django.core.cache import cache

        from grievances.budgets import purse

        while self.plans and self.plans[0][0] <= until:
            self.now, _number, act = heapq.heappop(self.plans)
            act()
            purse.empty()  # budgets count real seconds
            self.watch.look()
        self.now = until
        cache.clear()

    def _escalate(self, at: datetime) -> None:
        """Run the job, and once more where it did something: the second run finds nothing."""
        from grievances import services

        self.watch.runs.append(at)
        done = services.escalate(at).clocks
        if done and services.escalate(at).clocks:
            self.ledger.problems.append(f"{at}: a second run escalated again")
        self.runs += 1
        self.rung += done
        if at - self.step < DOWN_UNTIL <= at:
            self.rung_after_two_days += done

    def _ask_and_remind(self, at: datetime) -> None:
        """Run the daily jobs that ask and remind."""
        from core import due

        for name, counted in (("safety", "safety asked"), ("clawback", "claw-back asked"), ("respondents", "reminded")):
            told = due.run_one(name, at)
            self.ledger.note(counted, at, _number_in(told))
        self._warn_of_late_parts(at)
        self.watch.look()

    def _warn_of_late_parts(self, at: datetime) -> None:
        """Tell of late parts, and see that it is exactly those which the office's own book says, and each once."""
        from core import due

        wanted = sum(plan.newly_late(at) for plan in self.office.plans)
        told = [_number_in(due.run_one("instalments", at)) for _twice in range(2)]
        self.ledger.check_quietly(f"late parts on {at:%Y-%m-%d}", [wanted, 0], told)
        self.ledger.note("late part", at, told[0])

    def _keep_house(self, at: datetime) -> None:
        """Run the other jobs that the channel and its figures have."""
        from core import due

        for name in ("keys", "certificates", "statistics_release"):
            due.run_one(name, at)

    def _purge(self, at: datetime) -> None:
        """Let go of what is due by the ledger's own reckoning, and see that it is exactly that which went."""
        from grievances import services
        from grievances.models import Grievance

        due = self.ledger.due_on(at.date())
        words, whole = due.words, due.whole
        done = services.purge(at)
        ours = (len(words), len(due.files), len(whole), len(due.kept))
        # A grievance that goes whole on the day on which its words go is emptied first, like any other.
        if (done.emptied, done.stripped, done.deleted, done.held) != ours or done.failed:
            self.ledger.problems.append(f"{at:%Y-%m-%d}: {ours} were due to go or held, the job says {done}")
        for pk in words:
            self.ledger.endings[pk].emptied = True
        for pk in due.files:
            self.ledger.endings[pk].stripped = True
            self.ledger.purged["files"] += self.office.seconds.files[pk] + self.office.seconds.proofs[pk]
        for pk in whole:
            del self.ledger.endings[pk]
        if words or whole:
            left = Grievance.objects.filter(pk__in=words | whole)
            if left.filter(emptied_on=None).exists() or left.filter(pk__in=whole).exists():
                self.ledger.problems.append(f"{at:%Y-%m-%d}: something that was due is still there")
            again = services.purge(at)
            if again.emptied or again.deleted:
                self.ledger.problems.append(f"{at:%Y-%m-%d}: purged twice")
        self.ledger.purged["emptied"] += done.emptied
        self.ledger.purged["stripped"] += done.stripped
        self.ledger.purged["deleted"] += done.deleted


def _number_in(told: str) -> int:
    return int(told.split()[0])


def main(arguments: list[str]) -> int:
    """Simulate and print; exit 1 where anything does not reconcile."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from grievances.models import Grievance

    settings.RECEIPT_COST = settings.KEY_COST = (1, 8192)
    began = time.monotonic()
    call_command("migrate", verbosity=0)
    if Grievance.objects.exists():
        print("This database holds grievances already. Name an empty folder with DATA_DIR.", file=sys.stderr)
        return 2
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")
    ready, used = time.monotonic(), time.process_time()
    year = Year(int(arguments[0]) if arguments else 2000, quiet=False)
    ledger = year.run()
    print(
        f"{year.runs} runs of the clock, {year.rung} escalations, {year.rung_after_two_days} of them in the first run "
        "after two days down"
    )
    print(
        f"{year.count} grievances in {time.monotonic() - ready:.0f} seconds ({time.process_time() - used:.0f} of the "
        f"processor); the empty database took {ready - began:.0f}"
    )
    print("\n".join(ledger.problems[:50]) or "Everything reconciles.")
    return bool(ledger.problems)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
