"""Whoever is, works for, or is tied to a party is in conflict with it."""

from datetime import date
from typing import Any

import pytest

from core.actors import SYSTEM
from core.models import User
from parties import services
from parties.conflicts import parties_of
from parties.models import Party, Relationship
from tests.factories import make_party


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
