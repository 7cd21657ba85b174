"""Keys and wrappings: fixed vectors against other implementations, round trips, and nobody else ever opens."""

import hashlib

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.secret import Aead

from core import keywork
from core.keywork import Cost, Pair, Unfit

CHEAP = Cost(1, 8192)
ALICE = "77076d0a7318a57d3c16c17251b26645de4c5d2a8c5b1dbf9b6f0e0a0ecf0d0a"
data = st.binary(max_size=200)


def test_a_stretched_password_is_argon2id_as_another_implementation_computes_it() -> None:
    found = keywork.stretch(b"correct horse battery staple", bytes(range(16)), Cost(4, 1024 * 1024))
    assert found == hash_secret_raw(
        b"correct horse battery staple", bytes(range(16)), time_cost=4, memory_cost=1024, parallelism=1, hash_len=32,
        type=Type.ID,
    )  # fmt: skip
    assert found.hex() == VECTORS["argon2id"]


def test_a_key_pair_is_x25519_as_another_implementation_computes_it() -> None:
    pair = Pair(bytes.fromhex(ALICE))
    other = X25519PrivateKey.from_private_bytes(pair.private).public_key()
    assert pair.public == other.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    # RFC 7748, 6.1: Bob
    assert (
        Pair(bytes.fromhex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")).public
        == "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
    )


def test_xchacha20_poly1305_gives_the_draft_s_own_vector() -> None:
    # draft-irtf-cfrg-xchacha-03, A.3.1
    key = bytes(range(0x80, 0xA0))
    nonce = bytes(range(0x40, 0x58))
    text = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
    text += b"sunscreen would be it."
    aad = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
    sealed = Aead(key).encrypt(text, aad, nonce)
    assert sealed.ciphertext[-16:].hex() == "c0875924c1c7987947deafd8780acf49"
    assert keywork.unlock(key, bytes(sealed), aad) == text


def test_derived_keys_and_marks_stay_what_they_are() -> None:
    key = bytes(range(32))
    assert keywork.part_of(key, b"receipt-mark-v1").hex() == VECTORS["part"]
    assert keywork.part_of(key, b"receipt-mark-v1") != keywork.part_of(key, b"receipt-pair-v1")
    assert keywork.pair_from_seed(key).public == VECTORS["pair"]
    mac = hashlib.blake2b(key=key, person=b"receipt-mark-v1\0", digest_size=32)
    assert keywork.part_of(key, b"receipt-mark-v1") == mac.digest()


def test_what_was_wrapped_years_ago_still_opens() -> None:
    assert keywork.unwrap_with(bytes.fromhex(ALICE), bytes.fromhex(VECTORS["wrapped"]), b"strongbox:one") == b"a key"
    assert keywork.unlock(bytes(range(32)), bytes.fromhex(VECTORS["locked"]), b"keypair:1") == b"a private half"


@settings(max_examples=40)
@given(data, data)
def test_whoever_it_is_wrapped_for_opens_it_and_nobody_else(content: bytes, context: bytes) -> None:
    hers, his = keywork.new_pair(), keywork.new_pair()
    wrapped = keywork.wrap_for(hers.public, content, context)
    assert keywork.unwrap_with(hers.private, wrapped, context) == content
    with pytest.raises(Unfit):
        keywork.unwrap_with(his.private, wrapped, context)
    with pytest.raises(Unfit):
        keywork.unwrap_with(hers.private, wrapped, context + b"x")


@settings(max_examples=40)
@given(st.binary(min_size=1, max_size=120), st.data())
def test_one_changed_bit_is_refused(content: bytes, pick: st.DataObject) -> None:
    pair, key = keywork.new_pair(), bytes(range(32))
    for sealed, back in (
        (keywork.wrap_for(pair.public, content, b"c"), lambda s: keywork.unwrap_with(pair.private, s, b"c")),
        (keywork.lock(key, content, b"c"), lambda s: keywork.unlock(key, s, b"c")),
    ):
        place = pick.draw(st.integers(0, len(sealed) * 8 - 1))
        changed = bytearray(sealed)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(Unfit):
            back(bytes(changed))
        with pytest.raises(Unfit):
            back(sealed[: place // 8])


def test_an_over_long_secret_is_refused_before_any_work(monkeypatch) -> None:
    monkeypatch.setattr(keywork.argon2id, "kdf", lambda *a, **k: pytest.fail("hashed"))
    with pytest.raises(Unfit):
        keywork.stretch(b"x" * 1_000_000, bytes(16), CHEAP)


def test_a_private_half_never_shows() -> None:
    pair = keywork.new_pair()
    assert pair.private.hex() not in repr(pair) + str(pair)
    assert repr(pair.private) not in repr(pair)


VECTORS = {
    "argon2id": "ff89759a9ee3f2c1e966f1ac9f8461982dafe6dabae0eab288de3aeca443ce25",
    "part": "12870c9401151b193884a43dcc7f19c8b793b31a9eaefe469b41f5352b0d0b7c",
    "pair": "4701d08488451f545a409fb58ae3e58581ca40ac3f7f114698cd71deac73ca01",
    "wrapped": (
        "07b377f580141931136fc86caf3bc4177cd88c1c24a13a4f12bc844319f8b7096b76aa46f8ed4dcf"
        "81f84026c9e037df57ae9c664c8f523bbaa1f90de9885c514725b800a5"
    ),
    "locked": (
        "e83b0adf5c3e0e7db65d82c07a47064abe3c37a2cb1f249347b5caa43ee78390ebfea4e0eabdd2f266fabe2c363516863762dbb561d4"
    ),
}
