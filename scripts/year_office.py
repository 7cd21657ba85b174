"""The people of a simulated year: workers who complain, officers who are sometimes late, respondents, a partner.

Everybody acts through the product's own verbs, at the moment that the simulated clock shows.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from scripts.year_seconds import Seconds
from scripts.year_texts import Phones

if TYPE_CHECKING:
    from scripts.simulate_year import Year
    from scripts.year_remedies import Plan

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CODES = (("WAG",), ("WAG",), ("FEE",), ("FEE", "DOC"), ("HOU",), ("SOC",), ("CON", "DEC"), ("VIO",), ("TIP",), ("THR",))
# How a grievance goes on; as often as it is named here.
FATES = (
    *(("put_right",) * 6), *(("repaid",) * 3), "referred", "lost_contact", "respondent_answers", "respondent_silent",
    "withdrawn_later", "withdrawn", "pressed", "not_accepted", "not_accepted", "referred_out", "asked", "asked",
    "silent",
)  # fmt: skip
BY_TEXT = 0.1
PROOF = b"%PDF-1.4 a transfer"


@dataclass
class Matter:
    """One grievance on its way."""

    pk: int
    handler: Any
    fate: str
    slow: bool = False
    severity: int = 0
    case: Any = None
    outcome: str = ""
    rounds: int = 0
    away: Any = None
    asked_lower: bool = False


class Office:
    """Who works here, who complains, and what each does when."""

    def __init__(self, year: "Year", rng: random.Random) -> None:
        self.year, self.rng, self.ledger = year, rng, year.ledger
        self._hire()
        from grievances.services.papers import prepared

        self.proof = prepared(PROOF)
        self.counts, self.plans = dict[int, bool](), list["Plan"]()
        self.phones, self.seconds = Phones(self), Seconds(self)

    def _hire(self) -> None:
        from core import keypairs
        from core.models import KeyPair, PartnerProfile
        from core.roles import AccountKind, Role

        self.officers = [self._person(f"sim-{name}", Role.CASE_OFFICER, AccountKind.MINISTRY) for name in "abc"]
        for officer in self.officers:
            keypairs.open_at_sign_in(officer, "simulated")
        KeyPair.objects.filter(trusted_on=None).update(trusted_on=self.year.now.date())
        self._person("sim-auditor", Role.AUDITOR, AccountKind.OPERATOR)
        self.helper = self._person("sim-helper", Role.REFERRAL_PARTNER, AccountKind.PARTNER)
        self.partner = self.helper.memberships.get().account
        PartnerProfile.objects.create(account=self.partner, verified_on=self.year.now.date())
        self.accused = [self._organisation(number) for number in range(40)]

    def _person(self, name: str, role: Any, kind: Any) -> Any:
        from core.models import Account, Membership, User

        account = Account.objects.get_or_create(name=f"Simulated {kind}", kind=kind)[0]
        user = User.objects.create_user(name, password=None)
        Membership.objects.create(user=user, account=account, role=role, since=self.year.now.date())
        return user

    def _organisation(self, number: int) -> Any:
        """Return somebody who can be accused: a registered recruiter, one in four with an account."""
        from core.actors import SYSTEM
        from core.models import Account, Membership, User
        from core.roles import AccountKind, Role
        from parties.models import Party
        from recruiters.services import register_recruiter

        name = f"{self.rng.choice(('Amber', 'Cedar', 'Lotus', 'Maple', 'Topaz'))} {_word(number)} Manpower"
        recruiter = register_recruiter(name=name, country="NP", actor=SYSTEM)
        if number % 4 == 0:
            account = Account.objects.create(name=name, kind=AccountKind.RECRUITER)
            Party.objects.filter(pk=recruiter.party_id).update(account=account)
            member = User.objects.create_user(f"sim-agency-{number}", password=None)
            Membership.objects.create(
                user=member, account=account, role=Role.RECRUITER_MEMBER, since=self.year.now.date()
            )
        return Party.objects.get(pk=recruiter.party_id)

    # --- small things ---

    def later(self, least: float, most: float, act: Callable[[], None], *, slow: bool = False) -> None:
        """Plan an act some days from now, at any hour; whoever is slow takes twenty days more."""
        days = max(0.02, self.rng.uniform(least, most)) + (20 if slow else 0)
        self.year.plan(self.year.now + timedelta(seconds=int(days * 86400)), act)

    def other(self, matter: Matter) -> Any:
        """Return another officer, who has not stepped back."""
        return self.rng.choice([each for each in self.officers if each not in (matter.handler, matter.away)])

    def grievance(self, matter: Matter) -> Any:
        """Return a grievance as it stands now."""
        from grievances.models import Grievance

        return Grievance.objects.get(pk=matter.pk)

    def did(self, what: str, number: int = 1) -> None:
        """Put down that something happened now."""
        self.ledger.note(what, self.year.now, number)

    # --- a worker complains ---

    def lodge(self) -> None:
        """Let somebody complain, and plan how it goes on."""
        from grievances import services
        from grievances.keys import FormToken
        from grievances.services.drafts import DraftContent

        if self.rng.random() < BY_TEXT:
            self._follow(self.phones.report(), another_way=True, counts=self.phones.counts)
            return
        counts = self.rng.random() > 0.05
        report = services.Report(
            codes=self.rng.choice(CODES),
            language=self.rng.choice(("ne", "ne", "bn", "en")),
            country=self.rng.choice(("QA", "SA", "MY")),
            danger_now=self.rng.random() < 0.04,
            consents={
                "investigate": True,
                "statistics_anonymised": counts,
                "refer_to_services": True,
                "share_without_name_with_employer": True,
                "share_buyer": self.rng.random() < 0.5,
            },
            channel=self.rng.choice(("web", "web", "web", "hotline")),
        )
        told = self.rng.choice(self.accused[:12]).name if self.rng.random() < 0.25 else ""
        token = FormToken(self.rng.randbytes(32))
        photos = self.seconds.photos()
        content = DraftContent(words="fictional", recruiter=told)
        grievance = services.lodge(token, report, content, photos).grievance
        if self.rng.random() < 0.9:
            services.keep_receipt(grievance)
        self.seconds.lodged(grievance, told, len(photos))
        self._follow(grievance, counts=counts, another_way=report.channel != "web")

    def _follow(self, grievance: Any, *, counts: bool, another_way: bool) -> None:
        """Put down that something was reported, and plan how it goes on."""
        fate = self.rng.choice(FATES)
        self.did("lodged")
        self.did("counted", int(counts))
        self.did("another way", int(another_way))
        self.counts[grievance.pk] = counts
        matter = Matter(grievance.pk, self.rng.choice(self.officers), fate, slow=self.rng.random() < 0.1)
        self.year.saw_lodged(grievance)
        if fate == "withdrawn_later":
            matter.fate, matter.rounds = "put_right", -1
        if fate != "silent":  # nobody takes that up: every clock of it runs out
            self.later(0.01, self.rng.choice((0.1, 1, 3)), lambda: self._take(matter), slow=matter.slow)

    def _take(self, matter: Matter) -> None:
        from grievances import services

        services.take(self.grievance(matter), actor=matter.handler)
        if self.rng.random() < 0.03:
            self._step_back(matter)
        begin = {
            "withdrawn": self._withdraw,
            "pressed": self._withdraw,
            "not_accepted": self._decide_against,
            "referred_out": self._decide_against,
            "asked": self._ask,
        }.get(matter.fate, self._accept)
        self.later(0.05, self.rng.choice((0.8, 0.8, 9)), lambda: begin(matter))

    def _step_back(self, matter: Matter) -> None:
        from grievances import services

        services.recuse(self.grievance(matter), reason="knows_worker", actor=matter.handler)
        self.did("stepped back")
        matter.away = self.seconds.away[matter.pk] = matter.handler
        matter.handler = self.grievance(matter).assignments.get(until=None).user

    def _ask(self, matter: Matter) -> None:
        """Ask the worker something; she answers sooner or later, or, now and then, never."""
        from grievances import services
        from grievances.statuses import Decision

        grievance = self.grievance(matter)
        services.send_message(grievance, "which month? simulated answer", actor=matter.handler)
        self.phones.wrote_to(matter)
        self.decide(matter, Decision.NEEDS_INFORMATION)
        matter.fate = "put_right"
        if self.rng.random() < 0.9:
            self.later(1, 12, lambda: self._write(matter))

    def _write(self, matter: Matter) -> None:
        """Let a worker write; somebody answers, and decides where that is asked for."""
        from grievances.services import following
        from grievances.statuses import ENDED, WAITING_FOR_TRIAGE

        grievance = self.grievance(matter)
        before = grievance.status
        if grievance.emptied_on is not None:
            return
        following.write(grievance, "there is more")
        self.did("worker wrote")
        if self.rng.random() < 0.3:
            following.add_file(grievance, self.seconds.photo)
            self.seconds.added(grievance, 1)
        self.later(0.1, 4, lambda: self._answer(matter))
        if before in ENDED:
            self.goes_on(matter)
        elif before in WAITING_FOR_TRIAGE:
            self.later(0.5, 5, lambda: self._accept(matter))

    def _answer(self, matter: Matter) -> None:
        from grievances import services
        from grievances.statuses import ENDED

        grievance = self.grievance(matter)
        if grievance.status not in ENDED:
            services.send_message(grievance, "we are on it: simulated answer", actor=matter.handler)
            self.phones.wrote_to(matter)
            self.did("handler wrote")

    def goes_on(self, matter: Matter) -> None:
        """Note that what had ended is open again; it is decided anew, and ends again."""
        self.ledger.opened_again(matter.pk)
        self.did("opened again")
        matter.rounds += 1
        self.later(0.2, 4, lambda: self._accept(matter))

    # --- deciding ---

    def decide(self, matter: Matter, decision: Any, reason: str = "") -> Any:
        from grievances import services
        from grievances.triage import Priority

        grievance = self.grievance(matter)
        judged = services.preview(grievance)
        priority = Priority(self.seconds.priority(grievance, str(judged.priority)))
        judgement = services.Judgement(decision, grievance.codes, priority, reason)
        case = services.triage(grievance, judgement, actor=matter.handler)
        if services.open_question(grievance) is None:
            self.did(f"decided {decision}")
        return case

    def _accept(self, matter: Matter) -> None:
        from grievances import services
        from grievances.services.triaging import TRIABLE
        from grievances.statuses import Decision
        from scripts.year_remedies import Remedies

        grievance = self.grievance(matter)
        if grievance.status not in TRIABLE:
            return
        lower = "" if matter.asked_lower else self.seconds.wants_lower(matter)
        matter.asked_lower = True
        if lower:
            self.seconds.ask_to_lower(matter, lower, lambda: self._accept(matter))
            return
        if matter.pk in self.seconds.told:
            self.seconds.join(matter)
        matter.case = self.decide(matter, Decision.ACCEPT)
        matter.severity = matter.case.severity
        if (matter.rounds <= 0 and self.rng.random() < 0.5) or "respondent" in matter.fate:
            services.link_accused(grievance, self.rng.choice(self.accused), part="recruiter", actor=matter.handler)
        if matter.rounds == -1:
            self.later(2, 20, lambda: self._withdraw(matter))
        self.later(0.5, 12, lambda: Remedies(self, matter).begin())

    def _decide_against(self, matter: Matter) -> None:
        from grievances.statuses import Decision

        refer = matter.fate == "referred_out"
        decision = Decision.REFER_OUT if refer else Decision.NOT_ACCEPTED
        self.decide(matter, decision, "" if refer else "out_of_scope")
        self._or_second(matter, lambda: self.did(f"decided {decision}"), lambda: self._over(matter, str(decision)))

    def _withdraw(self, matter: Matter) -> None:
        """Let a worker withdraw; an officer makes sure that nobody made her."""
        from grievances.services import following
        from grievances.statuses import ENDED, Status

        grievance = self.grievance(matter)
        if grievance.status in ENDED or grievance.status == Status.WITHDRAWN:
            return
        following.withdraw(grievance)
        self.did("withdrawn")
        self.later(0.2, 6, lambda: self._end_withdrawn(matter))

    def _end_withdrawn(self, matter: Matter) -> None:
        from grievances import services
        from grievances.remedy import Outcome
        from grievances.statuses import Status
        from scripts.year_remedies import Remedies

        freely = matter.fate != "pressed"
        outcome = Outcome.WITHDRAWN if freely else Outcome.WITHDRAWN_PRESSURE
        if self.grievance(matter).status != Status.WITHDRAWN:
            return
        if matter.case is not None:
            Remedies(self, matter).close(outcome)
            return
        services.close_withdrawn(self.grievance(matter), freely=freely, actor=matter.handler)
        self._or_second(matter, lambda: None, lambda: self._over(matter, outcome))

    def _or_second(self, matter: Matter, settled: Callable[[], None], over: Callable[[], None]) -> None:
        """Go on at once, or once a second person has agreed where one alone may not decide."""
        from grievances import services

        word = services.open_question(self.grievance(matter))
        if word is None:
            over()
            return

        def agree() -> None:
            services.answer_second(word, agree=True, actor=self.other(matter))
            settled()
            over()

        self.later(0.1, self.rng.choice((2, 2, 12)), agree)

    # --- when it is over ---

    def _over(self, matter: Matter, outcome: str) -> None:
        """Note the end; somebody may hold it, let its words go sooner, or the worker writes once more."""
        newest = self.grievance(matter).decisions.order_by("-pk").first()
        severity = matter.severity or (newest.severity if newest else 2)
        self.ledger.ended(matter.pk, self.year.now.astimezone(UTC).date(), outcome=outcome, severity=severity)
        self.after_the_end(matter)

    def after_the_end(self, matter: Matter) -> None:
        """Plan what may happen to what has ended."""
        chance = self.rng.random()
        if chance < 0.06:
            self.later(1, 20, lambda: self._hold(matter))
        elif chance < 0.10:
            self.later(1, 60, lambda: self._erase(matter))
        elif chance < 0.16 and matter.rounds < 2 and matter.fate not in {"withdrawn", "pressed"}:
            self.later(2, 50, lambda: self._write(matter))

    def _hold(self, matter: Matter) -> None:
        from grievances import services
        from grievances.models import Hold

        if matter.pk in self.ledger.held or matter.pk not in self.ledger.endings or self.grievance(matter).emptied_on:
            return
        services.hold(self.grievance(matter), Hold.Reason.LEGAL_CLAIM, actor=matter.handler)
        self.ledger.held.add(matter.pk)
        self.did("held")
        self.later(60, 365 * 9, lambda: self._lift(matter))

    def _lift(self, matter: Matter) -> None:
        from grievances import services
        from grievances.models import Hold

        for hold in Hold.objects.filter(grievance=matter.pk, lifted_on=None):
            services.ask_to_lift(hold, actor=matter.handler)
            services.lift(hold, agrees=True, actor=self.other(matter))
            self.did("lifted")
        self.ledger.held.discard(matter.pk)

    def _erase(self, matter: Matter) -> None:
        from grievances import services
        from grievances.models import Erasure

        held = matter.pk in self.ledger.held  # since it ended for the first time
        if held or matter.pk not in self.ledger.endings or self.grievance(matter).emptied_on:
            return
        asked = services.ask_erasure(self.grievance(matter), Erasure.Reason.WORKER, actor=matter.handler)
        services.settle_erasure(asked, agrees=True, actor=self.other(matter))
        self.ledger.endings[matter.pk].emptied = True
        self.did("erased")


def _word(number: int) -> str:
    """Return a word of its own for a number, so that no two names are alike."""
    letters = "bdfgklmnprstvz"
    return "".join(
        (letters[number % 14].upper(), "aeiou"[number % 5], letters[number // 3 % 14], "oau"[number % 3], "n")
    )


def money(text: str) -> Decimal:
    """Return an amount."""
    return Decimal(text)
