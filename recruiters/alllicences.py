"""Tell of every licence of a recruiter in one column of a file, where its page shows the one that speaks first."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from core.listing import Column
from recruiters.models import Licence, Recruiter
from recruiters.presenting import status_word


def with_all_licences(found: QuerySet[Recruiter]) -> QuerySet[Recruiter]:
    """Fetch what the column needs, in two statements for every chunk of a file."""
    return found.prefetch_related("licences__history")


def _told(licence: Licence) -> str:
    standing = licence.standing(licence.today())
    parts = [licence.number or licence.ref, licence.authority, status_word(standing.code)]
    if standing.expires_on:
        parts.append(standing.expires_on.isoformat())
    return ", ".join(part for part in parts if part)


def told_licences(recruiter: Recruiter) -> str:
    """Return each licence as number, authority, status today and last day."""
    return "; ".join(_told(licence) for licence in recruiter.licences.all())


ALL_LICENCES: Column[Recruiter] = Column("licences", gettext_lazy("All licences"), value=told_licences, on_page=False)
