"""Make the demo's accounts, people and employers: fictional, plausible, the same every time."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from core.actors import Automatic
from core.models import Account, Membership, User
from core.roles import AccountKind, Role
from parties import services
from parties.demo_names import EMPLOYERS, PLACES
from parties.models import Kind, Name, Party, Relationship, Site

PASSWORD = "demo-safeconduct"
ACTOR = Automatic("demo")

# username, shown name, language, role, account, kind of account
PEOPLE = [
    ("farah", "Farah Haddad", "en", Role.MINISTRY_OFFICER, "Ministry of Labour and Migration", AccountKind.MINISTRY),
    ("nadia", "Nadia Rahman", "en", Role.CASE_OFFICER, "Ministry of Labour and Migration", AccountKind.MINISTRY),
    ("samir", "Samir Aziz", "ar", Role.CASE_OFFICER, "Ministry of Labour and Migration", AccountKind.MINISTRY),
    ("rosa", "Rosa Villanueva", "en", Role.INSPECTOR, "Labour Inspectorate", AccountKind.INSPECTORATE),
    ("ibrahim", "Ibrahim Sesay", "en", Role.INSPECTOR, "Labour Inspectorate", AccountKind.INSPECTORATE),
    ("quentin", "Quentin Marsh", "en", Role.COMPANY_MEMBER, "Northwind Apparel", AccountKind.COMPANY),
    ("helene", "Hélène Roux", "en", Role.COMPANY_MEMBER, "Northwind Apparel", AccountKind.COMPANY),
    ("bram", "Bram Visser", "en", Role.COMPANY_MEMBER, "Polder Foods", AccountKind.COMPANY),
    ("omar", "Omar Thapa", "en", Role.RECRUITER_MEMBER, "Golden Bridge Manpower", AccountKind.RECRUITER),
    ("sunita", "Sunita Gurung", "en", Role.RECRUITER_MEMBER, "Machhapuchhre Placement", AccountKind.RECRUITER),
    ("layla", "Layla Nasser", "ar", Role.MINISTRY_OFFICER, "Ministry of Labour and Migration", AccountKind.MINISTRY),
    ("pema", "Pema Lama", "en", Role.REFERRAL_PARTNER, "Harbour Shelter", AccountKind.PARTNER),
    ("adaeze", "Adaeze Obi", "en", Role.AUDITOR, "Ministry of Labour and Migration", AccountKind.MINISTRY),
    ("editor", "Edwin Flores", "en", Role.EDITOR, "Ministry of Labour and Migration", AccountKind.MINISTRY),
    ("admin", "Administrator", "en", Role.ADMIN, "Safeconduct operations", AccountKind.OPERATOR),
]
# The organisations that sign in, as parties: country and sector. The recruiters' builder makes its own.
COMPANIES = {
    "Northwind Apparel": ("GB", "apparel"),
    "Polder Foods": ("NL", "food"),
    "Harbour Shelter": ("QA", "support services"),
}


@dataclass
class World:
    """What the demo's builders hand on to one another; names are keys."""

    today: date
    random: random.Random
    actor: Automatic = ACTOR
    users: dict[str, User] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    companies: dict[str, Party] = field(default_factory=dict)
    employers: list[Party] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    recruiters: dict[str, object] = field(default_factory=dict)  # recruiters.demo: reference by name
    notes: list[str] = field(default_factory=list)  # lines that `make demo` prints at its end


def build() -> World:
    """Make accounts, users, companies and sixty employers with sites, and return them."""
    world = World(today=timezone.localdate(), random=random.Random(20260101))
    for person in PEOPLE:
        _person(world, *person)
    for name, (country, sector) in COMPANIES.items():
        party = services.register_party(
            kind=Kind.ORGANISATION, name=name, country=country, sector=sector, actor=world.actor
        )
        party.account = world.accounts[name]
        party.save(update_fields=["account"])
        world.companies[name] = party
    for place, employer in enumerate(EMPLOYERS):
        _employer(world, place, *employer)
    return world


def _person(
    world: World, username: str, name: str, language: str, role: Role, account_name: str, kind: AccountKind
) -> None:
    account = world.accounts.get(account_name)
    if account is None:
        account = world.accounts[account_name] = Account.objects.create(name=account_name, kind=kind)
    user = User(username=username, display_name=name, language=language, is_staff=role == Role.ADMIN)
    user.password = _password(world)
    user.save()
    Membership.objects.create(user=user, account=account, role=role, since=world.today - timedelta(days=400))
    world.users[username] = user


def _password(world: World) -> str:
    """Return the demo password's hash, computed once: thirteen Argon2 hashes would take seconds."""
    from django.contrib.auth.hashers import make_password

    first = next(iter(world.users.values()), None)
    return first.password if first else make_password(PASSWORD)


def _employer(world: World, place: int, name: str, local: str, country: str, sector: str) -> None:
    rng = world.random
    party = services.register_party(
        kind=Kind.ORGANISATION,
        name=name,
        country=country,
        sector=sector,
        employees=rng.choice([35, 80, 140, 260, 410, 900, 2300]),
        names=[(local, Name.Use.ALIAS)] if local else [],
        identifiers=[(f"{country}-CR", f"{rng.randrange(10**6, 10**7)}")],
        actor=world.actor,
    )
    director = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
    started = world.today - timedelta(days=rng.randrange(400, 3000))
    services.register_person(
        director, Relationship.Is.DIRECTOR, party, country=country, starts=started, actor=world.actor
    )
    world.employers.append(party)
    cities = PLACES[country]
    for number in range(1 + place % 3):
        city, latitude, longitude = cities[(place + number) % len(cities)]
        kind = ("plant", "dormitory", "warehouse")[number]
        world.sites.append(
            services.add_site(
                party,
                name=f"{name}, {city} {kind}",
                country=country,
                city=city,
                address=f"{rng.randrange(2, 400)} Industrial Road, {city}",
                latitude=latitude + rng.uniform(-0.05, 0.05),
                longitude=longitude + rng.uniform(-0.05, 0.05),
                actor=world.actor,
            )
        )


GIVEN = ("Ana", "Bashir", "Chen", "Deepak", "Elif", "Farid", "Grace", "Hassan", "Ines", "Jomo", "Kim", "Lakshmi")
FAMILY = ("Adeyemi", "Bajra", "Castillo", "Demir", "El Amrani", "Fernando", "Gunawan", "Hossain", "Ismail", "Joshi")
