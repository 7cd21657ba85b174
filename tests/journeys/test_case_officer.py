"""The case officer's whole job: a grievance becomes a case, a rating that moves, and a company's step 6."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from duediligence import services as company_services
from duediligence.models import Step6Entry
from grievances.models import Grievance, RemediationCase
from grievances.remedy import Word
from grievances.services import following
from recruiters.models import Rating, RiskFact
from tests.grievances.builders import make_lodged, make_recruiter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORDS = "मेरो नाम विरा हो। एजेन्टलाई पैसा तिरेँ। राहदानी कम्पनीले राख्यो।"
PHONE = "+9779800000042"


@pytest.fixture
def recruiter(db: Any) -> Any:
    """Return the recruiter that Wira names."""
    return make_recruiter("Golden Bridge Manpower")


@pytest.fixture
def company(quentin: Any, recruiter: Any) -> Any:
    """Return Quentin's company, which that recruiter brings workers to, with a record of this year."""
    today = timezone.localdate()
    found = company_services.set_up_company(next(m.account for m in quentin.current_memberships), actor=quentin)
    company_services.engage_recruiter(found, recruiter.party, starts=today - timedelta(days=90), actor=quentin)
    company_services.open_record(
        found, period_start=today - timedelta(days=200), period_end=today + timedelta(days=160), actor=quentin
    )
    return found


@pytest.fixture
def told(nadia: Any, company: Any) -> Any:
    """Return what Wira told."""
    return make_lodged(
        ("FEE", "DOC"),
        words=WORDS,
        recruiter="Golden Bridge Manpower, Kathmandu",
        contact_mode="phone",
        contact={"value": PHONE, "name": "विरा", "times": "evening"},
    ).grievance


def test_nadia_triages_remedies_and_closes_and_the_company_learns_codes_only(
    page: Any,
    live_server: Any,
    axe: Callable[[Any], None],
    sign_in: Any,
    nadia: Any,
    quentin: Any,
    told: Any,
    recruiter: Any,
) -> None:
    rated_before = Rating.objects.filter(recruiter=recruiter).order_by("-pk").first()
    sign_in(page, nadia)
    page.goto(f"{live_server.url}/workspace/")
    assert page.url.endswith("/workspace/grievances/")
    axe(page)
    assert WORDS not in page.content()
    page.get_by_role("link", name=told.ref).click()
    axe(page)
    assert "विरा" not in page.content()

    page.get_by_role("button", name="I handle it").click()
    page.locator("form[action$='/open/'] select").select_option("triage")
    page.get_by_role("button", name="Open the words").click()
    assert WORDS in page.content()
    axe(page)
    page.get_by_role("button", name="Confirm").click()
    assert "Confirmed" in page.locator("#accused ~ ul").first.inner_text()

    page.get_by_role("link", name="Decide").click()
    axe(page)
    assert "Signs of forced labour of different kinds" in page.content()
    page.get_by_label("Accept and open a case").check()
    page.get_by_role("button", name="Decide").click()
    case = RemediationCase.objects.get()
    assert page.url.endswith(f"/cases/{case.ref}/")
    axe(page)

    rating = Rating.objects.filter(recruiter=recruiter).order_by("-pk").first()
    assert rating is not None
    assert rated_before is None or rating.score > rated_before.score
    codes = set(RiskFact.objects.filter(recruiter=recruiter, source_ref=case.ref).values_list("code", flat=True))
    assert codes == {"grievance.FEE", "grievance.DOC"}
    assert {line["code"] for line in rating.lines} >= codes

    entry = Step6Entry.objects.get(case_ref=case.ref)
    held = str([entry.__dict__, *(news.__dict__ for news in entry.news.all())])
    for secret in (WORDS, "विरा", "Wira", PHONE, told.ref):
        assert secret not in held
    assert set(entry.news.first().codes) == {"FEE", "DOC"}

    _remedy(page, axe)
    step = case.steps.get()
    assert following.say_about_step(step, Word.ALL)
    page.reload()
    page.get_by_text("Close the case").click()
    page.locator("select[name=root_cause]").select_option("fees_in_chain")
    page.locator("select[name=outcome]").select_option("resolved_confirmed_by_worker")
    page.get_by_role("button", name="Close", exact=True).click()
    assert case.state == "closed"
    assert Grievance.objects.get(pk=told.pk).status == "closed"
    axe(page)


def _remedy(page: Any, axe: Callable[[Any], None]) -> None:
    """Plan a step, agree and deliver it with proof."""
    page.locator("select[name=harm]").select_option("1")
    page.locator("select[name=form]").select_option("restitution")
    page.locator("select[name=item]").select_option("passport_returned")
    page.locator("select[name=owner]").select_option("employer")
    page.locator("input[name=due_on]").fill((timezone.localdate() + timedelta(days=14)).isoformat())
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Agreed").click()
    page.locator("summary", has_text="Delivered").first.click()
    axe(page)
    page.locator("input[name=proof]").set_input_files(
        {"name": "proof.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 handed over"}
    )
    page.get_by_role("button", name="Note delivery").click()
    assert "Delivered, worker to confirm" in page.content()


def test_quentin_reads_the_entry_and_nothing_of_the_worker(
    page: Any, live_server: Any, sign_in: Any, nadia: Any, quentin: Any, told: Any, recruiter: Any
) -> None:
    from grievances import services
    from tests.grievances.builders import judgement

    services.link_accused(told, recruiter.party, part="recruiter", actor=nadia)
    case = services.triage(told, judgement(priority="high"), actor=nadia)
    assert case is not None
    sign_in(page, quentin)
    entry = Step6Entry.objects.get(case_ref=case.ref)
    page.goto(live_server.url + entry.get_absolute_url())
    text = page.content()
    assert entry.ref in text
    for secret in (WORDS, "विरा", PHONE, told.ref):
        assert secret not in text
    page.goto(f"{live_server.url}/workspace/grievances/{told.ref}/")
    assert told.ref not in page.title()
