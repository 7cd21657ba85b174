"""Take from a JPEG or PNG, without decoding it, every part that is not the picture. Pure."""

from core.cleaning.reasons import PARTS, NotCleaned

_STANDALONE = {0x01, *range(0xD0, 0xD9)}
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs"}
_PNG_START = b"\x89PNG\r\n\x1a\n"


def bare_jpeg(data: bytes) -> bytes:
    """Return a JPEG without comments, application parts (but Adobe's colour mark) and what follows its end."""
    if data[:2] != b"\xff\xd8":
        raise NotCleaned(PARTS)
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise NotCleaned(PARTS)
        mark = data[at + 1]
        if mark == 0xFF or mark in _STANDALONE:
            at += 1 if mark == 0xFF else 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if mark == 0xDA:
            stop = data.find(b"\xff\xd9", end)
            kept.append(data[at : stop if stop > 0 else len(data)] + b"\xff\xd9")
            return b"".join(kept)
        if not (0xE0 <= mark <= 0xEF or mark == 0xFE) or mark == 0xEE:
            kept.append(data[at:end])
        at = end
    raise NotCleaned(PARTS)


def bare_png(data: bytes) -> bytes:
    """Return a PNG with nothing but what draws it."""
    if not data.startswith(_PNG_START):
        raise NotCleaned(PARTS)
    kept, at = [_PNG_START], 8
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        if name in _PNG_KEPT:
            kept.append(data[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end
    raise NotCleaned(PARTS)
