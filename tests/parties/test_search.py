"""Parties are found in any script, by any of their names, with the same few queries."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actors import SYSTEM
from parties import services
from parties.keys import fold, search_keys
from parties.models import NameKey, Party
from parties.search import search_parties
from tests.factories import make_party


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["golden", "GOLDEN bridge", "bridge gold", "Göldén", "manpow", "goldenbridgem"])
def test_a_party_is_found_by_words_in_any_order_and_an_unfinished_last_one(typed: str) -> None:
    party = make_party("Golden Bridge Manpower")
    make_party("Silver River Agency")
    assert list(search_parties(typed)) == [party]


@pytest.mark.django_db
def test_a_name_in_another_script_is_found_by_its_own_letters_and_by_latin_ones() -> None:
    party = make_party("Golden Bridge", names=[("गोल्डेन ब्रिज", "alias")])
    assert list(search_parties("गोल्डेन")) == [party]
    assert party.names.get(kind="alias").script == "Deva"


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ['"', "%", "_", "'", ";--", "()", "؟", " "])
def test_signs_find_nothing_and_break_nothing(typed: str) -> None:
    make_party()
    assert list(search_parties(typed)) == []


@pytest.mark.django_db
def test_a_new_name_is_found_at_once_and_twice_the_same_changes_nothing() -> None:
    party = make_party("Golden Bridge")
    services.add_name(party, "Harbour Star", actor=SYSTEM)
    keys = NameKey.objects.count()
    services.add_name(party, "Harbour Star", actor=SYSTEM)
    assert list(search_parties("harbour")) == [party]
    assert NameKey.objects.count() == keys


@pytest.mark.django_db
def test_a_search_is_one_query_whatever_the_number_of_parties(django_assert_num_queries: Any) -> None:
    for number in range(25):
        make_party(f"Bridge {number}")
    with django_assert_num_queries(1):
        assert len(search_parties("bridge")) == 25
    for number in range(75):
        make_party(f"Bridge more {number}")
    with django_assert_num_queries(1):
        assert len(search_parties("bridge")) == 100


@given(st.text(max_size=80))
def test_keys_of_any_text_are_plain_letters_and_digits(text: str) -> None:
    assert all(key.isascii() and key.isalnum() and key == key.lower() for key in search_keys(text))
    assert fold(fold(text)) == fold(text)


@pytest.mark.django_db
def test_parties_are_kept_out_of_the_audit_trail_by_name() -> None:
    from core.models import AuditEntry

    make_party("Very Secret Name")
    assert "Secret" not in "".join(f"{e.subject}{e.facts}" for e in AuditEntry.objects.all())
    assert Party.objects.count() == 1
