"""End what an edition of a register no longer names: owners, directors, addresses, telephones; all stay as history."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from parties import contacts
from parties.models import Contact, Provenance, Relationship
from recruiters.models import RegisterLoad, SourceRecord
from recruiters.registerrows import RegisterRow

ROLES = {"owner": ("owners", Relationship.Is.OWNER), "director": ("directors", Relationship.Is.DIRECTOR)}
REACHED = {
    "phone": Contact.Kind.PHONE,
    "email": Contact.Kind.EMAIL,
    "website": Contact.Kind.WEBSITE,
    "address": Contact.Kind.ADDRESS,
}


class Ending:
    """End, for one load, what its source said before of a recruiter and says no more.

    Only what the same source brought, and only in columns that its file still has. Nothing ends while another register
    names the recruiter too: a relation keeps the name of the first that told it, and the other may still tell it.
    """

    def __init__(self, load: RegisterLoad, day: date) -> None:
        self.load, self.day = load, day
        self.columns = frozenset(load.report.get("columns", {}))
        self._ended: dict[str, list[int]] = {}

    def end_unnamed(self, record: SourceRecord, row: RegisterRow) -> frozenset[str]:
        """End what the row no longer names; return the columns in which something ended."""
        self._ended = {}
        others = SourceRecord.objects.filter(recruiter=record.recruiter_id, gone_on__isnull=True)
        if not record.pk or others.exclude(pk=record.pk).exclude(source=self.load.source).exists():
            return frozenset()
        party, ended = record.recruiter.party, set()
        for column, (people, role) in ROLES.items():
            if column in self.columns:
                named = {text[:300] for text in getattr(row, people)}
                ties = self._brought(party.relations_in.filter(kind=role))
                if self._end("relations", ties.exclude(source__names__text__in=named)):
                    ended.add(column)
        now = contacts.contact_rows(party, **{name: getattr(row, name) for name in (*REACHED, "city")})
        kept = {(each.kind, each.key or each.value) for each in now}
        for column, kind in REACHED.items():
            if column in self.columns:
                held = self._brought(party.contacts.filter(kind=kind))
                gone = [each.pk for each in held if (each.kind, each.key or each.value) not in kept]
                if gone and self._end("contacts", held.filter(pk__in=gone)):
                    ended.add(column)
        return frozenset(ended)

    def noted(self) -> dict[str, list[int]]:
        """Return the rows that ended for the recruiter at hand, for a reversal."""
        return self._ended

    def _brought(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the rows in force that earlier loads of this source brought."""
        loads = RegisterLoad.objects.filter(source=self.load.source).values("ref")
        return rows.filter(provenance=Provenance.IMPORT, provenance_ref__in=loads, ends__isnull=True)

    def _end(self, kind: str, rows: QuerySet[Any]) -> bool:
        """End rows on the day before, which is the last on which the register named them."""
        found = list(rows.values_list("pk", "starts"))
        for pk, starts in found:
            last = self.day - timedelta(days=1)
            rows.model._default_manager.filter(pk=pk).update(ends=max(starts, last) if starts else last)
            self._ended.setdefault(kind, []).append(pk)
        return bool(found)
