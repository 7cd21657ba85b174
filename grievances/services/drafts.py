"""Keep what a worker typed until she sends it: sealed under her form's own key, swept after a day."""

import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from core.storage import sealed_storage
from grievances.keys import FormToken
from grievances.models import Draft, DraftFile

LIFE = timedelta(hours=24)
FIELDS = ("words", "place", "employer", "recruiter")


@dataclass(frozen=True)
class DraftContent:
    """What a worker typed, in her own words."""

    words: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    employer: str = field(default="", repr=False)
    recruiter: str = field(default="", repr=False)


def read_draft(token: FormToken) -> DraftContent:
    """Return what the form's draft holds; an absent or swept one is empty."""
    draft = find(token)
    if draft is None:
        return DraftContent()
    values = json.loads(unseal(token, bytes(draft.ciphertext), b"words"))
    return DraftContent(**{name: str(values.get(name, "")) for name in FIELDS})


@transaction.atomic
def save_draft(token: FormToken, content: DraftContent) -> Draft:
    """Seal what was typed under the form's own key; the same form overwrites its earlier draft."""
    sealed = seal(token, json.dumps(asdict(content)).encode(), b"words")
    draft, _created = Draft.objects.update_or_create(
        locator=token.draft_locator, defaults={"ciphertext": sealed, "expires_at": _expiry(timezone.now())}
    )
    return draft


@transaction.atomic
def move_draft(old: FormToken, new: FormToken) -> None:
    """Seal a draft anew for another form and remove the old one."""
    if find(old) is None:
        return
    draft = save_draft(new, read_draft(old))
    for row in DraftFile.objects.filter(draft__locator=old.draft_locator):
        DraftFile.objects.create(
            draft=draft,
            stored_name=move_file(old, new, row.stored_name),
            clean_name=move_file(old, new, row.clean_name) if row.clean_name else "",
            description=seal(new, unseal(old, bytes(row.description), b"file"), b"file"),
            size=row.size,
        )
    drop_draft(old)


def keep_file(token: FormToken, data: bytes) -> str:
    """Seal bytes under the form's key into the storage, synced, and return the stored name."""
    return sealed_storage().keep(secrets.token_hex(16), seal(token, data, b"file-content"))


def open_file(token: FormToken, stored: str) -> bytes:
    """Return the bytes of a stored file of the form."""
    return unseal(token, sealed_storage().read(stored), b"file-content")


def move_file(old: FormToken, new: FormToken, stored: str) -> str:
    """Seal a stored file anew for another form and return its new name."""
    return keep_file(new, open_file(old, stored))


@transaction.atomic
def drop_draft(token: FormToken) -> None:
    """Remove the form's draft and its files for good."""
    draft = find(token)
    if draft is not None:
        _drop(draft)


@transaction.atomic
def sweep_drafts(at: datetime) -> int:
    """Remove the drafts whose day is over; return how many."""
    found = list(Draft.objects.filter(expires_at__lte=at))
    for draft in found:
        _drop(draft)
    return len(found)


def _drop(draft: Draft) -> None:
    for row in draft.files.all():
        remove_file(row)
    for part in draft.parts.all():
        forget(part.stored_name)
    draft.delete()


def remove_file(row: DraftFile) -> None:
    """Remove one file of a draft for good, with its clean copy."""
    names = (row.stored_name, row.clean_name)
    row.delete()
    for name in filter(None, names):
        forget(name)


def forget(stored: str) -> None:
    """Remove a stored file once the rows that named it are gone for certain."""
    transaction.on_commit(lambda: sealed_storage().remove(stored))


def find(token: FormToken) -> Draft | None:
    """Return the form's draft."""
    return Draft.objects.filter(locator=token.draft_locator).first()


def _expiry(now: datetime) -> datetime:
    """Return the full hour after a day: when a draft goes must not tell at which minute it was written."""
    return (now + LIFE).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def seal(token: FormToken, data: bytes, context: bytes) -> bytes:
    """Seal bytes under the form's own key."""
    return bytes(Aead(token.draft_key).encrypt(data, context))


def unseal(token: FormToken, sealed: bytes, context: bytes) -> bytes:
    """Return what was sealed under the form's own key; raises ValueError for another form's."""
    try:
        return Aead(token.draft_key).decrypt(sealed, context)
    except CryptoError as error:
        raise ValueError("This draft was sealed by another form.") from error
