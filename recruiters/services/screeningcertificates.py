"""Issue certificates of screenings, at once or as a job, and check them again; the file is kept sealed as it was."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import access, audit, jobs, notices, vault
from core.documents import MissingFont
from core.models import Job, User
from core.references import BadReference, parse_reference
from recruiters.certificatepaper import paper_of
from recruiters.certifying import digest_of, facts_of
from recruiters.models import Screening, ScreeningCertificate, ScreeningRow
from recruiters.services.intake import ScreeningRefused

JOB = "recruiters.certify_screening"
AT_ONCE = 200
"""Rows up to which the certificate is made while the officer waits; a longer one is made by a worker."""


@transaction.atomic
def certify_screening(
    screening: Screening, *, language: str, actor: User, row: ScreeningRow | None = None
) -> ScreeningCertificate:
    """Issue a certificate of a finished screening, or of one row of it.

    A long one is made as a job. Raises ScreeningRefused for a screening that is not finished, or without a font.
    """
    access.require(actor, "export", screening)
    if not Screening.objects.filter(pk=screening.pk, state=Screening.State.DONE).exists():
        raise ScreeningRefused(_("Only a finished screening can be certified."))
    if language not in dict(settings.WORKSPACE_LANGUAGES):
        raise ScreeningRefused(_("This language is not offered."))
    certificate = ScreeningCertificate.objects.create(
        screening=screening, row=row, language=language, issued_by=actor, issued_at=timezone.now()
    )
    audit.record("screening.certified", actor=actor, subject=certificate.ref, screening=screening.ref)
    if row is not None or screening.total <= AT_ONCE:
        _make(certificate)
    else:
        certificate.job = jobs.start(JOB, owner=actor, total=1, payload={"certificate": certificate.pk})
        certificate.save(update_fields=["job"])
    return certificate


def _make(certificate: ScreeningCertificate) -> None:
    """Write the file, seal it, and keep its digest and that of what it states."""
    facts = facts_of(certificate.screening, certificate.row)
    certificate.facts_digest = digest_of(facts)
    certificate.counts = facts["counts"]
    with translation.override(certificate.language):
        issuer = _issuer(certificate.issued_by)
        try:
            data = paper_of(certificate, facts, issuer=issuer)
        except MissingFont as missing:
            raise ScreeningRefused(str(missing)) from missing
    certificate.file = vault.seal_file(data, purpose="recruiters.screening_certificate")
    certificate.file_digest = hashlib.sha256(data).hexdigest()
    certificate.save(update_fields=["facts_digest", "counts", "file", "file_digest"])


def _issuer(user: User) -> str:
    membership = user.memberships.current(timezone.localdate()).select_related("account").first()
    return membership.account.name if membership else ""


@jobs.handler(JOB)
def run(job: Job) -> bool:
    """Make a certificate that was too long to wait for, and tell who asked for it."""
    certificate = ScreeningCertificate.objects.select_related("screening", "row", "issued_by").get(
        pk=job.payload["certificate"]
    )
    if certificate.file_id is None:
        try:
            _make(certificate)
        except ScreeningRefused as refused:
            raise jobs.JobRefused(str(refused)) from refused
        notices.notify(certificate.issued_by, "screening_certificate", subject_ref=certificate.ref)
    job.done = job.total
    return False


@transaction.atomic
def take_certificate_file(certificate: ScreeningCertificate, *, actor: User) -> bytes:
    """Return the file as it was issued; that it was taken is written down."""
    access.require(actor, "take", certificate)
    if certificate.file is None:
        raise ScreeningRefused(_("This certificate is still being made."))
    audit.record("screening.certificate_taken", actor=actor, subject=certificate.ref)
    return vault.open_bytes(certificate.file, actor=actor, reason="certificate", subject=certificate.ref)


@dataclass(frozen=True)
class Checked:
    """What checking a certificate came to."""

    certificate: ScreeningCertificate | None
    code: str
    as_today: bool = False


def check_certificate(*, actor: User, text: str = "", data: bytes | None = None) -> Checked:
    """Return which certificate a reference, a digest or a file is, and whether it still states what holds today.

    ``code`` is genuine, mistyped, unknown or making. Nothing is changed.
    """
    known = ScreeningCertificate.objects.visible_to(actor).select_related("screening", "row", "issued_by")
    if data is not None:
        found = known.filter(file_digest=hashlib.sha256(data).hexdigest()).first()
        return _checked(found)
    plain = "".join(text.split()).lower()
    if len(plain) == 64 and all(ch in "0123456789abcdef" for ch in plain):
        return _checked(known.filter(facts_digest=plain).first() or known.filter(file_digest=plain).first())
    try:
        ref = parse_reference(text, "SCC")
    except BadReference:
        return Checked(None, "mistyped")
    return _checked(known.filter(ref=ref).first())


def _checked(found: ScreeningCertificate | None) -> Checked:
    if found is None:
        return Checked(None, "unknown")
    if not found.facts_digest:
        return Checked(found, "making")
    return Checked(found, "genuine", digest_of(facts_of(found.screening, found.row)) == found.facts_digest)
