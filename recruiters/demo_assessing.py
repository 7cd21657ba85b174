"""Make what the demo shows of assessments held in full: looks, actions, contracts compared, ratings on their way."""

import random
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from checklists.answers import read
from checklists.sheets import NO_WORDS
from core.models import User
from core.standards import standard
from parties.demo import World
from recruiters import services
from recruiters.contractterms import Money, Number, Value
from recruiters.feerulebook import reviewed
from recruiters.models import Assessment, Correction, Recruiter
from recruiters.services import corrections, looks, publications
from recruiters.services.assessments import criteria_of, decide_outcome

FULL = 4
AGAINST = {0: (), 1: ("DOC-22",), 2: ("WRK-05", "WRK-06", "DOC-14"), 3: ()}
"""Of each full assessment, the questions whose answers speak against; Omar's agency comes third."""


def build(world: World, licensed: list[Recruiter], rng: random.Random) -> None:
    """Assess a few recruiters in full, ask for what must be put right, compare contracts, propose ratings."""
    omars = licensed[0]
    others = rng.sample(licensed[1:], FULL - 1)
    for place, recruiter in enumerate([others[0], others[1], omars, others[2]]):
        made = _assess(world, recruiter, AGAINST[place])
        if place == 1:
            _ask(world, made, "IRIS-3-4", "minor", "Give the information before departure to every worker.", 45)
        if place == 2:
            action = _ask(world, made, "IRIS-1-1", "serious", "Repay what workers paid for medical checks.", 30)
            words = "We repaid eleven of fourteen workers; the receipts are with our head of finance."
            corrections.answer_correction(action, words=words, actor=world.users["omar"])
            _ask(world, made, "IRIS-1-3", "moderate", "End the agreement with sub-agents who charge.", 60)
        if place == 3:
            decide_outcome(made, state="suspended", reason="actions_overdue", actor=world.actor)
    rule = next(rule for rule in reviewed() if (rule.code, rule.destination) == ("FR-NP-1", "QA"))
    services.confirm_fee_rule(rule, actor=world.users["farah"])
    for recruiter in (omars, *others[:2]):
        _contract(world, recruiter, rng)
    _publish(world, omars)
    publications.propose_publication(others[0], actor=world.actor)


def _publish(world: World, recruiter: Recruiter) -> None:
    """Take one rating all the way: told to the recruiter, answered, decided by an officer, public."""
    proposed = publications.propose_publication(recruiter, actor=world.users["farah"])
    words = "We repaid most of the medical fees and changed the contracts back."
    publications.reply_to_publication(proposed, words=words, actor=world.users["omar"])
    note = "Contracts were changed for the worse after signature, and fees are not repaid in full yet."
    publications.decide_publication(
        proposed, publish=True, reason="warn_workers", note=note, actor=world.users["farah"]
    )


def _assess(world: World, recruiter: Recruiter, against: tuple[str, ...]) -> Assessment:
    farah: User = world.users["farah"]
    assessment = services.start_assessment(recruiter, kind=Assessment.Kind.REVIEW, actor=farah)
    for kind in ("documents", "management", "workers"):
        alone = {"heard": 9, "without_employer": True} if kind == "workers" else {}
        stage = looks.begin_look(assessment, kind=kind, actor=farah, **alone)  # type: ignore[arg-type]
        for section in stage.version.questionnaire.sections:
            other = {"yes": "no", "no": "yes"}
            answers = {i.code: read(i, i.adverse if i.code in against else other[i.adverse]) for i in section.items}
            looks.answer_look(stage, section.code, answers=answers, words=NO_WORDS, base=0, actor=farah)
        looks.close_look(stage, actor=farah)
    criteria = criteria_of(assessment)
    proposed = looks.proposals_for(assessment, criteria)
    found = {
        c.code: (
            "conforms" if (outcome := proposed[c.code].outcome) == "not_assessed" else outcome.value,
            "As the looks showed.",
        )
        for c in criteria
    }
    grown = {c.code: 1 if found[c.code][0] != "conforms" else 2 + place % 2 for place, c in enumerate(criteria)}
    services.answer_criteria(assessment, found, levels=grown, actor=farah)
    return services.complete_assessment(assessment, actor=farah)


def _ask(world: World, assessment: Assessment, criterion: str, severity: str, what: str, days: int) -> Correction:
    return corrections.ask_correction(
        assessment, criterion=criterion, severity=severity, what=what, owner="finance" if days == 30 else "recruitment",
        due_on=world.today + timedelta(days=days), actor=world.users["farah"],
    )  # fmt: skip


def _contract(world: World, recruiter: Recruiter, rng: random.Random) -> None:
    """Compare one fictional contract: offered well, signed for less, lived with the passport held."""
    offered: dict[str, Value] = {
        "pay": Money(Decimal(1400), "QAR", "month"), "hours": Number(Decimal(8), "day"),
        "rest_days": Number(Decimal(1), "week"), "leave": Number(Decimal(30), "year"), "lodging": "employer",
        "passport": "worker", "employer": "Northwind Apparel", "work": "Machine operator",
    }  # fmt: skip
    signed: dict[str, Value] = {
        **offered, "pay": Money(Decimal(1100), "QAR", "month"), "leave": Number(Decimal(21), "year"),
        "work": "Helper", "deductions": Money(Decimal(120), "QAR", "month"),
    }  # fmt: skip
    actual: dict[str, Value] = {
        "pay": Money(Decimal(rng.choice((5, 6))), "QAR", "hour"), "hours": Number(Decimal(60), "week"),
        "passport": "employer", "lodging": "worker",
    }  # fmt: skip
    terms: Mapping[str, Mapping[str, Value]] = {"offered": offered, "signed": signed, "actual": actual}
    services.record_contract_review(
        recruiter, terms=terms, source_kind="documents", corridor=recruiter.corridors.first(),
        read_whole=["signed"], signs=["second_paper"], language_understood=rng.choice((True, None)),
        contract_language="en", worker_language="ne", signed_on=world.today - timedelta(days=90),
        departed_on=world.today - timedelta(days=80), copy_given_on=world.today - timedelta(days=82),
        clauses=[standard("contract").clauses[0].code] if rng.random() < 0.5 else [], actor=world.users["farah"],
    )  # fmt: skip
