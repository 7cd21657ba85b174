"""Sign PDFs so that anybody's reader can tell who issued them (PAdES), and check such a signature."""

import datetime as dt
import hashlib
import io
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

FIELD = "Issuer"
DEMO_NAME = "Safeconduct demo - fictional, vouches for nothing"
R = TypeVar("R")


class CannotSign(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """No document can be signed here; the message is for people."""


@dataclass(frozen=True)
class Signed:
    """A signed file, and who signed it."""

    pdf: bytes
    signer: str
    signer_sha256: str


@dataclass(frozen=True)
class Checked:
    """What a file's signature is worth: whole is every byte as it was signed, trusted is by a key of this office."""

    signed: bool
    whole: bool = False
    trusted: bool = False
    signer: str = ""
    signed_at: dt.datetime | None = None


def check_key() -> None:
    """Raise CannotSign, saying why, if no key to sign with is at hand."""
    _credentials()


def sign(pdf: bytes, *, reason: str) -> Signed:
    """Return the PDF signed as a whole, so that no later change is allowed; raises CannotSign."""
    key, chain = _credentials()
    return _apart(lambda: _signed(pdf, key, chain, reason))


def check(pdf: bytes) -> Checked:
    """Return what the newest signature of a PDF says; a file that cannot be read has none."""
    try:
        _key, chain = _credentials()
    except CannotSign:
        chain = []
    return _apart(lambda: _checked(pdf, chain))


def _apart(do: Callable[[], R]) -> R:
    """Run in a thread of its own: the signing library starts an event loop, and there may be one here already."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(do).result()


def _signed(pdf: bytes, key: Any, chain: list[Any], reason: str) -> Signed:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    signer = signers.SimpleSigner(
        signing_cert=chain[0],
        signing_key=key,
        cert_registry=SimpleCertificateStore.from_certs(chain),  # type: ignore[no-untyped-call]
    )
    name = str(chain[0].subject.native.get("common_name", ""))
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason=reason,
        name=name,
    )
    made = signers.PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    return Signed(made.getvalue(), name[:200], hashlib.sha256(chain[0].dump()).hexdigest())


def _checked(pdf: bytes, chain: list[Any]) -> Checked:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not found:
            return Checked(signed=False)
        newest = found[-1]
        status = validate_pdf_signature(newest, ValidationContext(trust_roots=chain[-1:], allow_fetching=False))
    except Exception:
        return Checked(signed=False)
    whole = status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return Checked(
        signed=True,
        whole=bool(whole),
        trusted=bool(whole and status.bottom_line and status.trusted),
        signer=str(newest.signer_cert.subject.native.get("common_name", "")),
        signed_at=newest.self_reported_timestamp,
    )


def _credentials() -> tuple[Any, list[Any]]:
    """Return the key and its certificates, the signer's first; raises CannotSign with what the operator must set."""
    key_file, chain_file = settings.CERTIFICATE_KEY, settings.CERTIFICATE_CHAIN
    if not key_file and settings.DEMO:
        key_file = chain_file = str(_demo_file())
    if not key_file or not chain_file:
        raise CannotSign(
            _(
                "No certificate can be issued here yet: this office's signing key has not been set up. The operator "
                "sets CERTIFICATE_KEY and CERTIFICATE_CHAIN."
            )
        )
    try:
        return _read(Path(key_file), Path(chain_file))
    except (OSError, ValueError, TypeError) as error:
        raise CannotSign(
            _(
                "No certificate can be issued at the moment: this office's signing key cannot be read. "
                "Please tell the operator."
            )
        ) from error


def _read(key_file: Path, chain_file: Path) -> tuple[Any, list[Any]]:
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.x509 import load_pem_x509_certificates

    passphrase = settings.CERTIFICATE_PASSPHRASE.encode() or None
    key = serialization.load_pem_private_key(key_file.read_bytes(), passphrase)
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain = [
        x509.Certificate.load(each.public_bytes(serialization.Encoding.DER))
        for each in load_pem_x509_certificates(chain_file.read_bytes())
    ]
    return keys.PrivateKeyInfo.load(plain), chain


def _demo_file() -> Path:
    """Return the demo's own key with its certificate, made on first need and named for what it is."""
    path = Path(settings.DATA_DIR) / "certificate-demo.pem"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.touch(mode=0o600)
    part.write_bytes(_demo_key())
    part.rename(path)
    return path


def _demo_key() -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DEMO_NAME)])
    now = dt.datetime.now(dt.UTC)
    usage = {"digital_signature": True, "content_commitment": True}
    others = ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
              "encipher_only", "decipher_only")  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage, **dict.fromkeys(others, False)), critical=True)
        .sign(key, hashes.SHA256())
    )
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + certificate.public_bytes(serialization.Encoding.PEM)
