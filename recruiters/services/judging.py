"""Say what a ruleset makes of a recruiter's rows on any day; nothing is written here."""

from collections.abc import Iterable
from datetime import date

from recruiters.licensing import joint_standing
from recruiters.models import Assessment, Recruiter, RiskFact
from recruiters.models.outcomes import holds_on
from recruiters.models.words import Origin
from recruiters.scoring import RULESET, Credit, Fact, Judgement, rate


def judge(recruiter: Recruiter, day: date, *, ruleset: str = RULESET, told_only: bool = False) -> Judgement:
    """Return what a ruleset says about a recruiter on a day, from the rows that were known by then; writes nothing.

    ``told_only`` leaves out every fact that the recruiter may not be told: what is published rests on nothing else.
    """
    rows = recruiter.risk_facts.filter(occurred_on__lte=day, noted_on__lte=day).prefetch_related("steps")
    kept = [row for row in rows if not told_only or row.may_be_told()]
    credits = [*_assessed(recruiter, day), *_inspected(kept)]
    licences = recruiter.licences.prefetch_related("history")
    standing = joint_standing([licence.changes() for licence in licences], day)
    return rate([as_fact(row, day) for row in kept], credits, standing.code, day, ruleset=ruleset)


def as_fact(row: RiskFact, day: date) -> Fact:
    """Return a row as the rules read it, with what had become of it by a day."""
    return Fact(row.code, row.severity, row.origin, row.source_ref, row.occurred_on, row.weight, row.state_on(day))


def _assessed(recruiter: Recruiter, day: date) -> list[Credit]:
    """Return finished assessments; one whose outcome was suspended or withdrawn by then is no positive one."""
    finished = (
        recruiter.assessments.completed(day)
        .exclude(kind=Assessment.Kind.SELF)
        .only("ref", "completed_on", "conclusion", "kind")
        .prefetch_related("outcome_steps")
    )
    return [
        Credit(
            "assessment", row.ref, row.completed_on, row.is_positive and holds_on(list(row.outcome_steps.all()), day)
        )
        for row in finished
        if row.completed_on
    ]


def _inspected(rows: Iterable[RiskFact]) -> list[Credit]:
    return [
        Credit("inspection", row.source_ref, row.occurred_on, positive=False)
        for row in rows
        if row.origin == Origin.INSPECTION
    ]
