"""Many rows go in at once, even where the dice give two of them one reference."""

import pytest

from core.inserting import insert_many
from parties.models import Party
from tests.factories import make_party

pytestmark = pytest.mark.django_db


def test_a_reference_that_is_taken_is_drawn_again_and_nothing_is_refused() -> None:
    held = make_party("Silver Gate Manpower")
    twins = [Party(name="North Star"), Party(name="South Star"), Party(name="East Star")]
    twins[0].ref = held.ref
    twins[1].ref = twins[2].ref
    made = insert_many(twins)
    assert len({held.ref, *(party.ref for party in made)}) == 4
    assert Party.objects.filter(name__endswith="Star").count() == 3
    assert Party.objects.get(pk=held.pk).ref == held.ref


def test_no_rows_need_no_query(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert insert_many([]) == []


def test_the_cost_of_references_is_one_query_a_batch(django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        insert_many(Party(name=f"Agency {number}") for number in range(40))
