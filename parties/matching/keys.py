# ruff: noqa: E501 (tables of letters stay on their lines)
"""Three forms of a romanised word, from fine to coarse: how it sounds, its consonants, and its consonant classes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final

_CLUSTERS: Final = {
    "shch": "C", "tsch": "C", "sch": "C", "tch": "C", "dzh": "j", "ch": "C", "cz": "C", "sh": "C", "sz": "C", "zh": "j",
    "dj": "j", "dz": "z", "ts": "s", "tz": "s", "kh": "X", "gh": "g", "ph": "f", "th": "t", "dh": "d", "bh": "b", "jh": "j",
    "ck": "k", "cq": "k", "qu": "k", "ou": "u", "oo": "u", "ee": "i", "ie": "i", "ey": "i", "ei": "i",
    "ay": "i", "ai": "i", "ae": "i", "oe": "u", "ue": "u", "aa": "a", "ow": "u", "ce": "si", "ci": "si", "cy": "si",
    "chr": "kr", "ya": "ia", "yu": "iu", "yo": "iu", "ye": "i", "hs": "s", "oh": "u",
}  # fmt: skip
"""Letters that make one sound together. C and X are the sounds of ch and kh until single letters have been turned."""


def _longest_first(clusters: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds the longest cluster at each place, grouped by first letter, which is quicker."""
    heads: dict[str, list[str]] = {}
    for cluster in sorted(clusters, key=lambda text: (-len(text), text)):
        heads.setdefault(cluster[0], []).append(cluster[1:])
    return re.compile("|".join(f"{head}(?:{'|'.join(tails)})" for head, tails in heads.items()))


_CLUSTER: Final = _longest_first(_CLUSTERS)
_SLAVIC_J: Final = re.compile(r"(?<=[aiu])j(?=[^aiu]|$)")
_CLASSES: Final = str.maketrans("gxcjzbfvdr", "kkssspppt" + "l", "")


def _said(found: re.Match[str]) -> str:
    return _CLUSTERS[found[0]]


def _single(word: str) -> str:
    """Return the word with each doubled letter written once. Looking letter by letter is quicker than a pattern."""
    last = ""
    for letter in word:
        if letter == last:
            return "".join([letter for letter, _again in groupby(word)])
        last = letter
    return word


def _turned(word: str) -> str:
    """Return the word with its single letters turned into their sounds; for words so short, quicker than a table."""
    word = word.replace("q", "k").replace("x", "ks").replace("c", "k").replace("y", "i").replace("e", "i")
    return word.replace("o", "u").replace("C", "c").replace("X", "x").replace("'", "")


def phonetic(word: str) -> str:
    """Return how a romanised word sounds, with three vowels: ``mohammed`` and ``muhamad`` become nearly one.

    An apostrophe keeps two letters apart that would else be read as one: ``s'h`` is not ``sh``.
    """
    sound = _turned(_CLUSTER.sub(_said, word))
    if "j" in sound:
        sound = _SLAVIC_J.sub("i", sound)
    sound = _single(sound)
    if sound[-1:] == "h" and len(sound) > 3 and sound[-2] in "aiu":
        sound = sound[:-1]
    return sound


def skeleton(sound: str) -> str:
    """Return the consonants of a phonetic form, without w inside the word: ``muhamad`` becomes ``mhmd``."""
    bones = sound.replace("a", "").replace("i", "").replace("u", "")
    if "w" in bones:
        bones = bones[0] + bones[1:].replace("w", "") if sound[0] == "w" else bones.replace("w", "")
    return _single(bones)


def coarse(bones: str) -> str:
    """Return the classes of a skeleton's consonants, so that voiced and voiceless, l and r, s and sh fall together."""
    shape = bones.replace("ng", "n").translate(_CLASSES)
    if "w" in shape or "h" in shape:
        shape = shape[0].replace("w", "p") + shape[1:].replace("h", "")
    return _single(shape)


_SOFT_G: Final = re.compile(r"g(?=[ei])")
_CODA_R: Final = re.compile(r"r(?![aeiouy])")


def foreign_spellings(word: str) -> tuple[str, ...]:
    """Return what a Latin spelling may stand for in another script: soft g, ch as k, j as y or kh, an r not spoken."""
    out: list[str] = []
    if "g" in word and _SOFT_G.search(word):
        out.append(_SOFT_G.sub("j", word))
    if "ch" in word:
        out.append(word.replace("ch", "k"))
    if "j" in word:
        out.append(word.replace("j", "y"))
        out.append(word.replace("j", "kh"))
    if "r" in word[1:] and len(word) > 3:
        out.append(word[0] + _CODA_R.sub("", word[1:]))
    return tuple(dict.fromkeys(out))[:4]
