"""Paging by position visits every record once, whatever the order, the direction and the gaps."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.listing.keyset import in_order, keys_for, page_of
from core.models import Account, Membership
from core.roles import Role

ORDERS = [
    ("until",),
    ("-until",),
    ("account__name",),
    ("-account__name", "until"),
    ("role", "-until"),
    ("-since", "-role", "until"),
    ("pk",),
    ("-pk",),
]


def make_memberships(user: Any, shape: list[tuple[int | None, int, int]]) -> None:
    accounts = Account.objects.bulk_create(
        Account(name=f"Account {which % 2}", kind="company") for _until, _since, which in shape
    )
    roles = list(Role)
    today = date(2026, 1, 1)
    Membership.objects.bulk_create(
        Membership(
            user=user,
            account=account,
            role=roles[which + 2 * (until is None)],
            since=today + timedelta(days=since),
            until=None if until is None else today + timedelta(days=until),
        )
        for account, (until, since, which) in zip(accounts, shape, strict=True)
    )


def walk(queryset: Any, keys: Any, size: int, *, backwards: bool) -> list[int]:
    seen: list[list[int]] = []
    found = page_of(queryset, keys, size=size)
    while found.after and not backwards:
        seen.append([row.pk for row in found.rows])
        found = page_of(queryset, keys, size=size, after=found.after)
    if not backwards:
        return [pk for part in [*seen, [row.pk for row in found.rows]] for pk in part]
    last = list(in_order(queryset, keys))[-1]
    found = page_of(queryset, keys, size=size, before=str(last.pk))
    seen.append([last.pk])
    while not found.moved:
        seen.insert(0, [row.pk for row in found.rows])
        if not found.before:
            break
        found = page_of(queryset, keys, size=size, before=found.before)
    return [pk for part in seen for pk in part]


@pytest.mark.django_db
@pytest.mark.parametrize("order", ORDERS, ids=str)
@given(
    shape=st.lists(
        st.tuples(st.one_of(st.none(), st.integers(0, 2)), st.integers(0, 1), st.integers(0, 2)),
        min_size=1,
        max_size=14,
    ),
    size=st.integers(1, 5),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_record_is_seen_once_forwards_and_backwards(order: tuple[str, ...], shape: Any, size: int) -> None:
    from django.db import transaction

    from core.models import User

    with transaction.atomic():
        user = User.objects.create(username="walker")
        make_memberships(user, shape)
        queryset = Membership.objects.filter(user=user)
        keys = keys_for(Membership, order)
        whole = [row.pk for row in in_order(queryset, keys)]
        assert len(whole) == len(shape)
        assert walk(queryset, keys, size, backwards=False) == whole
        assert walk(queryset, keys, size, backwards=True) == whole
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_empty_values_come_last_in_either_direction(farah: Any) -> None:
    make_memberships(farah, [(None, 0, 0), (1, 0, 1), (0, 0, 2)])
    mine = Membership.objects.filter(user=farah, account__kind="company")
    for order in ("until", "-until"):
        assert list(in_order(mine, keys_for(Membership, [order])))[-1].until is None


def test_the_order_is_always_total() -> None:
    assert [key.path for key in keys_for(Account, ["name"])] == ["name", "pk"]
    assert keys_for(Account, ["-name"])[-1].descending
    assert [key.path for key in keys_for(Account, ["-id"])] == ["id"]


def test_only_fields_that_can_be_empty_pay_for_it() -> None:
    assert not keys_for(Membership, ["account__name"])[0].nullable
    assert keys_for(Membership, ["until"])[0].nullable
    assert keys_for(Membership, ["an_annotation"])[0].nullable
