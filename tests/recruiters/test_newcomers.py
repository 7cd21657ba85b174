"""A recruiter that is new, renamed or newly licensed is held against what was screened before, and nothing else is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import due
from core.actors import SYSTEM
from core.models import Notice
from recruiters import services
from recruiters.models import Screening, ScreeningHit, ScreeningRow
from recruiters.services.duerescreen import rescreen
from recruiters.services.newcomers import rows_touched
from tests.recruiters.making import make_licence, make_recruiter, make_screening, make_watchlist

pytestmark = pytest.mark.django_db
QUIET = "nothing changed since the last time"


@pytest.fixture
def screened(farah, tmp_path):
    """Return a finished, watched list of three names, with a register and a list that knew none of them."""
    make_licence(make_recruiter("Himchuli Overseas Pvt. Ltd."), number="RL-1")
    make_watchlist(tmp_path, {"name": "Orion Shipping", "id": "orion"}, source="Second")
    screening = make_screening(
        farah, {"name": "Blue Lantern Catering", "country": "NP"}, {"name": "Sagarmatha Manpower", "country": "NP"},
        {"name": "Zephyr Golden Gate", "country": "NP", "licence_number": "RL-77"},
    )  # fmt: skip
    assert screening.counts == {"clear": 3}
    rescreen(timezone.now())
    assert rescreen(timezone.now()) == QUIET
    return screening


def revoked(name, number="RL-5"):
    licence = make_licence(make_recruiter(name), number=number)
    services.revoke_licence(
        licence, order_number="9", reason_code="fees_charged", effective_on=timezone.localdate(), actor=SYSTEM
    )
    return licence.recruiter


def test_a_new_recruiter_meets_the_rows_screened_before_and_only_those_it_may_be(farah, screened):
    recruiter = revoked("सगरमाथा म्यानपावर प्रा. लि.")
    before = ScreeningRow.objects.count()
    assert "1 rows screened again as the register changed, 1 hits to decide" in rescreen(timezone.now())
    hit = ScreeningHit.objects.get(state="open")
    assert (hit.recruiter, hit.row.former.name, hit.gravity) == (recruiter, "Sagarmatha Manpower", "severe")
    again = ScreeningRow.objects.filter(screening__kind=Screening.Kind.RESCREEN)
    assert (again.get().outcome, ScreeningRow.objects.count()) == ("match", before + 1)
    assert Notice.objects.filter(user=farah, code="rescreen_new_hits").count() == 1
    assert rescreen(timezone.now()) == QUIET


def test_a_renamed_recruiter_is_compared_under_its_new_name_alone(farah, screened):
    recruiter = revoked("Entirely Other Agency")
    rescreen(timezone.now())
    services.edit_recruiter(recruiter, name="Blue Lantern Catering Pvt. Ltd.", actor=farah)
    assert "1 rows screened again" in rescreen(timezone.now())
    assert ScreeningHit.objects.get(state="open").row.former.name == "Blue Lantern Catering"
    services.edit_recruiter(recruiter, name="Something Else Altogether", actor=farah)
    assert "rows screened again" not in rescreen(timezone.now())


def test_a_new_licence_meets_the_row_that_named_its_number(screened):
    recruiter = revoked("Entirely Other Agency")
    rescreen(timezone.now())
    make_licence(recruiter, number="RL-77")
    assert "1 rows screened again" in rescreen(timezone.now())
    hit = ScreeningHit.objects.get(recruiter=recruiter)
    assert (hit.row.former.name, hit.verdict) == ("Zephyr Golden Gate", "renamed")


def test_a_list_that_is_no_longer_watched_is_left_alone(screened):
    Screening.objects.filter(pk=screened.pk).update(is_watched=False)
    revoked("Sagarmatha Manpower")
    assert "rows screened again" not in rescreen(timezone.now())


def test_a_recruiter_that_a_row_was_compared_with_already_is_not_compared_again(farah, screened):
    revoked("Sagarmatha Manpower")
    make_screening(farah, {"name": "Sagarmatha Manpower", "country": "NP"})
    assert ScreeningHit.objects.filter(state="open").count() == 1
    assert "rows screened again" not in rescreen(timezone.now())


def test_recruiters_registered_since_the_first_list_are_compared_when_nothing_was_compared_yet(farah, tmp_path):
    make_watchlist(tmp_path)
    make_recruiter("Himchuli Overseas Pvt. Ltd.")
    make_screening(farah, {"name": "Sagarmatha Manpower", "country": "NP"})
    revoked("Sagarmatha Manpower Pvt Ltd")
    assert "1 rows screened again" in rescreen(timezone.now())


def test_a_new_recruiter_and_its_owner_meet_the_watchlists_within_the_hour(farah, tmp_path, screened):
    make_watchlist(
        tmp_path, {"name": "Orion Shipping", "id": "orion"},
        {"name": "Hari Prasad Koirala", "schema": "Person", "country": "np", "id": "p"}, source="Second",
    )  # fmt: skip
    rescreen(timezone.now())
    recruiter = make_recruiter("Orion Shipping Ltd")
    services.add_person(recruiter, name="Hari Prasad KOIRALA", role="owner", country="NP", actor=SYSTEM)
    due.run_one("rescreen", timezone.now())
    hits = ScreeningHit.objects.filter(state="open", screening__kind=Screening.Kind.REGISTER)
    assert {hit.target_name for hit in hits} == {"Orion Shipping", "Hari Prasad Koirala"}


def test_looking_for_touched_rows_asks_as_much_for_a_hundred_recruiters_as_for_twenty_five(screened):
    def asked(count: int) -> int:
        marks = {"name": 0, "recruiter": 0, "licence": 0}
        for _place in range(count):
            make_recruiter("Harbour Lantern Placement")
        with CaptureQueriesContext(connection) as seen:
            rows_touched(marks)
        return len(seen)

    assert asked(25) == asked(75)
