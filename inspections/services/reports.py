"""Open what the internal report is made of; who opened it is written down."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from checklists.sheets import Standing, Words, all_words, standing
from core import audit
from core.models import User
from inspections.models import Visit


@dataclass(frozen=True)
class OpenedReport:
    """A visit's standing answers, and the words beside them for those who may read words."""

    standing: Standing
    words: Mapping[str, Words]
    has_words: bool


@transaction.atomic
def open_report(visit: Visit, *, actor: User) -> OpenedReport:
    """Gather a visit's report for a reader and write down that he did; notes only for the team and the supervisor."""
    inside = visit.permits(actor, "words")
    found = standing(visit.ref, visit.version)
    words = all_words(found, actor=actor, reason="visit.report") if inside else {}
    audit.record("visit.report_opened", actor=actor, subject=visit.ref, words=inside)
    return OpenedReport(found, words, inside)
