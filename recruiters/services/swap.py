"""Swap a staged register in: what is new is written in bulk, what changed row by row, what is gone is marked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from core.actors import Actor
from core.models import User
from core.standards import standard
from parties import services as parties
from parties.keys import script_of
from parties.models import Identifier, Kind, Name, NameKey, Party, Relationship, Site
from recruiters.licensing import ADVERSE, MAY_RECRUIT, Status, standing_on
from recruiters.models import Corridor, Licence, LicenceStatus, Recruiter, RegisterLoad, SourceRecord
from recruiters.models.words import Reason, RecruiterKind
from recruiters.registerrows import RegisterRow, number_key
from recruiters.services.register import corridors_for, rename, sorting
from recruiters.services.standing import put_standing, refresh_standing

BATCH = 1000


def status_of(row: RegisterRow, *, has_status_column: bool) -> str:
    """Return our code for a row's status; without a word and without a term nothing may be called valid."""
    if row.raw_status:
        return standard("licence").map_word(row.raw_status).code
    if has_status_column or row.expires_on is None:
        return Status.UNKNOWN
    return Status.ACTIVE


def batches(items: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """Yield the items in lists of at most ``size``."""
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


class Swap:
    """Carry one load over into the register; with ``write=False`` only count what would happen."""

    def __init__(
        self,
        load: RegisterLoad,
        rows: Mapping[str, RegisterRow],
        kept: set[str],
        *,
        actor: Actor,
        day: date,
        write: bool,
    ) -> None:
        self.load, self.rows, self.kept, self.actor, self.day, self.write = load, rows, kept, actor, day, write
        self.has_status_column = "status" in load.report.get("columns", {})
        self.added = self.changed = self.unchanged = self.gone = 0
        self.linked: list[str] = []
        self.kept_orders: list[str] = []
        self.unmapped: Counter[str] = Counter()
        self.corridors: dict[tuple[str, tuple[str, ...]], list[Corridor]] = {}

    def report(self) -> dict[str, Any]:
        """Return what people should know beside the counts."""
        return {
            "unmapped_words": dict(self.unmapped),
            "linked_to_known": self.linked[:500],
            "kept_because_of_order": self.kept_orders[:500],
        }

    def run(self) -> None:
        """Do the whole swap; the caller holds the transaction."""
        known = {record.key: record for record in SourceRecord.objects.filter(source=self.load.source)}
        fresh, altered, same = [], [], []
        for key, row in self.rows.items():
            record = known.get(key)
            if record is None:
                fresh.append(row)
            elif record.digest != row.digest or record.gone_on is not None:
                altered.append((record, row))
            else:
                same.append(record.pk)
        gone = [r for k, r in known.items() if r.gone_on is None and k not in self.rows and k not in self.kept]
        self.changed, self.unchanged, self.gone = len(altered), len(same), len(gone)
        self.added = len(fresh)
        for row in self.rows.values():
            if row.raw_status and standard("licence").map_word(row.raw_status).code == Status.UNKNOWN:
                self.unmapped[row.raw_status] += 1
        if not self.write:
            return
        for batch in batches(fresh):
            self._add(batch)
        for record, row in altered:
            self._alter(record, row)
        self._mark_gone(gone)
        for ids in batches(same, 500):
            SourceRecord.objects.filter(pk__in=ids).update(last_load=self.load)

    # New records

    def _add(self, rows: list[RegisterRow]) -> None:
        known = self._already_here(rows)
        for row in [row for row in rows if row.key in known]:
            recruiter = known[row.key]
            self.linked.append(recruiter.ref)
            record = SourceRecord(source=self.load.source, key=row.key, recruiter=recruiter, last_load=self.load)
            self._alter(record, row)
        new = [row for row in rows if row.key not in known]
        made = Party.objects.bulk_create(
            Party(kind=Kind.ORGANISATION, name=row.name, country=row.country, sector=row.sector) for row in new
        )
        self._add_names(list(zip(made, new, strict=True)))
        self._add_facts(list(zip(made, new, strict=True)))
        recruiters = self._add_recruiters(list(zip(made, new, strict=True)))
        licences = self._add_licences(list(zip(recruiters, new, strict=True)))
        SourceRecord.objects.bulk_create(
            SourceRecord(
                source=self.load.source, key=row.key, digest=row.digest, recruiter=recruiter,
                licence=licences.get(row.key), last_load=self.load,
            )
            for recruiter, row in zip(recruiters, new, strict=True)
        )  # fmt: skip
        self._add_people(list(zip(made, new, strict=True)))

    def _already_here(self, rows: list[RegisterRow]) -> dict[str, Recruiter]:
        """Return recruiters already known by a licence or registration number, from another source or by hand."""
        by_licence = {(row.country, number_key(row.licence_number)): row for row in rows if row.licence_number}
        by_number = {number_key(row.registration_number): row for row in rows if row.registration_number}
        found: dict[str, Recruiter] = {}
        held = Licence.objects.filter(number_key__in=[key for _c, key in by_licence]).select_related("recruiter__party")
        for licence in held:
            row = by_licence.get((licence.country, licence.number_key))
            if row is not None and row.authority in ("", licence.authority):
                found[row.key] = licence.recruiter
        numbered = Identifier.objects.filter(scheme__startswith="registration", value__in=list(by_number))
        parties_by_row = {i.party_id: by_number[i.value] for i in numbered if i.country == by_number[i.value].country}
        for recruiter in Recruiter.objects.filter(party__in=list(parties_by_row)).select_related("party"):
            found.setdefault(parties_by_row[recruiter.party_id].key, recruiter)
        return found

    def _add_names(self, pairs: list[tuple[Party, RegisterRow]]) -> None:
        names = [
            Name(
                party=party,
                text=text,
                script=script_of(text),
                kind=Name.Use.PRIMARY if text == row.name else Name.Use.ALIAS,
            )
            for party, row in pairs
            for text in dict.fromkeys((row.name, *(n[:300] for n in row.other_names)))
        ]
        made = Name.objects.bulk_create(names, batch_size=BATCH)
        NameKey.objects.bulk_create((key for name in made for key in parties.keys_for(name)), batch_size=BATCH * 2)

    def _add_facts(self, pairs: list[tuple[Party, RegisterRow]]) -> None:
        Identifier.objects.bulk_create(
            Identifier(
                party=party, scheme=f"registration:{row.country}" if row.country else "registration",
                value=number_key(row.registration_number)[:80], country=row.country,
            )
            for party, row in pairs
            if number_key(row.registration_number)
        )  # fmt: skip
        Site.objects.bulk_create(
            Site(party=party, name=row.name, address=row.address, city=row.city, country=row.country)
            for party, row in pairs
            if row.address and row.country
        )

    def _add_recruiters(self, pairs: list[tuple[Party, RegisterRow]]) -> list[Recruiter]:
        made = Recruiter.objects.bulk_create(self._recruiter(party, row) for party, row in pairs)
        through = Recruiter.corridors.through
        through.objects.bulk_create(
            through(recruiter_id=recruiter.pk, corridor_id=corridor.pk)
            for recruiter, (_party, row) in zip(made, pairs, strict=True)
            for corridor in self._corridors(row)
        )
        return made

    def _recruiter(self, party: Party, row: RegisterRow) -> Recruiter:
        recruiter = Recruiter(
            party=party,
            kind=RecruiterKind.AGENCY if row.has_licence else RecruiterKind.ORGANISATION,
            sort_name=sorting(row.name),
            country=row.country,
            phone=row.phone,
            email=row.email,
            website=row.website,
            registered_on=self.day,
            licence_number=row.licence_number,
        )
        if row.has_licence:
            put_standing(recruiter, standing_on([self._status(Licence(), row).as_change()], self.day))
        return recruiter

    def _corridors(self, row: RegisterRow) -> list[Corridor]:
        key = (row.country, row.destinations)
        if key not in self.corridors:
            self.corridors[key] = corridors_for(row.country, row.destinations)
        return self.corridors[key]

    def _add_licences(self, pairs: list[tuple[Recruiter, RegisterRow]]) -> dict[str, Licence]:
        licensed = [(recruiter, row) for recruiter, row in pairs if row.has_licence]
        made = Licence.objects.bulk_create(self._licence(recruiter, row) for recruiter, row in licensed)
        LicenceStatus.objects.bulk_create(
            self._status(licence, row) for licence, (_r, row) in zip(made, licensed, strict=True)
        )
        return {row.key: licence for licence, (_r, row) in zip(made, licensed, strict=True)}

    def _licence(self, recruiter: Recruiter, row: RegisterRow) -> Licence:
        return Licence(
            recruiter=recruiter,
            number=row.licence_number,
            number_key=number_key(row.licence_number),
            authority=row.authority,
            country=row.country,
            issued_on=row.issued_on,
            conditions=row.conditions,
        )

    def _status(self, licence: Licence, row: RegisterRow, *, since: date | None = None) -> LicenceStatus:
        code = status_of(row, has_status_column=self.has_status_column)
        begins = since or row.status_on or (row.issued_on if code in MAY_RECRUIT else None) or self.day
        return LicenceStatus(
            licence=licence,
            code=code,
            raw=row.raw_status,
            effective_on=min(begins, row.expires_on) if row.expires_on and begins > row.expires_on else begins,
            expires_on=row.expires_on,
            reason_code=Reason.REGISTER_IMPORT,
            recorded_by=self.actor if isinstance(self.actor, User) else None,
        )

    def _add_people(self, pairs: list[tuple[Party, RegisterRow]]) -> None:
        wanted = [
            (party, role, text[:300])
            for party, row in pairs
            for role, people in ((Relationship.Is.OWNER, row.owners), (Relationship.Is.DIRECTOR, row.directors))
            for text in people
            if any(character.isalpha() for character in text)
        ]
        by_name = {
            (party.pk, text): Party(kind=Kind.PERSON, name=text, country=party.country) for party, _r, text in wanted
        }
        Party.objects.bulk_create(by_name.values())
        names = Name.objects.bulk_create(
            Name(party=person, text=text, script=script_of(text), kind=Name.Use.PRIMARY)
            for (_pk, text), person in by_name.items()
        )
        NameKey.objects.bulk_create((key for name in names for key in parties.keys_for(name)), batch_size=BATCH * 2)
        Relationship.objects.bulk_create(
            Relationship(source=by_name[(party.pk, text)], kind=role, target=party, starts=self.day)
            for party, role, text in wanted
        )

    # Changed and vanished records

    def _alter(self, record: SourceRecord, row: RegisterRow) -> None:
        recruiter = record.recruiter
        if row.name != recruiter.party.name:
            if record._state.adding:
                parties.add_name(recruiter.party, row.name, actor=self.actor)
            else:
                rename(recruiter, row.name, actor=self.actor)
        for text in row.other_names:
            parties.add_name(recruiter.party, text, actor=self.actor)
        for field in ("phone", "email", "website"):
            setattr(recruiter, field, getattr(row, field) or getattr(recruiter, field))
        recruiter.save(update_fields=["phone", "email", "website"])
        recruiter.corridors.add(*self._corridors(row))
        if row.has_licence:
            record.licence = self._alter_licence(record, row)
        record.digest, record.last_load, record.gone_on = row.digest, self.load, None
        record.save()
        refresh_standing([recruiter.pk], day=self.day)

    def _alter_licence(self, record: SourceRecord, row: RegisterRow) -> Licence:
        licence = record.licence or record.recruiter.licences.filter(number_key=number_key(row.licence_number)).first()
        if licence is None:
            licence = self._licence(record.recruiter, row)
            licence.save()
            self._status(licence, row).save()
            return licence
        newest = licence.history.order_by("-effective_on", "-pk").first()
        code = status_of(row, has_status_column=self.has_status_column)
        if newest is not None and (newest.code, newest.expires_on) == (code, row.expires_on):
            return licence
        if newest is not None and newest.order_number and newest.code in ADVERSE and code in MAY_RECRUIT:
            self.kept_orders.append(licence.ref)  # an order given here is lifted here, not by somebody's file
            return licence
        since = (
            row.status_on if newest is None or (row.status_on and row.status_on >= newest.effective_on) else self.day
        )
        self._status(licence, row, since=since).save()
        return licence

    def _mark_gone(self, gone: list[SourceRecord]) -> None:
        for batch in batches(gone, 500):
            SourceRecord.objects.filter(pk__in=[record.pk for record in batch]).update(
                gone_on=self.day, last_load=self.load
            )
            licences = {record.licence_id for record in batch if record.licence_id}
            LicenceStatus.objects.bulk_create(
                LicenceStatus(
                    licence_id=pk, code=Status.DELISTED, effective_on=self.day, reason_code=Reason.REGISTER_IMPORT
                )
                for pk in sorted(licences)
            )
            refresh_standing([record.recruiter_id for record in batch], day=self.day)
