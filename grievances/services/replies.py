"""Ask a respondent for his side without telling who complained, and keep his answer sealed with the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, vault
from core.access import require
from core.actors import Actor, Automatic
from core.models import Membership, Notice, User
from grievances import clocks
from grievances.disclosing import Circumstances, Disclosure, Part, Wish, judge, stands
from grievances.handlers import tell, tell_handlers
from grievances.models import Accused, CaseState, Grievance, RemediationCase, Reply, ReplyRequest
from grievances.models.replies import RESPONDENTS
from grievances.remedy import DECIDED_BY_AUTHORITY
from grievances.services import clockwork, locks, safety
from grievances.services.handling import send_message
from grievances.services.proofs import Proof, keep_proof
from grievances.services.writing import current_consents, party_code, seal_text, set_status
from grievances.statuses import ClockKind, Status
from parties.models import Party

REPLY_SPAN = clocks.span("10wd")
REMIND_BEFORE = timedelta(days=3)
REMINDING = Automatic("remind_respondents")
YEAR = timedelta(days=365)


class ReplyRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A request or an answer that may not be; `disclosure` says what stands in the way or must be weighed."""

    def __init__(self, message: str, disclosure: Disclosure | None = None) -> None:
        super().__init__(message)
        self.disclosure = disclosure


@dataclass(frozen=True)
class Question:
    """What a respondent is to be told and asked: codes that the worker said yes to, one by one."""

    party: Party
    categories: tuple[str, ...]
    told: Mapping[str, object] = field(default_factory=dict)
    name: str = field(default="", repr=False)
    agreed_channel: str = ""

    @property
    def parts(self) -> frozenset[Part]:
        """Return which parts are told besides the categories."""
        named = {Part.NAME} if self.name.strip() else set()
        return frozenset({Part(code) for code, value in self.told.items() if value} | named)


def weigh(case: RemediationCase, question: Question) -> Disclosure:
    """Return whether the respondent may be told this, and what could name the worker; nothing is sent."""
    grievance = case.grievance
    wish = Wish(
        categories=question.categories,
        parts=question.parts,
        to_employer=_part_of(grievance, question.party) != Accused.As.RECRUITER,
        she_agreed=bool(question.agreed_channel),
    )
    seen = Circumstances(
        consents=current_consents(grievance),
        known_categories=frozenset(grievance.codes),
        workforce=question.party.employees,
        others_complained=_others(grievance, question.party),
        danger_now=grievance.danger_now,
        days_since=(timezone.localdate() - grievance.received_on).days,
    )
    return judge(wish, seen)


def _part_of(grievance: Grievance, party: Party) -> str:
    link = grievance.accusations.filter(party=party, dropped_on=None, basis=Accused.Basis.CONFIRMED).first()
    if link is None:
        raise ReplyRefused(_("Only a party that is confirmed as accused is asked for its side."))
    return link.part


def _others(grievance: Grievance, party: Party) -> int:
    since = grievance.received_on - YEAR
    others = Accused.objects.filter(party=party, dropped_on=None, grievance__received_on__gte=since)
    return others.exclude(grievance=grievance).values("grievance").distinct().count()


@transaction.atomic
def ask(
    case: RemediationCase, question: Question, *, weighed: Sequence[str], actor: User, at: datetime | None = None
) -> ReplyRequest:
    """Ask a respondent for his side, until a day that a clock watches; raises ReplyRefused.

    `weighed` names every risk that the handler has seen: a risk that she has not seen sends nothing.
    """
    require(actor, "handle", case)
    case = RemediationCase.objects.select_for_update(of=("self",)).select_related("grievance").get(pk=case.pk)
    grievance, part = case.grievance, _part_of(case.grievance, question.party)
    _require_open(case, question.party)
    disclosure = weigh(case, question)
    if not disclosure.allowed:
        raise ReplyRefused(_("This may not be told. Nothing was sent."), disclosure)
    if not set(disclosure.risks) <= set(weighed):
        raise ReplyRefused(_("Nothing was sent yet: read first how this could name the worker."), disclosure)
    clock = clockwork.start_another(grievance, ClockKind.REPLY, REPLY_SPAN, at=at)
    request = ReplyRequest.objects.create(
        case=case,
        party=question.party,
        part=part,
        way=ReplyRequest.Way.ACCOUNT if question.party.account_id else ReplyRequest.Way.LETTER,
        content={"categories": list(question.categories), **{k: v for k, v in question.told.items() if v}},
        # The respondent must be able to read it, so it is not in the case's strongbox.
        name=vault.seal(question.name.strip(), purpose="grievance.reply_name") if question.name.strip() else None,
        risks=list(disclosure.risks),
        agreed_channel=question.agreed_channel,
        sent_on=clockwork.moment(actor, at).date(),
        sent_by=actor,
        due_on=clocks.last_day(clock.due_at, clockwork.office_zone()),
        clock=clock,
    )
    audit.record(
        "case.reply_asked",
        actor=actor,
        subject=case.ref,
        request=request.ref,
        party=party_code(question.party),
        parts="+".join(sorted(question.parts)),
        risks="+".join(disclosure.risks),
        agreed=question.agreed_channel,
    )
    if grievance.status == Status.ACCEPTED:
        set_status(grievance, Status.UNDER_INQUIRY, actor=actor, at=at)
    clockwork.meet(grievance, ClockKind.FIRST_ACTION, at=at)
    safety.plan_checks(grievance, since=request.sent_on, actor=actor)
    if at is None:
        tell(_people(request), "reply.asked", request.ref)
    return request


def _require_open(case: RemediationCase, party: Party) -> None:
    if case.state in {CaseState.State.CLOSED, CaseState.State.CLOSING}:
        raise ReplyRefused(_("This case is closed. Open it again before you plan more."))
    if case.grievance.status == Status.WITHDRAWN:
        raise ReplyRefused(_("The worker has withdrawn. Nobody is asked about it any more."))
    if case.reply_requests.filter(party=party, taken_back_on=None, reply=None).exists():
        raise ReplyRefused(_("They were asked already and have not answered yet."))


def _people(request: ReplyRequest) -> list[User]:
    """Return who answers for the organisation that is asked; nobody where it has no account."""
    if request.way != ReplyRequest.Way.ACCOUNT:
        return []
    members = Membership.objects.current(timezone.localdate()).filter(
        account=request.party.account_id, role__in=RESPONDENTS
    )
    return list(User.objects.filter(pk__in=members.values("user"), is_active=True).order_by("pk"))


@transaction.atomic
def read_question(request: ReplyRequest, *, actor: User) -> str:
    """Note, to the day, that the respondent has read it, and return the worker's name where she let it be told."""
    require(actor, "answer", request)
    if request.read_on is None:
        request.read_on = timezone.localdate()
        request.save(update_fields=["read_on"])
        audit.record("case.reply_read", actor=actor, subject=request.ref)
    if request.name is None:
        return ""
    return vault.open_text(request.name, actor=actor, reason="reply", subject=request.ref)


@transaction.atomic
def name_for_letter(request: ReplyRequest, *, actor: User) -> str:
    """Return the worker's name for the letter, where she let it be told."""
    require(actor, "handle", request.case)
    if request.name is None:
        return ""
    return vault.open_text(request.name, actor=actor, reason="reply_letter", subject=request.case.ref)


@dataclass(frozen=True)
class Answer:
    """What a respondent says."""

    stand: str
    words: str = field(default="", repr=False)
    offers: tuple[str, ...] = ()
    undertakes: bool = False
    file: Proof | None = field(default=None, repr=False)
    channel: str = "account"


@transaction.atomic
def answer(request: ReplyRequest, given: Answer, *, actor: User, at: datetime | None = None) -> Reply:
    """Keep the respondent's own answer: it is sealed for the case's handlers, and not even he can open it again.

    Raises ReplyRefused.
    """
    require(actor, "answer", request)
    return _keep(request, given, actor=actor, at=at)


@transaction.atomic
def enter_answer(request: ReplyRequest, given: Answer, *, actor: User, at: datetime | None = None) -> Reply:
    """Enter an answer that came by letter, by a handler; raises ReplyRefused."""
    require(actor, "handle", request.case)
    return _keep(request, given, actor=actor, at=at)


def _keep(request: ReplyRequest, given: Answer, *, actor: User, at: datetime | None) -> Reply:
    request = (
        ReplyRequest.objects.select_for_update(of=("self",))
        .select_related("case__grievance", "clock")
        .get(pk=request.pk)
    )
    if request.taken_back_on is not None or request.answered:
        raise ReplyRefused(_("This was answered already, or is no longer asked."))
    if not given.undertakes and given.channel == "account":
        raise ReplyRefused(_("Please undertake that nobody is treated worse because of this."))
    if DECIDED_BY_AUTHORITY & set(given.offers):
        raise ReplyRefused(_("Only an authority can decide this. Choose what your organisation itself can do."))
    grievance = request.case.grievance
    holder = locks.holder_of(grievance)
    reply = Reply.objects.create(
        request=request,
        stand=Reply.Stand(given.stand),
        offers=list(given.offers),
        undertakes=given.undertakes,
        body=seal_text(given.words, "grievance.reply", holder),
        file=keep_proof(request.case, given.file, actor=actor),
        channel=given.channel,
        on=clockwork.moment(actor, at).date(),
        by=actor,
    )
    clockwork.meet_one(request.clock, at=at)
    audit.record(
        "case.reply", actor=actor, subject=request.case.ref, request=request.ref, stand=given.stand, way=given.channel
    )
    _forget(request)
    if at is None:
        tell_handlers(grievance, "grievance.reply")
    return reply


@transaction.atomic
def read_reply(reply: Reply, *, actor: User, reason: str) -> str:
    """Open a respondent's words for a handler, for a coded reason that the audit trail keeps."""
    case = reply.request.case
    require(actor, "handle", case)
    if reply.body is None:
        return ""
    return vault.open_text(reply.body, actor=actor, reason=reason, subject=case.ref)


@transaction.atomic
def tell_worker(reply: Reply, words: str, *, actor: User, at: datetime | None = None) -> None:
    """Tell the worker, in her handler's words, what the respondent says; she answers as to any message."""
    case = reply.request.case
    send_message(case.grievance, words, actor=actor, at=at)
    reply.told_on = clockwork.moment(actor, at).date()
    reply.save(update_fields=["told_on"])
    audit.record("case.reply_told", actor=actor, subject=case.ref, request=reply.request.ref)


@transaction.atomic
def take_back(request: ReplyRequest, *, actor: Actor, at: datetime | None = None) -> None:
    """Ask no longer: the respondent finds nothing there from now on."""
    require(actor, "handle", request.case)
    _drop(request, actor=actor, at=at)


def follow_consents(grievance: Grievance, *, actor: Actor, at: datetime | None = None) -> None:
    """Ask no longer what the worker no longer agrees to; call it in the transaction in which she changed her mind."""
    gone = grievance.status == Status.WITHDRAWN
    for request in ReplyRequest.objects.filter(case__grievance=grievance, taken_back_on=None, reply=None):
        standing = stands(current_consents(grievance), to_employer=request.part != Accused.As.RECRUITER)
        if gone or not standing:
            _drop(request, actor=actor, at=at)


def ask_no_longer(case: RemediationCase, *, actor: Actor, at: datetime | None = None) -> None:
    """Take back every question of a case that ends unanswered; what was answered stays with it."""
    for request in case.reply_requests.filter(taken_back_on=None, reply=None).select_related("case", "clock", "name"):
        _drop(request, actor=actor, at=at)


def _drop(request: ReplyRequest, *, actor: Actor, at: datetime | None) -> None:
    request.taken_back_on = clockwork.moment(actor, at).date()
    request.save(update_fields=["taken_back_on"])
    clockwork.drop_one(request.clock, at=at)
    if request.name is not None:
        vault.destroy(request.name, actor=actor)
    _forget(request)
    audit.record("case.reply_taken_back", actor=actor, subject=request.case.ref, request=request.ref)


def _forget(request: ReplyRequest) -> None:
    Notice.objects.filter(subject_ref=request.ref).delete()


def remind(at: datetime) -> int:
    """Remind respondents, once each, a few days before their answer is due; return how many. Safe to run twice."""
    day, done = at.date(), 0
    waiting = ReplyRequest.objects.filter(
        reply=None, taken_back_on=None, reminded_on=None, due_on__lte=day + REMIND_BEFORE
    )
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            if not waiting.filter(pk=pk).update(reminded_on=day):
                continue
            request = ReplyRequest.objects.select_related("case__grievance", "party").get(pk=pk)
            tell(_people(request), "reply.reminder", request.ref)
            if request.way == ReplyRequest.Way.LETTER:
                tell_handlers(request.case.grievance, "grievance.reply_letter")
            audit.record("case.reply_reminded", actor=REMINDING, subject=request.case.ref, request=request.ref)
            done += 1
    return done
