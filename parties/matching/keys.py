"""Three forms of a romanised word, from fine to coarse: how it sounds, its consonants, and its consonant classes."""

from __future__ import annotations

import re
from functools import lru_cache

_SOUNDS = {
    "shch": "c", "tsch": "c", "sch": "c", "tch": "c", "dzh": "j", "ch": "c", "cz": "c", "sh": "c", "sz": "c", "zh": "j",
    "dj": "j", "dz": "z", "ts": "s", "tz": "s", "kh": "x", "gh": "g", "ph": "f", "th": "t", "dh": "d", "bh": "b", "jh": "j",
    "ck": "k", "cq": "k", "qu": "k", "q": "k", "x": "ks", "ou": "u", "oo": "u", "ee": "i", "ie": "i", "ey": "i", "ei": "i",
    "ay": "i", "ai": "i", "ae": "i", "oe": "u", "ue": "u", "aa": "a", "ow": "u", "ce": "si", "ci": "si", "cy": "si",
    "c": "k", "y": "i", "e": "i", "o": "u", "ya": "ia", "yu": "iu", "yo": "iu", "ye": "i", "hs": "s", "oh": "u",
}  # fmt: skip
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=lambda s: (-len(s), s))))
_DOUBLE = re.compile(r"(.)\1+")
_SLAVIC_J = re.compile(r"(?<=[aiu])j(?=[^aiu]|$)")
_CLASSES = str.maketrans("gxcjzbfvdr", "kkssspppt" + "l", "")


@lru_cache(maxsize=131072)
def phonetic(word: str) -> str:
    """Return how a romanised word sounds, with three vowels: ``mohammed`` and ``muhamad`` become nearly one."""
    sound = _SOUND.sub(lambda found: _SOUNDS[found[0]], word)
    sound = _SLAVIC_J.sub("i", sound)
    sound = _DOUBLE.sub(r"\1", sound)
    if len(sound) > 3 and sound[-1] == "h" and sound[-2] in "aiu":
        sound = sound[:-1]
    return sound


def skeleton(sound: str) -> str:
    """Return the consonants of a phonetic form, without w inside the word: ``muhamad`` becomes ``mhmd``."""
    bones = sound.translate(_NO_VOWELS)
    if "w" in bones:
        bones = bones[0] + bones[1:].replace("w", "") if sound[0] == "w" else bones.replace("w", "")
    return _DOUBLE.sub(r"\1", bones)


_NO_VOWELS = str.maketrans("", "", "aiu")


def coarse(bones: str) -> str:
    """Return the classes of a skeleton's consonants, so that voiced and voiceless, l and r, s and sh fall together."""
    shape = bones.translate(_CLASSES)
    if shape:
        shape = shape[0].replace("w", "p") + shape[1:].replace("h", "")
    return _DOUBLE.sub(r"\1", shape)
