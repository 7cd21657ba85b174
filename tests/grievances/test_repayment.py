"""The repayment of fees at work: entered, reckoned, planned, paid, confirmed; nothing closes while money is missing."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from core.models import AuditEntry, Notice
from grievances import services
from grievances.models import ClawbackCheck, Grievance, PaymentWord, RemedyStep, Repayment
from grievances.remedy import Outcome, Word
from grievances.services import RemedyRefused, StepPlan, following, repaying
from tests.factories import make_user
from tests.grievances.builders import make_case

pytestmark = pytest.mark.django_db
PROOF = b"%PDF-1.4 transfer"
D = Decimal
DAY = date(2025, 3, 1)
TERMS = repaying.Terms("QAR", DAY, "repatriated", D("10"), "court rate")


def make_step(nadia, item: str = "fees_repaid") -> RemedyStep:
    case = make_case(nadia)
    plan = StepPlan("restitution", item, "recruiter", timezone.localdate() + timedelta(days=30))
    return services.add_remedy_step(case, plan, actor=nadia)


def make_repayment(nadia) -> Repayment:
    return repaying.set_terms(make_step(nadia), TERMS, actor=nadia)


def fee(amount: str, currency: str = "QAR", paid_on: date = date(2024, 3, 1), **more) -> repaying.Fee:
    return repaying.Fee("FEE-A1", "subagent", currency, paid_on, {"individual_declaration": D(amount)}, **more)


def pay(repayment, nadia, amount: str, currency: str = "QAR", proof: bytes | None = PROOF):
    paid = repaying.Paid(timezone.localdate(), D(amount), currency, "own_account")
    return repaying.note_payment(repayment, paid, actor=nadia, proof=proof)


def test_the_step_shows_what_is_due_as_soon_as_it_can_be_reckoned(nadia) -> None:
    repayment = make_repayment(nadia)
    repaying.add_fee(repayment, fee("120000", "NPR"), actor=nadia)
    repayment.step.refresh_from_db()
    assert repayment.step.amount is None
    with pytest.raises(RemedyRefused, match="A rate from NPR to QAR on or before 2024-03-01 is missing"):
        repaying.reckoned(repayment)
    # 120,000 x 0.0274 = 3,288.00; one year at 10 %: 328.80
    repaying.set_rate(repayment, "NPR", date(2024, 3, 1), D("0.0274"), "Nepal Rastra Bank", actor=nadia)
    repayment.step.refresh_from_db()
    assert (repayment.step.amount, repayment.step.currency) == (D("3616.80"), "QAR")


def test_interest_without_a_source_is_refused(nadia) -> None:
    with pytest.raises(RemedyRefused, match="where the rate of interest comes from"):
        repaying.set_terms(make_step(nadia), repaying.Terms("QAR", DAY, "current", D("5")), actor=nadia)


def test_only_a_step_about_fees_is_reckoned(nadia) -> None:
    with pytest.raises(RemedyRefused):
        repaying.set_terms(make_step(nadia, "passport_returned"), TERMS, actor=nadia)


def test_a_fee_struck_off_no_longer_counts_and_stays_as_history(nadia) -> None:
    repayment = make_repayment(nadia)
    first = repaying.add_fee(repayment, fee("100", paid_on=DAY), actor=nadia)
    repaying.add_fee(repayment, fee("50", paid_on=DAY), actor=nadia)
    repaying.strike_fee(first, actor=nadia)
    assert repaying.reckoned(repayment).due == D("50.00")
    assert repayment.items.count() == 2


def test_a_proven_payment_waits_for_her_word_and_her_word_through_the_receipt_settles_it(nadia) -> None:
    repayment = make_repayment(nadia)
    repaying.add_fee(repayment, fee("100", paid_on=DAY), actor=nadia)
    pay(repayment, nadia, "100")
    step = RemedyStep.objects.get(pk=repayment.step_id)
    assert step.state == "delivered"
    assert not repaying.reckoned(repayment).settled
    assert following.say_about_step(step, Word.ALL)
    assert repaying.reckoned(repayment).settled


def test_an_instalment_after_her_word_waits_for_her_word_again(nadia) -> None:
    repayment = make_repayment(nadia)
    repaying.add_fee(repayment, fee("100", paid_on=DAY), actor=nadia)
    pay(repayment, nadia, "60")
    following.say_about_step(RemedyStep.objects.get(pk=repayment.step_id), Word.ALL)
    pay(repayment, nadia, "40")
    assert RemedyStep.objects.get(pk=repayment.step_id).state == "delivered"
    found = repaying.reckoned(repayment)
    assert (found.confirmed, found.waiting, found.outstanding) == (D("60.00"), D("40.00"), D(0))


def test_her_no_leaves_the_money_owed(nadia) -> None:
    repayment = make_repayment(nadia)
    repaying.add_fee(repayment, fee("100", paid_on=DAY), actor=nadia)
    pay(repayment, nadia, "100")
    following.say_about_step(RemedyStep.objects.get(pk=repayment.step_id), Word.NONE)
    assert repaying.reckoned(repayment).outstanding == D("100.00")


def test_a_part_names_how_much_of_it_she_got(nadia) -> None:
    repayment = make_repayment(nadia)
    repaying.add_fee(repayment, fee("100", paid_on=DAY), actor=nadia)
    payment = pay(repayment, nadia, "100")
    with pytest.raises(RemedyRefused, match="how much of it she got"):
        repaying.keep_word(payment, Word.PART, channel="phone", actor=nadia)
    repaying.keep_word(payment, Word.PART, channel="phone", actor=nadia, received=D("70"))
    found = repaying.reckoned(repayment)
    assert (found.confirmed, found.disputed) == (D("70.00"), D("30.00"))


def test_without_proof_nothing_is_delivered(nadia) -> None:
    repayment = make_repayment(nadia)
    repaying.add_fee(repayment, fee("100", paid_on=DAY), actor=nadia)
    pay(repayment, nadia, "100", proof=None)
    assert RemedyStep.objects.get(pk=repayment.step_id).state == "proposed"
    assert repaying.reckoned(repayment).outstanding == D("100.00")


def test_a_familys_account_is_refused_while_the_worker_lives(nadia) -> None:
    paid = repaying.Paid(DAY, D(1), "QAR", "family_account")
    with pytest.raises(RemedyRefused, match="cannot be paid in this way"):
        repaying.note_payment(make_repayment(nadia), paid, actor=nadia, proof=PROOF)


def test_a_case_with_money_missing_does_not_close_as_put_right(nadia) -> None:
    repayment = make_repayment(nadia)
    case = repayment.step.case
    repaying.add_fee(repayment, fee("100", paid_on=DAY), actor=nadia)
    pay(repayment, nadia, "60")
    services.set_root_cause(case, "fees_in_chain", actor=nadia)
    following.say_about_step(RemedyStep.objects.get(pk=repayment.step_id), Word.ALL)
    with pytest.raises(services.CloseRefused) as refused:
        services.close(case, Outcome.RESOLVED_CONFIRMED, actor=nadia)
    assert refused.value.closing is not None
    assert {each.code for each in refused.value.closing.blockers} == {"still_unpaid"}
    pay(repayment, nadia, "40")
    following.say_about_step(RemedyStep.objects.get(pk=repayment.step_id), Word.ALL)
    services.close(case, Outcome.RESOLVED_CONFIRMED, actor=nadia)


def test_handlers_are_told_once_of_a_check_and_money_taken_back_opens_the_step_again(nadia) -> None:
    repayment = make_repayment(nadia)
    repaying.add_fee(repayment, fee("100", paid_on=DAY), actor=nadia)
    pay(repayment, nadia, "100")
    step = RemedyStep.objects.get(pk=repayment.step_id)
    following.say_about_step(step, Word.ALL)
    first, second = repayment.checks.all()
    later = timezone.now() + timedelta(days=33)
    assert (repaying.ask_about_clawback(later), repaying.ask_about_clawback(later)) == (1, 0)
    assert Notice.objects.filter(code="grievance.clawback_check").exists()
    repaying.note_check(first, ClawbackCheck.Result.ASKED, actor=nadia)
    assert RemedyStep.objects.get(pk=step.pk).state == "disputed"
    assert second.due_on == timezone.localdate() + timedelta(days=180)


def test_nobody_is_told_to_ask_a_worker_whose_words_and_contact_are_gone(nadia) -> None:
    repayment = make_repayment(nadia)
    repaying.add_fee(repayment, fee("100", paid_on=DAY), actor=nadia)
    pay(repayment, nadia, "100")
    Grievance.objects.update(emptied_on=timezone.localdate())
    assert repaying.ask_about_clawback(timezone.now() + timedelta(days=33)) == 0


def test_money_taken_back_after_the_case_was_closed_opens_it_again(nadia) -> None:
    repayment = make_repayment(nadia)
    case = repayment.step.case
    repaying.add_fee(repayment, fee("100", paid_on=DAY), actor=nadia)
    pay(repayment, nadia, "100")
    services.set_root_cause(case, "fees_in_chain", actor=nadia)
    following.say_about_step(RemedyStep.objects.get(pk=repayment.step_id), Word.ALL)
    assert services.close(case, Outcome.RESOLVED_CONFIRMED, actor=nadia)
    check = ClawbackCheck.objects.select_related("repayment__step__case__grievance").first()
    assert check is not None
    repaying.note_check(check, ClawbackCheck.Result.ASKED, actor=nadia)
    assert case.state == "reopened"
    assert Grievance.objects.get().keep_until is None
    assert RemedyStep.objects.get(pk=repayment.step_id).state == "disputed"


def test_a_proof_of_payment_opens_to_her_handlers_and_not_to_the_server(nadia) -> None:
    repayment = make_repayment(nadia)
    proof = pay(repayment, nadia, "1").proof
    assert proof is not None
    assert proof.original.strongbox_id == repayment.step.case.grievance.strongbox_id is not None


def test_the_trail_holds_codes_of_every_change_and_no_source_or_note(nadia) -> None:
    repayment = make_repayment(nadia)
    repaying.add_fee(repayment, fee("100", "NPR"), actor=nadia)
    repaying.set_rate(repayment, "NPR", DAY, D("0.03"), "the clerk Ramila", actor=nadia)
    verbs = set(AuditEntry.objects.filter(subject=repayment.step.case.ref).values_list("verb", flat=True))
    assert {"repayment.terms", "repayment.fee", "repayment.rate"} <= verbs
    assert "Ramila" not in str(list(AuditEntry.objects.values_list("facts", flat=True)))


def url(repayment, tail: str = "") -> str:
    step = repayment.step
    return f"/workspace/grievances/cases/{step.case.ref}/repayment/{step.number}/{tail}"


def post(client, repayment, tail: str, **values):
    return client.post(url(repayment, tail), values)


def test_a_case_officer_works_a_repayment_through_its_page(client, nadia) -> None:
    step = make_step(nadia)
    client.force_login(nadia)
    case_page = client.get(f"/workspace/grievances/cases/{step.case.ref}/").content.decode()
    address = f"/workspace/grievances/cases/{step.case.ref}/repayment/{step.number}/"
    assert address in case_page
    assert "Set the terms first" in client.get(address).content.decode()
    terms = {"currency": "QAR", "reckoned_on": "2025-03-01", "payee": "current", "interest_percent": ""}
    assert client.post(address + "terms/", {**terms, "form_key": "a"}).status_code == 302
    repayment = Repayment.objects.get()
    told = {
        "category": "FEE-A1",
        "collector": "recruiter",
        "paid_on": "2024-03-01",
        "currency": "USD",
        "amount": "300",
        "method": "individual_declaration",
        "form_key": "b",
    }
    assert post(client, repayment, "fees/", **told).status_code == 302
    assert post(client, repayment, "fees/", **told).status_code == 302  # a double click enters it once
    assert repayment.items.count() == 1
    assert "A rate from USD to QAR" in client.get(address).content.decode()
    rate = {"currency": "USD", "on": "2024-03-01", "value": "3.64", "source": "QCB", "form_key": "c"}
    assert post(client, repayment, "rates/", **rate).status_code == 302
    page = strip_tags(client.get(address).content.decode())
    assert "1,092.00 QAR" in page
    assert "300.00 USD" in page  # three places would be read as thousands
    assert post(client, repayment, "plan/", count="3", first_on="2025-04-01", form_key="d").status_code == 302
    assert [part.amount for part in repayment.parts.all()] == [D("364.000")] * 3
    paid = {"on": "2025-04-01", "amount": "364", "currency": "QAR", "way": "own_account", "form_key": "e"}
    assert post(client, repayment, "payments/", **paid).status_code == 302
    word = {"word": "all", "channel": "phone", "form_key": "f"}
    assert post(client, repayment, "payments/1/word/", **word).status_code == 302
    assert PaymentWord.objects.get().word == Word.ALL
    table = b"".join(client.get(url(repayment, "table.csv")).streaming_content).decode("utf-8-sig")
    assert "1,FEE-A1,2024-03-01,300.00,USD,3.64000000,2024-03-01,QCB,1092.00" in table


def test_what_was_typed_stays_when_a_form_is_refused(client, nadia) -> None:
    repayment = make_repayment(nadia)
    client.force_login(nadia)
    told = {
        "category": "FEE-A1",
        "collector": "recruiter",
        "paid_on": "2026-01-01",
        "currency": "QAR",
        "amount": "771.5",
        "method": "documented",
        "form_key": "k",
    }
    answer = post(client, repayment, "fees/", **told)
    assert answer.status_code == 422
    assert "771.5" in answer.content.decode()
    assert "after the day for which the repayment is reckoned" in answer.content.decode()
    assert not repayment.items.exists()


def test_strangers_find_no_repayment_and_nothing_of_it(client, nadia, farah, quentin) -> None:
    from core.roles import Role

    repayment = make_repayment(nadia)
    tied = make_user("tina", Role.CASE_OFFICER)
    services.recuse(repayment.step.case.grievance, reason="knows_party", actor=nadia)
    for user, expected in ((farah, {403, 404}), (quentin, {403, 404}), (nadia, {404})):
        client.force_login(user)
        for tail in ("", "table.csv"):
            assert client.get(url(repayment, tail)).status_code in expected
        assert post(client, repayment, "plan/", count="1", first_on="2025-04-01").status_code in expected
    client.force_login(tied)
    assert client.get(url(repayment)).status_code == 200


def test_the_page_costs_the_same_queries_for_few_and_many_fees(client, nadia) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    repayment = make_repayment(nadia)
    client.force_login(nadia)
    counts = []
    for number in (2, 20):
        for _ in range(number):
            repaying.add_fee(repayment, fee("10", paid_on=DAY), actor=nadia)
        client.get(url(repayment))
        with CaptureQueriesContext(connection) as seen:
            client.get(url(repayment))
        counts.append(len(seen))
    assert counts[0] == counts[1]
