"""Reports that name the same party find each other without a word opened; workers learn nothing, handlers little."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from core.models import AuditEntry
from core.roles import Role
from grievances import services
from grievances.models import Accused, NameMark, RelatedLink
from grievances.namemarks import marks_of
from grievances.services import following, relating
from grievances.services.relating import RelatingRefused, related_to
from parties.models import Party
from tests.factories import make_party, make_user
from tests.grievances.builders import make_grievance, make_lodged
from tests.grievances.walking import come_back
from tests.keys import hold_receipt

pytestmark = pytest.mark.django_db
NO = {"investigate": False}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Golden Bridge Manpower", "golden bridge Pvt. Ltd.", True),
        ("Bridge Golden Overseas", "Golden Bridge", True),
        ("GoldenBridge", "Golden Bridge", True),
        ("Silver Gate", "Sliver Gate", True),
        ("Mohammed Ali", "محمد علي", True),
        ("Al Noor", "Al-Noor Trading", True),
        ("Agent Ramesh", "ramesh agent", True),
        ("Sunrise", "Sunset", False),
        ("Nepal Star", "Nepal Stone", False),
        ("manpower agency", "Overseas Agency", False),
        ("Golden Bridge", "Golden Gate", False),
        ("", "", False),
        ("Co", "Co", False),
    ],
)
def test_names_that_mean_the_same_share_a_mark(one, other, same) -> None:
    assert bool(marks_of(one) & marks_of(other)) == same


@given(st.text(max_size=400))
def test_any_text_has_few_marks_and_none_that_holds_it(text) -> None:
    marks = marks_of(text)
    assert len(marks) <= 40
    assert all(len(mark) == 32 and set(mark) <= set("0123456789abcdef") for mark in marks)


def test_the_marks_hang_on_the_vault_s_key(settings) -> None:
    before = marks_of("Golden Bridge")
    settings.VAULT_KEY = "11" * 32
    assert not before & marks_of("Golden Bridge")


def test_case_20_related_exists_and_no_more_unless_both_workers_agree_and_a_link_is_taken_back(nadia) -> None:
    """Two workers name the same unregistered agent: neither learns of the other, the officer learns there are two."""
    one = make_lodged(("FEE",), recruiter="Agent Ramesh Overseas", consents=NO)
    other = make_lodged(("FEE",), recruiter="RAMESH agent")
    assert not Party.objects.exists()
    found = related_to(one.grievance, nadia)
    assert (found.exists, found.named, found.joined) == (True, (), ())
    assert (related_to(other.grievance, nadia).exists, related_to(other.grievance, nadia).named) == (True, ())
    with pytest.raises(RelatingRefused, match="Both workers must agree"):
        relating.join(one.grievance, other.grievance, actor=nadia)
    desk = Client()
    desk.force_login(nadia)
    page = desk.get(f"/workspace/grievances/{one.grievance.ref}/").content.decode()
    assert "Another report names the same party" in page
    assert other.grievance.ref not in page

    with hold_receipt(one.receipt):
        following.change_contact(one.grievance, "receipt", {}, {"investigate": True}, language="ne")
    assert related_to(one.grievance, nadia).named == (other.grievance,)
    page = desk.get(f"/workspace/grievances/{one.grievance.ref}/").content.decode()
    assert other.grievance.ref in page
    desk.post(f"/workspace/grievances/{one.grievance.ref}/related/", {"other": other.grievance.ref, "do": "join"})
    assert related_to(other.grievance, nadia).joined == (one.grievance,)
    for lodged in (one, other):
        phone = Client()
        assert come_back(phone, " ".join(lodged.receipt.groups), "ne")["Location"] == "/ne/report/follow-up/case/"
        assert services.find_by_receipt(lodged.receipt, source="t") == lodged.grievance
    desk.post(f"/workspace/grievances/{one.grievance.ref}/related/", {"other": other.grievance.ref, "do": "part"})
    assert related_to(other.grievance, nadia).joined == ()
    assert related_to(other.grievance, nadia).named == (one.grievance,)
    assert RelatedLink.objects.get().parted_by == nadia
    for lodged in (one, other):
        assert services.find_by_receipt(lodged.receipt, source="t") == lodged.grievance
    assert AuditEntry.objects.filter(verb__in=["grievance.joined", "grievance.parted"]).count() == 2


def test_consent_taken_back_hides_what_was_joined(nadia) -> None:
    one, other = make_grievance(("FEE",), recruiter="Agent Ramesh"), make_grievance(("FEE",), recruiter="Agent Ramesh")
    relating.join(one, other, actor=nadia)
    following.change_contact(other, "receipt", {}, {"investigate": False}, language="ne")
    found = related_to(one, nadia)
    assert (found.exists, found.named, found.joined) == (True, (), ())


def test_a_worker_s_page_is_the_same_with_and_without_another_report(nadia) -> None:
    one = make_lodged(("FEE",), recruiter="Agent Ramesh")

    def page() -> str:
        phone = Client()
        come_back(phone, " ".join(one.receipt.groups), "ne")
        text = phone.get("/ne/report/follow-up/case/").content.decode()
        return re.sub(r'(type="hidden" name="[^"]+" value=)"[^"]*"', r"\1", text)

    alone = page()
    make_grievance(("FEE",), recruiter="Agent Ramesh")
    assert page() == alone


def test_what_a_handler_may_not_know_of_is_no_related_report(nadia) -> None:
    """The other report also accuses Tara's employer: for Tara there is none, for Nadia there is."""
    tara = make_user("tara", Role.CASE_OFFICER, account="Harbour Office")
    hers = make_party("Harbour Office Ltd")
    Party.objects.filter(pk=hers.pk).update(account=tara.memberships.get().account)
    one = make_grievance(("FEE",), recruiter="Agent Ramesh")
    hidden = make_grievance(("FEE",), recruiter="Agent Ramesh")
    services.link_accused(hidden, hers, part="employer", actor=nadia)
    assert related_to(one, nadia).exists
    assert not related_to(one, type(tara).objects.get(pk=tara.pk)).exists


def test_reports_about_the_same_registered_party_are_related_whatever_was_written(nadia) -> None:
    party = make_party("Golden Bridge Manpower")
    one, other, third = make_grievance(), make_grievance(), make_grievance()
    for grievance in (one, other):
        services.link_accused(grievance, party, part="recruiter", actor=nadia)
    assert related_to(one, nadia).named == (other,)
    assert not related_to(third, nadia).exists
    services.drop_accused(Accused.objects.get(grievance=other), actor=nadia)
    assert not related_to(one, nadia).exists


def test_two_that_name_nobody_in_common_cannot_be_joined(nadia) -> None:
    with pytest.raises(RelatingRefused, match="do not name"):
        relating.join(make_grievance(), make_grievance(), actor=nadia)


def test_marks_go_with_the_words(nadia) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from grievances.models import Grievance

    make_grievance(("FEE",), recruiter="Agent Ramesh")
    assert NameMark.objects.exists()
    Grievance.objects.update(keep_until=timezone.localdate() - timedelta(days=2))
    services.purge(timezone.now())
    assert not NameMark.objects.exists()


def test_finding_related_reports_asks_as_often_for_many_as_for_few(nadia) -> None:
    one = make_grievance(("FEE",), recruiter="Agent Ramesh")
    for _number in range(2):
        make_grievance(("FEE",), recruiter="Agent Ramesh")
    related_to(one, nadia)  # what she is tied to is looked up once
    with CaptureQueriesContext(connection) as few:
        related_to(one, nadia)
    for _number in range(6):
        make_grievance(("FEE",), recruiter="Agent Ramesh")
    with CaptureQueriesContext(connection) as many:
        assert len(related_to(one, nadia).named) == 8
    assert len(few) == len(many)


def test_recruiters_that_come_back_are_listed_without_a_word_opened(nadia) -> None:
    party = make_party("Golden Bridge Manpower")
    desk = Client()
    desk.force_login(nadia)
    path = "/workspace/grievances/repeats/"
    for number in range(2):
        assert "Golden Bridge" not in desk.get(path).content.decode()
        services.link_accused(make_grievance(), party, part="recruiter", actor=nadia)
        del number
    page = desk.get(path).content.decode()
    assert "Golden Bridge Manpower" in page
    tara = make_user("tara", Role.CASE_OFFICER, account="Golden Bridge Manpower")
    Party.objects.filter(pk=party.pk).update(account=tara.memberships.get().account)
    other = Client()
    other.force_login(tara)
    assert "Golden Bridge" not in other.get(path).content.decode()
