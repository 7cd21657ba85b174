"""Keep and return evidence files: typed by content, capped, sealed, cleaned for reading, always attachments.

The original is sealed as it came. Readers get a clean copy, made beforehand in a process apart; where none could be
made, or the scanner has not called it harmless, it is withheld: the original opens only with a coded reason.
"""

import hashlib
from dataclasses import dataclass, field

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, scanning, vault
from core.actors import SYSTEM, Actor
from core.cleaning import cells, kinds
from core.cleaning.reasons import FLOOD
from core.models import EvidenceFile, EvidenceScan
from core.scanning import Verdict

EXTENSIONS = {kind.content_type: kind.extension for kind in kinds.KINDS.values()}
# Why a person may open an original, in codes that the audit trail keeps.
ORIGINAL_REASONS = ("no_copy", "copy_unclear", "proof", "apart")


class EvidenceRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A file that is not kept; the message tells a person why and what to do."""


class EvidenceWithheld(EvidenceRefused):
    """A file that is kept and not handed out as it is; the code says why."""

    def __init__(self, file: EvidenceFile, why: str, actor: Actor) -> None:
        super().__init__(_("This file is withheld. The original is sealed."))
        self.file, self.why, self.actor = file, why, actor


@dataclass(frozen=True)
class Prepared:
    """What a file really is, its clean copy or why there is none, and what the scanner said (empty without one)."""

    content_type: str
    extension: str
    clean: bytes | None = field(default=None, repr=False)
    clean_type: str = ""
    why: str = ""
    verdict: str = ""


def recognise(data: bytes) -> kinds.Kind:
    """Say what a file is from its content; raises EvidenceRefused with a sentence for people."""
    if not data:
        raise EvidenceRefused(_("This file is empty. Nothing was kept of it. Please choose it again."))
    try:
        kind = kinds.recognise(data)
    except kinds.Unsafe as error:
        raise EvidenceRefused(
            _("This file would unpack into far too much. Nothing was kept of it. Please send a photo or a PDF of it.")
        ) from error
    if kind is None:
        raise EvidenceRefused(
            _(
                "This kind of file cannot be kept. Please use a photo (JPEG, PNG, WebP, HEIC), a PDF, a sound "
                "recording, a Word or Excel file, or plain text. Everything else that you entered is still here."
            )
        )
    return kind


def prepare(data: bytes) -> Prepared:
    """Recognise, scan and clean a file, outside of any transaction: it takes time; raises EvidenceRefused."""
    kind = recognise(data)
    verdict = scanning.scan(data)
    if verdict is Verdict.INFECTED:
        return Prepared(kind.content_type, kind.extension, why=Verdict.INFECTED, verdict=verdict)
    copy = cells.clean(data, kind)
    if copy.why == FLOOD:
        raise EvidenceRefused(_("This picture is too large to open safely. Please send a smaller one."))
    made = copy.kind.content_type if copy.kind else ""
    return Prepared(kind.content_type, kind.extension, copy.data, made, copy.why, verdict or "")


def keep(upload: "UploadedFile[bytes]", *, actor: Actor, subject: str, publishes: bool = False) -> EvidenceFile:
    """Keep an uploaded file for a subject (a reference); raises EvidenceRefused with a sentence for people."""
    limit = settings.EVIDENCE_MAX_BYTES
    if (upload.size or 0) > limit:
        raise EvidenceRefused(
            _("This file is larger than %(limit)s MB. Nothing was kept of it. Please send a smaller one.")
            % {"limit": limit // (1024 * 1024)}
        )
    data = upload.read()
    return keep_prepared(data, prepare(data), actor=actor, subject=subject, publishes=publishes)


def keep_bytes(data: bytes, *, actor: Actor, subject: str, holder: vault.KeyHolder | None = None) -> EvidenceFile:
    """Prepare and keep a file's bytes for a subject, its keys wrapped for a holder; raises EvidenceRefused."""
    return keep_prepared(data, prepare(data), actor=actor, subject=subject, holder=holder)


@transaction.atomic
def keep_prepared(
    data: bytes,
    seen: Prepared,
    *,
    actor: Actor,
    subject: str,
    holder: vault.KeyHolder | None = None,
    publishes: bool = False,
) -> EvidenceFile:
    """Seal a prepared file and its clean copy for a subject (a reference), their keys wrapped for a holder.

    A digest is kept only of a file whose digest its owner publishes: it would tell a thief of the database who has a
    file that he knows.
    """
    clean = vault.seal_file(seen.clean, purpose="evidence.clean", holder=holder) if seen.clean else None
    file = EvidenceFile.objects.create(
        subject=subject,
        content_type=seen.content_type,
        extension=seen.extension,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest() if publishes else "",
        original=vault.seal_file(data, purpose="evidence.original", holder=holder),
        cleaned=clean,
        cleaned_type=seen.clean_type,
        withheld=seen.why,
    )
    if seen.verdict:
        EvidenceScan.objects.create(file=file, verdict=seen.verdict, on=timezone.localdate())
    audit.record(
        "evidence.kept", actor=actor, subject=subject, file=file.ref, type=seen.extension, size=len(data),
        copy=seen.why or "clean", scan=seen.verdict or "none",
    )  # fmt: skip
    return file


def held_for(file: EvidenceFile) -> str:
    """Return why a file is not handed out as it is, as a code; empty where its clean copy is there to read."""
    newest = max(file.scans.all(), key=lambda scan: scan.pk, default=None)
    if newest is not None and newest.verdict != Verdict.CLEAN:
        return str(newest.verdict)
    return "" if file.cleaned_id else file.withheld or "not_readable"


def read(file: EvidenceFile, *, actor: Actor, reason: str = "handling") -> bytes:
    """Return a file's clean copy and write who read it; raises EvidenceWithheld, and never passes the original on."""
    why = held_for(file)
    if why == Verdict.NOT_CHECKED and check_again(file, actor=actor) != Verdict.NOT_CHECKED:
        why = held_for(EvidenceFile.objects.get(pk=file.pk))
    if why or file.cleaned is None:
        raise EvidenceWithheld(file, why, actor)
    return vault.open_bytes(file.cleaned, actor=actor, reason=reason, subject=file.subject)


@transaction.atomic
def check_again(file: EvidenceFile, *, actor: Actor) -> Verdict:
    """Let the scanner look at a file that it has not seen; raises core.vault.VaultError where nobody can open it."""
    if not scanning.is_set_up():
        return Verdict.NOT_CHECKED
    data = vault.open_bytes(file.original, actor=actor, reason="virus_check", subject=file.subject)
    verdict = scanning.scan(data) or Verdict.NOT_CHECKED
    if verdict is not Verdict.NOT_CHECKED:
        EvidenceScan.objects.create(file=file, verdict=verdict, on=timezone.localdate())
        audit.record("evidence.scanned", actor=actor, subject=file.subject, file=file.ref, verdict=str(verdict))
    return verdict


def respond(file: EvidenceFile, *, actor: Actor, clean: bool = True) -> HttpResponse:
    """Answer with the clean copy as an attachment; raises EvidenceWithheld, which core.withheld turns into a page."""
    if not clean:
        raise EvidenceWithheld(file, "asked", actor)
    data = read(file, actor=actor)
    return attachment(data, f"{file.ref}.{EXTENSIONS.get(file.cleaned_type, 'bin')}")


def respond_original(file: EvidenceFile, *, actor: Actor, reason: str) -> HttpResponse:
    """Answer with the original for a coded reason, which is audited; a harmful one gets a name that opens nothing."""
    if reason not in ORIGINAL_REASONS:
        raise EvidenceWithheld(file, held_for(file) or "asked", actor)
    why = held_for(file)
    with transaction.atomic():
        audit.record("evidence.original", actor=actor, subject=file.subject, file=file.ref, reason=reason, held=why)
        data = vault.open_bytes(file.original, actor=actor, reason=reason, subject=file.subject)
    ending = f"{file.extension}.infected" if why == Verdict.INFECTED else file.extension
    return attachment(data, f"{file.ref}-original.{ending}")


def attachment(data: bytes, name: str) -> HttpResponse:
    """Answer with bytes under a name of our own; browsers neither render nor sniff them."""
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response


def recheck_waiting(limit: int = 200) -> tuple[int, int]:
    """Let the scanner look at files that wait for it; return how many it answered and how many wait for their reader.

    A file under handlers' own keys cannot be opened here; it is looked at when one of them next asks for it.
    """
    newest = EvidenceScan.objects.filter(file=models.OuterRef("pk")).order_by("-pk").values("verdict")[:1]
    waiting = EvidenceFile.objects.annotate(said=models.Subquery(newest)).filter(said=Verdict.NOT_CHECKED)
    answered = left = 0
    for file in waiting.filter(original__destroyed_on=None).select_related("original")[:limit]:
        try:
            answered += check_again(file, actor=SYSTEM) is not Verdict.NOT_CHECKED
        except (vault.VaultError, FileNotFoundError):
            left += 1
    return answered, left
