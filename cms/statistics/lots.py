"""Draw the lots by which published numbers are rounded: nobody without the key can, and they never fall otherwise."""

import hashlib
import hmac

from django.conf import settings


def lot_for(cell: str, base: int) -> int:
    """Return the lot of one number of one release, from nought to `base` - 1.

    Drawn with a key and not by chance: the same release, made again after a restore, tells the same numbers. Two
    roundings of one count would narrow it down.
    """
    secret = hashlib.blake2b(settings.VAULT_KEY.encode(), person=b"statistics-lot1", digest_size=32).digest()
    drawn = hmac.new(secret, cell.encode(), hashlib.sha256).digest()
    return int.from_bytes(drawn[:8]) % base
