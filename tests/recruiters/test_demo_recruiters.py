"""The demo's recruiters."""

import pytest

from parties import demo as parties_demo
from recruiters import demo
from recruiters.models import Assessment, Recruiter, Screening, ScreeningHit, WatchlistSource


@pytest.mark.django_db
def test_the_demo_is_plausible_and_goes_through_the_services():
    world = parties_demo.build()
    demo.build(world)
    assert 290 <= Recruiter.objects.count() <= 320
    assert Recruiter.objects.filter(party__account=world.accounts[demo.OMARS]).get().may_recruit
    assert len(set(Recruiter.objects.values_list("standing_code", flat=True))) >= 8
    assert len(set(Recruiter.objects.values_list("risk_band", flat=True))) == 5
    assert ScreeningHit.objects.filter(state="open").count() >= 5
    assert ScreeningHit.objects.filter(state="awaiting_second").exists()
    assert Screening.objects.get().state == "done"
    assert not WatchlistSource.objects.get().is_stale
    assert Assessment.objects.filter(completed_on__isnull=True).exists()
    scripts = set(Recruiter.objects.values_list("party__names__script", flat=True))
    assert {"Latn", "Arab", "Deva", "Beng", "Hani", "Thai"} <= scripts
