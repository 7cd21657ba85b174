"""Nobody decides a hit about a recruiter whom he is, works for or is tied to, whichever side of the hit it is."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from core.actors import SYSTEM
from core.models import User
from core.roles import Role
from parties import services as parties
from parties.models import Kind, Relationship
from recruiters import services
from recruiters.deciding import fits
from recruiters.models import HitDecision, Recruiter, RiskFact, Screening, ScreeningHit, ScreeningRow
from tests.factories import make_party, make_user
from tests.recruiters.making import make_licence, make_recruiter, make_screening, make_watchlist, suspend

pytestmark = pytest.mark.django_db


@pytest.fixture
def recruiter() -> Recruiter:
    """Return a suspended recruiter, which a list that names it hits."""
    licence = make_licence(make_recruiter("Bagmara Manpower Pvt. Ltd."))
    suspend(licence)
    return licence.recruiter


@pytest.fixture
def fiona(recruiter: Recruiter) -> User:
    """Return an officer who works for who owns the recruiter."""
    user = make_user("fiona", Role.MINISTRY_OFFICER)
    herself, holding = make_party("Fiona", kind=Kind.PERSON, user=user), make_party("Bagmara Holding")
    parties.relate(herself, Relationship.Is.WORKS_FOR, holding, actor=SYSTEM)
    parties.relate(holding, Relationship.Is.OWNER, recruiter.party, actor=SYSTEM)
    return user


@pytest.fixture
def listed(farah: Any, tmp_path: Path) -> ScreeningHit:
    """Return a hit of a row with a record of a watchlist."""
    make_watchlist(tmp_path, {"name": "Meridian Crewing Holdings", "topics": ["sanction"]})
    screening = make_screening(farah, {"name": "Meridian Crewing Holdings"})
    hit = screening.hits.filter(entry__isnull=False).first()
    assert hit is not None
    return hit


def _decide(hit: ScreeningHit, actor: User) -> ScreeningHit:
    reasons = [code for code, _label in HitDecision.Reason.choices]
    reason = next(code for code in reasons if fits("false", code))
    return services.decide_hit(hit, answer="false", reason_code=reason, reason="Another place.", actor=actor)


def _made_of(hit: ScreeningHit, recruiter: Recruiter, kind: str) -> None:
    Screening.objects.filter(pk=hit.screening_id).update(kind=kind)
    ScreeningRow.objects.filter(pk=hit.row_id).update(raw={"recruiter": recruiter.ref})
    hit.refresh_from_db()


def test_not_where_the_list_hits_the_recruiter(recruiter: Recruiter, fiona: User, farah: Any) -> None:
    screening = make_screening(farah, {"name": "Bagmara Manpower Private Limited", "country": "NP"})
    hit = screening.hits.get(recruiter=recruiter)
    with pytest.raises(PermissionDenied):
        _decide(hit, fiona)
    assert not HitDecision.objects.exists()
    assert _decide(hit, farah).decisions.get().decided_by == farah


def test_not_where_the_recruiter_is_the_row_that_hits_a_watchlist(
    recruiter: Recruiter, fiona: User, farah: Any, listed: ScreeningHit
) -> None:
    _made_of(listed, recruiter, Screening.Kind.REGISTER)
    with pytest.raises(PermissionDenied):
        _decide(listed, fiona)
    assert not HitDecision.objects.exists()
    assert _decide(listed, farah).decisions.count() == 1


def test_whoever_is_tied_to_somebody_else_decides(fiona: User, listed: ScreeningHit) -> None:
    assert _decide(listed, fiona).decisions.count() == 1


@pytest.mark.parametrize("kind", [Screening.Kind.REGISTER, Screening.Kind.UPLOAD, Screening.Kind.RESCREEN])
def test_a_column_of_a_list_that_was_handed_in_lays_nothing_at_a_recruiters_door(
    recruiter: Recruiter, farah: Any, listed: ScreeningHit, kind: str
) -> None:
    hit = listed
    _made_of(hit, recruiter, kind)
    code = next(code for code, _label in HitDecision.Reason.choices if fits("true", code))
    for actor in (farah, make_user("frida", Role.MINISTRY_OFFICER)):
        services.decide_hit(hit, answer="true", reason_code=code, reason="The same register number.", actor=actor)
        hit.refresh_from_db()
    facts = RiskFact.objects.filter(recruiter=recruiter, code="screening.true_match")
    assert facts.exists() == (kind == Screening.Kind.REGISTER)
