"""Carry over what changed in a source's records, and mark what is gone; each change is noted for a reversal."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from core.actors import Actor
from core.models import User
from core.standards import standard
from parties import contacts
from parties import services as parties
from parties.models import Contact, Provenance, Relationship
from recruiters.licensing import MAY_RECRUIT, Status
from recruiters.models import Corridor, Licence, LicenceStatus, LoadChange, RegisterLoad, SourceRecord
from recruiters.models.words import Reason
from recruiters.precedence import Outcome
from recruiters.registerrows import RegisterRow, number_key
from recruiters.services.endings import Ending
from recruiters.services.journal import CONTACTS, Journal, after, snapshot
from recruiters.services.register import rename
from recruiters.services.standing import refresh_standing
from recruiters.services.weighing import Weighed, Weighing


def status_of(row: RegisterRow, *, has_status_column: bool) -> str:
    """Return our code for a row's status; without a word and without a term nothing may be called valid."""
    if row.raw_status:
        return standard("licence").map_word(row.raw_status).code
    if has_status_column or row.expires_on is None:
        return Status.UNKNOWN
    return Status.ACTIVE


def batches(items: Iterable[Any], size: int = 1000) -> Iterator[list[Any]]:
    """Yield the items in lists of at most ``size``."""
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


class Writing:
    """What every part of a swap shares: the load, its day, who brings it in, and the journal."""

    def __init__(self, load: RegisterLoad, *, actor: Actor, day: date, has_status_column: bool) -> None:
        self.load, self.actor, self.day, self.has_status_column = load, actor, day, has_status_column
        self.journal = Journal(load)
        self.kept_orders: list[str] = []
        self.kept_sources: list[str] = []
        self.unmapped: Counter[str] = Counter()

    def licence(self, recruiter: Any, row: RegisterRow) -> Licence:
        """Return the unsaved licence that a row speaks of."""
        return Licence(
            recruiter=recruiter,
            number=row.licence_number,
            number_key=number_key(row.licence_number),
            authority=row.authority,
            country=row.country,
            issued_on=row.issued_on,
            conditions=row.conditions,
            brought_by=self.load.source,
        )

    def status(self, licence: Licence, row: RegisterRow, *, since: date | None = None) -> LicenceStatus:
        """Return the unsaved row of history that a row of the file speaks of."""
        code = status_of(row, has_status_column=self.has_status_column)
        begins = since or row.status_on or (row.issued_on if code in MAY_RECRUIT else None) or self.day
        return LicenceStatus(
            licence=licence,
            code=code,
            raw=row.raw_status,
            effective_on=min(begins, row.expires_on) if row.expires_on and begins > row.expires_on else begins,
            expires_on=row.expires_on,
            reason_code=Reason.REGISTER_IMPORT,
            source=self.load.source,
            recorded_by=self.actor if isinstance(self.actor, User) else None,
        )


class Altering:
    """Change what is already here, one recruiter at a time."""

    def __init__(self, writing: Writing, corridors: Callable[[RegisterRow], list[Corridor]]) -> None:
        self.writing, self.corridors = writing, corridors
        self.actor = writing.actor
        self.ending = Ending(writing.load, writing.day)

    def alter(self, record: SourceRecord, weighed: Weighed, kind: str) -> None:
        """Carry one changed record over, or tie a new one to the recruiter that is already here.

        A register that does not speak for the licence adds what was not known, and changes nothing that was.
        """
        row = weighed.row
        if row.holder and not (record.pk and weighed.own):  # ours, so its one line for address and town is no new place
            row = replace(row, address="")
        recruiter, party = record.recruiter, record.recruiter.party
        before = snapshot(recruiter, record)
        held = set(recruiter.corridors.values_list("pk", flat=True))
        if row.name != party.name:
            if not (record.pk and weighed.own):
                parties.add_name(party, row.name, actor=self.actor)
            else:
                rename(recruiter, row.name, actor=self.actor)
        for text in row.other_names:
            parties.add_name(party, text, actor=self.actor)
        ended = self.ending.end_unnamed(record, row)
        for name in CONTACTS:
            now = getattr(recruiter, name)
            setattr(recruiter, name, (getattr(row, name) if weighed.own or not now else now) or now)
            if weighed.own and name in ended and not getattr(row, name):
                setattr(recruiter, name, "")
        recruiter.save(update_fields=[*CONTACTS])
        told = self.corridors(row) if weighed.own or not held else []
        corridors = [corridor for corridor in told if corridor.pk not in held]
        recruiter.corridors.add(*corridors)
        self._contacts(record, row)
        made: dict[str, Any] = {"corridors": [corridor.pk for corridor in corridors], **self._site(record, row)}
        made |= self._people(record, row)
        if row.has_licence:
            record.licence, written = self._licence(record, weighed)
            made |= written
        made["record"] = [] if record.pk else [0]
        record.digest, record.last_load, record.gone_on = row.digest, self.writing.load, None
        record.save()
        if made["record"]:
            made["record"] = [record.pk]
        known = set(before["names"])
        made["names"] += [pk for pk in party.names.values_list("pk", flat=True) if str(pk) not in known]
        before |= {"after": after(recruiter), "ended": self.ending.noted()}
        self.writing.journal.note(kind, row.key, recruiter, before=before, made=made)
        refresh_standing([recruiter.pk], day=self.writing.day)

    def _site(self, record: SourceRecord, row: RegisterRow) -> dict[str, list[int]]:
        """Add an address that was not known; one that the source no longer names stays, for it may have others."""
        party = record.recruiter.party
        if not (row.address and row.country) or party.sites.filter(address=row.address, city=row.city).exists():
            return {}
        site = parties.add_site(
            party, name=row.name, country=row.country, actor=self.actor, address=row.address, city=row.city
        )
        return {"sites": [site.pk]}

    def _contacts(self, record: SourceRecord, row: RegisterRow) -> None:
        """Add ways to reach it that were not known; those that the source no longer names were ended before."""
        said: dict[str, Any] = {"provenance": Provenance.IMPORT, "provenance_ref": self.writing.load.ref}
        said |= {"starts": self.writing.day}
        for kind in (Contact.Kind.PHONE, Contact.Kind.EMAIL, Contact.Kind.WEBSITE, Contact.Kind.ADDRESS):
            value = getattr(row, kind)
            if value:
                city = row.city if kind == Contact.Kind.ADDRESS else ""
                contacts.add_contact(record.recruiter.party, kind, value, actor=self.actor, city=city, **said)

    def _people(self, record: SourceRecord, row: RegisterRow) -> dict[str, list[int]]:
        """Add owners and directors that were not known by this name."""
        party = record.recruiter.party
        named = [(Relationship.Is.OWNER, text) for text in row.owners]
        named += [(Relationship.Is.DIRECTOR, text) for text in row.directors]
        made: dict[str, list[int]] = {"people": [], "relations": [], "names": []}
        for role, text in named:
            known = party.relations_in.filter(source__names__text=text[:300])
            there = known.filter(kind=role, ends__isnull=True).exists()
            if there or not any(character.isalpha() for character in text):
                continue
            tie = known.select_related("source").first()
            said: dict[str, Any] = {"provenance": Provenance.IMPORT, "provenance_ref": self.writing.load.ref}
            if tie is not None:
                relation = parties.relate(tie.source, role, party, starts=self.writing.day, actor=self.actor, **said)
            else:
                relation = parties.register_person(
                    text[:300], role, party, actor=self.actor, country=party.country, starts=self.writing.day, **said
                )
                made["people"].append(relation.source_id)
                made["names"] += relation.source.names.values_list("pk", flat=True)
            made["relations"].append(relation.pk)
        return made

    def _licence(self, record: SourceRecord, weighed: Weighed) -> tuple[Licence, dict[str, list[int]]]:
        writing, row, licence = self.writing, weighed.row, weighed.licence
        if licence is None:
            licence = writing.licence(record.recruiter, row)
            licence.save()
            status = writing.status(licence, row)
            status.save()
            return licence, {"licences": [licence.pk], "statuses": [status.pk]}
        if weighed.outcome is not Outcome.APPLY:
            if weighed.outcome is Outcome.ORDER:  # an order given here is lifted here, not by somebody's file
                writing.kept_orders.append(licence.ref)
            elif weighed.outcome is not Outcome.SAME:
                writing.kept_sources.append(licence.ref)
            return licence, {}
        newest = licence.history.not_withdrawn().order_by("-effective_on", "-pk").first()
        moved_on = newest is None or (row.status_on is not None and row.status_on >= newest.effective_on)
        status = writing.status(licence, row, since=row.status_on if moved_on else writing.day)
        status.save()
        return licence, {"statuses": [status.pk]}

    def mark_gone(self, gone: list[SourceRecord]) -> None:
        """Mark the records that the new edition no longer holds; their licences are off the register from that day.

        A register that does not speak for a licence does not take it off.
        """
        writing, day = self.writing, self.writing.day
        weighing = Weighing(writing.load, day)
        for batch in batches(gone, 500):
            prefetch_related_objects([record.licence for record in batch if record.licence], "history")
            licensed = sorted({r.licence.pk for r in batch if r.licence is not None and weighing.is_own(r, r.licence)})
            rows = LicenceStatus.objects.bulk_create(
                LicenceStatus(licence_id=pk, code=Status.DELISTED, effective_on=day, reason_code=Reason.REGISTER_IMPORT)
                for pk in licensed
            )
            by_licence = {row.licence_id: row.pk for row in rows}
            for record in batch:
                status = by_licence.pop(record.licence_id, None) if record.licence_id else None
                stood = {"digest": record.digest, "last_load": record.last_load_id, "licence": record.licence_id}
                writing.journal.note(
                    LoadChange.Kind.GONE, record.key, record.recruiter,
                    before={"record": {**stood, "gone_on": None}}, made={"statuses": [status] if status else []},
                )  # fmt: skip
            SourceRecord.objects.filter(pk__in=[record.pk for record in batch]).update(
                gone_on=day, last_load=writing.load
            )
            refresh_standing([record.recruiter_id for record in batch], day=day)
