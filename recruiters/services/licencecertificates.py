"""Issue certificates: signed, numbered, kept as they were issued. What is true today, their verification page says."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import access, audit, vault
from core.actors import Actor
from core.documents import MissingFont
from core.fields import ReferenceField
from core.models import User
from recruiters.licencepaper import facts_of, paper
from recruiters.models import Certificate, Licence
from recruiters.models.words import StatusCode
from recruiters.signing import CannotSign, sign

MOST_LANGUAGES = 2


class CertificateRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A certificate that cannot be issued; the message is for people."""


def languages() -> list[str]:
    """Return the languages of a certificate: the ministry's, and English."""
    return list(dict.fromkeys((settings.CERTIFICATE_LANGUAGE, "en")))[:MOST_LANGUAGES]


@transaction.atomic
def issue_certificate(licence: Licence, *, actor: Actor) -> Certificate:
    """Issue a signed certificate of what the register says of a licence today; the same day's equal one is returned.

    Officers issue it for anybody, a recruiter's own people for themselves. Raises CertificateRefused, with nothing
    written, for a licence that is not valid today or a recruiter that the public register does not show.
    """
    licence = Licence.objects.select_for_update(of=("self",)).select_related("recruiter__party").get(pk=licence.pk)
    own = isinstance(actor, User) and licence.recruiter.belongs_to(actor)
    access.require(actor, "apply" if own else "decide", licence)
    day = licence.today()
    facts = facts_of(licence, day)
    _refuse_if_not_valid(licence)
    earlier = licence.certificates.filter(day=day).first()
    if earlier is not None and earlier.facts == facts:
        return earlier
    newest = Certificate.objects.order_by("-number").values_list("number", flat=True).first()
    field = Certificate._meta.get_field("ref")
    assert isinstance(field, ReferenceField)  # noqa: S101 - declared on the model
    code, number = field.get_default(), (newest or 0) + 1
    try:
        unsigned = paper(facts, code=code, number=number, day=day, languages=languages())
        signed = sign(unsigned, reason=f"{code} {licence.ref}")
    except (CannotSign, MissingFont) as problem:
        raise CertificateRefused(str(problem)) from problem
    made = Certificate.objects.create(
        ref=code,
        number=number,
        licence=licence,
        day=day,
        facts=facts,
        languages=languages(),
        document=vault.seal_file(signed.pdf, purpose="recruiters.certificate"),
        sha256=hashlib.sha256(signed.pdf).hexdigest(),
        signer=signed.signer,
        signer_sha256=signed.signer_sha256,
        issued_at=timezone.now(),
        issued_by=actor if isinstance(actor, User) else None,
    )
    audit.record(
        "certificate.issued", actor=actor, subject=made.ref, licence=licence.ref, number=number, sha256=made.sha256
    )
    return made


def _refuse_if_not_valid(licence: Licence) -> None:
    standing = licence.standing()
    if not licence.recruiter.is_listed:
        raise CertificateRefused(
            _("The public register does not show this recruiter, so nobody could check a certificate. None was issued.")
        )
    if not standing.valid:
        word = StatusCode(standing.code).label if standing.code in StatusCode.values else standing.code
        raise CertificateRefused(
            _("The licence is not valid today (%(status)s), so there is nothing to certify. None was issued.")
            % {"status": word}
        )


@transaction.atomic
def take_certificate(certificate: Certificate, *, actor: Actor) -> bytes:
    """Return the file of a certificate, byte for byte as it was issued; the taking is written down."""
    return vault.open_bytes(certificate.document, actor=actor, reason="certificate", subject=certificate.ref)
