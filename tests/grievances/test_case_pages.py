"""The pages of a case: what a respondent, a partner and a handler see, and what they never do."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from core.models import Account, AuditEntry
from core.roles import AccountKind, Role
from grievances import services
from grievances.models import CaseReferral, Reply, ReplyRequest, SafetyCheck
from grievances.referring import EXPLAINED
from grievances.services import referrals, replies
from parties.models import Party
from tests.factories import make_party, make_user
from tests.grievances.builders import make_case, make_grievance, make_recruiter
from tests.keys import give_pair, present, unlock_session

pytestmark = pytest.mark.django_db
BASE = "/workspace/grievances/cases/"
RISKS = ["so_soon", "few_workers", "nobody_else", "workforce_unknown"]


@pytest.fixture
def agency(omar) -> Party:
    """Return the agency that Omar works for, registered, with seven people."""
    found = make_recruiter("Golden Bridge Manpower").party
    found.account, found.employees = Account.objects.get(name="Golden Bridge Manpower"), 7
    found.save()
    return found


@pytest.fixture
def case(nadia, agency):
    with present(nadia):
        grievance = make_grievance(("FEE", "DOC"), country="QA")
    services.link_accused(grievance, agency, part="recruiter", actor=nadia)
    return make_case(nadia, grievance, priority="urgent")


@pytest.fixture
def desk(nadia) -> Client:
    client = Client()
    client.force_login(nadia)
    return client


def asked(case, party, **more) -> dict:
    return {"form_key": "k1", "party": party.ref, "categories": ["FEE"], "agreed_channel": "phone", **more}


def test_what_they_would_read_and_every_risk_is_shown_before_it_is_sent(desk, case, agency) -> None:
    empty = desk.get(f"{BASE}{case.ref}/ask/").content.decode()
    assert not re.search(r"<input[^>]* checked", empty)
    chosen = re.findall(r'<option value="([^"]*)" selected', empty.split("<footer")[0])
    assert set(chosen) <= {"", agency.ref}  # the only respondent there is; all else is for her to say
    looked = desk.post(f"{BASE}{case.ref}/ask/", asked(case, agency, country="on"))
    text = looked.content.decode()
    assert looked.status_code == 200
    assert "What they would read" in text
    assert "Qatar" in text
    assert "Fewer than 20 people work there" in text
    assert not ReplyRequest.objects.exists()
    unweighed = desk.post(f"{BASE}{case.ref}/ask/", asked(case, agency, send="1"))
    assert unweighed.status_code == 422
    assert not ReplyRequest.objects.exists()
    sent = desk.post(f"{BASE}{case.ref}/ask/", asked(case, agency, send="1", weighed=RISKS))
    request = ReplyRequest.objects.get()
    assert sent.headers["Location"] == f"{BASE}{case.ref}/asked/{request.ref}/"
    again = desk.post(f"{BASE}{case.ref}/ask/", asked(case, agency, send="1", weighed=RISKS))
    assert again.status_code == 302
    assert ReplyRequest.objects.count() == 1


def test_the_respondent_answers_once_on_his_own_page_and_learns_nothing_of_the_case(desk, case, agency, omar) -> None:
    desk.post(f"{BASE}{case.ref}/ask/", asked(case, agency, send="1", weighed=RISKS))
    request = ReplyRequest.objects.get()
    his = Client()
    his.force_login(omar)
    listed, page = his.get("/workspace/replies/"), his.get(f"/workspace/replies/{request.ref}/")
    for text in (listed.content.decode(), page.content.decode()):
        assert request.ref in text
        for secret in (case.ref, case.grievance.ref, "Nadia", "nadia", "few_workers", "Passport, identity"):
            assert secret not in text
    form = {"form_key": "r1", "stand": "denies", "words": "We took nothing.", "undertakes": "on"}
    unsigned = his.post(f"/workspace/replies/{request.ref}/", {**form, "undertakes": ""})
    assert unsigned.status_code == 422
    assert "We took nothing." in unsigned.content.decode()
    for _twice in range(2):
        assert his.post(f"/workspace/replies/{request.ref}/", form).status_code == 302
    assert Reply.objects.count() == 1
    assert "We took nothing." not in his.get(f"/workspace/replies/{request.ref}/").content.decode()
    where = f"{BASE}{case.ref}/asked/{request.ref}/"
    assert "We took nothing." not in desk.get(where).content.decode()
    read = desk.post(where, {"do": "read", "reason": "verify"}, follow=True)
    assert read.redirect_chain, "going back must not ask whether to send the form again"
    assert "We took nothing." in read.content.decode()
    for foreign in (f"{BASE}{case.ref}/", where, "/workspace/grievances/"):
        assert his.get(foreign).status_code == 404


def test_a_letter_says_what_is_told_and_an_entered_answer_stops_the_clock(desk, case, nadia) -> None:
    broker = make_party("Hidden Broker", employees=400)
    services.link_accused(case.grievance, broker, part="other", actor=nadia)
    request = replies.ask(case, replies.Question(broker, ("FEE",), agreed_channel="phone"), weighed=RISKS, actor=nadia)
    where = f"{BASE}{case.ref}/asked/{request.ref}/"
    letter = desk.get(f"{where}letter.pdf")
    assert letter.status_code == 200
    assert b"".join(letter).startswith(b"%PDF") if letter.streaming else letter.content.startswith(b"%PDF")
    entered = {"form_key": "e1", "do": "enter", "stand": "partly", "words": "Some of it.", "channel": "letter"}
    assert desk.post(where, entered).status_code == 302
    assert Reply.objects.get().channel == "letter"
    desk.post(where, {"form_key": "t1", "do": "tell", "words": "They say that some of it is so."})
    assert case.grievance.messages.filter(sender="handler").count() == 1
    assert Reply.objects.get().told_on is not None


def test_a_referral_is_made_on_its_page_with_only_what_is_ticked(desk, case, partner_user) -> None:
    shelter = Account.objects.get(name="Harbour Shelter")
    page = desk.get(f"{BASE}{case.ref}/refer/").content.decode()
    assert not re.search(r"<input[^>]* checked", page)
    form = {
        "form_key": "h1",
        "basis": "consent",
        "partner": shelter.pk,
        "urgency": "week",
        "explained": list(EXPLAINED),
        "agreed_channel": "phone",
        "tell_needs": "on",
        "text_needs": "A bed",
        "text_name": "Wira, typed and not ticked",
    }
    assert desk.post(f"{BASE}{case.ref}/refer/", form).status_code == 302
    made = CaseReferral.objects.get()
    assert list(made.fields.values_list("code", flat=True)) == ["needs"]
    hers = Client()
    hers.force_login(partner_user)
    assert "A bed" in hers.get(f"/workspace/help/{made.ref}/").content.decode()
    where = f"{BASE}{case.ref}/referrals/{made.ref}/"
    assert "A bed" not in desk.get(where).content.decode()
    assert desk.post(where, {"do": "back"}).status_code == 302
    assert hers.get(f"/workspace/help/{made.ref}/").status_code == 404


def test_harms_and_findings_are_put_down_on_the_cases_page(desk, case) -> None:
    where = f"{BASE}{case.ref}/"
    assert desk.post(f"{where}harms/", {"form_key": "a1", "category": "", "entitlement": ""}).status_code == 422
    desk.post(f"{where}harms/", {"form_key": "a2", "category": "WAG", "entitlement": "pay_in_full"})
    added = case.harms.get(category="WAG")
    desk.post(f"{where}harms/{added.number}/", {"result": "substantiated", "method": "documents"})
    assert added.findings.get().result == "substantiated"
    desk.post(f"{where}harms/{added.number}/", {"move": "strike"})
    added.refresh_from_db()
    assert added.struck_on is not None
    assert "WAG" not in {harm.category for harm in case.harms.filter(struck_on=None)}


def test_nobody_without_the_case_opens_any_of_its_pages(case, agency, nadia, omar, rosa, quentin, partner_user) -> None:
    request = replies.ask(case, replies.Question(agency, ("FEE",), agreed_channel="phone"), weighed=RISKS, actor=nadia)
    tied = make_user("tied", Role.CASE_OFFICER)
    herself = make_party("Tied Person", kind="person")
    herself.user = tied
    herself.save()
    services.link_accused(case.grievance, herself, part="other", actor=nadia)
    paths = [
        f"{BASE}{case.ref}/{end}" for end in ("ask/", f"asked/{request.ref}/", "refer/", f"asked/{request.ref}/file/")
    ]
    for user in (tied, omar, rosa, quentin, partner_user):
        client = Client()
        client.force_login(user)
        assert [client.get(path).status_code for path in paths] == [404] * len(paths), user
        if user not in (omar, quentin):
            assert client.get("/workspace/replies/").status_code == 404
        if user != partner_user:
            assert client.get("/workspace/help/").status_code == 404
    others = Client()
    others.force_login(quentin)
    assert others.get(f"/workspace/replies/{request.ref}/").status_code == 404
    assert request.ref not in others.get("/workspace/replies/").content.decode()


def test_what_she_said_about_her_safety_is_noted_by_its_day(desk, case) -> None:
    check = SafetyCheck.objects.create(grievance=case.grievance, due_on=timezone.localdate())
    where = f"{BASE}{case.ref}/checks/"
    noted = {"result": "retaliation", "form": "threats", "channel": "phone"}
    for nowhere in ("2026-02-31", "0", "99999999999999999999", "1999-01-01", "۲۰۲۶-۰۳-۱۴"):
        assert desk.post(f"{where}{nowhere}/", noted).status_code == 404
    assert desk.post(f"{where}{check.due_on.isoformat()}/", {"result": "retaliation"}).status_code == 422
    assert desk.post(f"{where}{check.due_on.isoformat()}/", noted).status_code == 302
    check.refresh_from_db()
    assert (check.result, check.form) == ("retaliation", "threats")
    assert desk.get(f"{BASE}{case.ref}/").status_code == 200


def test_what_a_partner_asks_and_what_the_first_person_wrote_is_read_for_a_reason(desk, case, partner_user) -> None:
    """What is sealed for a colleague can be read by one; and going back never asks whether to send the form again."""
    shelter = Account.objects.get(name="Harbour Shelter")
    desk.post(
        f"{BASE}{case.ref}/refer/",
        {
            "form_key": "n1",
            "basis": "consent",
            "partner": shelter.pk,
            "urgency": "week",
            "explained": list(EXPLAINED),
            "agreed_channel": "phone",
            "tell_needs": "on",
            "text_needs": "A bed",
        },
    )
    made, hers = CaseReferral.objects.get(), Client()
    hers.force_login(partner_user)
    answer = {"form_key": "p1", "stage": "returned", "reason": "details_missing", "remark": "For how many nights?"}
    assert hers.post(f"/workspace/help/{made.ref}/", answer).status_code == 302
    where = f"{BASE}{case.ref}/referrals/{made.ref}/"
    assert "For how many nights?" not in desk.get(where).content.decode()
    assert desk.post(where, {"do": "read", "reason": ""}).status_code == 422
    assert desk.post(where, {"do": "read", "reason": "remedy"}).status_code == 302
    assert "For how many nights?" in desk.get(where).content.decode()
    read = AuditEntry.objects.filter(verb="vault.opened", facts__purpose="grievance.referral_remark")
    assert [entry.facts["reason"] for entry in read] == ["remedy"]
    assert hers.get(where).status_code == 404


def test_a_second_person_reads_why_somebody_is_referred_without_consent_before_she_agrees(desk, nadia) -> None:
    samir, second = make_user("samir", Role.CASE_OFFICER), Client()
    give_pair(samir)
    with present(nadia):
        case = make_case(nadia, make_grievance(("VIO",), country="QA"), priority="urgent")
    wanted = referrals.Wanted(
        Account.objects.get_or_create(name="Harbour Shelter", kind=AccountKind.PARTNER)[0],
        "override",
        services=("safety",),
        urgency="now",
        told={"needs": "The door is locked."},
        override_reason="danger_to_life",
        override_note="She wrote that she is hurt.",
        notice="We asked people who can open the door.",
    )
    made = referrals.refer(case, wanted, actor=nadia)
    second.force_login(samir)
    unlock_session(second, samir)
    where = f"{BASE}{case.ref}/referrals/{made.ref}/"
    text = second.post(where, {"do": "read", "reason": "safety"}, follow=True).content.decode()
    assert "I agree" in text
    for words in ("She wrote that she is hurt.", "We asked people who can open the door."):
        assert words in text
        assert words not in desk.get(where).content.decode(), "opened for one is not opened for all"


def test_notes_on_harms_and_steps_are_read_for_a_reason_on_the_cases_page(desk, case) -> None:
    where = f"{BASE}{case.ref}/"
    assert "Notes are sealed" not in desk.get(where).content.decode()
    harm = {"form_key": "m1", "category": "WAG", "entitlement": "pay_in_full", "note": "Three months, she says."}
    assert desk.post(f"{where}harms/", harm).status_code == 302
    step = {
        "form_key": "m2",
        "harm": case.harms.get(category="DOC").number,
        "form": "restitution",
        "item": "passport_returned",
        "owner": "employer",
    }
    step |= {"due_on": timezone.localdate().isoformat(), "note": "It lies in the office safe."}
    assert desk.post(f"{where}steps/", step).status_code == 302
    closed = desk.get(where).content.decode()
    for words in ("Three months, she says.", "It lies in the office safe."):
        assert words not in closed
    assert "Notes are sealed" in closed
    assert desk.post(where, {"do": "read", "reason": "everything"}).status_code == 422
    opened = desk.post(where, {"do": "read", "reason": "remedy"}, follow=True)
    assert opened.redirect_chain
    for words in ("Three months, she says.", "It lies in the office safe."):
        assert words in opened.content.decode()
