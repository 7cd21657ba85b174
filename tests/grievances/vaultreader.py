"""Read a stolen dump as a stranger would: rows, sealed files and what was stolen besides; none of our own code.

What it can open is written down in grievances/VAULT.md; this file is that description, once more, in another hand.
"""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as open_aead
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.pwhash.argon2id import kdf


def rows(table: str) -> list[dict[str, Any]]:
    """Return a table's rows as the dump has them."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, map(_plain, row), strict=True)) for row in cursor.fetchall()]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, (memoryview, bytearray)) else value


def _hex(value: Any) -> str:
    return str(value).replace("-", "")


def keyed(key: bytes, person: bytes, *parts: bytes) -> bytes:
    mac = hashlib.blake2b(key=key, person=person.ljust(16, b"\0"), digest_size=32)
    for part in parts:
        mac.update(len(part).to_bytes(4, "big") + part)
    return mac.digest()


@dataclass
class Stranger:
    """Somebody with the dump, and whatever else was stolen with it."""

    files: Path
    vault_key: str = ""
    privates: list[bytes] = field(default_factory=list)

    def named(self, person: bytes) -> bytes:
        return hashlib.blake2b(self.vault_key.encode(), person=person, digest_size=32).digest()

    def steals_password(self, username: str, password: str) -> None:
        """Try a person's password on her key pair."""
        user = next(row for row in rows("core_user") if row["username"] == username)
        for pair in rows("core_keypair"):
            if pair["user_id"] != user["id"]:
                continue
            stretched = kdf(32, password.encode(), pair["salt"], pair["passes"], pair["memory"])
            key = keyed(self.named(b"vault-pepper-v1"), b"person-key-v1", stretched)
            private = _opened(key, pair["sealed_private"], f"keypair:{user['id']}:{pair['public']}".encode())
            if private is not None:
                self.privates.append(private)

    def steals_receipt(self, digits: str) -> None:
        """Try a receipt on every grievance's verifier."""
        for row in rows("grievances_grievance"):
            _form, passes, memory, salt, mark = row["receipt_verifier"].split("$")
            stretched = kdf(32, digits[:25].encode(), bytes.fromhex(salt), int(passes), int(memory))
            root = keyed(self.named(b"vault-pepper-v1"), b"receipt-root-v1", stretched)
            if keyed(root, b"receipt-mark-v1").hex() == mark:
                self.privates.append(bytes(PrivateKey.from_seed(keyed(root, b"receipt-pair-v1"))))

    def boxes(self) -> dict[str, bytes]:
        """Return the private halves of every strongbox that opens."""
        found: dict[str, bytes] = {}
        for key in rows("core_strongboxkey"):
            box = _hex(key["strongbox_id"])
            if key["kind"] == "server":
                context = b"strongbox:" + bytes.fromhex(box) + b"server"
                private = _opened(self.named(b"vault-wrap-v1"), key["wrapped"], context)
                if private is not None:
                    found[box] = private
            for mine in self.privates:
                opened = _unsealed(mine, key["wrapped"])
                if opened is not None:
                    found[box] = opened[16:]
        return found

    def reads(self) -> str:
        """Return everything that opens, as one text."""
        texts, boxes = [], self.boxes()
        for record in rows("core_sealedrecord"):
            sealed = record["ciphertext"] or (self.files / record["stored_name"]).read_bytes()
            pk = _hex(record["id"])
            dashed = f"{pk[:8]}-{pk[8:12]}-{pk[12:16]}-{pk[16:20]}-{pk[20:]}"
            context = f"{dashed}:{record['purpose']}".encode()
            keys = [_opened(self.named(b"vault-wrap-v1"), record["wrapped_key"], context)]
            keys += [(_unsealed(private, record["wrapped_key"]) or b"")[16:] for private in boxes.values()]
            for key in keys:
                text = _opened(key, sealed, context) if key and len(key) == 32 else None
                if text is not None:
                    texts.append(text.decode("utf-8", "replace"))
        return "\n".join(texts)


def _opened(key: bytes, sealed: bytes, context: bytes) -> bytes | None:
    try:
        return open_aead(sealed[24:], context, sealed[:24], key)
    except (CryptoError, ValueError):
        return None


def _unsealed(private: bytes, sealed: bytes) -> bytes | None:
    try:
        return bytes(SealedBox(PrivateKey(private)).decrypt(sealed))
    except (CryptoError, ValueError, TypeError):
        return None
