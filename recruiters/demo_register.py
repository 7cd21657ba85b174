"""Make what only a register has: ties to ended agencies, a pair to merge, claims, an appeal, licences about to end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import User
from parties.models import Contact, Name, Relationship
from recruiters import services
from recruiters.models import Application, Recruiter
from recruiters.services import appeals, claims, details, merging, ties
from recruiters.services.register import relate_organisation
from recruiters.tiegraph import ties_of

if TYPE_CHECKING:
    from recruiters.demo import Cast

BANK = "Harbour Commercial Bank (fictional)"
GUARANTEE = "HCB-2019-00417"


def paper(title: str) -> SimpleUploadedFile:
    """Return a small fictional paper."""
    return SimpleUploadedFile("paper.txt", f"{title}\nA fictional paper of the demo.\n".encode())


def phoenix(cast: Cast, ended: Recruiter, place: int) -> None:
    """Make an applicant tied to one that lost its licence, each in another way."""
    words = ended.name.split()
    recruiter = services.register_recruiter(
        actor=cast.world.actor,
        name=f"New {' '.join(words[:-1])} International",
        country=ended.country,
        sectors=ended.sectors,
        registered_on=cast.today - timedelta(days=cast.rng.randrange(5, 18)),
    )
    WAYS[place % len(WAYS)](cast, ended, recruiter)
    cast.world.recruiters[recruiter.name] = recruiter
    application = services.submit_application(
        recruiter,
        content=_content(cast, recruiter, ended, place),
        papers=[("registration", paper("Company registration")), ("guarantee", paper("Bank guarantee"))],
        actor=cast.world.actor,
    )
    _answered(cast, application, place)


def _content(cast: Cast, recruiter: Recruiter, ended: Recruiter, place: int) -> dict[str, object]:
    destinations = [corridor.destination for corridor in ended.corridors.all()]
    behind = [relation.source.name for relation in recruiter.party.relations_in.filter(kind="owner")]
    return {
        "legal_name": recruiter.name,
        "registration_number": str(500_000 + 37 * place),
        "address": f"{12 + place} Lakeside Road",
        "city": "",
        "phone": recruiter.phone or f"+977 1 555 02{place:02d}",
        "people": [{"name": name, "role": "owner"} for name in behind or ["Deepa Kumari Rana"]],
        "destinations": destinations,
        "sectors": ended.sectors,
        "workers_a_year": 300,
        "guarantee_kind": "bank",
        "guarantee_issuer": BANK,
        "guarantee_reference": GUARANTEE if place == 2 else f"HCB-2026-{place:05d}",
        "guarantee_amount": "3000000",
        "guarantee_currency": "NPR",
        "guarantee_until": (cast.today + timedelta(days=500)).isoformat(),
        "charges_no_fees": True,
        "no_barred_person": True,
    }


def _same_people(cast: Cast, ended: Recruiter, recruiter: Recruiter) -> None:
    for relation in ended.party.relations_in.filter(kind__in=("owner", "director")).select_related("source"):
        services.add_person(
            recruiter, name="", role=relation.kind, person=relation.source, starts=cast.today - timedelta(days=18),
            actor=cast.world.actor,
        )  # fmt: skip
    number = ended.phone or "+977 1 555 0190"
    details.add_contact(ended, kind=Contact.Kind.PHONE, value=number, actor=cast.world.actor,
                        starts=cast.today - timedelta(days=900))  # fmt: skip
    services.edit_recruiter(recruiter, phone=number, actor=cast.world.actor)


def _same_place(cast: Cast, ended: Recruiter, recruiter: Recruiter) -> None:
    address, actor = "3rd Floor, 88 Station Road, Block C", cast.world.actor
    first, last = cast.today - timedelta(days=1400), cast.today - timedelta(days=150)
    details.add_contact(
        ended, kind=Contact.Kind.ADDRESS, value=address, city="Port City", starts=first, ends=last, actor=actor
    )
    details.add_contact(
        recruiter, kind=Contact.Kind.ADDRESS, value="88 Station Rd., Floor 3, Blk C", city="Port City",
        starts=cast.today - timedelta(days=40), actor=actor,
    )  # fmt: skip


def _same_money(cast: Cast, ended: Recruiter, _recruiter: Recruiter) -> None:
    details.add_guarantee(
        ended, amount=Decimal(3_000_000), currency="NPR", issuer=BANK, reference=GUARANTEE, actor=cast.world.actor,
        starts=cast.today - timedelta(days=1500), ends=cast.today - timedelta(days=200),
    )  # fmt: skip


def _left_long_ago(cast: Cast, ended: Recruiter, recruiter: Recruiter) -> None:
    """Share a director who had left the other years before its licence was taken away."""
    actor = cast.world.actor
    relation = services.add_person(
        ended, name="Bikram Shrestha", role=Relationship.Is.DIRECTOR, starts=cast.today - timedelta(days=3600),
        ends=cast.today - timedelta(days=1900), actor=actor,
    )  # fmt: skip
    services.add_person(
        recruiter, name="", person=relation.source, role=Relationship.Is.OWNER,
        starts=cast.today - timedelta(days=30), actor=actor,
    )  # fmt: skip


def _like_name(cast: Cast, ended: Recruiter, recruiter: Recruiter) -> None:
    actor, longer = cast.world.actor, "Mohammad Abdul Karim Talukdar"
    services.add_person(ended, name=longer, role=Relationship.Is.OWNER, starts=cast.today - timedelta(days=2000),
                        actor=actor)  # fmt: skip
    services.add_person(recruiter, name="Md. Abdul Karim Talukder", role=Relationship.Is.OWNER, actor=actor,
                        starts=cast.today - timedelta(days=25))  # fmt: skip


def _successor(cast: Cast, ended: Recruiter, recruiter: Recruiter) -> None:
    relate_organisation(
        recruiter, ended.party, Relationship.Is.SUCCESSOR, starts=cast.today - timedelta(days=20),
        actor=cast.world.actor,
    )  # fmt: skip


WAYS: tuple[Callable[[Cast, Recruiter, Recruiter], None], ...] = (
    _same_people, _same_place, _same_money, _left_long_ago, _like_name, _successor,
)  # fmt: skip


def _answered(cast: Cast, application: Application, place: int) -> None:
    """Let officers have begun: one returned field by field, one tie set aside, one proposed to be refused."""
    farah = cast.world.users["farah"]
    if place == 1:
        services.return_application(
            application,
            findings={
                "address": "The lease that you handed in names another floor. Please correct it or explain.",
                "guarantee_until": "The guarantee must hold for the whole term that you apply for.",
            },
            actor=farah,
        )
    if place == 3:
        for judged in ties_of(application.recruiter).found:
            ties.decide_tie(
                application.recruiter, judged.key, relevant=False, reason_code="left_before", actor=farah,
                note="He had sold his shares years before; the deed was handed in.",
            )  # fmt: skip
    if place == 0:
        judged = ties_of(application.recruiter).found[0]
        ties.decide_tie(application.recruiter, judged.key, relevant=True, reason_code="same_people", actor=farah)
        services.decide_application(
            application, grant=False, order_number=cast.order(), reason_code="tied_to_barred",
            note="The same people are behind an organisation whose licence was taken away.", actor=farah,
        )  # fmt: skip


def stories(cast: Cast) -> None:
    """Make a pair that was merged, a pair that waits for it, claims, an appeal, and terms that end these days."""
    everybody = list(Recruiter.objects.filter(standing_code="active").select_related("party").order_by("pk")[10:24])
    _merged(cast, everybody[0])
    _twin(cast, everybody[1], registered_days_ago=60)
    _ending(cast, everybody[2:6])
    _claims(cast, everybody[6])
    _appeal(cast)


def _twin(cast: Cast, recruiter: Recruiter, *, registered_days_ago: int) -> Recruiter:
    name = recruiter.name.replace("Pvt. Ltd.", "Private Limited").replace("Ltd.", "Limited")
    return services.register_recruiter(
        actor=cast.world.actor,
        name=f"M/S {name}",
        country=recruiter.country,
        names=[(recruiter.name.upper(), Name.Use.ALIAS)],
        registered_on=cast.today - timedelta(days=registered_days_ago),
    )


def _merged(cast: Cast, recruiter: Recruiter) -> None:
    twin = _twin(cast, recruiter, registered_days_ago=300)
    merging.merge_recruiters(
        recruiter, twin, reason_code="entered_twice", note="Brought in twice, in two spellings.",
        actor=cast.world.users["farah"],
    )  # fmt: skip


def _ending(cast: Cast, recruiters: list[Recruiter]) -> None:
    """Give licences whose terms end today, in a week, in a month and in three."""
    for days, recruiter in zip((0, 7, 30, 88), recruiters, strict=True):
        services.add_licence(
            recruiter, number=f"T-{cast.today.year}-{days:02d}", authority="Port Labour Office",
            issued_on=cast.today - timedelta(days=365 - days), expires_on=cast.today + timedelta(days=days),
            capacity=150, actor=cast.world.actor,
        )  # fmt: skip


def _claims(cast: Cast, recruiter: Recruiter) -> None:
    """Let Sunita claim an entry; it waits for an officer."""
    sunita = cast.world.users.get("sunita")
    if isinstance(sunita, User):
        claims.open_claim(
            recruiter, words="We have held this licence since we began. The paper shows our seal.",
            files=[paper("Licence")], actor=sunita,
        )  # fmt: skip


def _appeal(cast: Cast) -> None:
    """Let Omar's agency have a suspension under appeal; it holds meanwhile."""
    omar = cast.world.users["omar"]
    recruiter = cast.world.recruiters["Golden Bridge Manpower"]
    assert isinstance(recruiter, Recruiter)  # noqa: S101 - made by this demo
    licence = services.add_licence(
        recruiter, number="2210/079/080", authority="Department of Foreign Employment",
        issued_on=cast.today - timedelta(days=500), expires_on=cast.today + timedelta(days=230), capacity=120,
        actor=cast.world.actor,
    )  # fmt: skip
    decision = services.suspend_licence(
        licence, order_number=cast.order(), reason_code="expired_papers", kind="admin",
        effective_on=cast.today - timedelta(days=9), decided_on=cast.today - timedelta(days=9),
        authority="Department of Foreign Employment", actor=cast.world.actor,
    )  # fmt: skip
    appeals.lodge_appeal(
        decision=decision, ground="new_facts", words="The tax clearance was renewed; it is attached.",
        files=[paper("Tax clearance")], actor=omar,
    )  # fmt: skip
