"""Read words in Cyrillic and Greek letters, and undo letters that only look Latin."""

from __future__ import annotations

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya", "є": "ye", "і": "i", "ї": "yi", "ґ": "g", "ў": "u", "ђ": "dj", "ѓ": "g", "ѕ": "dz", "ј": "y",
    "љ": "ly", "њ": "ny", "ћ": "ch", "ќ": "k", "џ": "dj", "ә": "a", "ғ": "g", "қ": "q", "ң": "ng", "ө": "o",
    "ұ": "u", "ү": "u", "һ": "h", "җ": "j", "ӣ": "i", "ӯ": "u", "ҳ": "h", "ҷ": "j", "ѝ": "i",
}  # fmt: skip
_GREEK_PAIRS = {"μπ": "b", "ντ": "d", "γκ": "g", "γγ": "ng", "τσ": "ts", "τζ": "dz", "ου": "u", "ει": "i", "οι": "i",
                "αι": "e", "αυ": "av", "ευ": "ev"}  # fmt: skip
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        [
            "a",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "th",
            "i",
            "k",
            "l",
            "m",
            "n",
            "x",
            "o",
            "p",
            "r",
            "s",
            "s",
            "t",
            "i",
            "f",
            "ch",
            "ps",
            "o",
        ],
        strict=True,
    )
)
_LOOKALIKES = dict(zip("аеорсухіјѕһв", "aeopcyxijshb", strict=True)) | {"к": "k", "м": "m", "т": "t", "н": "h"}


class _Sounds(dict[int, str]):
    """Turn Cyrillic letters into their sounds; drop what is neither Cyrillic nor plain Latin."""

    def __missing__(self, code: int) -> str:
        sound = self[code] = chr(code) if code < 128 else ""
        return sound


_SOUNDS = _Sounds({ord(letter): sound for letter, sound in _CYRILLIC.items()})


def read_cyrillic(word: str) -> tuple[str, ...]:
    """Return the readings of one word in Cyrillic; kha stands for kh and, in foreign names, for h."""
    reading = word.translate(_SOUNDS)
    if "х" in word:
        return reading, reading.replace("kh", "h")
    if word[:1] == "г" and len(word) > 3:
        return reading, "h" + reading[1:]
    return (reading,) if reading else ()


def read_greek(word: str) -> tuple[str, ...]:
    """Return the reading of one word in Greek letters, accents already removed."""
    for pair, sound in _GREEK_PAIRS.items():
        word = word.replace(pair, sound)
    reading = "".join(_GREEK.get(letter, letter if letter.isascii() else "") for letter in word)
    return (reading,) if reading else ()


def undo_lookalikes(word: str) -> str:
    """Return the word with Cyrillic letters that look Latin turned into Latin; for words that mix both."""
    return "".join(_LOOKALIKES.get(letter, letter) for letter in word)


_LATIN_LOOKALIKES = dict(zip("aeopcyxijsbkmtnh", "аеорсухіјѕвкмтпн", strict=True))


def make_cyrillic(word: str) -> str:
    """Return the word with Latin letters that look Cyrillic turned into Cyrillic; for words that mix both."""
    return "".join(_LATIN_LOOKALIKES.get(letter, letter) for letter in word)
