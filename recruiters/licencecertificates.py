"""Say of a certificate what it said on its day and what the register says today, by its code or by its file."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.references import BadReference, parse_reference
from recruiters.licencepaper import facts_of
from recruiters.licensing import Standing
from recruiters.models import Certificate
from recruiters.publicwording import order_behind, what_stands_against
from recruiters.signing import Checked, check
from recruiters.vouching import Comparison, compare

LARGEST_FILE = 5 * 1024 * 1024  # bytes; ours are some tens of kilobytes
PREFIX = "CRT"


@dataclass(frozen=True)
class Verified:
    """A certificate beside the register of today. ``standing`` is None for a recruiter that is no longer shown."""

    code: str
    number: int
    day: date
    then: dict[str, Any]
    comparison: Comparison
    standing: Standing | None
    as_of: date
    now: dict[str, Any] | None = None
    order: str = ""
    but: str = ""


@dataclass(frozen=True)
class FileVerified:
    """What an uploaded file is: one that was issued here byte for byte, or not."""

    issued_here: bool
    signature: Checked
    verified: Verified | None = None


def is_code(text: str) -> bool:
    """Tell whether a text claims to be a certificate's code."""
    return text.strip().upper().replace(" ", "").startswith(PREFIX)


def verify_code(text: str) -> Verified | None:
    """Return what a typed code stands for; None if no such certificate was issued; raises BadReference if mistyped."""
    found = _all().filter(ref=parse_reference(text, PREFIX)).first()
    return _verified(found) if found else None


def verify_file(data: bytes) -> FileVerified:
    """Return whether a file is a certificate issued here, unchanged; nothing of it is kept.

    Only a file that is ours byte for byte is opened: a stranger's is told apart by its digest alone.
    """
    found = _all().filter(sha256=hashlib.sha256(data).hexdigest()).first()
    if found is None:
        return FileVerified(issued_here=False, signature=Checked(signed=False))
    return FileVerified(issued_here=True, signature=check(data), verified=_verified(found))


def _all() -> Any:
    beside = ("licence__history__appeals", "licence__recruiter__licences__history")
    return Certificate.objects.select_related("licence__recruiter__party").prefetch_related(*beside)


def _verified(certificate: Certificate) -> Verified:
    licence = certificate.licence
    today = licence.today()
    shown = licence.recruiter.is_listed
    now = facts_of(licence, today) if shown else None
    standing = licence.standing(today) if shown else None
    comparison = compare(certificate.facts, now, valid=standing is not None and standing.valid)
    return Verified(
        code=certificate.ref,
        number=certificate.number,
        day=certificate.day,
        then=certificate.facts,
        comparison=comparison,
        standing=standing,
        as_of=today,
        now=now,
        order=order_behind(licence, standing, today) if standing else "",
        but=what_stands_against(licence, standing, licence.recruiter.licences.all(), today) if standing else "",
    )


__all__ = ["BadReference", "FileVerified", "Verified", "is_code", "verify_code", "verify_file"]
