"""Recognise recruiters that are here already: by the number of a licence, by registration, by a reference of ours."""

from collections.abc import Iterable, Mapping, Sequence

from parties.models import Identifier
from recruiters.models import Licence, Recruiter
from recruiters.registerrows import RegisterRow, number_key, references

Companions = list[tuple[RegisterRow, RegisterRow]]


def already_here(rows: Sequence[RegisterRow]) -> dict[str, Recruiter]:
    """Return recruiters known by a number, from another source or by hand, or by a reference of ours, by row's key.

    A reference goes before a registration, and gives way to a licence that somebody else holds here. None is believed
    without the name: the swap asks a person about another one.
    """
    licensed = _by_licence(rows)
    known = _by_reference({row.holder for row in rows if row.holder})
    named = {row.key: known[row.holder] for row in rows if row.holder in known}
    held = {row.key: named[row.key] for row in rows if row.key in named and _holds(named[row.key], row)}
    return _by_registration(rows) | named | licensed | held


def _by_licence(rows: Sequence[RegisterRow]) -> dict[str, Recruiter]:
    by_licence = {(row.country, number_key(row.licence_number)): row for row in rows if row.licence_number}
    found: dict[str, Recruiter] = {}
    held = Licence.objects.filter(number_key__in=[key for _c, key in by_licence]).select_related("recruiter__party")
    for licence in held:
        row = by_licence.get((licence.country, licence.number_key))
        if row is not None and row.authority in ("", licence.authority):
            found[row.key] = licence.recruiter
    return found


def _by_registration(rows: Sequence[RegisterRow]) -> dict[str, Recruiter]:
    by_number = {number_key(row.registration_number): row for row in rows if row.registration_number}
    numbered = Identifier.objects.filter(scheme__startswith="registration", value__in=list(by_number))
    parties_by_row = {i.party_id: by_number[i.value] for i in numbered if i.country == by_number[i.value].country}
    known = Recruiter.objects.filter(party__in=list(parties_by_row)).select_related("party")
    return {parties_by_row[recruiter.party_id].key: recruiter for recruiter in known}


def _by_reference(refs: set[str]) -> dict[str, Recruiter]:
    """Return who bears each of these references today: one that was merged leads to the entry that survived."""
    here = Recruiter.objects.filter(ref__in=refs).select_related("party", "merged_into__party")
    return {recruiter.ref: recruiter.survivor() for recruiter in here.prefetch_related("licences")}


def _holds(recruiter: Recruiter, row: RegisterRow) -> bool:
    key = number_key(row.licence_number)
    return any(each.ref == row.licence_ref or (key and each.number_key == key) for each in recruiter.licences.all())


def licence_of(licences: Iterable[Licence], row: RegisterRow) -> Licence | None:
    """Return which of a recruiter's licences a row speaks of: by our reference, else by number and authority."""
    held, key = list(licences), number_key(row.licence_number)
    by_ref = next((each for each in held if row.licence_ref and each.ref == row.licence_ref), None)
    if by_ref is not None or (row.licence_ref and not key):
        return by_ref
    alike = sorted((each for each in held if each.number_key == key), key=lambda each: each.authority != row.authority)
    return next(iter(alike), None)


def together(
    rows: Sequence[RegisterRow], here: Mapping[str, Recruiter]
) -> tuple[list[RegisterRow], list[tuple[RegisterRow, Recruiter]], Companions]:
    """Part new rows of one holder: those that begin an entry, those whose holder is here, those beside a first row."""
    firsts: dict[str, RegisterRow] = {}
    new: list[RegisterRow] = []
    joined: list[tuple[RegisterRow, Recruiter]] = []
    beside: Companions = []
    for row in rows:
        if row.holder in here:
            joined.append((row, here[row.holder]))
        elif firsts.setdefault(row.holder or row.key, row) is row:
            new.append(row)
        else:
            beside.append((row, firsts[row.holder]))
    return new, joined, beside


def holders(known: Iterable[tuple[str, Recruiter]]) -> dict[str, Recruiter]:
    """Return who the holders named in a source's earlier records are here, by reference."""
    return {holder: recruiter for key, recruiter in known if (holder := references(key)[0])}
