"""Lay out what a staged load would change, so that an officer sees it before it happens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.actors import SYSTEM
from recruiters.loadwording import FIELDS
from recruiters.models import RegisterLoad, SourceRecord
from recruiters.presenting import status_word
from recruiters.registerrows import RegisterRow
from recruiters.services.altering import status_of
from recruiters.services.staging import staged_rows
from recruiters.services.swap import Swap

SHOWN = 25


@dataclass(frozen=True)
class Difference:
    """One thing that would change: what it is called, what it is and what it would be."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Previewed:
    """One record that is new, changed or gone."""

    name: str
    number: str
    address: str = ""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Preview:
    """The first records of each kind."""

    added: list[Previewed]
    changed: list[Previewed]
    gone: list[Previewed]


def preview(load: RegisterLoad, day: date) -> Preview:
    """Return the first records that a staged load would add, change and mark as gone."""
    swap = Swap(load, staged_rows(load), set(load.report.get("kept_keys", ())), actor=SYSTEM, day=day, write=False)
    swap.sort()
    known = swap.already_here(swap.fresh[:SHOWN])
    return Preview(
        added=[
            Previewed(row.name, row.licence_number, known[row.key].get_absolute_url() if row.key in known else "")
            for row in swap.fresh[:SHOWN]
        ],
        changed=[_changed(record, row, swap) for record, row in swap.altered[:SHOWN]],
        gone=[_of(record) for record in swap.vanished[:SHOWN]],
    )


def _of(record: SourceRecord, differences: Iterable[Difference] = ()) -> Previewed:
    recruiter = record.recruiter
    number = record.licence.number if record.licence else ""
    return Previewed(recruiter.party.name, number, recruiter.get_absolute_url(), tuple(differences))


def _changed(record: SourceRecord, row: RegisterRow, swap: Swap) -> Previewed:
    recruiter = record.recruiter
    pairs = [(str(FIELDS["name"]), recruiter.party.name, row.name)]
    pairs += [
        (str(FIELDS[name]), getattr(recruiter, name), getattr(row, name) or getattr(recruiter, name))
        for name in ("phone", "email", "website")
    ]
    if row.has_licence:
        code = status_of(row, has_status_column=swap.writing.has_status_column)
        newest = record.licence.history.order_by("-effective_on", "-pk").first() if record.licence else None
        pairs.append((_("status"), status_word(newest.code) if newest else "", status_word(code)))
        pairs.append((_("term ends"), _day(newest.expires_on if newest else None), _day(row.expires_on)))
    found = [Difference(label, before, after) for label, before, after in pairs if before != after]
    return _of(record, found or [Difference(_("other columns"), "", _("changed"))])


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
