"""Read a country as people write it: a code of two or three letters, or a name, also an older or a foreign one."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(ch for ch in plain if ch.isalnum() or unicodedata.category(ch) in ("Mc", "Lo"))


def sort_key(name: str) -> str:
    """Return what sorts a name where readers look for it: accents, Arabic hamzas and capitals aside."""
    bare = "".join(ch for ch in unicodedata.normalize("NFD", name) if not "\u0300" <= ch <= "\u036f")
    return "".join(ch for ch in bare if not "\u0653" <= ch <= "\u0655").replace("Đ", "D").replace("đ", "d").casefold()


@cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    """Return names by code, and codes by every way of writing that is known."""
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    text = files("recruiters").joinpath("data/countries.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        code, name, *rest = line.split("\t")
        names[code] = name
        for way in (code, name, *(rest[0].split("|") if rest else ())):
            codes.setdefault(_key(way), code)
    return names, codes


@cache
def _foreign() -> tuple[dict[str, str], dict[str, str]]:
    """Return codes by names in many languages, as they are written and by their keys.

    A key that two countries share says neither; so does one that is also a code.
    """
    written: dict[str, str] = {}
    keys: dict[str, str] = {}
    text = files("recruiters").joinpath("data/country_words.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        code, names = line.split("\t")
        for name in names.split("|"):
            written[_written(name)] = code
            key = _key(name)
            keys[key] = code if keys.get(key, code) == code else ""
    return written, keys


def _written(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def country_code(text: str) -> str:
    """Return the ISO 3166-1 code for a country as written, or an empty text when it is not known.

    The Vietnamese "Áo" is Austria, though "AO" is the code of Angola: what is written counts before accents fall.
    """
    if not text.strip():
        return ""
    key = _key(text)
    if text.isascii() and (len(key) == 2 or text.isupper()) and key in _table()[1]:
        return _table()[1][key]
    written, keys = _foreign()
    return written.get(_written(text), "") or _table()[1].get(key, "") or keys.get(key, "")


def country_name(code: str) -> str:
    """Return the usual English name of a code; a code that is not known is returned as it is."""
    return _table()[0].get(code.upper(), code)


def all_countries() -> list[tuple[str, str]]:
    """Return (code, English name) of every country, by name."""
    return sorted(_table()[0].items(), key=lambda pair: pair[1])
