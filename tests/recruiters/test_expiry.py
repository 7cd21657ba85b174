"""A term ends: notices at ninety, thirty and no days, and a status that flips at its own country's midnight."""

from datetime import UTC, date, datetime, timedelta
from unittest import mock

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.actors import SYSTEM
from core.models import Notice
from recruiters import services
from recruiters.expiry import NOTICE_DAYS, notice_days_due
from recruiters.models import ExpiryNotice, Recruiter
from recruiters.services.expiring import tell_expiries
from recruiters.services.standing import turn_standings
from recruiters.zones import day_begins, local_day, zone_name
from tests.recruiters.making import belongs_to, make_licence, make_recruiter, suspend

DAY = timedelta(days=1)


def test_each_notice_is_due_once_even_if_nothing_ran_for_a_month():
    end, known = date(2026, 12, 31), date(2026, 1, 1)
    assert notice_days_due(end, end - 91 * DAY, known_since=known) == ()
    assert notice_days_due(end, end - 90 * DAY, known_since=known) == (90,)
    assert notice_days_due(end, end - 20 * DAY, known_since=known, told=[90]) == (30,)
    assert notice_days_due(end, end + 3 * DAY, known_since=known) == (90, 30, 0)
    assert notice_days_due(end, end - 20 * DAY, known_since=end - 60 * DAY) == (30,)


@given(st.lists(st.integers(-120, 20), min_size=1, max_size=30))
def test_whenever_the_job_runs_no_notice_goes_out_twice(runs):
    end, told = date(2026, 12, 31), []
    for offset in sorted(runs):
        told += notice_days_due(end, end + offset * DAY, known_since=date(2026, 1, 1), told=told)
    assert len(told) == len(set(told))
    assert set(told) == {days for days in NOTICE_DAYS if max(runs) >= -days}


def test_a_day_begins_where_the_licence_was_given():
    noon = datetime(2026, 6, 30, 18, 30, tzinfo=UTC)
    assert (zone_name("NP"), zone_name("ZZ")) == ("Asia/Kathmandu", "UTC")
    assert local_day("NP", noon) == date(2026, 7, 1)
    assert local_day("US", noon) == date(2026, 6, 30)
    assert day_begins("NP", date(2026, 7, 1)) == datetime(2026, 6, 30, 18, 15, tzinfo=UTC)


def at(moment):
    return mock.patch("django.utils.timezone.now", return_value=moment)


@pytest.mark.django_db
class TestCase15:
    """Case 15: notices at 90, 30 and 0 days; the status flips on the day in the licence's zone; history is kept."""

    def test_case_15_officers_and_holders_are_told_each_once_even_after_downtime(self, farah, omar):
        today = timezone.localdate()
        licence = make_licence(
            belongs_to(make_recruiter(), omar), issued_on=today - 300 * DAY, expires_on=today + 95 * DAY
        )
        start = timezone.now()
        for days in (0, 6, 6, 7, 40, 66, 67, 94, 95, 97, 98, 98):  # nothing runs between the 7th and the 40th day
            tell_expiries(start + days * DAY)
        mine = list(Notice.objects.filter(user=omar).order_by("pk").values_list("code", "subject_ref"))
        assert mine == [(f"licence_ends_{days}", licence.ref) for days in (90, 30, 0)]
        codes = Notice.objects.filter(user=farah).order_by("pk").values_list("code", flat=True)
        assert list(codes) == ["licences_end_90", "licences_end_30", "licences_end_0"]
        assert ExpiryNotice.objects.filter(licence=licence).count() == 3

    def test_case_15_a_renewed_term_is_told_anew_and_a_suspended_one_is_not(self, omar):
        today = timezone.localdate()
        licence = make_licence(
            belongs_to(make_recruiter(), omar), issued_on=today - 300 * DAY, expires_on=today + 10 * DAY
        )
        services.renew_licence(licence, expires_on=today + 400 * DAY, actor=SYSTEM)
        assert tell_expiries(timezone.now() + 20 * DAY).startswith("0 licences")
        assert tell_expiries(timezone.now() + 320 * DAY).startswith("1 licences at 90")
        suspend(licence)
        assert (
            tell_expiries(timezone.now() + 380 * DAY)
            == "0 licences at 90 days, 0 licences at 30 days, 0 licences at 0 days"
        )

    def test_case_15_the_status_flips_at_the_midnight_of_its_own_country(self):
        today = timezone.localdate()
        end = today + 5 * DAY
        nepal = make_licence(make_recruiter("Nepali"), expires_on=end)
        mexico = make_licence(make_recruiter("Mexican", country="MX"), expires_on=end)
        evening = day_begins("NP", end + DAY)
        with at(evening - timedelta(minutes=1)):
            assert Recruiter.objects.get(pk=nepal.recruiter_id).may_recruit
            assert Recruiter.objects.standing_today("valid").count() == 2
        with at(evening):
            assert Recruiter.objects.get(pk=nepal.recruiter_id).current_code == "expired"
            assert Recruiter.objects.get(pk=mexico.recruiter_id).may_recruit
            assert not nepal.standing().valid
            assert mexico.standing().valid
            assert [r.name for r in Recruiter.objects.standing_today("expired")] == ["Nepali"]
            status = dict(Recruiter.objects.with_status().values_list("party__name", "status_code"))
            assert status == {"Nepali": "expired", "Mexican": "active"}
            assert turn_standings(evening) == 1
        assert nepal.history.count() == 1
        assert nepal.valid_on(end)
        assert not nepal.valid_on(end + DAY)

    def test_case_15_nothing_is_told_of_a_term_that_was_over_when_it_came_to_the_register(self):
        today = timezone.localdate()
        make_licence(issued_on=today - 400 * DAY, expires_on=today - 30 * DAY)
        assert tell_expiries(timezone.now()) == "0 licences at 90 days, 0 licences at 30 days, 0 licences at 0 days"
