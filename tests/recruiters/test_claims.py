"""An agency claims its page: claimed is not verified."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.urls import reverse

from core.access import fetch
from core.models import Notice
from core.roles import AccountKind, Role
from recruiters import services
from recruiters.models import Appeal, Claim, Recruiter
from recruiters.services import claims
from recruiters.services.appeals import Verdict, decide_appeal, lodge_appeal
from tests.factories import make_user
from tests.recruiters.making import make_licence, make_recruiter

pytestmark = pytest.mark.django_db


def paper():
    return SimpleUploadedFile("licence.txt", b"Our licence, stamped.")


@pytest.fixture
def recruiter():
    """Return a licensed recruiter that nobody speaks for."""
    return make_licence(make_recruiter("Himchuli Overseas")).recruiter


@pytest.fixture
def rival(db):
    """Return somebody of another organisation that recruits."""
    return make_user("kamal", Role.RECRUITER_MEMBER, account="Kamal Overseas", kind=AccountKind.RECRUITER)


@pytest.fixture
def layla(db):
    """Return a second officer."""
    return make_user("layla", Role.MINISTRY_OFFICER)


def claim_of(recruiter, user):
    return claims.open_claim(recruiter, words="It is ours.", files=[paper()], actor=user)


def test_case_13_an_approved_claim_says_claimed_by_and_never_verified(recruiter, omar, farah, client):
    claims.approve_claim(claim_of(recruiter, omar), actor=farah)
    assert claims.claimed_by(recruiter).account.name == "Golden Bridge Manpower"
    assert Recruiter.objects.get(pk=recruiter.pk).belongs_to(omar)
    client.force_login(farah)
    page = client.get(recruiter.get_absolute_url()).content.decode()
    assert "Claimed by" in page
    assert "erified" not in page
    public = client.get(reverse("recruiters_public:recruiter", args=[recruiter.ref])).content.decode()
    assert "Claimed by" in public
    assert "erified" not in public
    assert omar.display_name not in public


def test_case_13_a_refusal_gives_a_reason_and_a_route_of_appeal(recruiter, omar, farah, layla, client):
    claim = claim_of(recruiter, omar)
    with pytest.raises(services.DecisionRefused):
        claims.refuse_claim(claim, reason_code="not_shown", note=" ", actor=farah)
    claims.refuse_claim(claim, reason_code="not_shown", note="The paper names somebody else.", actor=farah)
    client.force_login(omar)
    page = client.get(reverse("recruiters:own_claim", args=[claim.ref])).content.decode()
    assert "The paper names somebody else." in page
    assert reverse("recruiters:own_appeal_new", args=["claim", claim.ref]) in page
    appeal = lodge_appeal(claim=claim, ground="facts_wrong", words="It does name us.", actor=omar)
    verdict = Verdict(upheld=True, answer="It does.", order_number="A-1")
    with pytest.raises(services.DecisionRefused):
        decide_appeal(appeal, verdict, actor=farah)
    decide_appeal(appeal, verdict, actor=layla)
    claim.refresh_from_db()
    assert (claim.state, Appeal.objects.get().state) == ("open", "upheld")


def test_case_13_a_second_claim_cannot_be_silently_approved(recruiter, omar, rival, farah, layla):
    claims.approve_claim(claim_of(recruiter, omar), actor=farah)
    second = claim_of(recruiter, rival)
    with pytest.raises(services.DecisionRefused):
        claims.approve_claim(second, actor=farah)
    first = omar.memberships.get().account
    claims.approve_claim(second, actor=farah, in_place_of=first.ref)
    assert Notice.objects.filter(user=omar, code="claim_rival").count() == 1
    assert claims.claimed_by(recruiter).account == first
    second.refresh_from_db()
    with pytest.raises(services.DecisionRefused):
        claims.confirm_claim(second, actor=farah)
    claims.confirm_claim(second, actor=layla)
    assert claims.claimed_by(recruiter).account.name == "Kamal Overseas"
    assert Claim.objects.get(account=first).steps.last().reason_code == "replaced"
    assert Notice.objects.filter(user=omar, code="claim_ended").count() == 1


def test_a_claim_needs_a_paper_and_one_organisation_speaks_for_one_entry(recruiter, omar, farah):
    with pytest.raises(services.DecisionRefused):
        claims.open_claim(recruiter, words="Ours.", actor=omar)
    claim = claim_of(recruiter, omar)
    with pytest.raises(services.DecisionRefused):
        claim_of(recruiter, omar)
    claims.approve_claim(claim, actor=farah)
    with pytest.raises(services.DecisionRefused):
        claim_of(make_recruiter("Another"), omar)
    with pytest.raises(services.DecisionRefused):
        claims.begin_entry(name="Yet another", country="NP", actor=omar)


def test_nobody_shakes_off_a_past_by_entering_anew(omar, rosa):
    make_recruiter("Old", identifiers=[("registration:NP", "104882")])
    with pytest.raises(services.DecisionRefused):
        claims.begin_entry(name="New", country="NP", registration_number="104 882", actor=omar)
    made = claims.begin_entry(name="New", country="NP", registration_number="7", actor=omar)
    assert not made.is_listed
    with pytest.raises(PermissionDenied):
        claims.begin_entry(name="New", country="NP", actor=rosa)


def test_others_never_see_a_claim(recruiter, omar, rival, rosa, farah, client):
    claim = claim_of(recruiter, omar)
    for somebody in (rival, rosa):
        with pytest.raises(Http404):
            fetch(somebody, Claim, ref=claim.ref)
        client.force_login(somebody)
        for name in ("own_claim", "claim"):
            assert client.get(reverse(f"recruiters:{name}", args=[claim.ref])).status_code == 404
        address = reverse("recruiters:claim_file", args=[claim.ref, claim.files.get().ref])
        assert client.get(address).status_code == 404
    client.force_login(omar)
    assert client.get(reverse("recruiters:claim", args=[claim.ref])).status_code == 404
    client.force_login(farah)
    assert "It is ours." in client.get(reverse("recruiters:claim", args=[claim.ref])).content.decode()
