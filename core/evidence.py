"""Keep and return evidence files: typed by content, capped, sealed, cleaned for reading, always attachments."""

import hashlib
import io
import warnings
from dataclasses import dataclass

import filetype
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from core import audit, vault
from core.actors import Actor
from core.models import EvidenceFile

MAX_PIXELS = 50_000_000
IMAGES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/heic": "heic"}
OTHERS = {
    "application/pdf": "pdf",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/x-m4a": "m4a",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


class EvidenceRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A file that is not kept; the message tells a person why and what to do."""


@dataclass(frozen=True)
class Examined:
    """What a file really is, and its cleaned copy where one can be made."""

    content_type: str
    extension: str
    clean: bytes | None
    clean_type: str


def examine(data: bytes) -> Examined:
    """Find out what a file is from its content and clean it; raises EvidenceRefused."""
    if not data:
        raise EvidenceRefused(_("This file is empty. Nothing was kept of it. Please choose it again."))
    kind = filetype.guess(data)
    mime = kind.mime if kind else ""
    if mime in IMAGES:
        return Examined(mime, IMAGES[mime], *_clean_image(data))
    if mime in OTHERS:
        return Examined(mime, OTHERS[mime], None, "")
    if not mime and _is_plain_text(data):
        return Examined("text/plain", "txt", None, "")
    raise EvidenceRefused(
        _(
            "This kind of file cannot be kept. Please use a photo (JPEG, PNG, WebP, HEIC), a PDF, a sound recording, "
            "a Word or Excel file, or plain text. Everything else that you entered is still here."
        )
    )


def _is_plain_text(data: bytes) -> bool:
    try:
        text = data[:200_000].decode("utf-8", errors="strict" if len(data) <= 200_000 else "ignore")
    except UnicodeDecodeError:
        return False
    start = text.lstrip("\ufeff \t\r\n")[:1]
    return "\x00" not in text and start != "<"


def _clean_image(data: bytes) -> tuple[bytes | None, str]:
    """Decode and write an image anew, so that place, time and device are gone; None where it cannot be decoded."""
    too_large = EvidenceRefused(_("This picture is too large to open safely. Please send a smaller one."))
    try:
        with warnings.catch_warnings(action="error"), Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise too_large
            upright = ImageOps.exif_transpose(image)
            bare = Image.new("RGB", upright.size, "white")
            bare.paste(upright.convert("RGBA"), mask=upright.convert("RGBA").getchannel("A"))
            bare.thumbnail((2560, 2560))
            out = io.BytesIO()
            bare.save(out, "JPEG", quality=85)
            return out.getvalue(), "image/jpeg"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning):
        return None, ""


def keep(upload: "UploadedFile[bytes]", *, actor: Actor, subject: str) -> EvidenceFile:
    """Keep an uploaded file for a subject (a reference); raises EvidenceRefused with a sentence for people."""
    limit = settings.EVIDENCE_MAX_BYTES
    if (upload.size or 0) > limit:
        raise EvidenceRefused(
            _("This file is larger than %(limit)s MB. Nothing was kept of it. Please send a smaller one.")
            % {"limit": limit // (1024 * 1024)}
        )
    return keep_bytes(upload.read(), actor=actor, subject=subject)


@transaction.atomic
def keep_bytes(data: bytes, *, actor: Actor, subject: str, holder: vault.KeyHolder | None = None) -> EvidenceFile:
    """Keep a file's bytes for a subject (a reference), its keys wrapped for a holder; raises EvidenceRefused."""
    seen = examine(data)
    clean = vault.seal_file(seen.clean, purpose="evidence.clean", holder=holder) if seen.clean else None
    file = EvidenceFile.objects.create(
        subject=subject,
        content_type=seen.content_type,
        extension=seen.extension,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        original=vault.seal_file(data, purpose="evidence.original", holder=holder),
        cleaned=clean,
        cleaned_type=seen.clean_type,
    )
    audit.record("evidence.kept", actor=actor, subject=subject, file=file.ref, type=seen.extension, size=len(data))
    return file


def read(file: EvidenceFile, *, actor: Actor, clean: bool = True, reason: str = "handling") -> bytes:
    """Return a file's bytes and write who read it; an image that could not be cleaned is withheld, never passed on."""
    if clean and file.content_type in IMAGES:
        if file.cleaned is None:
            raise EvidenceRefused(_("This picture could not be cleaned, so it is withheld. The original is sealed."))
        return vault.open_bytes(file.cleaned, actor=actor, reason=reason, subject=file.subject)
    return vault.open_bytes(file.original, actor=actor, reason=reason, subject=file.subject)


def respond(file: EvidenceFile, *, actor: Actor, clean: bool = True) -> HttpResponse:
    """Answer with the file as an attachment under our own name; browsers neither render nor sniff it."""
    data = read(file, actor=actor, clean=clean)
    cleaned = clean and file.content_type in IMAGES
    extension = "jpg" if cleaned else file.extension
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{file.ref}.{extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response
