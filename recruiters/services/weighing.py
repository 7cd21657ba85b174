"""Weigh what a file's rows would change about recruiters that are here: name, status, term, and who may say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import prefetch_related_objects

from parties.matching import ALERT, similarity
from recruiters.columns import plain
from recruiters.licensing import Change, Standing, standing_on
from recruiters.models import Licence, LicenceStatus, Recruiter, RegisterLoad, RegisterSource, SourceRecord
from recruiters.models.words import Reason
from recruiters.precedence import Outcome, Said, Weight, better, graver, outcome
from recruiters.registerrows import RegisterRow
from recruiters.services.recognising import licence_of

SAME_NAME, ANOTHER = "same", "another"
"""What a person answers about another name under a known number."""
ALTERED = tuple[SourceRecord, RegisterRow]


@dataclass(frozen=True, slots=True)
class Weighed:
    """One row against what is here: the licence it speaks of, who speaks, what comes of it, and whether it is asked."""

    recruiter: Recruiter
    row: RegisterRow
    licence: Licence | None
    own: bool
    outcome: Outcome
    before: Standing | None
    after: Said | None
    other_name: bool

    @property
    def is_graver(self) -> bool:
        """Tell whether it would make the licence worse for its holder."""
        return self._turns and graver(self._before, self._after)

    @property
    def is_better(self) -> bool:
        """Tell whether it would make the licence better for its holder."""
        return self._turns and better(self._before, self._after)

    @property
    def _turns(self) -> bool:
        return self.outcome is Outcome.APPLY and self.before is not None and self.after is not None

    @property
    def _before(self) -> str:
        return self.before.code if self.before else ""

    @property
    def _after(self) -> str:
        return self.after.code if self.after else ""


@dataclass
class Weighing:
    """Weigh the rows of one load; a fixed number of queries for each batch."""

    load: RegisterLoad
    day: date
    authorities: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Look up whose register each is."""
        known = RegisterSource.objects.exclude(authority="").values_list("source", "authority")
        self.authorities = {source: plain(authority) for source, authority in known}

    def weigh(self, pairs: Sequence[ALTERED], codes: Sequence[LicenceStatus]) -> list[Weighed]:
        """Return each row weighed; ``codes`` are the unsaved rows of history that the file's rows speak of."""
        recruiters = [record.recruiter for record, _row in pairs]
        prefetch_related_objects(recruiters, "party__names", "licences__history")
        return [self._one(record, row, said) for (record, row), said in zip(pairs, codes, strict=True)]

    def _one(self, record: SourceRecord, row: RegisterRow, said: LicenceStatus) -> Weighed:
        recruiter = record.recruiter
        licence = _licence(record, row) if row.has_licence else None
        own = self.is_own(record, licence)
        names = [name.text for name in recruiter.party.names.all()] or [recruiter.party.name]
        asked = row.name not in names and not _alike(row.name, names)
        if not row.has_licence or licence is None:
            return Weighed(recruiter, row, licence, own, Outcome.APPLY, None, None, asked)
        today = max(self.day, licence.today())
        begun = [each for each in licence.standing_rows() if each.effective_on <= today]
        stands = self._said(begun[-1], licence) if begun else None
        # An edition speaks on its own day; against what an officer wrote here the day that it names decides.
        here = bool(begun) and begun[-1].reason_code != Reason.REGISTER_IMPORT
        on = row.status_on if here and row.status_on else self.day
        file = Said(str(said.code), said.expires_on, on, Weight.OWN if own else Weight.OTHER)
        found = outcome(stands, file)
        before, met = licence.standing(today), _met(file, self.day)
        if row.holder and (before.code, before.expires_on) == (met.code, met.expires_on):
            found = Outcome.SAME  # a register of ours writes what a term's end made of the status
        return Weighed(recruiter, row, licence, own, found, before, met, asked)

    def is_own(self, record: SourceRecord, licence: Licence | None) -> bool:
        """Tell whether this register is the one that speaks for the licence (or, without one, for the recruiter)."""
        if licence is None:
            return bool(record.pk)
        return self._is_source(licence, self.load.source, bool(record.pk and record.licence_id == licence.pk))

    def _is_source(self, licence: Licence, source: str, named_before: bool) -> bool:
        if licence.authority and self.authorities.get(source) == plain(licence.authority):
            return True
        if licence.brought_by:
            return licence.brought_by == source
        first = next(iter(licence.standing_rows()), None)  # brought before it was written down which register did
        return named_before and first is not None and first.reason_code == Reason.REGISTER_IMPORT

    def _said(self, row: LicenceStatus, licence: Licence) -> Said:
        if row.order_number:
            weight = Weight.ORDER
        elif row.reason_code != Reason.REGISTER_IMPORT or not row.source:
            weight = Weight.OWN
        else:
            weight = Weight.OWN if self._is_source(licence, row.source, named_before=True) else Weight.OTHER
        return Said(row.code, row.expires_on, row.effective_on, weight)


def _met(file: Said, day: date) -> Said:
    """Return what the file's word means today: a term that is over has expired."""
    code = standing_on([Change(file.code, date.min, file.expires_on)], day).code
    return Said(code, file.expires_on, file.on, file.weight)


def _licence(record: SourceRecord, row: RegisterRow) -> Licence | None:
    if record.licence_id is not None:
        return next((each for each in record.recruiter.licences.all() if each.pk == record.licence_id), record.licence)
    return licence_of(record.recruiter.licences.all(), row)


def _alike(name: str, known: Iterable[str]) -> bool:
    return any(similarity(name, text) >= ALERT for text in known)
