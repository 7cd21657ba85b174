"""Read words in the scripts of South Asia that share one layout: Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil,
Telugu, Kannada and Malayalam. The vowel that is not written is put back, and left out again where speech leaves it out.
"""

from __future__ import annotations

_CONSONANTS = dict(
    zip(
        range(0x15, 0x3A),
        [
            "k",
            "kh",
            "g",
            "gh",
            "ng",
            "ch",
            "ch",
            "j",
            "jh",
            "n",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "n",
            "p",
            "ph",
            "b",
            "bh",
            "m",
            "y",
            "r",
            "r",
            "l",
            "l",
            "l",
            "v",
            "sh",
            "sh",
            "s",
            "h",
        ],
        strict=True,
    )
)
_CONSONANTS |= {0x58: "k", 0x59: "kh", 0x5A: "g", 0x5B: "z", 0x5C: "r", 0x5D: "r", 0x5E: "f", 0x5F: "y"}
_NUKTA = {"k": "k", "kh": "kh", "g": "g", "j": "z", "d": "r", "dh": "r", "ph": "f", "y": "y", "jh": "zh", "b": "r"}
_VOWELS = dict(
    zip(
        range(0x05, 0x15),
        ["a", "a", "i", "i", "u", "u", "ri", "li", "e", "e", "e", "ai", "o", "o", "o", "au"],
        strict=True,
    )
)
_SIGNS = dict(
    zip(range(0x3E, 0x4D), ["a", "i", "i", "u", "u", "ri", "ri", "e", "e", "e", "ai", "o", "o", "o", "au"], strict=True)
)
_NASALS, _VIRAMA, _NUKTA_SIGN = (0x01, 0x02), 0x4D, 0x3C
_DEVANAGARI, _BENGALI, _TAMIL = 0x0900, 0x0980, 0x0B80
_DROPS_SCHWA = (0x0900, 0x0980, 0x0A00, 0x0A80)
_VOICED = {"k": "g", "t": "d", "p": "b"}


def _units(word: str, block: int) -> list[tuple[str, str]]:
    """Return (consonant, vowel) units; the vowel is ``@`` where it is unwritten, empty where it is cancelled."""
    units: list[tuple[str, str]] = []
    for letter in word:
        offset = ord(letter) - block
        if letter == "\u09ce":
            units.append(("t", ""))
        elif letter == "\u09f0":
            units.append(("r", "@"))
        elif letter == "\u09f1":
            units.append(("w", "@"))
        elif offset in _CONSONANTS:
            units.append((_CONSONANTS[offset], "@"))
        elif offset in _VOWELS:
            units.append(("", _VOWELS[offset]))
        elif offset in _SIGNS and units:
            units[-1] = (units[-1][0], _SIGNS[offset])
        elif offset == _VIRAMA and units:
            units[-1] = (units[-1][0], "")
        elif offset == _NUKTA_SIGN and units:
            units[-1] = (_NUKTA.get(units[-1][0], units[-1][0]), units[-1][1])
        elif offset in _NASALS and units:
            units.append(("n", ""))
        elif offset == 0x03 and block != _TAMIL and units:
            units.append(("", ""))
        elif letter.isascii() and letter.isalnum():
            units.append((letter, ""))
    return units


def _bengali(units: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Apply what Bengali does to the second part of a cluster: ya-phala and ba-phala are not spoken."""
    out: list[tuple[str, str]] = []
    for place, (consonant, vowel) in enumerate(units):
        after_cluster = place > 0 and units[place - 1][1] == "" and units[place - 1][0] != ""
        if after_cluster and consonant in ("y", "b") and units[place - 1][0] not in ("n", "m", "r", "l"):
            out[-1] = (out[-1][0], "a" if vowel == "@" else vowel)
        elif consonant == "y" and place == 0:
            out.append(("j", vowel))
        else:
            out.append((consonant, vowel))
    return out


def _drop_schwa(units: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Silence the unwritten vowel at the end, and inside between two spoken syllables."""
    out = list(units)
    for place in range(len(out) - 1, -1, -1):
        consonant, vowel = out[place]
        if vowel != "@":
            continue
        last = place == len(out) - 1
        if (last and place > 0) or (
            0 < place < len(out) - 1 and out[place - 1][1] not in ("",) and out[place + 1][1] not in ("", "@")
        ):
            out[place] = (consonant, "")
    return out


def read_indic(word: str) -> tuple[str, ...]:
    """Return the readings of one word in a script of South Asia."""
    block = ord(next((c for c in word if 0x0900 <= ord(c) < 0x0D80), "\u0900")) & ~0x7F
    units = _units(word, block)
    if block == _BENGALI:
        units = _bengali(units)
    full = "".join(c + ("a" if v == "@" else v) for c, v in units)
    if block == _TAMIL:
        return tuple(dict.fromkeys(r for r in (_voiced(units), full) if r))
    if block in _DROPS_SCHWA:
        spoken = "".join(c + ("a" if v == "@" else v) for c, v in _drop_schwa(units))
        readings = [spoken] if block != _BENGALI else [spoken, spoken.replace("bh", "v").replace("j", "z")]
        return tuple(dict.fromkeys(r for r in readings if r))
    return (full,) if full else ()


def _voiced(units: list[tuple[str, str]]) -> str:
    out = ""
    for place, (consonant, vowel) in enumerate(units):
        after = place > 0 and (units[place - 1][1] != "" or units[place - 1][0] == "n")
        doubled = place + 1 < len(units) and vowel == "" and units[place + 1][0] == consonant
        sound = _VOICED.get(consonant, consonant) if after and not doubled else consonant
        if consonant == "ch" and not doubled:
            sound = "s"
        out += sound + ("a" if vowel == "@" else vowel)
    return out
