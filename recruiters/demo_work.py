"""Make what the demo's officers did: assessments, fee and contract facts, a watchlist, a screening with open hits."""

import csv
import io
import random
import tempfile
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from core import jobs
from core.standards import standard
from parties.demo import World
from parties.models import Party
from recruiters import demo_assessing, demo_watchlist, services
from recruiters.models import Assessment, Recruiter, Screening, ScreeningHit, WatchlistLoad
from recruiters.screening import Gravity, HitState
from recruiters.services.screenings import finish, take_rows

OUTCOMES = ("conforms",) * 12 + ("minor_gap",) * 2 + ("major_gap", "not_assessed", "not_applicable")


def assessments_and_facts(world: World, recruiters: list[Recruiter], rng: random.Random) -> None:
    """Assess a sixth of the recruiters, and record fees and contract findings about a tenth."""
    licensed = [recruiter for recruiter in recruiters if recruiter.standing_code != "none"]
    for recruiter in rng.sample(licensed, 20):
        _assess(world, recruiter, rng)
    _fee(world, recruiters[0], rng, "FEE-B1", Decimal(8500))
    for recruiter in rng.sample(licensed[1:], 26):
        _fee(
            world,
            recruiter,
            rng,
            rng.choice([c.code for c in standard("fees").categories]),
            Decimal(rng.randrange(2, 90) * 500),
        )
    demo_assessing.build(world, licensed, rng)
    for recruiter in rng.sample(licensed[1:], 18):
        finding = rng.choice(("substituted_worse", "missing", "unclear", "banned_clause"))
        changed = finding == "substituted_worse"
        services.record_contract(
            recruiter,
            element="CT-10" if changed else rng.choice(("CT-14", "CT-15", "CT-16", "CT-20", "CT-26")),
            finding=finding,
            before="QAR 1,200 a month" if changed else "",
            after="QAR 900 a month" if changed else "",
            source_kind=rng.choice(("documents", "interview", "inspection")),
            observed_on=world.today - timedelta(days=rng.randrange(10, 500)),
            actor=world.actor,
        )


def _assess(world: World, recruiter: Recruiter, rng: random.Random) -> None:
    """Make a review without its looks, which is negative or incomplete; full ones are made by demo_assessing."""
    assessment = services.start_assessment(recruiter, kind=Assessment.Kind.REVIEW, actor=world.actor)
    good = rng.random() < 0.5
    answers = {
        criterion.code: (
            "conforms" if good else rng.choice(OUTCOMES),
            "" if good else "Shown by the papers that were handed in.",
        )
        for criterion in standard("iris").criteria
    }
    services.answer_criteria(assessment, answers, actor=world.actor)
    if rng.random() < 0.85:
        services.complete_assessment(assessment, actor=world.actor)


def _fee(world: World, recruiter: Recruiter, rng: random.Random, category: str, amount: Decimal) -> None:
    services.record_fee(
        recruiter,
        category=category,
        payer=rng.choice(("worker", "worker", "employer", "employer_recovered")),
        collector=rng.choice(("recruiter", "sub_agent", "clinic")),
        amount=amount,
        currency="NPR" if recruiter.country == "NP" else "USD",
        corridor=recruiter.corridors.first(),
        paid_on=world.today - timedelta(days=rng.randrange(20, 600)),
        receipt_held=rng.choice((True, False, None)),
        disclosed_before=rng.choice((True, False, None)),
        source_kind=rng.choice(("documents", "interview", "inspection")),
        actor=world.actor,
    )


def lists_and_screening(world: World, recruiters: list[Recruiter], rng: random.Random) -> None:
    """Bring in a fictional watchlist in two editions, and screen a list between them; some hits wait."""
    owners = demo_watchlist.owners_of(recruiters, rng)
    lines = demo_watchlist.entries(recruiters, owners[:16], rng)
    first = _edition(world, lines, days_ago=34)
    if first.job is not None:
        jobs.work.call(job_id=first.job.pk)
    screening = _screen(world, recruiters, owners, rng)
    load = _edition(world, demo_watchlist.next_edition(lines), days_ago=6)
    if load.job is not None:
        jobs.work.call(job_id=load.job.pk)
    with suppress(services.ScreeningRefused):  # a machine without a font for every script has no certificate to show
        services.certify_screening(screening, language="en", actor=world.users["farah"])


def _edition(world: World, lines: list[str], *, days_ago: int) -> WatchlistLoad:
    """Bring an edition of the fictional watchlist in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "regional-debarment.jsonl"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return services.load_watchlist(
            path,
            source="Regional debarment list (fictional)",
            name="Regional debarment list (fictional)",
            publisher="Joint Labour Secretariat",
            list_date=world.today - timedelta(days=days_ago),
            max_age_days=90,
            actor=world.actor,
        )


def _screen(world: World, recruiters: list[Recruiter], owners: list[Party], rng: random.Random) -> Screening:
    farah = world.users["farah"]
    rows = [("name", "country", "licence_number", "type")]
    rows += [
        (demo_watchlist.agency_variant(r.name, rng), r.country, rng.choice((r.licence_number, "")), "organisation")
        for r in rng.sample(recruiters, 30)
    ]
    rows += [(demo_watchlist.person_variant(one.name, rng), one.country, "", "person") for one in owners[4:22]]
    rows += [
        ("Blue Lantern Catering", "AE", "", ""),
        ("Northern Lights Staffing", "PL", "", ""),
        ("", "NP", "", ""),
        ("Orion Shipping Company", "PA", "", ""),
    ]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    screening = services.receive_list(
        actor=farah,
        title="Agencies proposed for the Gulf corridor",
        data=text.getvalue().encode(),
        file_name="gulf-corridor.csv",
    )
    body = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    take_rows(screening, enumerate(body, start=2))
    screening.save()
    after, count = services.screen_chunk(screening)
    while count:
        after, count = services.screen_chunk(screening, after=after)
    finish(screening, actor=farah)
    _decide(screening, world)
    return screening


def _decide(screening: Screening, world: World) -> None:
    """Decide some hits as Farah did, and leave the others to whoever looks at the demo."""
    waiting = list(ScreeningHit.objects.filter(screening=screening, state=HitState.OPEN).order_by("pk"))
    for place, hit in enumerate(waiting[: len(waiting) // 3]):
        answer, reason = (("false", "common_name"), ("true", "name_and_country"), ("unsure", "asked_for_papers"))[
            place % 3
        ]
        if hit.gravity == Gravity.SEVERE and answer == "true" and place % 2:
            answer, reason = "false", "other_trade"
        services.decide_hit(hit, answer=answer, reason_code=reason, actor=world.users["farah"])
