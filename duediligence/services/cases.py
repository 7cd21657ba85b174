"""Step 6: receive what may be known of a case, and write down what the company did about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.access import require
from core.actors import Actor, Automatic
from core.models import Membership, User
from core.notices import notify
from core.roles import Role
from duediligence.models import Company, Engagement, Record, Step6Entry, Step6News, Step6Response
from duediligence.models.remedy import ResponseKind
from duediligence.models.scope import CHANGE
from duediligence.refusals import Refused
from duediligence.services.records import person
from parties.conflicts import parties_of

CASES = Automatic("cases")


@dataclass(frozen=True)
class CaseFacts:
    """All that a company's record ever learns of a case: references, codes, dates."""

    case_ref: str
    codes: tuple[str, ...]
    severity: str
    recruiters: frozenset[int]
    employers: frozenset[int]
    opened_on: date
    changed_on: date
    state: str = ""


@transaction.atomic
def receive_case(case: CaseFacts) -> list[Step6Entry]:
    """Put a case into the record of every company engaged with its recruiters, directly or through a supplier.

    A company that is itself a party to the case learns nothing: a worker's complaint never reaches the accused here.
    """
    entries = {entry.company_id: entry for entry in _known(case)}
    engaged = (
        Engagement.objects.active(case.opened_on)
        .filter(recruiter__in=case.recruiters)
        .select_related("company__party", "supplier")
        .order_by("supplier_id", "pk")
    )
    for engagement in engaged:
        company = engagement.company
        if company.pk in entries:
            continue
        if _is_party(company, case):
            audit.record("remedy.kept_back", actor=CASES, subject=case.case_ref, company=company.ref)
            continue
        entries[company.pk] = _open(case, engagement)
    for entry in entries.values():
        _tell(entry, case)
    return list(entries.values())


def _known(case: CaseFacts) -> Iterable[Step6Entry]:
    return Step6Entry.objects.filter(case_ref=case.case_ref).select_related("company__party")


def _is_party(company: Company, case: CaseFacts) -> bool:
    """Say whether the company, or anybody who works on its record, is or is tied to a party of the case."""
    accused = case.employers | case.recruiters
    if company.party_id in accused:
        return True
    return any(parties_of(member) & accused for member in members_of(company))


def members_of(company: Company) -> list[User]:
    """Return who works on a company's record today."""
    current = Membership.objects.current(timezone.localdate()).filter(
        account=company.party.account_id, role=Role.COMPANY_MEMBER
    )
    return [membership.user for membership in current.select_related("user").order_by("pk")]


def _open(case: CaseFacts, engagement: Engagement) -> Step6Entry:
    entry = Step6Entry.objects.create(
        company=engagement.company,
        record=record_for(engagement.company, case.opened_on),
        case_ref=case.case_ref,
        recruiter_id=engagement.recruiter_id,
        supplier=engagement.supplier,
        opened_on=case.opened_on,
    )
    audit.record("remedy.entered", actor=CASES, subject=entry.ref, case=case.case_ref, company=entry.company.ref)
    for member in members_of(engagement.company):
        notify(member, "duediligence.case", subject_ref=entry.ref)
    return entry


def record_for(company: Company, day: date) -> Record | None:
    """Return the record that a day's case belongs to: the one of its period, else the newest there is."""
    records = list(company.records.order_by("-period_end"))
    return next((record for record in records if record.covers(day)), records[0] if records else None)


def _tell(entry: Step6Entry, case: CaseFacts) -> None:
    """Add what is new; the same news again adds nothing."""
    newest = entry.news.order_by("-pk").first()
    told = (sorted(set(case.codes)), case.severity, case.state)
    if newest and (newest.codes, newest.severity, newest.state) == told:
        return
    Step6News.objects.create(entry=entry, codes=told[0], severity=case.severity, state=case.state, on=case.changed_on)


@transaction.atomic
def respond_to_case(
    entry: Step6Entry,
    *,
    kind: str,
    text: str,
    actor: Actor,
    forms: Iterable[str] = (),
    done_on: date | None = None,
) -> Step6Response:
    """Write down what the company did about a case; an earlier answer stays as history."""
    require(actor, CHANGE, entry)
    wanted = ResponseKind(kind)
    if not text.strip():
        raise Refused(_("Please say what you did, or why you did nothing."))
    if done_on and done_on > timezone.localdate():
        raise Refused(_("This day is still to come."))
    response = Step6Response.objects.create(
        entry=entry, kind=wanted, forms=sorted(set(forms)), text=text, done_on=done_on, by=person(actor)
    )
    audit.record("remedy.answered", actor=actor, subject=entry.ref, kind=wanted.value)
    return response
