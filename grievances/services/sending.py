"""Take a file piece by piece: each piece sealed and synced before it is answered, so a broken line costs only the last.

The phone says where its piece begins; the answer says how much is here. A piece sent twice changes nothing, one that
does not follow is not kept, and when the last is here the whole is examined like any other file.
"""

import re
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.evidence import EvidenceRefused
from grievances.keys import FormToken, derived
from grievances.models import Draft, DraftPart
from grievances.services import drafts, papers
from grievances.services.drafts import DraftContent

LARGEST_PART = 1024 * 1024
_NAME = re.compile(r"^[0-9a-f]{32}$")


@dataclass(frozen=True)
class Progress:
    """How many bytes of a file are here, and whether it is whole and kept."""

    have: int
    done: bool = False


class BadPart(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A piece that no page of ours sends."""


def take_part(token: FormToken, name: str, start: int, total: int, data: bytes) -> Progress:
    """Keep one piece of a file; an empty one asks how much is here. Raises BadPart, and EvidenceRefused for people."""
    if not _NAME.match(name) or not 0 <= start <= total or len(data) > LARGEST_PART or start + len(data) > total:
        raise BadPart
    papers.refuse_too_large(total)
    mark = _mark(token, name)
    have = _keep(token, mark, start, total, data)
    if have < total or not total:
        return Progress(have)
    whole = b"".join(drafts.open_file(token, part.stored_name) for part in _parts(token, mark))
    try:
        papers.add_bytes(token, whole)
    finally:
        _drop(token, mark)
    return Progress(total, done=True)


def drop_file(token: FormToken, name: str) -> None:
    """Remove the pieces of a file that she does not want to send after all."""
    _drop(token, _mark(token, name))


@transaction.atomic
def _drop(token: FormToken, mark: str) -> None:
    for part in _parts(token, mark):
        part.delete()
        drafts.forget(part.stored_name)


def _mark(token: FormToken, name: str) -> str:
    """Return how a file on its way is called here: not by what the phone calls it."""
    return derived(b"draft-part", token.secret, name.encode(), size=16).hex()


def _keep(token: FormToken, mark: str, start: int, total: int, data: bytes) -> int:
    """Seal a piece that follows what is here; return how much is here then."""
    parts = _parts(token, mark)
    have = sum(part.size for part in parts)
    if start != have or not data:
        return have
    draft = drafts.find(token) or drafts.save_draft(token, DraftContent())
    if not parts:
        _refuse_too_much(token, draft, total)
    stored = drafts.keep_file(token, data)
    try:
        with transaction.atomic():
            DraftPart.objects.create(draft=draft, mark=mark, start=start, size=len(data), stored_name=stored)
    except IntegrityError:
        # The same piece came twice at the same moment, or the draft went meanwhile: what is here counts.
        drafts.forget(stored)
        return sum(part.size for part in _parts(token, mark))
    return have + len(data)


def _refuse_too_much(token: FormToken, draft: Draft, total: int) -> None:
    """Raise EvidenceRefused where the files here and on their way are as many as a form may hold."""
    waiting = DraftPart.objects.filter(draft=draft)
    papers.refuse_too_many(token, total, len(set(waiting.values_list("mark", flat=True))))
    if sum(waiting.values_list("size", flat=True)) + total > papers.MOST_BYTES:
        raise EvidenceRefused(_("Please wait until the other files are sent, then try this one again."))


def _parts(token: FormToken, mark: str) -> list[DraftPart]:
    return list(DraftPart.objects.filter(draft__locator=token.draft_locator, mark=mark))
