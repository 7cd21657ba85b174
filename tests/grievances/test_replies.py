"""A respondent has his say without learning who complained: codes only, on a clock, his answer sealed with the case."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.keyring import Locked
from core.models import Account, AuditEntry, Notice
from core.roles import AccountKind, Role
from grievances import services
from grievances.forms.cases import EnteredReplyForm
from grievances.models import Accused, Clock, Reply, ReplyRequest
from grievances.remedy import DECIDED_BY_AUTHORITY, Outcome
from grievances.services import following, keeping, replies
from grievances.services.replies import Answer, Question, ReplyRefused
from parties.models import Party
from tests.factories import make_party, make_user
from tests.grievances.builders import make_case, make_grievance, make_recruiter
from tests.keys import present

pytestmark = pytest.mark.django_db
YES = {"investigate": True, "share_without_name_with_employer": True}
SEEN = ("so_soon", "nobody_else", "workforce_unknown", "few_workers", "pointed_category", "name_told", "place_and_time")
WORDS = "Nobody took anything from anybody."


@pytest.fixture
def agency(omar) -> Party:
    """Return the agency that Omar works for, registered, of 900 people."""
    found = make_recruiter("Golden Bridge Manpower").party
    found.account = Account.objects.get(name="Golden Bridge Manpower")
    found.employees = 900
    found.save()
    return found


def accused_case(nadia, party: Party, part: str = "recruiter", codes=("FEE", "DOC"), **consents: bool):
    grievance = make_grievance(codes, consents={**YES, **consents}, country="QA")
    services.link_accused(grievance, party, part=part, actor=nadia)
    return make_case(nadia, grievance, priority="urgent")


def question(party: Party, **fields) -> Question:
    return Question(party, **{"categories": ("FEE",), "agreed_channel": "phone", **fields})


def ask(case, party: Party, nadia, **fields) -> ReplyRequest:
    return replies.ask(case, question(party, **fields), weighed=SEEN, actor=nadia)


def test_he_is_asked_in_codes_that_she_agreed_to_and_learns_nothing_else(nadia, omar, agency) -> None:
    case = accused_case(nadia, agency)
    request = ask(case, agency, nadia, told={"country": "QA"})
    assert request.content == {"categories": ["FEE"], "country": "QA"}
    assert request.way == "account"
    told = repr(request.content) + request.ref
    assert case.ref not in told
    assert case.grievance.ref not in told
    assert replies.read_question(request, actor=omar) == ""
    assert ReplyRequest.objects.get().read_on == timezone.localdate()
    assert case.grievance.status == "under_inquiry"
    assert list(Notice.objects.filter(user=omar).values_list("code", "subject_ref")) == [("reply.asked", request.ref)]


def test_where_she_said_no_the_service_refuses_whatever_a_page_sends(nadia, omar, agency) -> None:
    employer = make_party("Silver Towers", employees=900)
    case = accused_case(nadia, employer, "employer", share_without_name_with_employer=False)
    with pytest.raises(ReplyRefused) as refused:
        ask(case, employer, nadia)
    assert refused.value.disclosure is not None
    assert refused.value.disclosure.refusals == ("employer_not_told",)
    named = accused_case(nadia, employer, "employer")
    with pytest.raises(ReplyRefused):
        ask(named, employer, nadia, name="Wira")
    silent = accused_case(nadia, agency, investigate=False)
    with pytest.raises(ReplyRefused):
        ask(silent, agency, nadia)
    with pytest.raises(ReplyRefused):
        ask(accused_case(nadia, agency), agency, nadia, agreed_channel="")
    assert not ReplyRequest.objects.exists()
    assert not Notice.objects.filter(user=omar).exists()


def test_a_risk_that_the_handler_has_not_seen_sends_nothing(nadia, agency) -> None:
    agency.employees = 7
    agency.save()
    case = accused_case(nadia, agency)
    with pytest.raises(ReplyRefused) as refused:
        replies.ask(case, question(agency), weighed=("nobody_else",), actor=nadia)
    assert refused.value.disclosure is not None
    assert set(refused.value.disclosure.risks) == {"few_workers", "nobody_else", "so_soon"}
    sent = replies.ask(case, question(agency), weighed=("few_workers", "nobody_else", "so_soon"), actor=nadia)
    assert set(sent.risks) == {"few_workers", "nobody_else", "so_soon"}


def test_others_who_complained_within_a_year_make_one_person_stand_out_less(nadia, agency) -> None:
    accused_case(nadia, agency)
    assert "nobody_else" not in replies.weigh(accused_case(nadia, agency), question(agency)).risks


def test_only_a_confirmed_party_is_asked_and_only_once_until_it_answers(nadia, agency) -> None:
    case = accused_case(nadia, agency)
    other = make_party("Not accused")
    services.link_accused(case.grievance, other, part="other", actor=nadia)
    Accused.objects.filter(party=other).update(basis="possible")
    with pytest.raises(ReplyRefused, match="confirmed"):
        ask(case, other, nadia)
    ask(case, agency, nadia)
    with pytest.raises(ReplyRefused, match="already"):
        ask(case, agency, nadia)


def test_the_answer_is_sealed_with_the_case_and_not_even_he_opens_it_again(nadia, omar, agency) -> None:
    with present(nadia):
        case = accused_case(nadia, agency)
    request = ask(case, agency, nadia)
    given = Answer("denies", WORDS, offers=("fees_repaid",), undertakes=True, file=b"%PDF-1.4 our receipt")
    reply = replies.answer(request, given, actor=omar)
    assert reply.body is not None
    assert reply.body.strongbox_id == case.grievance.strongbox_id
    assert reply.file is not None
    assert reply.file.original.strongbox_id == case.grievance.strongbox_id
    with pytest.raises(Locked):
        replies.read_reply(reply, actor=nadia, reason="verify")
    with present(nadia):
        assert replies.read_reply(reply, actor=nadia, reason="verify") == WORDS
    with present(omar), pytest.raises(PermissionDenied):
        replies.read_reply(reply, actor=omar, reason="verify")
    clock = Clock.objects.get(kind="reply")
    assert clock.met_at is not None
    held = repr(list(AuditEntry.objects.values_list("facts", flat=True)))
    assert WORDS not in held
    assert "Golden" not in held


def test_he_undertakes_that_nobody_is_treated_worse_or_the_answer_is_not_taken(nadia, omar, agency) -> None:
    request = ask(accused_case(nadia, agency), agency, nadia)
    with pytest.raises(ReplyRefused, match="treated worse"):
        replies.answer(request, Answer("denies", WORDS), actor=omar)
    replies.answer(request, Answer("denies", WORDS, undertakes=True), actor=omar)
    with pytest.raises((ReplyRefused, PermissionDenied)):
        replies.answer(ReplyRequest.objects.get(), Answer("accepts", undertakes=True), actor=omar)


@pytest.mark.parametrize("item", sorted(DECIDED_BY_AUTHORITY))
def test_what_only_an_authority_decides_he_is_not_shown_and_cannot_offer_whatever_a_page_sends(
    client, nadia, omar, agency, item
) -> None:
    request = ask(accused_case(nadia, agency), agency, nadia)
    client.force_login(omar)
    url = f"/workspace/replies/{request.ref}/"
    page = client.get(url).content.decode()
    assert f'value="{item}"' not in page
    assert 'value="transfer_allowed"' in page
    sent = {"stand": "accepts", "words": "x", "offers": ["fees_repaid", item], "undertakes": "on", "form_key": "k"}
    assert client.post(url, sent).status_code == 422
    with pytest.raises(ReplyRefused, match="Only an authority"):
        replies.answer(request, Answer("accepts", offers=("fees_repaid", item), undertakes=True), actor=omar)
    assert not Reply.objects.exists()
    assert f'value="{item}"' not in str(EnteredReplyForm()["offers"])


def test_a_respondent_without_an_account_is_written_to_and_the_answer_is_entered(nadia) -> None:
    party = make_party("Hidden Broker", employees=40)
    case = accused_case(nadia, party)
    request = ask(case, party, nadia)
    assert request.way == "letter"
    reply = replies.enter_answer(request, Answer("partly", WORDS, channel="letter"), actor=nadia)
    assert (reply.channel, reply.by) == ("letter", nadia)


def test_nobody_else_sees_or_answers_what_an_organisation_is_asked(nadia, omar, quentin, agency) -> None:
    request = ask(accused_case(nadia, agency), agency, nadia)
    rival = make_user("rival", Role.RECRUITER_MEMBER, account="Rival Agency", kind=AccountKind.RECRUITER)
    for stranger in (rival, quentin, nadia):
        assert not ReplyRequest.objects.visible_to(stranger).exists()
        with pytest.raises(PermissionDenied):
            replies.answer(request, Answer("denies", undertakes=True), actor=stranger)
    assert ReplyRequest.objects.visible_to(omar).exists()


def test_her_no_of_this_minute_ends_the_question_at_once(nadia, quentin) -> None:
    employer = make_party("Northwind Apparel", employees=900)
    employer.account = Account.objects.get(name="Northwind Apparel")
    employer.save()
    case = accused_case(nadia, employer, "employer")
    request = ask(case, employer, nadia)
    assert ReplyRequest.objects.visible_to(quentin).exists()
    following.change_contact(
        case.grievance, "receipt", {}, {**YES, "share_without_name_with_employer": False}, language="ne"
    )
    assert not ReplyRequest.objects.visible_to(quentin).exists()
    request.refresh_from_db()
    assert request.taken_back_on == timezone.localdate()
    assert not Notice.objects.filter(subject_ref=request.ref).exists()
    with pytest.raises(PermissionDenied):
        replies.answer(request, Answer("denies", undertakes=True), actor=quentin)
    assert Clock.objects.get(kind="reply").dropped_at is not None


def test_when_she_withdraws_nobody_is_asked_any_more(nadia, omar, agency) -> None:
    case = accused_case(nadia, agency)
    ask(case, agency, nadia)
    following.withdraw(case.grievance)
    assert not ReplyRequest.objects.visible_to(omar).exists()
    with pytest.raises(ReplyRefused):
        ask(case, agency, nadia)


def test_he_is_reminded_once_and_his_silence_escalates_once_also_after_two_days_down(nadia, omar, agency) -> None:
    request = ask(accused_case(nadia, agency), agency, nadia)
    Clock.objects.exclude(kind="reply").delete()
    start = timezone.now()
    before = start.replace(hour=12) + (request.due_on - start.date()) - timedelta(days=2)
    assert replies.remind(start) == 0
    assert [replies.remind(before), replies.remind(before), replies.remind(before + timedelta(days=2))] == [1, 0, 0]
    assert Notice.objects.filter(user=omar, code="reply.reminder").count() == 1
    late = before + timedelta(days=5)
    assert [keeping.escalate(late).clocks, keeping.escalate(late + timedelta(days=2)).clocks] == [1, 0]
    assert Notice.objects.filter(user=nadia, code="grievance.overdue").count() == 1


def test_no_case_ends_on_his_word_and_she_hears_it_first(nadia, omar, agency) -> None:
    with present(nadia):
        case = accused_case(nadia, agency)
        reply = replies.answer(ask(case, agency, nadia), Answer("denies", WORDS, undertakes=True), actor=omar)
        for harm in case.harms.all():
            services.harms.note_finding(harm, "not_substantiated", "respondent", actor=nadia)
        end = services.closing.judge(case, Outcome.NOT_SUBSTANTIATED)
        assert {blocker.code for blocker in end.blockers} == {"only_respondent_word", "reply_untold"}
        replies.tell_worker(reply, "They say that nothing was taken. What do you say?", actor=nadia)
        for harm in case.harms.all():
            services.harms.note_finding(harm, "not_substantiated", "documents", actor=nadia)
        assert services.closing.judge(case, Outcome.NOT_SUBSTANTIATED).allowed
    assert case.grievance.messages.filter(sender="handler").count() == 1


def test_a_case_that_ends_asks_nobody_any_longer(nadia, omar, agency) -> None:
    asha = make_user("asha", Role.CASE_OFFICER)
    case = accused_case(nadia, agency, codes=("WAG",))
    request = ask(case, agency, nadia, categories=("WAG",))
    for harm in case.harms.all():
        services.harms.note_finding(harm, "not_substantiated", "documents", actor=nadia)
    assert not services.close(case, Outcome.NOT_SUBSTANTIATED, actor=nadia)
    services.agree_to_close(case, actor=asha)
    request.refresh_from_db()
    assert request.taken_back_on == timezone.localdate()
    assert not ReplyRequest.objects.visible_to(omar).exists()
