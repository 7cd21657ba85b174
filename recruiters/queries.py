"""Read the register for others: by name, by number, by reference; what may be public and nothing else."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from core.references import BadReference, parse_reference
from recruiters.models import Licence, Recruiter
from recruiters.registerrows import number_key
from recruiters.registersearch import RegisterSearch


def search_recruiters(queryset: QuerySet[Recruiter], text: str) -> QuerySet[Recruiter]:
    """Keep the recruiters meant by what was typed: words of a name in any script, a licence number, a reference."""
    return RegisterSearch(text).narrow(queryset) if text.strip() else queryset


@dataclass(frozen=True)
class PublicLicence:
    """What anybody may know about a licence today."""

    ref: str
    number: str
    authority: str
    status: str
    valid: bool
    since: date | None
    expires_on: date | None
    recruiter_ref: str
    recruiter_name: str
    as_of: date


def public_recruiter(ref: str) -> Recruiter | None:
    """Return a listed recruiter by its reference, however it is typed; None when there is none."""
    try:
        wanted = parse_reference(ref, "REC")
    except BadReference:
        return None
    listed = Recruiter.objects.listed().select_related("party").prefetch_related("party__names", "party__sites")
    return listed.filter(ref=survivor_ref(wanted)).first()


def survivor_ref(ref: str) -> str:
    """Return the reference of the entry that this one was merged into; itself where it was not, or is not known."""
    merged = Recruiter.objects.filter(ref=ref, merged_into__isnull=False).select_related("merged_into").first()
    return merged.survivor().ref if merged is not None else ref


def find_licences(typed: str, *, at: date | None = None) -> list[PublicLicence]:
    """Return the licences of listed recruiters that a typed number or reference (LIC-…, REC-…) means, newest first.

    ``at`` asks for another day than today. At most 20; an empty list means that the register knows no such licence.
    """
    on = at or timezone.localdate()
    licences = (
        Licence.objects.filter(recruiter__is_listed=True).select_related("recruiter__party").prefetch_related("history")
    )
    try:
        ref = parse_reference(typed)
        ref = survivor_ref(ref) if ref.startswith("REC-") else ref
        found = licences.filter(Q(ref=ref) | Q(recruiter__ref=ref))
    except BadReference:
        key = number_key(typed)
        found = licences.filter(number_key=key) if key else licences.none()
    return [_public(licence, on) for licence in found.order_by("-issued_on", "-pk")[:20]]


def _public(licence: Licence, on: date) -> PublicLicence:
    standing = licence.standing(on)
    return PublicLicence(
        ref=licence.ref,
        number=licence.number,
        authority=licence.authority,
        status=standing.code,
        valid=standing.valid,
        since=standing.since,
        expires_on=standing.expires_on,
        recruiter_ref=licence.recruiter.ref,
        recruiter_name=licence.recruiter.party.name,
        as_of=on,
    )
