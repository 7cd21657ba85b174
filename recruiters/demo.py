"""Make the demo's recruiters: some three hundred over many corridors, fictional, the same every time."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from parties import services as parties
from parties.contacts import contact_row
from parties.demo import World
from parties.models import Contact, Name, Party, Relationship
from recruiters import demo_keys, demo_loads, services
from recruiters.demo_names import STREETS, Origin, Pair, origins
from recruiters.demo_register import phoenix, stories
from recruiters.demo_work import assessments_and_facts, lists_and_screening
from recruiters.licensing import Status
from recruiters.models import Licence, Recruiter, Sector

OMARS = "Golden Bridge Manpower"
PATTERNS = (
    ("active", 34),
    ("renewed", 16),
    ("provisional", 5),
    ("conditions", 4),
    ("expired", 12),
    ("suspended", 8),
    ("reinstated", 6),
    ("revoked", 6),
    ("banned", 1),
    ("unknown", 3),
    ("applied", 2),
    ("ceased", 2),
    ("none", 1),
)
ADVERSE = (
    "fees_charged",
    "contract_substitution",
    "documents_retained",
    "unlicensed_agents",
    "obstruction",
    "expired_papers",
)


@dataclass
class Cast:
    """What the builders of this demo share."""

    world: World
    rng: random.Random
    people: dict[str, list[Party]] = field(default_factory=dict)
    ended: list[Recruiter] = field(default_factory=list)
    numbers: int = 100

    @property
    def today(self) -> date:
        """Return the demo's day."""
        return self.world.today

    def order(self) -> str:
        """Return the number of a fictional order."""
        self.numbers += 1
        return f"ORD-{self.today.year - 1}-{self.numbers:04d}"


@transaction.atomic
def build(world: World) -> None:
    """Make the register, its people and licences, a watchlist, a screening with open hits, assessments and facts."""
    cast = Cast(world, random.Random(20260207))
    _omars(cast)
    for origin in origins():
        for place, (first, second) in enumerate(_pairs(origin, cast.rng)):
            recruiter = _recruiter(cast, origin, first, second, place)
            world.recruiters[recruiter.name] = recruiter
    for place, ended in enumerate(cast.ended[:6]):
        phoenix(cast, ended, place)
    stories(cast)
    everybody = list(Recruiter.objects.select_related("party").order_by("pk"))
    assessments_and_facts(world, everybody, cast.rng)
    lists_and_screening(world, everybody, cast.rng)
    demo_loads.build(world)
    demo_keys.build(world)


def _pairs(origin: Origin, rng: random.Random) -> list[tuple[Pair, Pair]]:
    every = [(first, second) for first in origin.firsts for second in origin.seconds]
    rng.shuffle(every)
    return every[: origin.count]


def _named(origin: Origin, first: Pair, second: Pair) -> tuple[str, str]:
    """Return a name in Latin letters and at home (empty where home writes Latin letters too)."""
    latin, native = origin.form
    if origin.prefix_form:
        return f"{latin} {first[0]} {second[0]}", ""
    home = f"{first[1]} {second[1]}".strip()
    if origin.country in ("VN", "UA") and home:
        return f"{first[0]} {second[0]} {latin}", f"{native} {home}"
    if origin.country in ("TW", "TH") and home:
        return f"{first[0]} {second[0]} {latin}", (home.replace(" ", "") + native)
    return f"{first[0]} {second[0]} {latin}", f"{home} {native}".strip() if home else ""


def _omars(cast: Cast) -> None:
    """Make the recruiter that Omar signs in for: licensed, with a renewal due."""
    world, actor = cast.world, cast.world.actor
    recruiter = services.register_recruiter(
        actor=actor,
        name=OMARS,
        country="NP",
        names=[("गोल्डेन ब्रिज म्यानपावर प्रा. लि.", Name.Use.ALIAS)],
        identifiers=[("registration:NP", "104882")],
        sectors=["construction", "hospitality"],
        destinations=("QA", "MY", "SA"),
        phone="+977 1 555 0144",
        email="office@goldenbridge.example",
        website="goldenbridge.example",
        registered_on=cast.today - timedelta(days=2900),
    )
    recruiter.party.account = world.accounts[OMARS]
    recruiter.party.save(update_fields=["account"])
    _site(cast, recruiter, "Kathmandu")
    begins = cast.today - timedelta(days=2 * 365 + 320)
    licence = services.add_licence(
        recruiter,
        actor=actor,
        number="1048/074/075",
        authority="Department of Foreign Employment",
        issued_on=begins,
        expires_on=begins + timedelta(days=730),
        capacity=900,
    )
    services.renew_licence(
        licence, expires_on=cast.today + timedelta(days=45), effective_on=begins + timedelta(days=700), actor=actor
    )
    services.add_person(
        recruiter,
        name="Hari Prasad Koirala",
        role=Relationship.Is.OWNER,
        country="NP",
        starts=begins,
        names=["हरि प्रसाद कोइराला"],
        actor=actor,
    )
    world.recruiters[OMARS] = recruiter


def _recruiter(cast: Cast, origin: Origin, first: Pair, second: Pair, place: int) -> Recruiter:
    rng = cast.rng
    name, home = _named(origin, first, second)
    started = cast.today - timedelta(days=rng.randrange(500, 4200))
    recruiter = services.register_recruiter(
        actor=cast.world.actor,
        name=name,
        country=origin.country,
        names=[(home, Name.Use.ALIAS)] if home else [],
        identifiers=[(f"registration:{origin.country}", str(rng.randrange(10_000, 999_999)))],
        sectors=rng.sample(Sector.values[:-1], k=rng.randrange(1, 4)),
        destinations=rng.sample(origin.destinations, k=rng.randrange(1, min(3, len(origin.destinations)) + 1)),
        phone=f"+{rng.randrange(20, 98)} {rng.randrange(10, 99)} 555 0{rng.randrange(100, 199)}",
        registered_on=started,
    )
    _site(cast, recruiter, rng.choice(origin.cities))
    _leaders(cast, origin, recruiter, started)
    names, weights = zip(*PATTERNS, strict=True)
    pattern = rng.choices(names, weights)[0]
    if pattern != "none":
        _history(cast, origin, recruiter, started, pattern, place)
    return recruiter


def _site(cast: Cast, recruiter: Recruiter, city: str) -> None:
    address = f"{cast.rng.randrange(1, 240)} {cast.rng.choice(STREETS)}"
    place: dict[str, Any] = {"address": address, "city": city, "country": recruiter.country}
    parties.add_site(recruiter.party, name=recruiter.name, actor=cast.world.actor, **place)
    contact = contact_row(recruiter.party, Contact.Kind.ADDRESS, address, city=city, starts=recruiter.registered_on)
    contact.save()


def _leaders(cast: Cast, origin: Origin, recruiter: Recruiter, started: date) -> None:
    """Give a recruiter an owner, and mostly a director; some people lead two."""
    rng = cast.rng
    known = cast.people.setdefault(origin.country, [])
    for role in (Relationship.Is.OWNER, Relationship.Is.DIRECTOR)[: 1 + (rng.random() < 0.7)]:
        if known and rng.random() < 0.06:
            services.add_person(
                recruiter, name="", role=role, person=rng.choice(known), starts=started, actor=cast.world.actor
            )
            continue
        given, family = rng.choice(origin.given), rng.choice(origin.family)
        latin = f"{family[0]} {given[0]}" if origin.country in ("VN", "TW") else f"{given[0]} {family[0]}"
        home = f"{family[1]}{given[1]}" if origin.country == "TW" else f"{given[1]} {family[1]}".strip()
        relation = services.add_person(
            recruiter,
            name=latin,
            role=role,
            country=origin.country,
            starts=started,
            names=[home] if home else [],
            actor=cast.world.actor,
        )
        known.append(relation.source)


def _history(cast: Cast, origin: Origin, recruiter: Recruiter, started: date, pattern: str, place: int) -> None:
    """Give a recruiter a licence and the history of its pattern."""
    rng, today, actor = cast.rng, cast.today, cast.world.actor
    number = origin.number.format(n=place * 7 + rng.randrange(1, 7), y=rng.randrange(60, 82), z=place + 10)
    current = today + timedelta(days=rng.randrange(20, 700))
    over = today - timedelta(days=rng.randrange(15, 900))
    first_code = {"provisional": Status.PROVISIONAL, "unknown": Status.UNKNOWN, "applied": Status.APPLIED}.get(
        pattern, Status.ACTIVE
    )
    begins = (
        max(started, over - timedelta(days=700)) if pattern == "expired" else min(started, today - timedelta(days=430))
    )
    licence = services.add_licence(
        recruiter,
        actor=actor,
        number=number,
        authority=origin.authority,
        issued_on=begins if pattern != "applied" else today - timedelta(days=rng.randrange(5, 60)),
        expires_on=None if pattern == "applied" else max(over, begins) if pattern == "expired" else current,
        code=first_code,
        raw={"unknown": "Under process (Sec. 7)", "active": "Valid License"}.get(pattern, ""),
        capacity=rng.choice((None, 200, 500, 1200)),
    )
    _decisions(cast, licence, pattern, current)


def _decisions(cast: Cast, licence: Licence, pattern: str, current: date) -> None:
    rng, today, actor = cast.rng, cast.today, cast.world.actor
    ago = today - timedelta(days=rng.randrange(20, 300))
    against: dict[str, Any] = {"order_number": cast.order(), "reason_code": rng.choice(ADVERSE)}
    if pattern == "renewed":
        services.renew_licence(licence, expires_on=current + timedelta(days=365), effective_on=ago, actor=actor)
    elif pattern == "conditions":
        services.set_conditions(
            licence, conditions="At most 200 workers until the next visit.", effective_on=ago, actor=actor, **against
        )
    elif pattern in ("suspended", "reinstated"):
        kind = rng.choice(("disciplinary", "preventive", "admin"))
        services.suspend_licence(licence, effective_on=ago, decided_on=ago, kind=kind, actor=actor, **against)
        if pattern == "reinstated":
            services.reinstate_licence(
                licence,
                order_number=cast.order(),
                reason_code="put_right",
                effective_on=ago + timedelta(days=15),
                decided_on=ago + timedelta(days=15),
                actor=actor,
            )
    elif pattern == "revoked":
        before = ago - timedelta(days=60)
        services.suspend_licence(licence, effective_on=before, decided_on=before, actor=actor, **against)
        revoked = {**against, "order_number": cast.order()}
        services.revoke_licence(licence, effective_on=ago, decided_on=ago, actor=actor, **revoked)
        cast.ended.append(licence.recruiter)
    elif pattern == "banned":
        services.ban_recruiter(licence, effective_on=ago, decided_on=ago, actor=actor, **against)
        cast.ended.append(licence.recruiter)
    elif pattern == "ceased":
        services.close_licence(licence, effective_on=ago, actor=actor)
