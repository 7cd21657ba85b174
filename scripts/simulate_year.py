"""Simulate a year of grievances with the clock as an argument, and reconcile every figure with the audit trail.

    DEMO=1 DATA_DIR=/tmp/year .venv/bin/python -m scripts.simulate_year [COUNT]

Works in a database of its own (empty, migrated). Receipts are hashed at the least cost: two thousand at the real
cost take minutes and prove nothing here. The same seed gives the same year.
"""

import heapq
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count as numbers
from typing import Any

SEED = 20260101
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
DOWN_FROM, DOWN_UNTIL = BEGIN + timedelta(days=181), BEGIN + timedelta(days=183)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LONGEST_KEPT = timedelta(days=366 * 11)
CODES = (("WAG",), ("FEE",), ("FEE", "DOC"), ("HOU",), ("SOC",), ("CON", "DEC"), ("VIO",), ("TIP",), ("THR", "DOC"))
FATES = ("remedied",) * 5 + ("not_accepted", "withdrawn", "late", "asked", "silent")


@dataclass
class Ledger:
    """What the simulation itself knows to have happened; the product's figures must agree with it."""

    lodged: Counter[str] = field(default_factory=Counter)
    decided: Counter[str] = field(default_factory=Counter)
    closed: Counter[str] = field(default_factory=Counter)
    fired: int = 0
    fired_while_catching_up: int = 0
    runs: int = 0
    emptied: int = 0
    deleted: int = 0
    problems: list[str] = field(default_factory=list)

    def check(self, what: str, ours: object, theirs: object) -> None:
        """Compare two figures; a difference is a problem."""
        print(f"{'ok ' if ours == theirs else 'NO '} {what}: {theirs}")
        if ours != theirs:
            self.problems.append(f"{what}: {ours} against {theirs}")


class Year:
    """A year of one office: people who are sometimes late, a job that runs every hour and is down for two days."""

    def __init__(self, count: int, *, step: timedelta = HOUR, purge_every: int = 1) -> None:
        self.rng, self.count, self.step, self.purge_every = random.Random(SEED), count, step, purge_every
        self.ledger, self.order = Ledger(), numbers()
        self.plans: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self.officers = [self._officer(name) for name in ("sim-a", "sim-b", "sim-c")]

    def _officer(self, name: str) -> Any:
        from core.models import Account, Membership, User
        from core.roles import AccountKind, Role

        account = Account.objects.get_or_create(name="Simulated office", kind=AccountKind.MINISTRY)[0]
        user = User.objects.create_user(name, password=None)
        Membership.objects.create(user=user, account=account, role=Role.CASE_OFFICER, since=BEGIN.date())
        return user

    def plan(self, at: datetime, act: Callable[[datetime], None]) -> None:
        """Let something happen at a moment."""
        heapq.heappush(self.plans, (at, next(self.order), act))

    def run(self) -> Ledger:
        """Live through the year and through the years in which the last of it is deleted; then reconcile."""
        for _number in range(self.count):
            self.plan(BEGIN + YEAR * self.rng.random(), self._lodge)
        for now in self._hours(BEGIN, BEGIN + YEAR + timedelta(days=120), self.step):
            while self.plans and self.plans[0][0] <= now:
                at, _number, act = heapq.heappop(self.plans)
                act(at)
            self._escalate(now)
            if now.hour == 0 and (now - BEGIN).days % self.purge_every == 0:
                self._purge(now)
        self._reconcile()
        for now in self._hours(
            BEGIN + YEAR + timedelta(days=150), BEGIN + YEAR + LONGEST_KEPT, 30 * DAY * self.purge_every
        ):
            self._purge(now)
        self._reconcile_deletion()
        return self.ledger

    def _hours(self, start: datetime, end: datetime, step: timedelta) -> Iterator[datetime]:
        now = start
        while now <= end:
            if not DOWN_FROM <= now < DOWN_UNTIL:
                yield now
            now += step

    def _lodge(self, at: datetime) -> None:
        from grievances import services
        from grievances.keys import FormToken
        from grievances.services.drafts import DraftContent

        codes = self.rng.choice(CODES)
        report = services.Report(codes=codes, language="ne", country="QA", consents={"statistics_anonymised": True})
        token = FormToken(self.rng.randbytes(32))
        grievance = services.lodge(token, report, DraftContent(words="fictional"), at=at).grievance
        self.ledger.lodged[_quarter(at)] += 1
        handler = self.rng.choice(self.officers)
        fate = self.rng.choice(FATES)
        if fate == "silent":  # nobody takes it up: every clock of it runs out
            return
        delay = timedelta(hours=self.rng.choice([0.5, 3, 20, 60]) if fate != "late" else 24 * 20)
        self.plan(at + delay, lambda now: services.take(_again(grievance), actor=handler, at=now))
        decide = {"withdrawn": self._withdraw, "not_accepted": self._refuse}.get(fate, self._accept)
        self.plan(at + delay + DAY * self.rng.randint(1, 9), lambda now: decide(_again(grievance), handler, now))

    def _accept(self, grievance: Any, handler: Any, at: datetime) -> None:
        from grievances import services
        from grievances.statuses import Decision

        judged = services.preview(grievance)
        decided = services.Judgement(Decision.ACCEPT, grievance.codes, judged.priority)
        case = services.triage(grievance, decided, actor=handler, at=at)
        self.ledger.decided["accept"] += 1
        self.plan(at + DAY * self.rng.randint(1, 12), lambda now: self._remedy(case, handler, now))

    def _remedy(self, case: Any, handler: Any, at: datetime) -> None:
        from grievances import services

        case.refresh_from_db()
        wanted = services.StepPlan(
            form="guarantee_non_repetition", item="policy_changed", owner="employer", due_on=at.date() + 30 * DAY
        )
        step = services.add_remedy_step(case, wanted, actor=handler, at=at)
        services.agree(step, actor=handler, at=at)
        self.plan(at + DAY * self.rng.randint(3, 60), lambda now: self._close(case, step, handler, now))

    def _close(self, case: Any, step: Any, handler: Any, at: datetime) -> None:
        from grievances import services
        from grievances.remedy import Outcome

        services.deliver(step, actor=handler, decision_number="ORD-1", at=at)
        services.set_root_cause(case, "pay_system", actor=handler)
        if not services.close(case, Outcome.RESOLVED_CONFIRMED, actor=handler, at=at):
            other = next(user for user in self.officers if user != handler)
            services.agree_to_close(case, actor=other, at=at)
        self.ledger.closed[_quarter(at)] += 1

    def _refuse(self, grievance: Any, handler: Any, at: datetime) -> None:
        from grievances import services
        from grievances.statuses import Decision

        judged = services.preview(grievance)
        decided = services.Judgement(Decision.NOT_ACCEPTED, grievance.codes, judged.priority, "out_of_scope")
        services.triage(grievance, decided, actor=handler, at=at)
        self._second(grievance, handler, at)
        self.ledger.decided["not_accepted"] += 1

    def _withdraw(self, grievance: Any, handler: Any, at: datetime) -> None:
        from grievances import services
        from grievances.services import following

        following.withdraw(grievance, at=at)
        services.close_withdrawn(grievance, freely=True, actor=handler, at=at)
        self._second(grievance, handler, at)

    def _second(self, grievance: Any, handler: Any, at: datetime) -> None:
        """Let a second person agree where one alone may not end it."""
        from grievances import services

        word = services.open_question(grievance)
        if word is not None:
            other = next(user for user in self.officers if user != handler)
            services.answer_second(word, agree=True, actor=other, at=at)

    def _escalate(self, now: datetime) -> None:
        """Run the job, twice now and then; whatever ran out and nothing else fires, once."""
        from grievances import services
        from grievances.models import Clock

        due = set(
            Clock.objects.filter(met_at=None, dropped_at=None, escalated_at=None, due_at__lte=now).values_list("pk")
        )
        done = services.escalate(now).clocks
        again = services.escalate(now).clocks if done else 0
        fired = set(Clock.objects.filter(escalated_at=now).values_list("pk")) if done or due else set()
        if fired != due or done != len(due) or again:
            self.ledger.problems.append(f"{now}: {len(due)} ran out, {done} and then {again} fired")
        self.ledger.runs += 1
        self.ledger.fired += done
        if now - self.step < DOWN_UNTIL <= now:
            self.ledger.fired_while_catching_up += done

    def _purge(self, now: datetime) -> None:
        from grievances import services

        done = services.purge(now)
        again = services.purge(now) if done.emptied or done.deleted else None
        if again is not None and (again.emptied or again.deleted):
            self.ledger.problems.append(f"{now}: purged twice")
        self.ledger.emptied += done.emptied
        self.ledger.deleted += done.deleted

    def _reconcile(self) -> None:
        """Compare the product's figures with what happened and with what the audit trail says."""
        from cms.statistics import counting
        from cms.statistics.periods import Period
        from core.models import AuditEntry
        from grievances.models import CaseState, Clock, Grievance, GrievanceStatus
        from grievances.statuses import ENDED

        check, ours = self.ledger.check, self.ledger
        entries = AuditEntry.objects.order_by()
        check("lodged, audit trail", self.count, entries.filter(verb="grievance.lodged").count())
        check("lodged, rows", self.count, Grievance.objects.count())
        for quarter in sorted(ours.lodged):
            year, part = quarter.split("-Q")
            cube = counting.cube(Period(int(year), int(part)))
            check(f"public figures, {quarter}", ours.lodged[quarter], cube.everybody)
            check(f"by age and sex, {quarter}", cube.everybody, sum(cube.people.values()))
        for decision, number in sorted(ours.decided.items()):
            check(
                f"decided: {decision}",
                number,
                entries.filter(verb="grievance.triaged", facts__decision=decision).count(),
            )
        closed = CaseState.objects.filter(state=CaseState.State.CLOSED)
        check("cases closed, rows", sum(ours.closed.values()), closed.count())
        check(
            "cases closed, audit trail",
            closed.count(),
            entries.filter(verb="case.state", facts__state="closed").count(),
        )
        for quarter, number in sorted(ours.closed.items()):
            year, part = quarter.split("-Q")
            check(f"outcomes, {quarter}", number, sum(counting.outcomes(Period(int(year), int(part))).values()))
        fired = Clock.objects.exclude(escalated_at=None)
        told = Counter(entries.filter(verb="grievance.escalated").values_list("subject", "facts__clock", "facts__due"))
        check("escalated, rows", ours.fired, fired.count())
        check("escalated, audit trail", ours.fired, sum(told.values()))
        check("escalated twice", 0, sum(number - 1 for number in told.values()))
        check("ran out and never fired", 0, self._missed())
        statuses = GrievanceStatus.objects.count()
        check("statuses, audit trail", statuses, entries.filter(verb="grievance.status").count())
        seen = Grievance.objects.visible_to(self.officers[0]).with_status()
        ended = sum(1 for each in Grievance.objects.all() if each.status in ENDED)
        check("queue of a case officer", self.count - ended, sum(1 for each in seen if each.status not in ENDED))

    def _missed(self) -> int:
        from grievances.models import Clock

        last = BEGIN + YEAR + timedelta(days=120)
        return Clock.objects.filter(escalated_at=None, met_at=None, dropped_at=None, due_at__lte=last).count()

    def _reconcile_deletion(self) -> None:
        from core import audit
        from core.models import AuditEntry
        from grievances.models import Disposal, Grievance
        from grievances.statuses import ENDED

        check = self.ledger.check
        emptied = AuditEntry.objects.filter(verb="grievance.emptied").count()
        check("emptied, audit trail", self.ledger.emptied + self._whole(), emptied)
        check("deleted, audit trail", self.ledger.deleted, AuditEntry.objects.filter(verb="grievance.deleted").count())
        check("certificates", emptied, Disposal.objects.count())
        left = list(Grievance.objects.all())
        check("ended and not deleted", 0, sum(1 for each in left if each.status in ENDED))
        check("left: what nobody ended", self.count - self.ledger.deleted, len(left))
        read, broken = audit.verify()
        check(f"audit chain of {read} entries", None, broken)

    def _whole(self) -> int:
        """Return how many were emptied in the moment of their deletion, which purge counts as deleted alone."""
        from core.models import AuditEntry

        return AuditEntry.objects.filter(verb="grievance.emptied").count() - self.ledger.emptied


def _again(grievance: Any) -> Any:
    return type(grievance).objects.get(pk=grievance.pk)


def _quarter(at: datetime) -> str:
    return f"{at.year}-Q{(at.month + 2) // 3}"


def main(arguments: list[str]) -> int:
    """Simulate and print; exit 1 where anything does not reconcile."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from grievances.models import Grievance

    settings.RECEIPT_COST = settings.KEY_COST = (1, 8192)
    call_command("migrate", verbosity=0)
    if Grievance.objects.exists():
        print("This database holds grievances already. Name an empty folder with DATA_DIR.", file=sys.stderr)
        return 2
    ledger = Year(int(arguments[0]) if arguments else 2000).run()
    after = ledger.fired_while_catching_up
    print(f"{ledger.runs} runs of the clock, {ledger.fired} escalations, {after} of them after two days down")
    print("\n".join(ledger.problems) or "Everything reconciles.")
    return bool(ledger.problems)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
