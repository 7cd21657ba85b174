"""Appeals have a last day: from reviewed data, shown, marked when it has passed, and told once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core import due
from core.models import AuditEntry, Notice
from recruiters.appealterms import AGAINST, BrokenTerm, Term, appeal_terms, decide_by, lifts_orders, read
from recruiters.models import Appeal
from recruiters.services.appeals import lodge_appeal, withdraw_appeal
from tests.factories import make_user
from tests.recruiters.making import belongs_to, make_licence, make_recruiter, suspend

ENTRY = 'edition = "x"\n[[term]]\ncode = "A"\nagainst = ["application", "order", "claim"]\ndays = 30\n' \
    'starts = 2000-01-01\nbasis = "design"\nsource = "ours"\n'  # fmt: skip


def term(code: str = "A", days: int = 30, starts: date = date(2000, 1, 1), country: str = "") -> Term:
    return Term(code, frozenset(AGAINST), days, starts, "x", "design", country)


def test_a_country_s_own_term_goes_before_the_general_one_and_a_newer_before_an_older() -> None:
    terms = [term(), term("B", 45, date(2020, 1, 1)), term("C", 60, date(2026, 1, 1), "NP")]

    def told(country: str, lodged: date) -> tuple[int, str]:
        last, by = decide_by(terms, against="order", country=country, lodged=lodged)
        return (last - lodged).days, by.code

    assert told("NP", date(2026, 3, 1)) == (60, "C")
    assert told("NP", date(2025, 12, 31)) == (45, "B")
    assert told("BD", date(2026, 3, 1)) == (45, "B")
    assert told("", date(2019, 12, 31)) == (30, "A")
    with pytest.raises(LookupError):
        decide_by(terms, against="order", country="NP", lodged=date(1999, 1, 1))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(AGAINST), st.sampled_from(["", "NP", "XX"]))
def test_the_reviewed_terms_cover_every_appeal(lodged: date, against: str, country: str) -> None:
    last, by = decide_by(appeal_terms(), against=against, country=country, lodged=lodged)
    assert lodged < last <= lodged + timedelta(days=730)
    assert by.source


@given(st.lists(st.integers(1, 700), min_size=1, max_size=5), st.randoms())
def test_the_order_of_the_terms_does_not_matter(days: list[int], dice) -> None:
    terms = [term(str(place), each, date(2000 + place, 1, 1)) for place, each in enumerate(days)]
    shuffled = dice.sample(terms, len(terms))
    asked = {"against": "claim", "country": "NP", "lodged": date(2026, 1, 1)}
    assert decide_by(terms, **asked) == decide_by(shuffled, **asked)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (ENTRY.replace("days = 30", "days = 0"), "A: days"),
        (ENTRY.replace('"ours"', '""'), "A: no source"),
        (ENTRY.replace('"design"', '"guess"'), "A: basis"),
        (ENTRY.replace('"claim"', '"banana"'), "A: against"),
        (ENTRY.replace(', "claim"', ""), "nothing covers"),
        (ENTRY + ENTRY.partition("\n")[2], "one code"),
        (ENTRY + 'country = "Nepal"\n', "A: country"),
    ],
)
def test_a_broken_term_stops_the_load_and_names_itself(wrong: str, named: str) -> None:
    with pytest.raises(BrokenTerm, match=named):
        read(wrong)


@pytest.fixture
def appeal(omar) -> Appeal:
    recruiter = belongs_to(make_recruiter("Golden Bridge Manpower"), omar)
    return lodge_appeal(decision=suspend(make_licence(recruiter)), ground="too_harsh", words="Please.", actor=omar)


def lodged_before(appeal: Appeal, days: int) -> None:
    appeal.lodged_at = timezone.now() - timedelta(days=days)
    appeal.save(update_fields=["lodged_at"])


def test_both_sides_read_the_last_day_and_that_it_has_passed(client, appeal, farah, omar):
    places = ((farah, "appeal"), (omar, "own_appeal"))

    def texts() -> list[str]:
        found = []
        for user, name in places:
            client.force_login(user)
            found.append(client.get(reverse(f"recruiters:{name}", args=[appeal.ref])).content.decode())
        return found

    for text in texts():
        assert "To be decided by" in text
        assert f'datetime="{appeal.decide_by.isoformat()}"' in text
        assert "overdue" not in text
    lodged_before(appeal, 40)
    assert all("overdue" in text for text in texts())
    client.force_login(farah)
    rows = client.get(reverse("recruiters:appeals")).content.decode()
    assert "overdue" in rows
    withdraw_appeal(appeal, actor=omar)
    assert not any("overdue" in text or "To be decided by" in text for text in texts())


def test_officers_are_told_once_that_the_day_has_passed(appeal, farah, omar):
    second = make_user("fatima", "ministry_officer")
    assert due.run_one("appeals_overdue", timezone.now()) == "0 overdue appeals told"
    lodged_before(appeal, 31)
    assert due.run_one("appeals_overdue", timezone.now()) == "1 overdue appeals told"
    assert due.run_one("appeals_overdue", timezone.now() + timedelta(days=3)) == "0 overdue appeals told"
    for officer in (farah, second):
        assert Notice.objects.filter(user=officer, code="appeal_overdue", subject_ref=appeal.ref).count() == 1
    assert not Notice.objects.filter(user=omar, code="appeal_overdue").exists()
    assert AuditEntry.objects.filter(verb="appeal.overdue", subject=appeal.ref).count() == 1


def test_the_last_day_ends_at_midnight_where_the_recruiter_is(appeal):
    appeal.lodged_at = datetime(2026, 3, 1, 19, 0, tzinfo=UTC)  # already the second of March in Kathmandu
    assert appeal.decide_by == date(2026, 4, 1)
    assert not appeal.overdue_on(date(2026, 4, 1))
    assert appeal.overdue_on(date(2026, 4, 2))


def test_only_a_law_of_a_country_that_was_read_lifts_orders() -> None:
    law = ENTRY.replace('code = "A"', 'code = "B"\ncountry = "NP"\nlifts = true').split("[[term]]")[1]
    with pytest.raises(BrokenTerm):
        read(ENTRY + "[[term]]" + law)
    terms = read(ENTRY + "[[term]]" + law.replace('"design"', '"found"'))
    asked = {"lodged": date(2026, 1, 1)}
    assert lifts_orders(terms, country="NP", **asked)
    assert not lifts_orders(terms, country="QA", **asked)
    assert not any(term.lifts for term in appeal_terms()), "no such law is on record yet"
