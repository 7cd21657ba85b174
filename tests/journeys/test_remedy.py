"""What comes after a case is opened, in a browser: money back in parts, the other side, help, closing, and the end."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.models import Account
from grievances import services
from grievances.budgets import purse
from grievances.models import CaseReferral, ReplyRequest, SafetyCheck
from grievances.services import StepPlan, repaying
from tests.factories import make_user
from tests.grievances.builders import make_case, make_lodged, make_recruiter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c6360f8cf000000020101"
    "0040c4d7e30000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def full_purse() -> None:
    """Begin with full budgets."""
    purse.empty()


def _press(page: Any, name: str) -> None:
    """Press a button and wait for the page that follows."""
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name=name, exact=True).first.click()


def _phone(page: Any) -> Any:
    """Return the browser of somebody else, on a phone."""
    return page.context.browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True).new_page()


@pytest.fixture
def agency(omar: Any) -> Any:
    """Return the agency that Omar works for."""
    party = make_recruiter("Golden Bridge Manpower").party
    party.account, party.employees = Account.objects.get(name="Golden Bridge Manpower"), 400
    party.save()
    return party


def _owed(case: Any, nadia: Any) -> Any:
    """Let 300 QAR be owed in two parts."""
    plan = StepPlan("restitution", "fees_repaid", "recruiter", timezone.localdate())
    step = services.agree(services.add_remedy_step(case, plan, actor=nadia), actor=nadia).step
    day = date(2025, 3, 1)
    found = repaying.set_terms(step, repaying.Terms("QAR", day, "repatriated"), actor=nadia)
    taken = {"individual_declaration": Decimal("300")}
    repaying.add_fee(found, repaying.Fee("FEE-A1", "subagent", "QAR", day, taken), actor=nadia)
    repaying.plan_parts(found, 2, timezone.localdate(), actor=nadia)
    return found


def test_money_comes_back_in_parts_and_she_is_asked_about_each_amount(
    page: Any, live_server: Any, sign_in: Any, axe: Any, nadia: Any
) -> None:
    lodged = make_lodged(("FEE",), language="en")
    case = make_case(nadia, lodged.grievance)
    repayment = _owed(case, nadia)
    sign_in(page, nadia)
    page.goto(f"{live_server.url}/workspace/grievances/cases/{case.ref}/repayment/{repayment.step.number}/")
    page.locator("summary", has_text="Note a payment").click()
    form = page.locator("form[action$='/payments/']")
    form.locator("[name=on]").fill(timezone.localdate().isoformat())
    form.locator("[name=amount]").fill("150")
    form.locator("[name=currency]").select_option("QAR")
    form.locator("[name=way]").select_option("own_account")
    form.locator("[name=proof]").set_input_files({"name": "Sabina.png", "mimeType": "image/png", "buffer": PNG})
    with page.expect_navigation(wait_until="load"):
        form.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("Proven, waits for her word").first).to_be_visible()
    expect(page.locator("#plan li").first).to_contain_text("Paid")
    axe(page)

    hers = _phone(page)
    hers.goto(f"{live_server.url}/en/report/follow-up/")
    hers.fill("#id_receipt", lodged.receipt.digits)
    with hers.expect_navigation():
        hers.locator("main .actions .button").click()
    expect(hers.get_by_text("150.00 QAR")).to_be_visible()
    axe(hers)
    with hers.expect_navigation():
        hers.get_by_role("button", name="Yes, all of it").click()
    expect(hers.get_by_text("150.00 QAR")).to_have_count(0)
    hers.context.close()

    page.reload()
    expect(page.locator(".sums li").nth(1)).to_contain_text("150.00")
    expect(page.locator("#checks")).to_be_visible()  # whether it is taken back is asked later
    page.goto(f"{live_server.url}/workspace/grievances/cases/{case.ref}/")
    page.locator("summary", has_text="Close the case").click()
    page.locator("[name=root_cause]").select_option("fees_in_chain")
    page.locator("[name=outcome]").select_option("resolved_confirmed_by_worker")
    _press(page, "Close")
    expect(page.locator(".errors")).to_contain_text("not all of the money is paid back")
    assert case.state != "closed"


def test_the_other_side_answers_on_a_phone_and_learns_neither_who_nor_where(
    page: Any, live_server: Any, sign_in: Any, axe: Any, nadia: Any, omar: Any, agency: Any
) -> None:
    secret = ("Sabina", "Camp 7")
    grievance = make_lodged(("FEE", "DOC"), words="Sabina, Camp 7", country="QA").grievance
    services.link_accused(grievance, agency, part="recruiter", actor=nadia)
    case = make_case(nadia, grievance)
    sign_in(page, nadia)
    page.goto(f"{live_server.url}/workspace/grievances/cases/{case.ref}/ask/")
    page.locator("[name=categories][value=FEE]").check()
    page.fill("[name=name]", "Sabina")
    page.select_option("[name=agreed_channel]", "phone")
    _press(page, "Show what they would read")
    expect(page.get_by_text("This may not be told")).to_be_visible()
    assert page.get_by_role("button", name="Send it").count() == 0
    page.fill("[name=name]", "")
    _press(page, "Show what they would read")
    for box in page.locator("[name=weighed]").all():
        box.check()
    _press(page, "Send it")
    request = ReplyRequest.objects.get()

    his = _phone(page)
    sign_in(his, omar)
    his.goto(f"{live_server.url}/workspace/replies/")
    seen = [his.content()]
    with his.expect_navigation():
        his.get_by_role("link", name=request.ref).click()
    seen.append(his.content())
    axe(his)
    his.locator("[name=stand][value=denies]").check()
    his.fill("[name=words]", "We took nothing.")
    _press(his, "Seal and send the answer")
    expect(his.locator(".errors")).to_be_visible()  # nobody answers without the undertaking
    assert his.locator("[name=words]").input_value() == "We took nothing."
    his.locator("[name=undertakes]").check()
    _press(his, "Seal and send the answer")
    expect(his.get_by_text("You answered on")).to_be_visible()
    seen.append(his.content())
    for each in seen:
        for told in (*secret, case.ref, grievance.ref, "Nadia", "Passport, identity"):
            assert told not in each
    his.context.close()

    page.reload()
    page.select_option("[name=reason]", "verify")
    _press(page, "Open the words")
    expect(page.get_by_text("We took nothing.")).to_be_visible()
    page.go_back()
    page.go_forward()  # no form is sent again
    expect(page.get_by_text("We took nothing.")).to_be_visible()


def test_a_partner_asks_is_answered_accepts_and_loses_sight_when_she_takes_it_back(
    page: Any, live_server: Any, sign_in: Any, axe: Any, nadia: Any, partner_user: Any
) -> None:
    case = make_case(nadia, make_lodged(("HOU",)).grievance)
    sign_in(page, nadia)
    page.goto(f"{live_server.url}/workspace/grievances/cases/{case.ref}/refer/")
    for code in (
        "purpose",
        "receiver",
        "fields",
        "may_refuse",
        "may_withdraw",
        "no_police_needed",
        "employer_not_told",
    ):
        page.locator(f"[name=explained][value={code}]").check()
    page.locator("[name=basis][value=consent]").check()
    page.select_option("[name=agreed_channel]", "phone")
    page.locator("[name=tell_needs]").check()
    page.fill("[name=text_needs]", "A bed from tonight")
    page.select_option("[name=partner]", label="Harbour Shelter")
    page.select_option("[name=urgency]", "day")
    _press(page, "Record and send")
    made = CaseReferral.objects.get()
    hers, where = _phone(page), f"{live_server.url}/workspace/help/{made.ref}/"
    sign_in(hers, partner_user)
    hers.goto(where)
    expect(hers.get_by_text("A bed from tonight")).to_be_visible()
    axe(hers)
    hers.locator("[name=stage][value=returned]").check()
    hers.select_option("[name=reason]", "details_missing")
    hers.fill("[name=remark]", "For how many nights?")
    _press(hers, "Send the answer")

    page.reload()
    page.select_option("[name=reason]", "remedy")
    _press(page, "Open the words")
    expect(page.get_by_text("For how many nights?")).to_be_visible()
    axe(page)
    page.fill("[name=text_needs]", "A bed for three nights")
    _press(page, "Send again")

    hers.goto(where)
    expect(hers.get_by_text("A bed for three nights")).to_be_visible()
    hers.locator("[name=stage][value=accepted]").check()
    _press(hers, "Send the answer")
    page.reload()
    page.locator("summary", has_text="She takes it back").click()
    _press(page, "Take the referral back")
    assert hers.goto(where).status == 404
    hers.context.close()


def test_a_second_person_closes_asks_after_punishment_and_two_destroy_what_was_told(
    page: Any, live_server: Any, sign_in: Any, axe: Any, nadia: Any
) -> None:
    samir, grievance = make_user("samir", "case_officer"), make_lodged(("VIO",)).grievance
    case = make_case(nadia, grievance, priority="urgent")
    for days, channel in ((60, "phone"), (30, "receipt"), (1, "phone")):
        on = timezone.localdate() - timedelta(days=days)
        services.note_attempt(case, on=on, channel=channel, reached=False, actor=nadia)
    plan = StepPlan("guarantee_non_repetition", "policy_changed", "employer", timezone.localdate())
    step = services.agree(services.add_remedy_step(case, plan, actor=nadia), actor=nadia).step
    services.deliver(step, actor=nadia, decision_number="ORD-1")
    where = f"{live_server.url}/workspace/grievances/cases/{case.ref}/"
    sign_in(page, nadia)
    page.goto(where)
    page.locator("summary", has_text="Close the case").click()
    page.locator("[name=root_cause]").select_option("supervision")
    page.locator("[name=outcome]").select_option("resolved_not_confirmed_contact_lost")
    _press(page, "Close")
    expect(page.get_by_text("Somebody else must agree: you asked for it yourself.")).to_be_visible()
    assert page.get_by_role("button", name="I agree").count() == 0

    other = _phone(page)
    sign_in(other, samir)
    other.goto(where)
    axe(other)
    _press(other, "I agree")
    assert case.state == "closed"
    check = SafetyCheck.objects.filter(grievance=grievance).order_by("due_on")[0]
    check.due_on = timezone.localdate()
    check.save()
    other.goto(where)
    other.locator("summary", has_text="Note what she said").click()
    other.select_option("#safety [name=result]", "safe")
    other.select_option("#safety [name=channel]", "phone")
    with other.expect_navigation():
        other.locator("#safety button").click()
    check.refresh_from_db()
    assert check.result == "safe"

    kept = f"{live_server.url}/workspace/grievances/{grievance.ref}/kept/"
    page.goto(kept)
    page.locator("[name=erase]").select_option(index=1)
    _press(page, "Ask to destroy words, files and contact")
    assert page.get_by_role("button", name="Destroy it now").count() == 0, "nobody is the second person of her own wish"
    other.goto(kept)
    axe(other)
    _press(other, "Destroy it now")
    grievance.refresh_from_db()
    assert grievance.emptied_on == timezone.localdate()
    expect(other.get_by_text("The certificate counts")).to_be_visible()
    other.context.close()
