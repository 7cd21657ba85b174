"""How cases of a simulated year are put right, or end otherwise; and what is asked of their workers afterwards."""

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from scripts.year_office import DAY, Matter, money

if TYPE_CHECKING:
    from scripts.year_office import Office

PARTS = 3
UNDER_WAY = {"not_delivered", "worker_disputes", "only_partly"}
"""What keeps a case open that comes right by itself in the months after."""


class Plan:
    """What the office's own book says of a plan: by when each part is due, how many came, which are known as late."""

    def __init__(self, remedies: "Remedies", due_on: list[date]) -> None:
        self.remedies, self.due_on = remedies, due_on
        self.came, self.late = 0, set[int]()

    def newly_late(self, at: datetime) -> int:
        """Return how many parts are late since the last time; in a closed case nobody is told, and forgets it."""
        if self.came >= len(self.due_on) and not self.late:
            return 0
        case = self.remedies.case_or_none()
        if case is None or case.state == "closed" or case.grievance.emptied_on is not None:
            self.late.clear()
            return 0
        late = {place for place, day in enumerate(self.due_on) if day < at.date() and place >= self.came}
        new = late - self.late
        self.late = late
        return len(new)


class Remedies:
    """The work on one case, from its first step to its last check."""

    def __init__(self, office: "Office", matter: Matter) -> None:
        self.office, self.matter, self.rng = office, matter, office.rng
        self.handler, self.year = matter.handler, office.year

    @property
    def case(self) -> Any:
        """Return the case as it stands now."""
        from grievances.models import RemediationCase

        return RemediationCase.objects.select_related("grievance").get(grievance=self.matter.pk)

    def open(self) -> bool:
        """Say whether this case is still worked on, and wanted."""
        from grievances.models import CaseState
        from grievances.statuses import Status

        over = {CaseState.State.CLOSED, CaseState.State.CLOSING}
        return self.case.state not in over and self.case.grievance.status != Status.WITHDRAWN

    def begin(self) -> None:
        """Begin with what this case needs; one that was put right before only waits to be closed again."""
        from grievances.remedy import Outcome

        if not self.open():
            return
        if self.matter.rounds > 0 and self.matter.outcome:
            self.office.later(1, 8, lambda: self.close(Outcome(self.matter.outcome)))
            return
        begin = {
            "repaid": self._repay,
            "referred": self._refer,
            "lost_contact": self._lose_contact,
            "respondent_answers": self._ask_respondent,
            "respondent_silent": self._ask_respondent,
        }.get(self.matter.fate, self._order)
        begin()

    def _step(self, form: str, item: str) -> Any:
        from grievances import services

        plan = services.StepPlan(form=form, item=item, owner="recruiter", due_on=self.year.now.date() + 30 * DAY)
        step = services.add_remedy_step(self.case, plan, actor=self.handler)
        self.office.did("step")
        return services.agree(step, actor=self.handler).step

    # --- an order of the authority, which its number proves ---

    def _order(self) -> None:
        from grievances import services
        from grievances.remedy import Outcome

        step = self._step("guarantee_non_repetition", "policy_changed")

        def deliver() -> None:
            if self.open():
                services.deliver(step, actor=self.handler, decision_number="ORD-1")
                self.close(Outcome.RESOLVED_CONFIRMED)

        self.office.later(3, 60, deliver)

    # --- fees paid back in parts, each with proof and her word ---

    def _came(self, parts: int) -> None:
        for plan in self.office.plans:
            if plan.remedies is self:
                plan.came += parts

    def case_or_none(self) -> Any:
        """Return the case, or nothing where it was deleted."""
        from grievances.models import RemediationCase

        return RemediationCase.objects.select_related("grievance").filter(grievance=self.matter.pk).first()

    def _repay(self) -> None:
        from grievances.services import repaying

        step = self._step("restitution", "fees_repaid")
        today = self.year.now.date()
        terms = repaying.Terms("QAR", today, "repatriated", money("10"), "court rate")
        repayment = repaying.set_terms(step, terms, actor=self.handler)
        taken = today - 200 * DAY
        for amount, currency in (("120000", "NPR"), ("450.50", "QAR")):
            fee = repaying.Fee("FEE-A1", "subagent", currency, taken, {"individual_declaration": money(amount)})
            repaying.add_fee(repayment, fee, actor=self.handler)
        repaying.set_rate(repayment, "NPR", taken, money("0.0274"), "central bank", actor=self.handler)
        # 120,000 x 0.0274 = 3,288.00, and 450.50; 200 days at 10 % a year: 180.16 and 24.68
        self.office.ledger.check_quietly("a repayment's sum", money("3943.34"), repaying.reckoned(repayment).due)
        parts = repaying.plan_parts(repayment, PARTS, today + 20 * DAY, actor=self.handler)
        self.office.plans.append(Plan(self, [part.due_on for part in parts]))
        self._pay(repayment, [part.amount for part in parts])

    def _pay(self, repayment: Any, amounts: list[Any]) -> None:
        """Pay the next part some weeks from now; she says that she got it; after the last the case closes."""
        from grievances.models import RemedyStep
        from grievances.remedy import Outcome, Word
        from grievances.services import following, repaying

        amount, rest = amounts[0], amounts[1:]

        def pay() -> None:
            if not self.open():
                return
            paid = repaying.Paid(self.year.now.date(), amount, "QAR", "own_account")
            repaying.note_payment(repayment, paid, actor=self.handler, proof=self.office.proof)
            self.office.did("payment")
            self._came(1)
            self.office.seconds.proofs[self.matter.pk] += 1
            self.office.later(1, 9, hear)

        def hear() -> None:
            if not self.open():
                return
            following.say_about_step(RemedyStep.objects.get(pk=repayment.step_id), Word.ALL)
            self.office.did("confirmed")
            if rest:
                self._pay(repayment, rest)
            else:
                settled = repaying.reckoned(repayment)
                self.office.ledger.check_quietly("money still owed", money("0"), settled.outstanding)
                self.close(Outcome.RESOLVED_CONFIRMED)
                self._check_clawback(repayment)

        self.office.later(15, 32, pay)

    def _check_clawback(self, repayment: Any) -> None:
        """Ask, once the job has told that it is time, whether somebody wants the money back."""
        from grievances.models import ClawbackCheck
        from grievances.services import repaying

        def ask(pk: int) -> None:
            check = ClawbackCheck.objects.filter(pk=pk, done_on=None).first()
            if check is None or self.case.grievance.emptied_on is not None:
                return
            was_closed = self.case.state == "closed"
            back = ClawbackCheck.Result.ASKED if self.rng.random() < 0.06 else ClawbackCheck.Result.KEPT
            repaying.note_check(check, back, actor=self.handler)
            self.office.did("claw-back answered")
            self.office.did("taken back", int(back == ClawbackCheck.Result.ASKED))
            if back == ClawbackCheck.Result.ASKED and was_closed:
                self._owed_again(repayment)

        for check in repayment.checks.filter(done_on=None):
            if self.rng.random() < 0.85:
                days = (check.due_on - self.year.now.date()).days
                self.office.later(days + 1, days + 9, partial(ask, check.pk))

    def _owed_again(self, repayment: Any) -> None:
        """Note that the last part was taken back: the case is open, and it is to be paid again."""
        from grievances.remedy import Word
        from grievances.services import repaying
        from grievances.statuses import Decision

        self.office.ledger.opened_again(self.matter.pk)
        self.office.did("opened again")
        self.matter.rounds += 1
        self.matter.outcome = ""
        last = repayment.payments.order_by("-number").first()
        repaying.keep_word(last, Word.NONE, channel="phone", actor=self.handler)
        self._came(-1)

        def go_on() -> None:
            self.office.decide(self.matter, Decision.ACCEPT)
            self._pay(repayment, [repaying.reckoned(repayment).outstanding])

        self.office.later(0.2, 4, go_on)

    # --- help by others, lost contact, the other side ---

    def _refer(self) -> None:
        from grievances.referring import EXPLAINED
        from grievances.remedy import Outcome
        from grievances.services import referrals

        wanted = referrals.Wanted(
            partner=self.office.partner, basis="consent", services=("shelter",), told={"needs": "a bed"},
            explained=EXPLAINED, agreed_channel="phone",
        )  # fmt: skip
        referral = referrals.refer(self.case, wanted, actor=self.handler)
        self.office.did("referral")

        def answer() -> None:
            for stage in ("accepted", "started"):
                if self.open():
                    referrals.respond(referral, stage, actor=self.office.helper)
                    self.office.did("referral answered")
            self.close(Outcome.REFERRED)

        self.office.later(1, 9, answer)

    def _lose_contact(self) -> None:
        from grievances import services
        from grievances.remedy import Outcome

        step = self._step("guarantee_non_repetition", "policy_changed")
        services.deliver(step, actor=self.handler, decision_number="ORD-2")
        for number, channel in enumerate(("phone", "receipt", "phone")):
            self.office.later(number * 12, number * 12 + 8, partial(self._try, channel))
        self.office.later(45, 60, lambda: self.close(Outcome.CONTACT_LOST))

    def _try(self, channel: str) -> None:
        from grievances import services

        services.note_attempt(self.case, on=self.year.now.date(), channel=channel, reached=False, actor=self.handler)
        self.office.did("try")

    def _ask_respondent(self) -> None:
        """Ask the accused for his side; he answers in time, or never."""
        from grievances.models import Accused
        from grievances.services import replies

        link = self.case.grievance.accusations.filter(dropped_on=None, basis=Accused.Basis.CONFIRMED).first()
        if link is not None:
            question = replies.Question(
                party=link.party, categories=tuple(self.case.grievance.codes), agreed_channel="phone"
            )
            weighed = replies.weigh(self.case, question).risks
            request = replies.ask(self.case, question, weighed=weighed, actor=self.handler)
            self.office.did("respondent asked")
            if self.matter.fate == "respondent_answers":
                self.office.later(2, 12, lambda: self._reply(request))
        self.office.later(20, 30, self._order_after_all)

    def _reply(self, request: Any) -> None:
        from core.models import User
        from grievances.services import replies

        if not self.open():
            return
        given = replies.Answer(stand="denies", words="not so", undertakes=True)
        person = User.objects.filter(memberships__account=request.party.account_id).first()
        if request.way == "account" and person is not None:
            reply = replies.answer(request, given, actor=person)
        else:
            reply = replies.enter_answer(request, given, actor=self.handler)
        self.office.did("respondent answered")
        replies.tell_worker(reply, "they say that it is not so: simulated answer", actor=self.handler)
        self.office.phones.wrote_to(self.matter)

    def _order_after_all(self) -> None:
        if self.open():
            self._order()

    # --- the end of a case, and after ---

    def close(self, outcome: Any) -> None:
        """Close the case; where two must agree, a second person does so some days later."""
        from grievances import services
        from grievances.models import CaseState

        case = self.case
        if case.state in {CaseState.State.CLOSED, CaseState.State.CLOSING}:
            return
        if not case.root_cause:
            services.set_root_cause(case, "pay_system", actor=self.handler)
        self.matter.outcome = str(outcome)
        try:
            closed = services.close(case, outcome, actor=self.handler)
        except services.CloseRefused as refusal:
            found = [each.code for each in refusal.closing.blockers] if refusal.closing else []
            if found and set(found) <= UNDER_WAY:  # another order is, or what the worker disputes is done again
                self.office.later(10, 25, lambda: self.close(outcome))
            else:
                self.office.ledger.problems.append(f"{case.ref} would not close as {outcome}: {found}")
            return
        if closed:
            self._closed()
            return
        self.office.later(0.1, self.rng.choice((3, 3, 14)), self._agree)

    def _agree(self) -> None:
        from grievances import services

        if self.case.state == "closing":
            services.agree_to_close(self.case, actor=self.office.other(self.matter))
            self._closed()

    def _closed(self) -> None:
        self.office.did("closed")
        self.office.did(f"closed {self.matter.outcome}")
        if self.office.counts[self.matter.pk]:
            self.office.did("closed and counted")
        self.office.ledger.ended(
            self.matter.pk, self.year.now.date(), outcome=self.matter.outcome, severity=self.case.severity
        )
        for check in self.case.grievance.safety_checks.filter(done_on=None):
            if self.rng.random() < 0.8:
                days = (check.due_on - self.year.now.date()).days
                self.office.later(days + 0.5, days + 5, partial(self._ask_if_safe, check.pk))
        self.office.after_the_end(self.matter)

    def _ask_if_safe(self, pk: int) -> None:
        from grievances.models import SafetyCheck
        from grievances.services import retaliation
        from grievances.statuses import ENDED

        check = SafetyCheck.objects.filter(pk=pk, done_on=None).select_related("grievance").first()
        if check is None or check.grievance.emptied_on is not None:
            return
        punished = self.rng.random() < 0.02 and self.matter.rounds < 2
        answered = check.grievance.safety_checks.filter(done_on=None, due_on__lte=check.due_on).count()
        ended = check.grievance.status in ENDED
        retaliation.note_check(
            check, "retaliation" if punished else "safe", channel="phone", form="threats" if punished else "",
            actor=self.handler,
        )  # fmt: skip
        self.office.did("safety answered", answered)
        self.office.did("safe", 0 if punished else answered)
        if punished:
            self.year.watch.look(check.grievance)
            if ended:
                self.office.goes_on(self.matter)
