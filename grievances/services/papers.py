"""Keep the files of a form until she sends it: examined and cleaned on the way in, sealed under her form's own key."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import evidence
from core.evidence import EvidenceRefused, Prepared
from grievances.keys import FormToken
from grievances.models import DraftFile
from grievances.services import drafts
from grievances.services.drafts import DraftContent

MOST_FILES = 5
MOST_BYTES = 60 * 1024 * 1024


@dataclass(frozen=True)
class KeptFile:
    """What the page may say about a file of the draft: never its name."""

    number: int
    extension: str
    size: int


@dataclass(frozen=True)
class Paper:
    """A file on its way into a grievance; it is opened only when it is sealed, so that one at a time is in memory."""

    load: Callable[[], tuple[bytes, Prepared]] = field(repr=False)


def prepared(data: bytes) -> Paper:
    """Return a file of which the bytes are at hand, examined now; raises EvidenceRefused."""
    seen = evidence.prepare(data)
    return Paper(lambda: (data, seen))


def kept_files(token: FormToken) -> list[KeptFile]:
    """Return what is kept of the form's files."""
    return [
        KeptFile(number, _described(token, row)["extension"], row.size)
        for number, row in enumerate(_rows(token), start=1)
    ]


def papers(token: FormToken) -> list[Paper]:
    """Return the draft's files, in order, each to be opened when its turn comes."""
    return [Paper(lambda row=row: _load(token, row)) for row in _rows(token)]  # type: ignore[misc]


def add_files(token: FormToken, uploads: Sequence[UploadedFile[Any]]) -> list[str]:
    """Keep files with the draft, each on its own; return a sentence for each that was refused and why."""
    refused = []
    for place, upload in enumerate(uploads, start=1):
        try:
            add_file(token, upload)
        except EvidenceRefused as refusal:
            refused.append(_("File %(number)s: %(why)s") % {"number": place, "why": refusal})
    return refused


def add_file(token: FormToken, upload: UploadedFile[Any]) -> None:
    """Keep one uploaded file with the draft; raises EvidenceRefused."""
    refuse_too_large(upload.size or 0)
    data = upload.read()
    if len(data) != upload.size:
        raise EvidenceRefused(
            _("These files together are too large to send at once. You can add more later with your receipt.")
        )
    add_bytes(token, data)


def refuse_too_large(size: int) -> None:
    """Raise EvidenceRefused for a file over the cap."""
    limit = settings.EVIDENCE_MAX_BYTES
    if size > limit:
        raise EvidenceRefused(
            _("It is larger than %(limit)s MB, so it was not kept. Everything else that you entered is still here.")
            % {"limit": limit // (1024 * 1024)}
        )


def refuse_too_many(token: FormToken, size: int, waiting: int = 0) -> None:
    """Raise EvidenceRefused where one more file of this size is more than a form may hold."""
    sizes = [row.size for row in _rows(token)]
    if len(sizes) + waiting >= MOST_FILES or sum(sizes) + size > MOST_BYTES:
        raise EvidenceRefused(
            _("You can send %(count)s files at most now. You can add more later with your receipt.")
            % {"count": MOST_FILES}
        )


def add_bytes(token: FormToken, data: bytes) -> None:
    """Keep one file with the draft, or nothing where it is there already; raises EvidenceRefused."""
    mark = hashlib.blake2b(data, key=token.draft_key, digest_size=16).hexdigest()
    if any(_described(token, row)["mark"] == mark for row in _rows(token)):
        return
    refuse_too_many(token, len(data))
    seen = evidence.prepare(data)
    described = {name: value for name, value in asdict(seen).items() if name != "clean"} | {"mark": mark}
    with transaction.atomic():
        draft = drafts.find(token) or drafts.save_draft(token, DraftContent())
        refuse_too_many(token, len(data))
        DraftFile.objects.create(
            draft=draft,
            stored_name=drafts.keep_file(token, data),
            clean_name=drafts.keep_file(token, seen.clean) if seen.clean else "",
            description=drafts.seal(token, json.dumps(described).encode(), b"file"),
            size=len(data),
        )


@transaction.atomic
def drop_files(token: FormToken, numbers: Sequence[int]) -> None:
    """Remove some of the draft's files for good."""
    rows = _rows(token)
    for number in set(numbers):
        if 1 <= number <= len(rows):
            drafts.remove_file(rows[number - 1])


def _rows(token: FormToken) -> list[DraftFile]:
    return list(DraftFile.objects.filter(draft__locator=token.draft_locator))


def _described(token: FormToken, row: DraftFile) -> dict[str, str]:
    return dict(json.loads(drafts.unseal(token, bytes(row.description), b"file")))


def _load(token: FormToken, row: DraftFile) -> tuple[bytes, Prepared]:
    described = _described(token, row)
    del described["mark"]
    clean = drafts.open_file(token, row.clean_name) if row.clean_name else None
    return drafts.open_file(token, row.stored_name), Prepared(**described, clean=clean)
