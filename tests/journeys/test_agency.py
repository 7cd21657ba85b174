"""The agency applies, is tied to a revoked one, answers, is refused by an order, appeals, and is answered."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.actors import SYSTEM
from core.models import AuditEntry, User
from core.roles import Role
from recruiters import services
from recruiters.models import Appeal, Application, Recruiter, TieDecision
from recruiters.services.applications import lacking
from tests.factories import make_user
from tests.recruiters.making import make_licence, make_recruiter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OWNER = "Hari Prasad Koirala"
PAPER = {"name": "paper.txt", "mimeType": "text/plain", "buffer": b"A stamped paper."}


@pytest.fixture
def revoked(db: Any) -> Recruiter:
    """Return an agency whose licence was revoked, with its owner and its telephone."""
    recruiter = make_recruiter("Himchuli Overseas", phone="+977 1 555 0144")
    services.add_person(recruiter, name=OWNER, role="owner", actor=SYSTEM)
    services.revoke_licence(
        make_licence(recruiter), order_number="ORD-7", reason_code="fees_charged", actor=SYSTEM,
        effective_on=timezone.localdate() - timedelta(days=40),
    )  # fmt: skip
    return recruiter


@pytest.fixture
def layla(db: Any) -> User:
    """Return a second officer."""
    return make_user("layla", Role.MINISTRY_OFFICER, display_name="Layla")


def fill_in(page: Any, axe: Callable[[Any], None]) -> None:
    """Fill in every part of the application, saving one after the other."""
    page.get_by_role("link", name="Your organisation").click()
    for label, text in (
        ("Address", "12 Lakeside Road"), ("Town", "Pokhara"), ("Telephone", "01-5550144"),
    ):  # fmt: skip
        page.get_by_label(label).fill(text)
    page.get_by_label("Company registration number").fill("555 001")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Owners, directors and agents").click()
    axe(page)
    page.get_by_label("Name", exact=True).first.fill("Hari Prasad Koirala")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Where and how many").click()
    page.get_by_role("checkbox", name="Qatar").check()
    page.get_by_label("Another country, 1").fill("Malaysia")
    axe(page)
    page.get_by_label("Workers you expect to place in a year").fill("200")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Guarantee").click()
    for label, text in (
        ("Guarantee issued by", "Harbour Bank"), ("The issuer's reference", "HB-2026-1"), ("Amount", "3000000"),
        ("Guarantee holds until", "2030-01-01"),
    ):  # fmt: skip
        page.get_by_label(label).fill(text)
    page.get_by_label("Currency").select_option("NPR")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Papers", exact=True).click()
    page.get_by_label("company registration").check()
    page.locator("input[type=file]").set_input_files(PAPER)
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="Back to the application").click()
    assert page.get_by_role("button", name="Hand in the application").count() == 0
    page.get_by_role("link", name="Declarations").click()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Save").click()
    axe(page)


def test_an_agency_applies_is_tied_to_a_revoked_one_answers_is_refused_and_appeals(
    page: Any,
    live_server: Any,
    axe: Callable[[Any], None],
    sign_in: Any,
    omar: Any,
    farah: Any,
    layla: Any,
    revoked: Recruiter,
) -> None:
    # Omar's organisation is new to the register: it enters itself and applies, part by part.
    sign_in(page, omar)
    page.goto(f"{live_server.url}/workspace/")
    page.get_by_role("link", name="Enter your organisation").click()
    page.get_by_label("Registered name").fill("New Himchuli International")
    page.get_by_label("Country").select_option("NP")
    page.get_by_label("Company registration number").fill("555 001")
    page.get_by_role("button", name="Go on to the application").click()
    page.get_by_role("button", name="Begin").click()
    fill_in(page, axe)
    assert lacking(Application.objects.get()) == ()
    page.get_by_role("button", name="Hand in the application").click()
    assert "Handed in." in page.content()
    application = Application.objects.get()
    own_page = page.url

    # Farah sees the paths to the revoked agency, drawn and in sentences, and says that one matters.
    sign_in(page, farah)
    page.goto(f"{live_server.url}/workspace/recruiters/applications/{application.ref}/")
    assert page.get_by_role("img", name="Himchuli Overseas").count() >= 2
    assert f"{OWNER} is or was owner of Himchuli Overseas" in page.content()
    axe(page)
    page.get_by_role("link", name="Say whether it matters").first.click()
    page.get_by_label("it matters").check()
    page.get_by_label("Reason").select_option("same_people")
    axe(page)
    page.get_by_role("button", name="Record").click()
    assert TieDecision.objects.get().decided == "relevant"

    # The applicant is heard first: it is told the ground, and nobody's name.
    page.goto(f"{live_server.url}/workspace/recruiters/applications/{application.ref}/")
    page.get_by_role("link", name="Return field by field").click()
    assert "appears to be tied" in page.get_by_label("Ties to other organisations").input_value()
    page.get_by_label("Address", exact=False).first.fill("Which floor of the building?")
    page.get_by_role("button", name="Return to the applicant").click()

    sign_in(page, omar)
    page.goto(own_page)
    assert "Himchuli Overseas" in page.content()
    assert "owner of Himchuli" not in page.content()
    axe(page)
    for answer in ("The third floor.", "He sold the other agency before it fell."):
        page.get_by_role("link", name=re.compile("^Answer")).first.click()
        page.get_by_label("What you changed, or why it is right as it is").fill(answer)
        page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Hand in the application").click()

    # Farah proposes to refuse; because of the tie, Layla decides with her.
    sign_in(page, farah)
    page.goto(f"{live_server.url}/workspace/recruiters/applications/{application.ref}/")
    page.get_by_role("link", name="Grant or refuse").click()
    page.get_by_label("Refuse", exact=True).check()
    page.get_by_label("Number of the order").fill("ORD-2026-11")
    page.get_by_label("Reason for refusing").select_option("tied_to_barred")
    page.get_by_label("What the applicant should know").fill("The same owner is behind the revoked agency.")
    page.get_by_role("button", name="Decide").click()
    assert "Another officer has to agree." in page.content()
    sign_in(page, layla)
    page.reload()
    page.get_by_label("I agree").check()
    axe(page)
    page.get_by_role("button", name="Answer").click()
    application.refresh_from_db()
    assert (application.state, application.order_number) == ("refused", "ORD-2026-11")

    # Omar reads the reason and appeals; who took the decision does not decide the appeal.
    sign_in(page, omar)
    page.goto(own_page)
    assert "ORD-2026-11" in page.content()
    page.get_by_role("link", name="Appeal").first.click()
    page.get_by_label("There are new facts").check()
    page.get_by_label("Why the decision should be another").fill("The deed of sale is attached.")
    page.locator("input[type=file]").set_input_files(PAPER)
    page.get_by_role("button", name="Lodge the appeal").click()
    axe(page)
    appeal = Appeal.objects.get()
    sign_in(page, farah)
    page.goto(f"{live_server.url}/workspace/recruiters/applications/appeals/{appeal.ref}/")
    assert "Somebody else decides the appeal." in page.content()
    assert page.get_by_role("button", name="Decide").count() == 0

    sign_in(page, make_user("amina", Role.MINISTRY_OFFICER, display_name="Amina"))
    page.reload()
    assert "The deed of sale is attached." in page.content()
    page.get_by_label("Dismiss the appeal").check()
    page.get_by_label("Number of the order").fill("APP-2026-3")
    page.get_by_label("Reasons").fill("The deed is dated after the revocation.")
    axe(page)
    page.get_by_role("button", name="Decide").click()

    sign_in(page, omar)
    page.goto(f"{live_server.url}/workspace/recruiters/own/appeals/{appeal.ref}/")
    assert "APP-2026-3" in page.content()
    assert "The deed is dated after the revocation." in page.content()
    told = list(AuditEntry.objects.filter(verb__startswith="ap").order_by("sequence").values_list("verb", flat=True))
    assert told[-1] == "appeal.dismissed"
    assert "application.refused" in told
