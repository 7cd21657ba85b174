"""Whoever is, works for, or is tied to a party is in conflict with it."""

from datetime import date
from random import Random
from typing import Any

import pytest

from core.actors import SYSTEM
from core.models import User
from core.roles import Role
from parties import services
from parties.conflicts import parties_of, parties_of_each, tied_to
from parties.models import Party, Relationship
from tests.factories import make_party, make_user


def fresh(user: Any) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def ministry_of(nadia: Any) -> Party:
    party = make_party("Ministry of Labour")
    party.account = nadia.memberships.get().account
    party.save()
    return party


def test_a_user_without_ties_has_none(nadia: Any) -> None:
    assert parties_of(nadia) == frozenset()


def test_her_own_organisation_is_a_tie(nadia: Any, ministry_of: Party) -> None:
    assert parties_of(fresh(nadia)) == {ministry_of.pk}


def test_a_firm_that_she_owns_and_its_sub_agent_are_ties(nadia: Any) -> None:
    person, firm, agent = make_party("Nadia", kind="person"), make_party("Firm"), make_party("Agent")
    person.user = nadia
    person.save()
    services.relate(person, Relationship.Is.OWNER, firm, actor=SYSTEM)
    services.relate(agent, Relationship.Is.SUB_AGENT, firm, actor=SYSTEM)
    assert parties_of(fresh(nadia)) == {person.pk, firm.pk, agent.pk}


def test_a_tie_that_has_ended_counts_on_the_days_when_it_held(nadia: Any) -> None:
    person, firm = make_party("Nadia", kind="person"), make_party("Firm")
    person.user = nadia
    person.save()
    relation = services.relate(person, Relationship.Is.DIRECTOR, firm, starts=date(2020, 1, 1), actor=SYSTEM)
    services.end_relationship(relation, on=date(2021, 1, 1), actor=SYSTEM)
    assert parties_of(fresh(nadia)) == {person.pk}
    assert parties_of(fresh(nadia), at=date(2020, 6, 1)) == {person.pk, firm.pk}


def test_the_number_of_queries_does_not_grow_with_the_ties(nadia: Any, django_assert_max_num_queries: Any) -> None:
    person = make_party("Nadia", kind="person")
    person.user = nadia
    person.save()
    for number in range(30):
        services.relate(person, Relationship.Is.OWNER, make_party(f"Firm {number}"), actor=SYSTEM)
    user = fresh(nadia)
    with django_assert_max_num_queries(6):
        assert len(parties_of(user)) == 31


def test_a_relationship_cannot_end_before_it_starts(db: Any) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        services.relate(
            make_party("A"), "owner", make_party("B"), starts=date(2021, 1, 1), ends=date(2020, 1, 1), actor=SYSTEM
        )


def test_who_is_tied_to_some_parties_is_the_same_whether_walked_from_them_or_from_each_user(db: Any) -> None:
    rng = Random(7)
    firms = [make_party(f"Firm {number}") for number in range(14)]
    for source, target in (rng.sample(firms, 2) for _number in range(13)):
        ends = date(2021, 1, 1) if rng.random() < 0.2 else None
        kind = rng.choice(list(Relationship.Is))
        services.relate(source, kind, target, starts=date(2020, 1, 1), ends=ends, actor=SYSTEM)
    users = [make_user(f"user-{number}", Role.INSPECTOR, account=f"Office {number // 2}") for number in range(8)]
    for user, firm in zip(users[:4], rng.sample(firms, 4), strict=True):
        Party.objects.filter(pk=firm.pk).update(user=user)
    for user, firm in zip(users[3:7:2], rng.sample(firms, 2), strict=True):
        Party.objects.filter(pk=firm.pk).update(account=user.memberships.get().account)
    seen = set()
    for firm in firms:
        expected = frozenset(user.pk for user in users if firm.pk in parties_of(fresh(user)))
        assert tied_to([firm.pk], users) == expected
        seen.add(expected)
    assert len(seen) > 4
    assert parties_of_each(users) == {user.pk: parties_of(fresh(user)) for user in users}
    pair = [firms[0].pk, firms[1].pk]
    assert tied_to(pair, users) == tied_to(pair[:1], users) | tied_to(pair[1:], users)
    assert tied_to([], users) == tied_to([firms[0].pk], []) == frozenset()


def test_finding_who_is_tied_asks_as_often_for_many_users_as_for_few(db: Any, django_assert_num_queries: Any) -> None:
    accused, owner = make_party("Firm"), make_party("Holding")
    services.relate(owner, Relationship.Is.OWNER, accused, actor=SYSTEM)
    users = [make_user(f"user-{number}", Role.INSPECTOR) for number in range(20)]
    for number in (2, 20):
        with django_assert_num_queries(4):
            assert tied_to([accused.pk], users[:number]) == frozenset()
        with django_assert_num_queries(3):
            assert set(parties_of_each(users[:number]).values()) == {frozenset()}
