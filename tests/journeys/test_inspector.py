"""The inspector's whole job on a phone: visit, answers, photo, indicators, referral, finding, report, letter."""

import io
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader

from checklists.sheets import standing
from core.actors import SYSTEM
from core.models import User
from inspections.models import Referral, Visit
from inspections.models.referrals import Stage
from inspections.services import planning
from tests.factories import make_party, make_site
from tests.inspections.builders import make_checklists, make_partner, make_supervisor

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser_context_args(viewport={"width": 360, "height": 740}, has_touch=True, locale="en-GB"),
]


def photo() -> dict[str, Any]:
    """Return a photo with a place in its metadata."""
    image = Image.new("RGB", (320, 200), (180, 150, 120))
    exif = image.getexif()
    exif[0x010F] = "Phone of Rosa"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def plan(rosa: User) -> Visit:
    """Return a visit planned for today because of a complaint."""
    make_checklists()
    return planning.plan_visit(
        site=make_site(make_party("Barwa Steelworks", country="QA"), name="Doha plant"),
        team=[rosa],
        supervisor=make_supervisor(),
        planned_for=timezone.localdate(),
        trigger=planning.Trigger("complaint", "Passports are kept.", "GRV-7K3M-9QX2-C"),
        actor=SYSTEM,
    )


def choose(page: Any, code: str, answer: str) -> None:
    """Tap an answer of a question."""
    page.locator(f"#q-{code}").get_by_label(answer, exact=True).check()


def fits(page: Any) -> None:
    """Assert that the page is no wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.url


def test_an_inspector_does_a_visit_on_a_phone(
    page: Any, live_server: Any, rosa: User, partner_user: User, sign_in: Callable[..., None], axe: Callable[..., None]
) -> None:
    make_partner()
    visit = plan(rosa)
    sign_in(page, rosa)

    def look() -> None:
        page.wait_for_load_state("networkidle")
        fits(page)
        axe(page)

    page.goto(f"{live_server.url}/workspace/")
    look()
    page.get_by_role("link", name=visit.ref).click()
    look()
    page.get_by_role("link", name="Start the visit").click()
    look()
    page.get_by_label("I have no direct or indirect interest").check()
    page.get_by_role("button", name="Start now").click()
    page.get_by_role("link", name="Recruitment and fees").click()
    look()
    choose(page, "REC-01", "Yes")
    choose(page, "REC-06", "Yes")
    page.get_by_role("button", name="Save and go on").click()
    assert page.get_by_text("Please say what you saw or heard.").first.is_visible()
    look()
    page.locator("#q-REC-06").get_by_label("What you saw or heard").fill("Debt with an agent at home.")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("heading", name="Contracts").wait_for()
    page.goto(f"{live_server.url}/workspace/inspections/visits/{visit.ref}/sections/DOC/")
    choose(page, "DOC-01", "No")
    page.locator("#q-DOC-01").get_by_label("What you saw or heard").fill("Kept in the office safe.")
    page.locator("#q-DOC-04 input").first.fill("14")
    page.locator("#q-DOC-04").get_by_label("What you saw or heard").fill("Counted in the safe.")
    page.get_by_role("button", name="Save and go back").click()
    look()
    assert standing(visit.ref, visit.version).answer("DOC-04").value == 14

    page.get_by_role("link", name="Photos and files").click()
    page.get_by_label("Photo or file").set_input_files(photo())
    page.get_by_label("Belongs to").select_option("DOC-04")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("The file is kept, sealed.").wait_for()
    look()

    page.goto(f"{live_server.url}/workspace/inspections/visits/{visit.ref}/")
    page.get_by_role("link", name="Indicators of forced labour").click()
    page.get_by_text("Refer for assessment").first.wait_for()
    assert page.get_by_text("Was money borrowed for it and is debt left?").first.is_visible()
    look()

    page.get_by_role("link", name="Refer a worker").click()
    look()
    page.get_by_role("link", name="An adult").click()
    look()
    for label in ("Asked whether the person is safe now", "Help numbers given in a safe way"):
        page.get_by_label(label).check()
    page.get_by_label("within a day").check()
    for box in page.locator("input[name=explained]").all():
        box.check()
    page.get_by_label("Language it was explained in").select_option("ne")
    page.get_by_label("agreed", exact=True).check()
    page.locator("#id_field_name").fill("Maya")
    page.get_by_label("May be shared: Name").check()
    page.locator("#id_field_safe_contact").fill("Evenings, by message")
    page.get_by_label("May be shared: How and when").check()
    page.locator("#id_field_risks").fill("Lodging belongs to the employer")
    page.locator("#id_partner").select_option(label="Harbour Shelter")
    page.get_by_label("Safe shelter or housing").check()
    page.get_by_role("button", name="Record and send").click()
    page.get_by_text("The referral is recorded.").wait_for()
    look()
    referral = Referral.objects.get()
    assert referral.stands == Stage.SENT

    page.goto(f"{live_server.url}/workspace/inspections/visits/{visit.ref}/findings/")
    look()
    page.get_by_role("link", name="Make it a finding DOC-01").click()
    look()
    page.locator("#id_statement").fill("Identity documents are kept by the employer.")
    page.locator("#id_required_action").fill("Return all identity documents at once.")
    page.locator("#id_deadline").fill((timezone.localdate() + timedelta(days=2)).isoformat())
    page.get_by_role("button", name="Record the finding").click()
    page.get_by_text("The finding is recorded.").wait_for()
    look()

    page.goto(f"{live_server.url}/workspace/inspections/visits/{visit.ref}/close/")
    look()
    for legend in range(1, 9):
        choose(page, f"CLO-{legend:02d}", "Yes")
    page.get_by_role("button", name="Close the visit").click()
    page.get_by_text("The visit is closed.").wait_for()

    page.get_by_role("link", name="Report", exact=True).click()
    look()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as PDF").click()
    with open(download.value.path(), "rb") as file:
        text = "\n".join(part.extract_text() for part in PdfReader(BytesIO(file.read())).pages)
    assert visit.ref in text
    assert "Identity documents are kept" in text
    assert "GRV-" not in text

    page.goto(f"{live_server.url}/workspace/inspections/visits/{visit.ref}/letter/")
    look()
    page.get_by_role("button", name="Issue the letter").click()
    page.get_by_role("heading", name="Inspection letter").wait_for()
    look()
    body = page.content()
    assert visit.ref not in body
    assert "GRV-" not in body

    sign_in(page, partner_user)
    page.goto(f"{live_server.url}/workspace/")
    look()
    page.get_by_role("link", name=referral.ref).click()
    look()
    assert page.get_by_text("Maya").is_visible()
    assert not page.get_by_text("Lodging belongs").count()
    page.get_by_label("accepted", exact=True).check()
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_text("Your answer is sent.").wait_for()


def test_answers_survive_without_a_network_and_leave_nothing_readable_on_the_phone(
    page: Any, live_server: Any, rosa: User, sign_in: Callable[..., None]
) -> None:
    visit = plan(rosa)
    from inspections.services import fieldwork

    fieldwork.start(visit, actor=rosa, no_interest=True)
    sign_in(page, rosa)
    page.goto(f"{live_server.url}/workspace/inspections/visits/{visit.ref}/sections/MOV/")
    page.context.set_offline(True)
    choose(page, "MOV-03", "No")
    page.locator("#q-MOV-03").get_by_label("What you saw or heard").fill("Phones lie in a box at the gate.")
    page.get_by_text("kept on this phone, encrypted").wait_for()
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "safeconduct." in kept
    assert "gate" not in kept
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#q-MOV-03").get_by_label("No", exact=True)).to_be_checked()
    expect(page.locator("#q-MOV-03").get_by_label("What you saw or heard")).to_have_value(
        "Phones lie in a box at the gate."
    )
    page.get_by_role("button", name="Save and go back").click()
    page.get_by_text("Saved.").wait_for()
    assert standing(visit.ref, visit.version).answer("MOV-03").value == "no"
    page.goto(f"{live_server.url}/workspace/inspections/visits/{visit.ref}/sections/MOV/")
    page.wait_for_timeout(800)
    assert "safeconduct." not in page.evaluate("JSON.stringify(localStorage)")


@pytest.mark.browser_context_args(java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="ar")
def test_a_section_is_answered_in_arabic_without_javascript(
    page: Any, live_server: Any, rosa: User, sign_in: Callable[..., None]
) -> None:
    visit = plan(rosa)
    from inspections.services import fieldwork

    fieldwork.start(visit, actor=rosa, no_interest=True)
    sign_in(page, rosa)
    page.context.add_cookies([{"name": "django_language", "value": "ar", "url": live_server.url}])
    page.goto(f"{live_server.url}/workspace/inspections/visits/{visit.ref}/sections/HRS/")
    page.locator("#q-HRS-03 input[value=yes]").check()
    page.locator("button[value=back]").click()
    page.wait_for_url(f"**/visits/{visit.ref}/")
    assert standing(visit.ref, visit.version).answer("HRS-03").value == "yes"


def test_the_inspectors_pages_weigh_little(
    page: Any, live_server: Any, rosa: User, sign_in: Callable[..., None]
) -> None:
    visit = plan(rosa)
    sign_in(page, rosa)
    weights: list[int] = []
    page.on("response", lambda response: weights.append(len(response.body())))
    page.goto(f"{live_server.url}/workspace/inspections/visits/{visit.ref}/sections/WAG/", wait_until="networkidle")
    assert sum(weights) <= 120_000
