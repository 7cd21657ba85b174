"""A late part of a repayment has one clock, one notice, one escalation; a proof that comes later edits nothing."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core import due
from core.models import AuditEntry, Notice
from core.roles import Role
from grievances import services
from grievances.models import ClawbackCheck, Clock, Grievance, PaymentProof, RemedyStep, Repayment
from grievances.remedy import Outcome, Word
from grievances.repayment import Claim, Estimate, FeeItem, Method, Payment, missing_of, overdue, plan, reckon
from grievances.services import RemedyRefused, StepPlan, following, instalments, repaying
from grievances.services.instalments import late_for, warn_of_late_parts
from tests.factories import make_user
from tests.grievances.builders import make_case
from tests.grievances.walking import come_back, shown_receipt, walk
from tests.samples import photo

D = Decimal
PROOF = b"%PDF-1.4 transfer"
TODAY = date.today()  # noqa: DTZ011 - only a first day for the plans of these tests
NOW = timezone.now
database = pytest.mark.django_db


def make_plan(nadia, *, parts: int = 2, first: int = -1, total: str = "100", case=None) -> Repayment:
    """Return a repayment in monthly parts, the first of them due so many days from today."""
    case = case or make_case(nadia)
    step = services.add_remedy_step(
        case,
        StepPlan("restitution", "fees_repaid", "recruiter", timezone.localdate() + timedelta(days=90)),
        actor=nadia,
    )
    day = timezone.localdate() - timedelta(days=100)
    found = repaying.set_terms(step, repaying.Terms("QAR", day, "current"), actor=nadia)
    fee = repaying.Fee("FEE-A1", "subagent", "QAR", day, {"individual_declaration": D(total)})
    repaying.add_fee(found, fee, actor=nadia)
    repaying.plan_parts(found, parts, timezone.localdate() + timedelta(days=first), actor=nadia)
    return found


def pay(repayment, nadia, amount: str, proof: bytes | None = PROOF):
    paid = repaying.Paid(timezone.localdate(), D(amount), "QAR", "own_account")
    return repaying.note_payment(repayment, paid, actor=nadia, proof=proof)


def clocks_of(repayment) -> list[Clock]:
    return list(repayment.step.case.grievance.clocks.filter(kind="late_part").order_by("pk"))


def running(repayment) -> int:
    return sum(clock.met_at is None and clock.dropped_at is None for clock in clocks_of(repayment))


def told(user) -> int:
    return Notice.objects.filter(user=user, code="grievance.part_late").count()


def close_as_refused(step, nadia) -> None:
    services.set_root_cause(step.case, "fees_in_chain", actor=nadia)
    services.refuse(step, actor=nadia)
    if not services.close(step.case, Outcome.REFUSED, actor=nadia):
        services.agree_to_close(step.case, actor=make_user("second", Role.CASE_OFFICER))
    assert step.case.state == "closed"


@database
def test_a_late_part_starts_one_clock_and_tells_its_handler_once_however_often_the_job_runs(nadia) -> None:
    other = make_user("asha", Role.CASE_OFFICER)
    repayment = make_plan(nadia)
    services.take(repayment.step.case.grievance, actor=nadia)
    assert [warn_of_late_parts(NOW()) for _ in range(3)] == [1, 0, 0]
    assert (len(clocks_of(repayment)), told(nadia), told(other)) == (1, 1, 0)
    entry = AuditEntry.objects.get(verb="repayment.part_late")
    assert (entry.subject, entry.facts["part"], entry.facts["step"]) == (repayment.step.case.ref, 1, 1)
    assert "QAR" not in str(entry.facts)


@database
def test_a_part_is_not_late_on_its_own_day_in_the_office(nadia, settings) -> None:
    settings.OFFICE_TIME_ZONE = "Asia/Kathmandu"
    repayment = make_plan(nadia, first=5)
    day = repayment.parts.get(number=1).due_on
    zone = instalments.clockwork.office_zone()
    ends = datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=zone)
    assert warn_of_late_parts(ends - timedelta(minutes=1)) == 0
    assert warn_of_late_parts(ends) == 1


@database
def test_a_late_part_is_escalated_exactly_once_also_after_two_days_down(nadia, auditor) -> None:
    """The jobs run every six hours, twice each time, and are down for two days over the moment that the clock ends."""
    repayment = make_plan(nadia, first=3)
    grievance = repayment.step.case.grievance
    grievance.clocks.exclude(kind="late_part").delete()
    begun, warned, fired, ends = NOW(), [], [], None
    for turn in range(4 * 30):
        at = begun + timedelta(hours=6 * turn)
        if ends is not None and ends - timedelta(days=1) < at < ends + timedelta(days=1):
            continue
        for _twice in range(2):
            warned += [at] * warn_of_late_parts(at)
            fired += [at] * services.escalate(at).clocks
        ends = ends or (clocks_of(repayment)[0].due_at if warned else None)
    assert (len(warned), len(fired)) == (1, 1)
    assert fired[0] >= ends + timedelta(days=1)
    for user in (nadia, auditor):
        assert Notice.objects.filter(user=user, code="grievance.overdue", subject_ref=grievance.ref).count() == 1
    assert AuditEntry.objects.filter(verb="grievance.escalated", subject=grievance.ref).count() == 1


@database
def test_two_runs_that_meet_start_one_clock(nadia, monkeypatch) -> None:
    repayment = make_plan(nadia)
    real, other = instalments.transaction.atomic, []

    def meeting():
        if not other:
            other.append(None)
            other[0] = warn_of_late_parts(NOW())
        return real()

    monkeypatch.setattr(instalments.transaction, "atomic", meeting)
    assert (warn_of_late_parts(NOW()), other[0]) == (0, 1)
    assert len(clocks_of(repayment)) == 1


@database
@pytest.mark.parametrize("how", ["paid", "proven", "planned_anew", "refused", "fee_struck", "closed"])
def test_the_clock_stops_when_the_part_is_paid_or_owed_by_nobody_any_more(nadia, how) -> None:
    repayment = make_plan(nadia)
    warn_of_late_parts(NOW())
    assert running(repayment) == 1
    step = RemedyStep.objects.get(pk=repayment.step_id)
    if how == "paid":
        pay(repayment, nadia, "50")
    elif how == "proven":
        payment = pay(repayment, nadia, "50", proof=None)
        assert running(repayment) == 1, "without proof nothing has come"
        repaying.prove_payment(payment, PROOF, actor=nadia)
    elif how == "planned_anew":
        repaying.plan_parts(repayment, 2, timezone.localdate() + timedelta(days=9), actor=nadia)
    elif how == "refused":
        services.refuse(step, actor=nadia)
    elif how == "fee_struck":
        repaying.strike_fee(repayment.items.get(), actor=nadia)
    else:
        close_as_refused(step, nadia)
    assert running(repayment) == 0
    assert warn_of_late_parts(NOW()) == 0
    services.escalate(NOW() + timedelta(days=400))
    assert clocks_of(repayment)[0].escalated_at is None


@database
def test_less_than_the_part_does_not_stop_its_clock_and_what_she_never_got_is_late_again(nadia) -> None:
    repayment = make_plan(nadia)
    warn_of_late_parts(NOW())
    pay(repayment, nadia, "49.99")
    assert running(repayment) == 1
    rest = pay(repayment, nadia, "0.01")
    assert running(repayment) == 0
    repaying.keep_word(rest, Word.NONE, channel="phone", actor=nadia)
    assert [warn_of_late_parts(NOW()) for _ in range(2)] == [1, 0]
    assert [clock.met_at is None for clock in clocks_of(repayment)] == [False, True]


@database
def test_a_payment_in_a_currency_without_a_rate_does_not_silence_the_clock(nadia) -> None:
    repayment = make_plan(nadia)
    paid = repaying.Paid(timezone.localdate(), D("99999"), "NPR", "own_account")
    repaying.note_payment(repayment, paid, actor=nadia, proof=PROOF)
    assert warn_of_late_parts(NOW()) == 1


@database
def test_a_case_that_is_opened_again_is_told_of_anew(nadia) -> None:
    repayment = make_plan(nadia)
    step, case = RemedyStep.objects.get(pk=repayment.step_id), repayment.step.case
    warn_of_late_parts(NOW())
    close_as_refused(step, nadia)
    assert late_for(case.grievance, timezone.localdate()) == []
    following.reopen(Grievance.objects.get(pk=case.grievance_id))
    services.agree(RemedyStep.objects.get(pk=step.pk), actor=nadia)
    assert [warn_of_late_parts(NOW()) for _ in range(2)] == [1, 0]
    assert running(repayment) == 1


@database
def test_nobody_is_told_of_a_worker_whose_words_are_gone_and_where_nobody_may_handle_it_overseers_are(
    nadia, auditor
) -> None:
    gone, kept = make_plan(nadia), make_plan(nadia)
    Grievance.objects.filter(pk=gone.step.case.grievance_id).update(emptied_on=timezone.localdate())
    services.recuse(kept.step.case.grievance, reason="knows_party", actor=nadia)
    assert due.run_one("instalments", NOW()) == "1 late parts of repayments"
    assert (told(nadia), Notice.objects.filter(user=auditor, code="grievance.no_handler").exists()) == (0, True)


@database
def test_the_job_asks_as_often_for_many_parts_as_for_few(nadia) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for parts in (2, 24):
        Repayment.objects.all().delete()
        make_plan(nadia, parts=parts, first=-20)
        warn_of_late_parts(NOW())
        with CaptureQueriesContext(connection) as seen:
            warn_of_late_parts(NOW())
        counts.append(len(seen))
    assert counts[0] == counts[1]


@database
def test_the_case_page_and_the_repayment_say_what_is_late_and_the_case_page_until_when_what_is_due(
    client, nadia, settings
) -> None:
    settings.OFFICE_COUNTRY = "QA"
    repayment = make_plan(nadia)
    warn_of_late_parts(NOW())
    client.force_login(nadia)
    case = repayment.step.case
    page = client.get(f"/workspace/grievances/cases/{case.ref}/").content.decode()
    for words in ("Due", "See to the late part of the repayment", "50.00 QAR", "Overdue", "working day", "Resolve"):
        assert words in page
    assert (
        "The office works on Sunday · Monday · Tuesday · Wednesday · Thursday, except on public holidays (Qatar)."
        in page
    )
    client.cookies["django_language"] = "ar"
    page = client.get(f"/workspace/grievances/cases/{case.ref}/", headers={"accept-language": "ar"}).content.decode()
    assert "See to the late part" not in page
    assert "working day" not in page


@database
def test_her_page_says_in_plain_words_that_a_payment_is_late_and_stops_saying_so_once_it_came(nadia) -> None:
    phone = Client(REMOTE_ADDR="203.0.113.7")
    receipt = shown_receipt(walk(phone).content.decode())
    repayment = make_plan(nadia, case=make_case(nadia, Grievance.objects.get()))
    come_back(phone, receipt, "en")

    def read(language: str = "en") -> str:
        return phone.get(f"/{language}/report/follow-up/case/").content.decode()

    assert "A payment to you is late. It was due by" in read()
    assert "50.00 QAR" in read()
    assert "A payment to you is late" not in read("ar")
    repaying.plan_parts(repayment, 50, timezone.localdate() - timedelta(days=400), actor=nadia)
    assert read().count("A payment to you is late") == 1, "one sum, however many parts"
    assert "28.00 QAR" in read()
    repaying.plan_parts(repayment, 2, timezone.localdate() - timedelta(days=1), actor=nadia)
    pay(repayment, nadia, "50")
    assert "A payment to you is late" not in read()


# --- a proof that comes later ---


@database
def test_a_proof_that_comes_later_is_a_row_of_its_own_and_the_payment_stays_as_it_was(nadia) -> None:
    repayment = make_plan(nadia)
    payment = pay(repayment, nadia, "100", proof=None)
    before = {
        name: getattr(payment, name) for name in ("number", "on", "amount", "currency", "way", "proof_id", "by_id")
    }
    assert repaying.reckoned(repayment).outstanding == D("100.00")
    repaying.prove_payment(payment, PROOF, actor=nadia)
    payment.refresh_from_db()
    assert {name: getattr(payment, name) for name in before} == before
    found = repaying.reckoned(repayment)
    assert (found.waiting, found.unproven, found.outstanding) == (D("100.00"), D(0), D(0))
    assert RemedyStep.objects.get(pk=repayment.step_id).state == "delivered"
    assert ClawbackCheck.objects.filter(repayment=repayment).count() == 2
    assert repayment.payments.count() == 1
    entry = AuditEntry.objects.get(verb="repayment.proven")
    assert (entry.actor, entry.facts["number"]) == (nadia.audit_code, 1)
    sealed = PaymentProof.objects.get().proof.original.strongbox_id
    assert sealed == repayment.step.case.grievance.strongbox_id is not None


@database
def test_a_proof_does_not_take_the_place_of_her_word_but_she_is_asked_again(nadia) -> None:
    repayment = make_plan(nadia, parts=1, first=9)
    payment = pay(repayment, nadia, "100")
    step = RemedyStep.objects.get(pk=repayment.step_id)
    following.say_about_step(step, Word.NONE)
    repaying.prove_payment(payment, PROOF, actor=nadia)
    found = repaying.reckoned(repayment)
    assert (found.disputed, found.outstanding) == (D("100.00"), D("100.00"))
    step = RemedyStep.objects.get(pk=step.pk)
    assert step.state == "delivered"
    following.say_about_step(step, Word.NONE)
    assert payment.words.count() == 2
    assert repaying.reckoned(repayment).disputed == D("100.00")
    repaying.prove_payment(payment, PROOF + b"2", actor=nadia)
    following.say_about_step(RemedyStep.objects.get(pk=step.pk), Word.ALL)
    assert repaying.reckoned(repayment).settled
    repaying.prove_payment(payment, PROOF + b"3", actor=nadia)
    assert following.say_about_step(RemedyStep.objects.get(pk=step.pk), Word.ALL)
    assert payment.words.count() == 3, "what she confirmed is not asked about again"


@database
def test_no_proof_is_added_to_a_closed_case_or_by_whoever_may_not_handle_it(nadia, quentin) -> None:
    from django.core.exceptions import PermissionDenied
    from django.http import Http404

    repayment = make_plan(nadia)
    payment = pay(repayment, nadia, "10", proof=None)
    with pytest.raises((PermissionDenied, Http404)):
        repaying.prove_payment(payment, PROOF, actor=quentin)
    step = RemedyStep.objects.get(pk=repayment.step_id)
    close_as_refused(step, nadia)
    with pytest.raises(RemedyRefused, match="closed"):
        repaying.prove_payment(payment, PROOF, actor=nadia)
    assert not PaymentProof.objects.exists()


@database
def test_a_case_officer_adds_the_proof_on_the_page_once_and_reads_it_there(client, nadia) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    repayment = make_plan(nadia)
    pay(repayment, nadia, "10", proof=None)
    client.force_login(nadia)
    address = f"/workspace/grievances/cases/{repayment.step.case.ref}/repayment/1/"
    assert "Add the proof" in client.get(address).content.decode()
    refused = client.post(f"{address}payments/1/proof/", {"form_key": "k"})
    assert refused.status_code == 422
    assert 'id="prove_proof"' in refused.content.decode()
    for _twice in range(2):
        sent = {"proof": SimpleUploadedFile("slip.jpg", photo()), "form_key": "k"}
        assert client.post(f"{address}payments/1/proof/", sent).status_code == 302
    row = PaymentProof.objects.get()
    page = client.get(address).content.decode()
    assert "proof added on" in page
    assert "Add another proof" in page
    assert client.get(f"{address}files/{row.proof.ref}/").status_code == 200
    assert client.post(f"{address}payments/7/proof/", {"form_key": "l"}).status_code == 404
    other = make_plan(nadia)
    foreign = f"/workspace/grievances/cases/{other.step.case.ref}/repayment/1/files/{row.proof.ref}/"
    assert client.get(foreign).status_code == 404


# --- which money pays which part, whatever happens meanwhile ---

amounts = st.decimals(min_value=1, max_value=5000, places=2)


def fees(*sums: Decimal) -> tuple[FeeItem, ...]:
    return tuple(
        FeeItem(number, "FEE-A1", "QAR", TODAY, (Estimate(Method.FLAT, each),)) for number, each in enumerate(sums)
    )


@given(amounts, st.integers(1, 6), st.lists(amounts, max_size=5), st.lists(amounts, max_size=5), amounts)
def test_a_fee_found_later_never_makes_a_paid_part_late_and_money_is_counted_once(
    owed, count, early, later, found
) -> None:
    payments = tuple(Payment(number, TODAY, each, "QAR", proven=True) for number, each in enumerate((*early, *later)))
    before = reckon(Claim("QAR", TODAY, fees(owed), payments=payments[: len(early)]))
    if before.outstanding < D("0.01") * count:
        return
    parts = plan(before.outstanding, count, TODAY, currency="QAR")
    after = reckon(Claim("QAR", TODAY, fees(owed), payments=payments))
    more = reckon(Claim("QAR", TODAY, fees(owed, found), payments=payments))
    missing = missing_of(parts, after, before.came)
    assert missing == missing_of(parts, more, before.came), "a fee found later changes no part"
    assert sum((left for _part, left in missing), D(0)) == max(before.outstanding - sum(later, D(0)), D(0))
    assert missing == missing_of(parts, after), "without a new fee both ways to reckon agree"
    fewer = reckon(Claim("QAR", TODAY, fees(D(1)), payments=payments))
    assert sum((left for _part, left in missing_of(parts, fewer, before.came)), D(0)) <= fewer.outstanding
    assert {part.number for part, _left in overdue(parts, after, today=TODAY, came_before=before.came)} == set()
