"""What a simulated year itself knows to have happened: the product's figures and its audit trail must agree with it."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

# By how many months words and codes outlive the end of a grievance (grievance retention, as a person would reckon it).
WORDS_KEPT = {"withdrawn_freely": 3, "light": 24, "grave": 60}
CODES_KEPT = 84
FILES_KEPT = 24
GRAVE = 3


def quarter_of(day: date) -> str:
    """Return the quarter that a day lies in, such as 2026-Q3."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, the 28th at the latest."""
    whole = day.year * 12 + day.month - 1 + months
    return date(whole // 12, whole % 12 + 1, min(day.day, 28))


@dataclass
class Ending:
    """That a grievance ended, and until when what is known of it is kept."""

    words_until: date
    codes_until: date
    files_until: date
    emptied: bool = False
    stripped: bool = False


@dataclass(frozen=True)
class Due:
    """What is to go on a day."""

    words: set[int]
    files: set[int]
    whole: set[int]
    kept: set[int]


@dataclass
class Ledger:
    """Everything that people did in the year, counted by quarter, and how each grievance ended."""

    happened: Counter[tuple[str, str]] = field(default_factory=Counter)
    endings: dict[int, Ending] = field(default_factory=dict)
    held: set[int] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    purged: Counter[str] = field(default_factory=Counter)

    def note(self, what: str, at: datetime, number: int = 1) -> None:
        """Count something that happened."""
        self.happened[what, quarter_of(at.date())] += number

    def of(self, what: str) -> dict[str, int]:
        """Return how often something happened, by quarter."""
        return {quarter: number for (name, quarter), number in sorted(self.happened.items()) if name == what and number}

    def total(self, what: str) -> int:
        """Return how often something happened at all."""
        return sum(self.of(what).values())

    def ended(self, pk: int, on: date, *, outcome: str, severity: int) -> None:
        """Note that a grievance ended, and reckon until when it is kept."""
        kind = outcome if outcome in WORDS_KEPT else "grave" if severity >= GRAVE else "light"
        words = months_later(on, WORDS_KEPT[kind])
        files = min(words, months_later(on, FILES_KEPT))
        self.endings[pk] = Ending(words, max(words, months_later(on, CODES_KEPT)), files)

    def opened_again(self, pk: int) -> None:
        """Note that a grievance goes on."""
        self.endings.pop(pk, None)

    def due_on(self, day: date) -> Due:
        """Return what is to lose its words on a day, its files before them, what goes whole, what only a hold keeps."""
        free = {pk: end for pk, end in self.endings.items() if pk not in self.held}
        whole = {pk for pk, end in free.items() if end.codes_until < day}
        words = {pk for pk, end in free.items() if end.words_until < day and not end.emptied}
        kept = {pk for pk, end in self.endings.items() if pk in self.held and end.words_until < day and not end.emptied}
        files = {
            pk for pk, end in free.items() if end.files_until < day and not (end.emptied or end.stripped or pk in words)
        }
        return Due(words, files, whole, kept)

    def check(self, what: str, ours: object, theirs: object) -> None:
        """Compare two figures; a difference is a problem."""
        print(f"{'ok ' if ours == theirs else 'NO '} {what}: {_shown(theirs)}", flush=True)
        if ours != theirs:
            self.problems.append(f"{what}: {_shown(ours)} happened, {_shown(theirs)} is told")

    def check_quietly(self, what: str, ours: object, theirs: object) -> None:
        """Compare two figures of one case; only a difference is told."""
        if ours != theirs:
            self.problems.append(f"{what}: {ours} by hand, {theirs} by the product")


def _shown(value: object) -> object:
    return " ".join(f"{name}={number}" for name, number in value.items()) if isinstance(value, dict) else value


@dataclass
class Shadow:
    """A clock as it was seen to start."""

    grievance: int
    kind: str
    due: datetime


@dataclass
class Fate:
    """What became of the clocks of one kind."""

    started: int = 0
    in_time: int = 0
    late: int = 0
    dropped: int = 0
    escalated: int = 0
    running: int = 0


class Watch:
    """Sees every clock start, and says which of them must have rung, when, and that they rang once."""

    def __init__(self) -> None:
        self.seen: dict[int, Shadow] = {}
        self.runs: list[datetime] = []
        self.newest = 0

    def look(self, grievance: Any = None) -> list[Shadow]:
        """Note the clocks that started since, and those of this grievance that were drawn nearer; return the new."""
        from grievances.models import Clock

        fresh = []
        for clock in Clock.objects.filter(pk__gt=self.newest).order_by("pk"):
            self.newest = clock.pk
            if clock.met_at is None and clock.dropped_at is None:
                fresh.append(Shadow(clock.grievance_id, clock.kind, clock.due_at))
                self.seen[clock.pk] = fresh[-1]
        if grievance is not None:
            for pk, due in Clock.objects.filter(grievance=grievance, met_at=None, dropped_at=None).values_list(
                "pk", "due_at"
            ):
                self.seen[pk].due = due
        return fresh

    def must_ring(self, clock: Any) -> datetime | None:
        """Return at which run of the job a clock must have rung: the first after it ran out, were it running still."""
        place = bisect_left(self.runs, self.seen[clock.pk].due)
        run = self.runs[place] if place < len(self.runs) else None
        stopped = clock.met_at or clock.dropped_at
        return run if run is not None and (stopped is None or stopped > run) else None

    def judge(self, ledger: Ledger) -> dict[str, Fate]:
        """Compare each clock with what must have become of it; return what became of each kind."""
        from grievances.models import Clock

        fates: dict[str, Fate] = defaultdict(Fate)
        wrong: Counter[str] = Counter()
        for clock in Clock.objects.order_by("pk"):
            if clock.pk not in self.seen:  # started and stopped in one act
                continue
            fate = fates[clock.kind]
            wrong["rang at another run than it must"] += clock.escalated_at != self.must_ring(clock)
            if clock.met_at is not None:
                wrong["late or in time, wrongly told"] += clock.was_late != (clock.met_at >= self.seen[clock.pk].due)
            fate.started += 1
            fate.in_time += clock.met_at is not None and not clock.was_late
            fate.late += bool(clock.met_at is not None and clock.was_late)
            fate.dropped += clock.dropped_at is not None
            fate.running += clock.met_at is None and clock.dropped_at is None
            fate.escalated += clock.escalated_at is not None
        for what in ("rang at another run than it must", "late or in time, wrongly told"):
            ledger.check(f"clocks that {what}" if what.startswith("rang") else f"clocks {what}", 0, wrong[what])
        return dict(fates)


def full_hour_after(at: datetime, hours: int) -> datetime:
    """Return the full hour at which some hours are over."""
    end = at + timedelta(hours=hours)
    whole = end.replace(minute=0, second=0, microsecond=0)
    return whole if whole == end else whole + timedelta(hours=1)


def counted(rows: Iterable[tuple[datetime, Any]]) -> dict[str, int]:
    """Return how many rows fall into each quarter."""
    return dict(sorted(Counter(quarter_of(at.date()) for at, _rest in rows).items()))
