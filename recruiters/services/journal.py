"""Write down what a load does to each recruiter, so that the whole load can be reversed."""

from dataclasses import dataclass, field
from typing import Any

from recruiters.models import LoadChange, Recruiter, RegisterLoad, SourceRecord

BATCH = 1000
CONTACTS = ("phone", "email", "website")


@dataclass
class Journal:
    """Collect the changes of one load and write them in bulk."""

    load: RegisterLoad
    changes: list[LoadChange] = field(default_factory=list)

    def note(
        self,
        kind: str,
        key: str,
        recruiter: Recruiter,
        *,
        before: dict[str, Any] | None = None,
        made: dict[str, Any] | None = None,
    ) -> None:
        """Note one change; empty parts are left out."""
        self.changes.append(
            LoadChange(
                load=self.load,
                kind=kind,
                key=key,
                recruiter=recruiter,
                recruiter_ref=recruiter.ref,
                before=before or {},
                made={name: ids for name, ids in (made or {}).items() if ids},
            )
        )

    def write(self) -> None:
        """Write everything noted so far."""
        LoadChange.objects.bulk_create(self.changes, batch_size=BATCH)
        self.changes = []


def snapshot(recruiter: Recruiter, record: SourceRecord) -> dict[str, Any]:
    """Return what a change is about to touch: names with their use, contacts, and where the source stood."""
    return {
        "name": recruiter.party.name,
        "names": {str(pk): kind for pk, kind in recruiter.party.names.values_list("pk", "kind")},
        "record": record_state(record),
        **{name: getattr(recruiter, name) for name in CONTACTS},
    }


def record_state(record: SourceRecord) -> dict[str, Any]:
    """Return how a source's record stood, as plain values; empty for one that is not written yet."""
    if not record.pk:
        return {}
    return {
        "digest": record.digest,
        "last_load": record.last_load_id,
        "gone_on": record.gone_on.isoformat() if record.gone_on else None,
        "licence": record.licence_id,
    }


def after(recruiter: Recruiter) -> dict[str, Any]:
    """Return the plain values as the load left them, by which a later edit is recognised."""
    return {"name": recruiter.party.name, **{name: getattr(recruiter, name) for name in CONTACTS}}
