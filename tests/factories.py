"""Plain builders of the ground floors' rows for tests."""

from typing import Any

from core.actors import SYSTEM
from core.models import Account, Membership, User
from core.roles import AccountKind, Role
from parties import services
from parties.models import Kind, Name, Party, Site
from tests.keys import give_pair


def make_account(name: str = "Ministry of Labour", kind: AccountKind = AccountKind.MINISTRY) -> Account:
    """Return the account of this name, made when it is new."""
    return Account.objects.get_or_create(name=name, kind=kind)[0]


def make_user(
    username: str,
    role: Role | None = None,
    *,
    account: str = "Ministry of Labour",
    kind: AccountKind = AccountKind.MINISTRY,
    **fields: Any,
) -> User:
    """Return a user who holds a role in an account."""
    user = User.objects.create_user(username, password="demo-safeconduct", **fields)
    if role is not None:
        Membership.objects.create(user=user, account=make_account(account, kind), role=role)
        give_pair(user)
    return user


def make_party(name: str = "Golden Bridge Manpower", *, kind: str = Kind.ORGANISATION, **fields: Any) -> Party:
    """Return a registered party with its search keys."""
    if kind == Kind.PERSON:  # somebody who signs in, without a role in the register
        person = Party.objects.create(kind=kind, name=name, country="NP", **fields)
        services.add_name(person, name, use=Name.Use.PRIMARY, actor=SYSTEM)
        return person
    return services.register_party(kind=kind, name=name, actor=SYSTEM, **{"country": "NP", **fields})


def make_site(party: Party | None = None, name: str = "Plant 1", **fields: Any) -> Site:
    """Return a site of a party."""
    return services.add_site(
        party or make_party("Northwind Apparel"), name=name, actor=SYSTEM, **{"country": "QA", **fields}
    )
