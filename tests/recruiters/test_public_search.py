"""The public register answers as a worker types, in sentences, for today and for any other day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.actors import SYSTEM
from core.references import new_reference
from recruiters import services
from recruiters.licensing import Standing
from recruiters.models import LoadChange, Recruiter
from recruiters.models.words import StatusCode
from recruiters.publicwording import answer, next_steps
from tests.recruiters.making import make_licence, make_recruiter, suspend

pytestmark = pytest.mark.django_db
REGISTER = "/en/recruiters/"


@pytest.fixture
def al_amin():
    """Return a licensed agency among others."""
    for name in ("Silver Gate International", "Orchard Services", "Himchuli Overseas"):
        make_recruiter(name)
    recruiter = make_recruiter("Al-Amin Overseas Ltd.", country="BD", destinations=["QA"])
    make_licence(recruiter, number="RL-0715")
    return recruiter


def main_of(client, address: str, **asked: str) -> str:
    response = client.get(address, asked)
    assert response.status_code == 200
    return response.content.decode().split("<main")[1]


@pytest.mark.parametrize("typed", ["al amin overseas", "AL-AMIN", "RL 715", "rl-0715"])
def test_what_is_typed_right_is_found_at_once(client, al_amin, typed):
    html = main_of(client, REGISTER, q=typed)
    assert "1 result" in html
    assert al_amin.ref in html


@pytest.mark.parametrize("typed", ["al ameen oversees", "alamin overses", "আল আমিন ওভারসিজ", "الأمين أوفرسيز"])
def test_what_is_typed_nearly_right_is_offered_and_marked_as_only_alike(client, al_amin, typed):
    html = main_of(client, REGISTER, q=typed)
    assert "0 results" in html
    _before, _sep, likely = html.partition("Did you mean")
    assert al_amin.ref in likely
    assert "alike, not the same" in likely
    assert "Silver Gate" not in likely


def test_who_may_be_meant_is_shown_as_what_was_found_is(client, al_amin):
    found = main_of(client, REGISTER, q="al amin overseas").partition("<tbody>")[2].partition("</tbody>")[0]
    likely = main_of(client, REGISTER, q="al ameen oversees").partition("<tbody>")[2].partition("</tbody>")[0]
    assert likely == found
    assert "Bangladesh" in likely
    assert "RL-0715" in likely


def test_the_answer_to_a_search_comes_without_the_introduction_and_one_row_is_not_sorted(client, al_amin):
    assert "Type the name as you know it" in main_of(client, REGISTER)
    assert "list-order" in main_of(client, REGISTER)
    html = main_of(client, REGISTER, q="al amin overseas")
    assert "Type the name as you know it" not in html
    assert "list-order" not in html


def test_a_name_runs_in_its_own_direction_and_is_not_kept_by_the_browser(client, al_amin):
    field = main_of(client, "/ar/recruiters/", q="Al-Amin (Pvt.)").partition('name="q"')[2].partition(">")[0]
    assert 'dir="auto"' in field
    assert 'autocomplete="off"' in field


def test_the_other_filters_hold_for_the_likely_ones_too(client, al_amin):
    assert al_amin.ref in main_of(client, REGISTER, q="al ameen oversees", to="QA")
    assert al_amin.ref not in main_of(client, REGISTER, q="al ameen oversees", to="MY")
    assert al_amin.ref not in main_of(client, REGISTER, q="al ameen oversees", status="suspended")


def test_the_register_narrows_by_country_of_work(client, al_amin):
    assert "1 result" in main_of(client, REGISTER, to="QA")
    assert "0 results" in main_of(client, REGISTER, to="JP")


def test_a_code_typed_into_the_search_leads_to_where_codes_are_checked(client, al_amin):
    licence = al_amin.licences.get()
    assert client.get(REGISTER, {"q": licence.ref}).headers["Location"] == f"/en/verify/?code={licence.ref}"
    wrong = al_amin.ref[:-1] + ("A" if al_amin.ref[-1] != "A" else "B")
    shown = main_of(client, REGISTER, q=wrong)
    assert "mistyped" in shown
    assert "no recruiter of exactly this name" not in shown, "one answer, not two"


def test_filters_do_not_say_that_they_are_optional(client, al_amin):
    assert "(optional)" not in main_of(client, REGISTER)
    assert "(optional)" not in main_of(client, f"{REGISTER}{al_amin.ref}/")
    assert "(optional)" not in main_of(client, "/en/verify/")


def test_a_list_of_a_hundred_asks_at_most_five_questions_and_weighs_little(client):
    for place in range(30):
        make_recruiter(f"Golden Agency {place}")
    for asked in ({}, {"q": "golden ag"}, {"country": "NP", "status": "none"}):
        client.get(REGISTER, asked)
        with CaptureQueriesContext(connection) as seen:
            response = client.get(REGISTER, asked)
        assert len(seen) <= 5, asked
        assert len(response.content) <= 50_000


def test_a_suspension_is_told_with_day_order_and_what_to_do(client, al_amin):
    suspend(al_amin.licences.get(), order_number="ORD-9")
    html = main_of(client, f"{REGISTER}{al_amin.ref}/")
    assert "suspended since" in html
    assert "by order ORD-9" in html
    assert "Do not hand over your passport" in html
    assert html.index("/en/report/") < html.index("Authority")


def test_another_day_can_be_asked_for(client, al_amin):
    day = timezone.localdate() - timedelta(days=30)
    suspend(al_amin.licences.get())
    assert "this licence was valid" in main_of(client, f"{REGISTER}{al_amin.ref}/", day=day.isoformat())
    assert "was not valid" in main_of(client, f"{REGISTER}{al_amin.ref}/", day="2001-01-01")
    assert "There is one thing to correct" in main_of(client, f"{REGISTER}{al_amin.ref}/", day="2026-02-31")


def test_an_entry_that_was_taken_back_says_so(client):
    gone = new_reference("REC")
    from recruiters.models import RegisterLoad

    load = RegisterLoad.objects.create(source="x", file_name="f", sha256="0")
    LoadChange.objects.create(load=load, kind="added", key="k", recruiter_ref=gone, fate="undone")
    response = client.get(f"{REGISTER}{gone}/")
    assert response.status_code == 410
    assert "withdrawn" in response.content.decode()


def test_a_merged_entry_leads_to_the_one_that_stays(client, al_amin):
    other = make_recruiter("Al Ameen Overseas")
    Recruiter.objects.filter(pk=other.pk).update(merged_into=al_amin, is_listed=False)
    response = client.get(reverse("recruiters_public:recruiter", args=[other.ref]))
    assert (response.status_code, response.headers["Location"]) == (308, f"{REGISTER}{al_amin.ref}/")


def test_the_countries_that_a_licence_covers_are_listed(client, al_amin):
    from recruiters.models.terms import LicenceTerm

    licence = al_amin.licences.get()
    LicenceTerm.objects.create(licence=licence, kind=LicenceTerm.Kind.CORRIDOR, code="JO")
    LicenceTerm.objects.create(licence=licence, kind=LicenceTerm.Kind.CORRIDOR, code="KW", ends=date(2020, 1, 1))
    html = main_of(client, f"{REGISTER}{al_amin.ref}/")
    assert "Jordan" in html
    assert "Kuwait" not in html


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(code=st.sampled_from([*StatusCode.values, "never-heard-of"]), since=st.none() | DAYS, until=st.none() | DAYS)
def test_every_standing_has_a_sentence_and_only_a_valid_one_says_valid_today(code, since, until):
    valid = code in ("active", "provisional", "active_conditions")
    day = date(2026, 11, 22)
    for today in (day, date(2026, 11, 23)):
        words = answer(Standing(code=code, valid=valid, since=since, expires_on=until), day, today=today)
        assert words.sentence.endswith(".")
        assert words.valid == valid
        assert ("Licence valid today" in words.sentence) == (valid and today == day)
    assert next_steps(code)


def test_facts_that_are_not_public_do_not_colour_the_answer(client, al_amin):
    services.note_risk(al_amin, "fee.recruitment", "critical", "FEE-1", timezone.localdate(), actor=SYSTEM)
    html = main_of(client, f"{REGISTER}{al_amin.ref}/")
    assert "critical" not in html


@pytest.mark.parametrize(("language", "day"), [("ne", "दिन"), ("ar", "اليوم")])
def test_the_question_for_another_day_is_asked_in_the_readers_language(client, al_amin, language, day):
    page = client.get(f"/{language}/recruiters/{al_amin.ref}/").content.decode()
    label = page.partition('for="id_day"')[2].partition("</label>")[0]
    assert day in label
    assert "Day" not in label
