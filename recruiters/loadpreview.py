"""Lay out what a staged load would change, so that an officer sees it before it happens."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.actors import SYSTEM
from recruiters.loadwording import FIELDS, kept_sentence
from recruiters.models import RegisterLoad, SourceRecord
from recruiters.precedence import Outcome
from recruiters.presenting import status_word
from recruiters.registerrows import RegisterRow
from recruiters.services.shown import ASKED, SHOWN, asked_of, touched_of
from recruiters.services.staging import staged_rows
from recruiters.services.swap import Swap
from recruiters.services.weighing import Weighed

CONTACTS = ("phone", "email", "website")


@dataclass(frozen=True)
class Difference:
    """One thing that would change: what it is called, what it is and what it would be."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Previewed:
    """One record that is new, changed or gone; ``direction`` says whether a licence would be graver or better."""

    name: str
    number: str
    address: str = ""
    differences: tuple[Difference, ...] = ()
    kept: str = ""
    direction: str = ""
    linked: bool = False


@dataclass(frozen=True)
class NameQuestion:
    """A row whose number is here under another name."""

    row: int
    key: str
    name: str
    number: str
    here: str
    address: str


@dataclass(frozen=True)
class Preview:
    """The first records of each kind, what is asked, and how many licences would be graver and better."""

    added: list[Previewed] = field(default_factory=list)
    changed: list[Previewed] = field(default_factory=list)
    gone: list[Previewed] = field(default_factory=list)
    questions: list[NameQuestion] = field(default_factory=list)
    more_questions: int = 0
    graver: int = 0
    better: int = 0


def preview(load: RegisterLoad, day: date) -> Preview:
    """Return the first records that a staged load would add, change and mark as gone, the graver changes first."""
    marked = load.report.get("shown")
    kept = set(load.report.get("kept_keys", ()))
    if marked:  # of a large load only what is shown is looked at again
        swap = Swap(
            load, staged_rows(load, marked["keys"]), set(), actor=SYSTEM, day=day, write=False,
            only={*marked["keys"], *marked["gone"]},
        )  # fmt: skip
    else:
        swap = Swap(load, staged_rows(load), kept, actor=SYSTEM, day=day, write=False)
    swap.sort()
    asked, found = asked_of(swap), load.report if marked else swap.report()
    return Preview(
        added=[Previewed(row.name, row.licence_number) for row in swap.fresh[:SHOWN]],
        changed=[_changed(record, weighed, linked=linked) for record, weighed, linked in touched_of(swap)[:SHOWN]],
        gone=[_gone(record) for record in swap.vanished[:SHOWN]],
        questions=[_question(each) for each in asked[:ASKED]],
        more_questions=marked["more_questions"] if marked else max(len(asked) - ASKED, 0),
        graver=found["graver"],
        better=found["better"],
    )


def _question(asked: Weighed) -> NameQuestion:
    row, recruiter = asked.row, asked.recruiter
    number = row.licence_number or row.registration_number or row.holder
    return NameQuestion(row.number, row.key, row.name, number, recruiter.party.name, recruiter.get_absolute_url())


def _gone(record: SourceRecord) -> Previewed:
    recruiter = record.recruiter
    number = record.licence.number if record.licence else ""
    return Previewed(recruiter.party.name, number, recruiter.get_absolute_url())


def _changed(record: SourceRecord, weighed: Weighed, *, linked: bool) -> Previewed:
    recruiter, row = weighed.recruiter, weighed.row
    renames = bool(record.pk) and weighed.own
    known = {name.text for name in recruiter.party.names.all()} | {recruiter.party.name}
    name = str(FIELDS["name"]) if renames else _("another name")
    pairs = [(name, recruiter.party.name if renames or row.name in known else "",
              row.name if renames or row.name not in known else recruiter.party.name)]  # fmt: skip
    pairs += [
        (str(FIELDS[each]), now, (getattr(row, each) if weighed.own or not now else now) or now)
        for each, now in ((each, getattr(recruiter, each)) for each in CONTACTS)
    ]
    pairs += list(_standing(weighed, row))
    found = [Difference(label, before, after) for label, before, after in pairs if before != after]
    kept = ""
    if weighed.after is not None and weighed.outcome not in (Outcome.APPLY, Outcome.SAME):
        kept = kept_sentence(weighed.outcome, status_word(weighed.after.code), _day(weighed.after.expires_on))
    if not found and not kept and not linked:
        found = [Difference(_("other columns"), "", _("changed"))]
    return Previewed(
        recruiter.party.name, row.licence_number, recruiter.get_absolute_url(), tuple(found), kept,
        "graver" if weighed.is_graver else "better" if weighed.is_better else "", linked,
    )  # fmt: skip


def _standing(weighed: Weighed, row: RegisterRow) -> Iterable[tuple[str, str, str]]:
    if not row.has_licence or weighed.outcome is not Outcome.APPLY:
        return
    if weighed.before is None or weighed.after is None:
        yield _("licence"), "", row.licence_number or _("without a number")
        return
    yield _("status"), status_word(weighed.before.code), status_word(weighed.after.code)
    yield _("term ends"), _day(weighed.before.expires_on), _day(weighed.after.expires_on)


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
