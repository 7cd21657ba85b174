"""Derive everything that one form's own token leads to: its draft's place and key, its digest, its receipt.

The token is random, made by us and known only to the open page. The server keeps no copy, so a database, a backup or an
administrator cannot open a draft; and because the receipt follows from the token, a retry of the same form gives the
same receipt although the receipt itself is stored only as a locator and a verifier.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from django.conf import settings

from grievances import receipts
from grievances.receipts import Receipt

TOKEN_BYTES = 32
MARK_BYTES = 16
MOST_TOKEN = 80


class BadToken(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A form token that we did not make."""


def derived(purpose: bytes, *parts: bytes, size: int = 32) -> bytes:
    """Return a keyed digest of parts for one purpose, under the vault's key."""
    key = hashlib.blake2b(settings.VAULT_KEY.encode(), person=b"grievance-keys-1", digest_size=32).digest()
    mac = hashlib.blake2b(key=key, person=purpose.ljust(16, b"\0")[:16], digest_size=size)
    for part in parts:
        mac.update(len(part).to_bytes(4, "big") + part)
    return mac.digest()


@dataclass(frozen=True)
class FormToken:
    """One open form's secret; it never shows in a log or a traceback."""

    secret: bytes = field(repr=False)

    def __str__(self) -> str:
        return "form token"

    @property
    def text(self) -> str:
        """Return the token as the page carries it: the secret and our mark on it."""
        mark = derived(b"form-mark", self.secret, size=MARK_BYTES)
        return base64.urlsafe_b64encode(self.secret + mark).decode().rstrip("=")

    @property
    def digest(self) -> str:
        """Return what the grievance keeps, so that the same form never makes two."""
        return derived(b"form-digest", self.secret).hex()

    @property
    def draft_locator(self) -> str:
        """Return where this form's draft lies."""
        return derived(b"draft-place", self.secret).hex()

    @property
    def draft_key(self) -> bytes:
        """Return the key of this form's draft."""
        return derived(b"draft-key", self.secret)

    @property
    def receipt(self) -> Receipt:
        """Return the receipt that this form leads to."""
        return receipts.from_seed(derived(b"receipt", self.secret, size=48))


def new_token() -> FormToken:
    """Return a token for a form that is opened now."""
    return FormToken(secrets.token_bytes(TOKEN_BYTES))


def read_token(text: str) -> FormToken:
    """Return the token that a page sent back; raises BadToken for one that we did not make."""
    if len(text) > MOST_TOKEN:
        raise BadToken
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as error:
        raise BadToken from error
    secret, mark = raw[:TOKEN_BYTES], raw[TOKEN_BYTES:]
    if len(secret) != TOKEN_BYTES or not hmac.compare_digest(mark, derived(b"form-mark", secret, size=MARK_BYTES)):
        raise BadToken
    return FormToken(secret)


def receipt_locator(receipt: Receipt) -> str:
    """Return the indexed keyed hash by which a receipt's grievance is found."""
    return derived(b"receipt-place", receipt.locator.encode()).hex()


def session_digest(secret: str) -> str:
    """Return what the server keeps of a worker session's cookie."""
    return derived(b"worker-session", secret.encode()).hex()


def source_code(address: str) -> str:
    """Return a short code for where a request comes from, for budgets in memory; it is never stored."""
    return derived(b"source", address.encode(), size=12).hex()
