"""Make the demo's past: two years of ended grievances as coded facts alone, emptied long ago, so that figures are real.

Fictional, the same every time, and cheap: no words, no vault, no keys. Everything here is over.
"""

import hashlib
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from core.actors import SYSTEM
from core.models import User
from grievances.models import (
    CaseState,
    Clock,
    Concern,
    ConsentGiven,
    Grievance,
    GrievanceStatus,
    PersonFacts,
    RemediationCase,
    TriageDecision,
)
from grievances.services.freezing import freeze_quarters
from grievances.smsdialogue import FIGURES

COUNT = 1600
DAYS = 730
NEWEST = 40  # days: what is younger, the demo's other part tells
CODES = {
    "FEE": 30, "WAG": 26, "CON": 14, "DOC": 14, "HOU": 11, "HRS": 11, "DEC": 8, "OSH": 8, "EXI": 6, "MOV": 5, "THR": 5,
    "DIM": 5, "HAR": 4, "RET": 3, "VIO": 3, "SEX": 2, "TIP": 2, "CHL": 1, "DIS": 2, "SOC": 3, "FOA": 1, "OTH": 5,
}  # fmt: skip
COUNTRIES = {"QA": 32, "AE": 27, "SA": 22, "MY": 12, "KW": 9, "OM": 3, "BH": 2, "JO": 1}
LANGUAGES = {"ne": 30, "bn": 22, "hi": 12, "fil": 10, "ta": 7, "si": 6, "ur": 6, "my": 3, "id": 3, "en": 3}
CHANNELS = {"web": 62, "sms": 14, "hotline": 14, "in_person": 7, "paper": 3}
AGES = {"": 38, "under_18": 2, "18_24": 20, "25_34": 26, "35_44": 11, "45_plus": 3}
SEXES = {"": 30, "female": 26, "male": 43, "other": 1}
OUTCOMES = {
    "resolved_confirmed_by_worker": 46, "resolved_not_confirmed_contact_lost": 9, "partly_resolved": 14,
    "unresolved_respondent_refused": 9, "unresolved_escalated_state": 6, "not_substantiated": 6, "withdrawn_freely": 5,
    "referred_and_accepted_elsewhere": 5,
}  # fmt: skip
CAUSES = ("fees_in_chain", "pay_system", "supervision", "contract_substitution")
GRAVE = {"VIO", "SEX", "CHL", "TIP"}


@dataclass(frozen=True)
class Past:
    """What became of one made-up grievance."""

    received: date
    codes: tuple[str, ...]
    severity: int
    accepted: bool
    closed: date
    outcome: str


def build(today: date, handlers: list[User]) -> int:
    """Write the past as rows; return how many grievances."""
    rng = random.Random(20240101)  # noqa: S311 -- fictional data
    pasts = [_past(rng, today) for _ in range(COUNT)]
    rows = Grievance.objects.bulk_create([_row(rng, number, past) for number, past in enumerate(pasts)], batch_size=400)
    pairs = list(zip(rows, pasts, strict=True))
    Concern.objects.bulk_create(
        [Concern(grievance=row, code=code, source="triage") for row, past in pairs for code in past.codes],
        batch_size=1000,
    )
    ConsentGiven.objects.bulk_create(
        [
            ConsentGiven(grievance=row, purpose=FIGURES, given=True, on=past.received, language=row.language)
            for row, past in pairs
        ],
        batch_size=1000,
    )
    people = [(row, _pick(rng, AGES), _pick(rng, SEXES), past) for row, past in pairs]
    PersonFacts.objects.bulk_create(
        [
            PersonFacts(grievance=row, age_band=age, sex=sex, source="handler", said_on=past.received)
            for row, age, sex, past in people
            if age or sex
        ],
        batch_size=1000,
    )
    _handled(rng, pairs, handlers)
    freeze_quarters(today, actor=SYSTEM)
    return len(rows)


def _past(rng: random.Random, today: date) -> Past:
    # More come in as more people know of the channel: days near today are likelier.
    back = NEWEST + int((DAYS - NEWEST) * (1 - rng.random() ** 0.6))
    received = today - timedelta(days=back)
    codes = tuple(dict.fromkeys(_pick(rng, CODES) for _ in range(rng.choice([1, 1, 2, 2, 3]))))
    severity = 4 if GRAVE & set(codes) else rng.choice([2, 2, 3])
    accepted = rng.random() < 0.88
    spent = rng.randint(14, 100) if accepted else rng.randint(2, 12)
    closed = received + timedelta(days=min(spent, back - 1))
    return Past(received, codes, severity, accepted, closed, _pick(rng, OUTCOMES))


def _pick(rng: random.Random, weights: dict[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


def _row(rng: random.Random, number: int, past: Past) -> Grievance:
    return Grievance(
        receipt_kept=True,
        form_digest=hashlib.sha256(f"grievances.demo_history:{number}".encode()).hexdigest(),
        received_on=past.received,
        language=_pick(rng, LANGUAGES),
        channel=_pick(rng, CHANNELS),
        filed_by=rng.choice(["affected", "affected", "affected", "family", "union"]),
        country=_pick(rng, COUNTRIES),
        people=rng.choice(["one", "one", "few", "many", "unknown"]),
        priority={4: "urgent", 3: "high"}.get(past.severity, "normal"),
        emptied_on=past.closed,
        shell_until=past.closed + timedelta(days=7 * 365),
    )


def _handled(rng: random.Random, pairs: list[tuple[Grievance, Past]], handlers: list[User]) -> None:
    """Write who decided, how the clocks stood, and how each case ended."""
    statuses, decisions, clocks = [], [], []
    for row, past in pairs:
        by = rng.choice(handlers)
        ended = "closed" if past.accepted else "not_accepted"
        reason = past.outcome if past.accepted else "out_of_scope"
        statuses.append(GrievanceStatus(grievance=row, status="received", at=_at(past.received)))
        statuses.append(GrievanceStatus(grievance=row, status=ended, at=_at(past.closed), by=by, reason=reason))
        decisions.append(
            TriageDecision(
                grievance=row,
                decision="accept" if past.accepted else "not_accepted",
                priority=row.priority,
                severity=past.severity,
                rule_priority=row.priority,
                ruleset="demo",
                by=by,
                at=_at(past.received + timedelta(days=1)),
            )
        )
        clocks += _clocks(rng, row, past)
    GrievanceStatus.objects.bulk_create(statuses, batch_size=1000)
    TriageDecision.objects.bulk_create(decisions, batch_size=1000)
    Clock.objects.bulk_create(clocks, batch_size=1000)
    accepted = [(row, past) for row, past in pairs if past.accepted]
    cases = RemediationCase.objects.bulk_create(
        [
            RemediationCase(
                grievance=row,
                opened_on=past.received + timedelta(days=2),
                severity=past.severity,
                root_cause=rng.choice(CAUSES) if rng.random() < 0.93 else "",
            )
            for row, past in accepted
        ],
        batch_size=500,
    )
    states = CaseState.objects.bulk_create(
        [
            CaseState(case=case, state="closed", outcome=past.outcome)
            for case, (_row, past) in zip(cases, accepted, strict=True)
        ],
        batch_size=1000,
    )
    for state, (_grievance, past) in zip(states, accepted, strict=True):
        state.at = _at(past.closed)
    CaseState.objects.bulk_update(states, ["at"], batch_size=500)


def _clocks(rng: random.Random, row: Grievance, past: Past) -> list[Clock]:
    found = []
    for kind, days, on_time in (("acknowledge", 3, 0.95), ("triage", 5, 0.9), ("resolve", 90, 0.82)):
        if kind == "resolve" and not past.accepted:
            continue
        due, late = past.received + timedelta(days=days), rng.random() > on_time
        met = due + timedelta(days=3) if late else due - timedelta(days=1)
        found.append(
            Clock(
                grievance=row,
                kind=kind,
                due_at=_at(due),
                met_at=_at(met),
                was_late=late,
                escalated_at=_at(due) if late else None,
            )
        )
    return found


def _at(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
