"""Swap a staged register in: what is new is written in bulk, what changed row by row, what is gone is marked."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from core.actors import Actor
from core.inserting import insert_many
from core.standards import standard
from parties import contacts
from parties import services as parties
from parties.keys import script_of
from parties.models import Contact, Identifier, Kind, Name, Party, Provenance, Relationship, Site
from recruiters.columns import plain
from recruiters.licensing import Status, standing_on
from recruiters.models import Corridor, Licence, LicenceStatus, LoadChange, Recruiter, RegisterLoad, SourceRecord
from recruiters.models.words import RecruiterKind
from recruiters.precedence import Outcome
from recruiters.registerrows import RegisterRow, number_key, references
from recruiters.services.altering import Altering, Writing, batches
from recruiters.services.recognising import Companions, already_here, holders, together
from recruiters.services.register import corridors_for, sorting
from recruiters.services.staging import leave_out
from recruiters.services.standing import put_standing
from recruiters.services.weighing import ANOTHER, SAME_NAME, Weighed, Weighing

BATCH = 1000
Pairs = list[tuple[Party, RegisterRow]]


class Swap:
    """Carry one load over into the register; with ``write=False`` only count what would happen.

    ``only`` are the keys that are looked at, where a page shows a few records of many.
    """

    def __init__(
        self,
        load: RegisterLoad,
        rows: Mapping[str, RegisterRow],
        kept: set[str],
        *,
        actor: Actor,
        day: date,
        write: bool,
        only: Collection[str] | None = None,
    ) -> None:
        self.load, self.rows, self.kept, self.day, self.write, self.only = load, rows, kept, day, write, only
        has_status = "status" in load.report.get("columns", {})
        self.writing = Writing(load, actor=actor, day=day, has_status_column=has_status)
        self.altering = Altering(self.writing, self._corridors)
        self.fresh: list[RegisterRow] = []
        self.altered: list[tuple[SourceRecord, RegisterRow]] = []
        self.same: list[int] = []
        self.tied: list[tuple[SourceRecord, RegisterRow]] = []
        self.weighed: dict[str, Weighed] = {}
        self.asked: list[Weighed] = []
        self.beside: Companions = []
        self.repeated: list[tuple[RegisterRow, RegisterRow]] = []
        self.vanished: list[SourceRecord] = []
        self.corridors: dict[tuple[str, tuple[str, ...]], list[Corridor]] = {}

    def counts(self) -> dict[str, int]:
        """Return how many records are new, changed, unchanged and gone."""
        return {
            "added": len(self.fresh) + len(self.beside),
            "changed": len(self.altered) + len(self.tied),
            "unchanged": len(self.same),
            "gone": len(self.vanished),
        }

    def report(self) -> dict[str, Any]:
        """Return what people should know beside the counts."""
        return {
            "unmapped_words": dict(self.writing.unmapped),
            "linked_to_known": [record.recruiter.ref for record, _row in self.tied][:500],
            "kept_because_of_order": self._kept(Outcome.ORDER),
            "kept_because_of_source": self._kept(Outcome.OTHER_REGISTER, Outcome.OLDER),
            "graver": sum(each.is_graver for each in self.weighed.values()),
            "better": sum(each.is_better for each in self.weighed.values()),
            "asked": len(self.asked),
        }

    def run(self) -> None:
        """Do the whole swap; the caller holds the transaction."""
        self.sort()
        if not self.write:
            return
        for batch in batches(self.fresh):
            self._add(batch)
        self._add_beside()
        for kind, pairs in ((LoadChange.Kind.LINKED, self.tied), (LoadChange.Kind.CHANGED, self.altered)):
            for record, row in pairs:
                self.altering.alter(record, self.weighed[row.key], kind)
        self.altering.mark_gone(self.vanished)
        self._leave_out()
        self.writing.journal.write()
        for ids in batches(self.same, 500):
            SourceRecord.objects.filter(pk__in=ids).update(last_load=self.load)

    def sort(self) -> None:
        """Tell what is new, changed, unchanged and gone, compared with the source's last edition."""
        found = SourceRecord.objects.filter(source=self.load.source).select_related("recruiter__party", "licence")
        if self.only is not None:
            found = found.filter(key__in=self.only)
        known = {record.key: record for record in found}
        for key, row in self.rows.items():
            record = known.get(key)
            if record is None:
                self.fresh.append(row)
            elif record.digest != row.digest or record.gone_on is not None:
                self.altered.append((record, row))
            else:
                self.same.append(record.pk)
            if row.raw_status and standard("licence").map_word(row.raw_status).code == Status.UNKNOWN:
                self.writing.unmapped[row.raw_status] += 1
        stays = self.rows.keys() | self.kept
        self.vanished = [record for key, record in known.items() if record.gone_on is None and key not in stays]
        self.vanished = [record for record in self.vanished if f"id:{references(record.key)[0]}" not in self.kept]
        self._tie({key: record.recruiter for key, record in known.items()})
        self._weigh()

    def _tie(self, before: Mapping[str, Recruiter]) -> None:
        """Set apart the new rows whose number or holder is here already: they are linked to who bears it."""
        fresh: list[RegisterRow] = []
        for batch in batches(self.fresh):
            known = already_here(batch)
            for row in batch:
                if row.key not in known:
                    fresh.append(row)
                    continue
                self.tied.append((self._record(row, known[row.key]), row))
        here = {row.holder: record.recruiter for record, row in self.tied if row.holder}
        here |= holders(before.items())
        self.fresh, joined, beside = together(self._once(fresh), here)
        for row, first in beside:  # one reference under two names is not one recruiter by itself
            (self.beside if plain(row.name) == plain(first.name) else self.repeated).append((row, first))
        self.tied += [(self._record(row, recruiter), row) for row, recruiter in joined]

    def _record(self, row: RegisterRow, recruiter: Recruiter) -> SourceRecord:
        return SourceRecord(source=self.load.source, key=row.key, recruiter=recruiter, last_load=self.load)

    def _once(self, rows: list[RegisterRow]) -> list[RegisterRow]:
        """Keep the first of the new rows with one licence number of one authority; the others are left out."""
        seen: dict[tuple[str, str, str], RegisterRow] = {}
        for row in rows:
            number = number_key(row.licence_number)
            first = seen.setdefault((row.country, row.authority, number or row.key), row)
            if first is not row:
                self.repeated.append((row, first))
        dropped = {row.key for row, _first in self.repeated}
        return [row for row in rows if row.key not in dropped]

    def _weigh(self) -> None:
        """Weigh what would change; rows under another name than the one here wait for a person's answer."""
        weighing = Weighing(self.load, self.day)
        answers = self.load.report.get("answers", {})
        for name in ("tied", "altered"):
            kept = []
            for batch in batches(getattr(self, name)):
                said = [self.writing.status(Licence(), row) for _record, row in batch]
                for pair, weighed in zip(batch, weighing.weigh(batch, said), strict=True):
                    same = answers.get(weighed.row.key) == SAME_NAME or self.load.report.get("accept_names")
                    if weighed.other_name and not same:
                        self.asked.append(weighed)
                        continue
                    self.weighed[weighed.row.key] = weighed
                    kept.append(pair)
            setattr(self, name, kept)

    def _leave_out(self) -> None:
        """Note the rows that wait for an answer, were answered with no, or repeat a number, as rejected ones."""
        answers = self.load.report.get("answers", {})
        left: list[tuple[RegisterRow, dict[str, Any]]] = [
            (each.row, {"rule": f"another_{'organisation' if answers.get(each.row.key) == ANOTHER else 'name'}"})
            for each in self.asked
        ]
        left += [(row, {"rule": "same_number_as_row", "other": first.number}) for row, first in self.repeated]
        leave_out(self.load, left)

    def _kept(self, *outcomes: Outcome) -> list[str]:
        found = (each for each in self.weighed.values() if each.outcome in outcomes and each.licence)
        return [each.licence.ref for each in found if each.licence][:500]

    # New records

    def _add(self, new: list[RegisterRow]) -> None:
        made = insert_many(
            Party(kind=Kind.ORGANISATION, name=row.name, country=row.country, sector=row.sector) for row in new
        )
        pairs = list(zip(made, new, strict=True))
        notes: dict[int, dict[str, list[int]]] = {party.pk: {"parties": [party.pk]} for party in made}
        self._add_names(pairs, notes)
        self._add_facts(pairs, notes)
        recruiters = self._add_recruiters(pairs)
        licences = self._add_licences(list(zip(recruiters, new, strict=True)), notes)
        SourceRecord.objects.bulk_create(
            SourceRecord(
                source=self.load.source, key=row.key, digest=row.digest, recruiter=recruiter,
                licence=licences.get(row.key), last_load=self.load,
            )
            for recruiter, row in zip(recruiters, new, strict=True)
        )  # fmt: skip
        self._add_people(pairs, notes)
        for recruiter, row in zip(recruiters, new, strict=True):
            as_left = {"name": row.name, "phone": row.phone, "email": row.email, "website": row.website}
            self.writing.journal.note(
                LoadChange.Kind.ADDED, row.key, recruiter, before={"after": as_left}, made=notes[recruiter.party_id]
            )
        self.writing.journal.write()

    def _add_beside(self) -> None:
        """Add the further licences of new recruiters, one row of the file for each."""
        weighing = Weighing(self.load, self.day)
        for batch in batches(self.beside, 500):
            made = SourceRecord.objects.filter(source=self.load.source, key__in=[first.key for _row, first in batch])
            recruiters = {record.key: record.recruiter for record in made.select_related("recruiter__party")}
            pairs = [(self._record(row, recruiters[first.key]), row) for row, first in batch]
            said = [self.writing.status(Licence(), row) for _record, row in pairs]
            for (record, _row), weighed in zip(pairs, weighing.weigh(pairs, said), strict=True):
                self.altering.alter(record, weighed, LoadChange.Kind.LINKED)

    def _add_names(self, pairs: Pairs, notes: dict[int, dict[str, list[int]]]) -> None:
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
        parties.index_names(made)
        for name in made:
            notes[name.party_id].setdefault("names", []).append(name.pk)

    def _add_facts(self, pairs: Pairs, notes: dict[int, dict[str, list[int]]]) -> None:
        identifiers = Identifier.objects.bulk_create(
            Identifier(
                party=party, scheme=f"registration:{row.country}" if row.country else "registration",
                value=number_key(row.registration_number)[:80], country=row.country,
            )
            for party, row in pairs
            if number_key(row.registration_number)
        )  # fmt: skip
        parties.index_identifiers(identifiers)
        sites = insert_many(
            Site(party=party, name=row.name, address=row.address, city=row.city, country=row.country)
            for party, row in pairs
            if row.address and row.country
        )
        Contact.objects.bulk_create(
            (row for party, row_of in pairs for row in contacts.contact_rows(party, **self._reached(row_of))),
            batch_size=BATCH,
        )
        for identifier in identifiers:
            notes[identifier.party_id].setdefault("identifiers", []).append(identifier.pk)
        for site in sites:
            notes[site.party_id].setdefault("sites", []).append(site.pk)

    def _reached(self, row: RegisterRow) -> dict[str, Any]:
        """Return how a row says that its agency is reached, as the ties between parties read it."""
        given = {name: getattr(row, name) for name in ("phone", "email", "website", "address", "city")}
        return {**given, "starts": self.day, "provenance": Provenance.IMPORT, "provenance_ref": self.load.ref}

    def _add_recruiters(self, pairs: Pairs) -> list[Recruiter]:
        made = insert_many(self._recruiter(party, row) for party, row in pairs)
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
            put_standing(recruiter, standing_on([self.writing.status(Licence(), row).as_change()], self.day))
        return recruiter

    def _corridors(self, row: RegisterRow) -> list[Corridor]:
        key = (row.country, row.destinations)
        if key not in self.corridors:
            self.corridors[key] = corridors_for(row.country, row.destinations)
        return self.corridors[key]

    def _add_licences(
        self, pairs: list[tuple[Recruiter, RegisterRow]], notes: dict[int, dict[str, list[int]]]
    ) -> dict[str, Licence]:
        licensed = [(recruiter, row) for recruiter, row in pairs if row.has_licence]
        made = insert_many(self.writing.licence(recruiter, row) for recruiter, row in licensed)
        statuses = LicenceStatus.objects.bulk_create(
            self.writing.status(licence, row) for licence, (_r, row) in zip(made, licensed, strict=True)
        )
        for licence, status, (recruiter, _row) in zip(made, statuses, licensed, strict=True):
            notes[recruiter.party_id] |= {"licences": [licence.pk], "statuses": [status.pk]}
        return {row.key: licence for licence, (_r, row) in zip(made, licensed, strict=True)}

    def _add_people(self, pairs: Pairs, notes: dict[int, dict[str, list[int]]]) -> None:
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
        insert_many(by_name.values())
        names = Name.objects.bulk_create(
            Name(party=person, text=text, script=script_of(text), kind=Name.Use.PRIMARY)
            for (_pk, text), person in by_name.items()
        )
        parties.index_names(names)
        ties = Relationship.objects.bulk_create(
            Relationship(
                source=by_name[(party.pk, text)], kind=role, target=party, starts=self.day,
                provenance=Provenance.IMPORT, provenance_ref=self.load.ref,
            )
            for party, role, text in wanted
        )  # fmt: skip
        for ((organisation, _text), person), name in zip(by_name.items(), names, strict=True):
            notes[organisation].setdefault("people", []).append(person.pk)
            notes[organisation].setdefault("names", []).append(name.pk)
        for tie in ties:
            notes[tie.target_id].setdefault("relations", []).append(tie.pk)
