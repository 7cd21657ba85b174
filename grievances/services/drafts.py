"""Keep what a worker typed until she sends it: sealed under her form's own key, swept after a day."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from core import evidence
from core.evidence import EvidenceRefused
from core.storage import sealed_storage
from grievances.keys import FormToken
from grievances.models import Draft, DraftFile

LIFE = timedelta(hours=24)
MOST_FILES = 5
MOST_BYTES = 60 * 1024 * 1024
FIELDS = ("words", "place", "employer", "recruiter")


@dataclass(frozen=True)
class DraftContent:
    """What a worker typed, in her own words."""

    words: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    employer: str = field(default="", repr=False)
    recruiter: str = field(default="", repr=False)


@dataclass(frozen=True)
class KeptFile:
    """What the page may say about a file of the draft: never its name."""

    number: int
    extension: str
    size: int


def read_draft(token: FormToken) -> DraftContent:
    """Return what the form's draft holds; an absent or swept one is empty."""
    draft = _find(token)
    if draft is None:
        return DraftContent()
    values = json.loads(_open(token, bytes(draft.ciphertext), b"words"))
    return DraftContent(**{name: str(values.get(name, "")) for name in FIELDS})


@transaction.atomic
def save_draft(token: FormToken, content: DraftContent) -> Draft:
    """Seal what was typed under the form's own key; the same form overwrites its earlier draft."""
    sealed = _seal(token, json.dumps(asdict(content)).encode(), b"words")
    draft, _created = Draft.objects.update_or_create(
        locator=token.draft_locator, defaults={"ciphertext": sealed, "expires_at": _expiry(timezone.now())}
    )
    return draft


def kept_files(token: FormToken) -> list[KeptFile]:
    """Return what is kept of the form's files."""
    rows = DraftFile.objects.filter(draft__locator=token.draft_locator)
    found = []
    for number, row in enumerate(rows, start=1):
        description = json.loads(_open(token, bytes(row.description), b"file"))
        found.append(KeptFile(number, description["extension"], row.size))
    return found


def add_files(token: FormToken, uploads: Sequence[UploadedFile[Any]]) -> list[str]:
    """Keep files with the draft, each on its own; return a sentence for each that was refused and why."""
    refused = []
    for place, upload in enumerate(uploads, start=1):
        try:
            add_file(token, upload)
        except EvidenceRefused as refusal:
            refused.append(_("File %(number)s: %(why)s") % {"number": place, "why": refusal})
    return refused


def add_file(token: FormToken, upload: UploadedFile[Any]) -> DraftFile | None:
    """Keep one file with the draft, or nothing where it is there already; raises EvidenceRefused."""
    limit = settings.EVIDENCE_MAX_BYTES
    if (upload.size or 0) > limit:
        raise EvidenceRefused(
            _("It is larger than %(limit)s MB, so it was not kept. Everything else that you entered is still here.")
            % {"limit": limit // (1024 * 1024)}
        )
    data = upload.read()
    if len(data) != upload.size:
        raise EvidenceRefused(
            _("These files together are too large to send at once. You can add more later with your receipt.")
        )
    seen = evidence.examine(data)
    with transaction.atomic():
        draft = _find(token) or save_draft(token, DraftContent())
        rows = list(DraftFile.objects.filter(draft=draft))
        marks = [json.loads(_open(token, bytes(row.description), b"file"))["mark"] for row in rows]
        mark = hashlib.blake2b(data, key=token.draft_key, digest_size=16).hexdigest()
        if mark in marks:
            return None
        if len(rows) >= MOST_FILES or sum(row.size for row in rows) + len(data) > MOST_BYTES:
            raise EvidenceRefused(
                _("You can send %(count)s files at most now. You can add more later with your receipt.")
                % {"count": MOST_FILES}
            )
        description = json.dumps({"extension": seen.extension, "mark": mark}).encode()
        return DraftFile.objects.create(
            draft=draft,
            stored_name=sealed_storage().keep(secrets.token_hex(16), _seal(token, data, b"file-content")),
            description=_seal(token, description, b"file"),
            size=len(data),
        )


def file_contents(token: FormToken) -> list[bytes]:
    """Return the bytes of the draft's files, in order."""
    rows = DraftFile.objects.filter(draft__locator=token.draft_locator)
    return [_open(token, sealed_storage().read(row.stored_name), b"file-content") for row in rows]


@transaction.atomic
def drop_files(token: FormToken, numbers: Sequence[int]) -> None:
    """Remove some of the draft's files for good."""
    rows = list(DraftFile.objects.filter(draft__locator=token.draft_locator))
    for number in set(numbers):
        if 1 <= number <= len(rows):
            _remove(rows[number - 1])


@transaction.atomic
def move_draft(old: FormToken, new: FormToken) -> None:
    """Seal a draft anew for another form and remove the old one."""
    if _find(old) is None:
        return
    draft = save_draft(new, read_draft(old))
    for row in DraftFile.objects.filter(draft__locator=old.draft_locator):
        data = _open(old, sealed_storage().read(row.stored_name), b"file-content")
        DraftFile.objects.create(
            draft=draft,
            stored_name=sealed_storage().keep(secrets.token_hex(16), _seal(new, data, b"file-content")),
            description=_seal(new, _open(old, bytes(row.description), b"file"), b"file"),
            size=row.size,
        )
    drop_draft(old)


@transaction.atomic
def drop_draft(token: FormToken) -> None:
    """Remove the form's draft and its files for good."""
    draft = _find(token)
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
        _remove(row)
    draft.delete()


def _remove(row: DraftFile) -> None:
    stored = row.stored_name
    row.delete()
    transaction.on_commit(lambda: sealed_storage().remove(stored))


def _find(token: FormToken) -> Draft | None:
    return Draft.objects.filter(locator=token.draft_locator).first()


def _expiry(now: datetime) -> datetime:
    """Return the full hour after a day: when a draft goes must not tell at which minute it was written."""
    return (now + LIFE).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _seal(token: FormToken, data: bytes, context: bytes) -> bytes:
    return bytes(Aead(token.draft_key).encrypt(data, context))


def _open(token: FormToken, sealed: bytes, context: bytes) -> bytes:
    try:
        return Aead(token.draft_key).decrypt(sealed, context)
    except CryptoError as error:
        raise ValueError("This draft was sealed by another form.") from error
