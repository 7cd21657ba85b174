"""Choosing several countries: ticks for the frequent ones, typed names for the rest, one list of codes."""

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.utils.translation import override

from recruiters.forms.applying import WorkSection
from recruiters.forms.destinations import FREQUENT, frequent_destinations
from tests.recruiters.making import make_recruiter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forgotten():
    cache.delete("recruiters.frequent_destinations")
    yield
    cache.delete("recruiters.frequent_destinations")


def filled(query):
    return WorkSection(QueryDict(f"form_key=x&{query}"))


def destinations_of(query):
    form = filled(query)
    form.is_valid()
    return form.cleaned_data.get("destinations"), form.errors.get("destinations", [])


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("destinations=QA&destinations=MY", ["MY", "QA"]),
        ("destinations=QA&destinations=&destinations=&destinations=", ["QA"]),
        ("destinations=QA&destinations=Saudi Arabia&destinations=Deutschland", ["DE", "QA", "SA"]),
        ("destinations=Qatar, Kuwait; الأردن", ["JO", "KW", "QA"]),
        ("destinations=QA&destinations=قطر", ["QA"]),
        ("", []),
    ],
)
def test_codes_and_names_are_taken_alike(query, codes):
    assert destinations_of(query) == (codes, [])


def test_what_is_no_country_is_named_and_what_was_given_is_kept():
    form = filled("destinations=QA&destinations=Atlantis")
    assert not form.is_valid()
    assert ["“Atlantis” is not a country" in error for error in form.errors["destinations"]] == [True]
    shown = str(form["destinations"])
    assert 'value="Atlantis"' in shown
    assert 'value="QA" checked' in shown


def test_what_recruiters_send_to_most_is_offered_to_tick_and_every_other_is_typed():
    for number in range(3):
        make_recruiter(f"Agency {number}", destinations=["PL", "QA"])
    assert frequent_destinations()[:2] == ["PL", "QA"]
    with override("ar"):
        shown = str(WorkSection(initial={"destinations": ["SE"]})["destinations"])
        assert shown.count('type="checkbox"') == FREQUENT + 1  # the one chosen before stands among them
        assert 'value="SE" checked' in shown
        assert '<option value="السويد">' in shown  # known by their names in the reader's language
        assert "multiple" not in shown
