"""Read words in Arabic and Hebrew letters: consonants and long vowels, short vowels being left to the comparison.

A generic table drops alef and splits words at ayn, so this one is ours. One spelling has more than one reading: Arabic,
or Persian and Urdu (where dad is z and waw may be v), and jim may be a hard g (Egypt). Each reading is kept.
"""

from __future__ import annotations

_COMMON = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ب": "b", "ت": "t", "ج": "j", "ح": "h", "خ": "kh", "د": "d",
    "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ق": "q",
    "ك": "k", "ک": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "", "ى": "a", "ئ": "i", "ؤ": "u", "ء": "",
    "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ڤ": "v", "ڨ": "g", "ڭ": "g", "ں": "n", "ے": "e", "ې": "e", "ۍ": "i",
    "ہ": "h", "ۀ": "", "ھ": "", "ۃ": "", "ۂ": "", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ښ": "sh", "ځ": "z", "څ": "s",
    "ډ": "d", "ړ": "r", "ږ": "zh", "ګ": "g", "ڼ": "n", "ټ": "t", "ە": "e", "ۆ": "o", "ڵ": "l", "ێ": "e", "ڕ": "r",
    "\u064e": "a", "\u064f": "u", "\u0650": "i", "\u064b": "an", "\u064c": "un", "\u064d": "in", "\u0670": "a",
}  # fmt: skip
_ARABIC = _COMMON | {"ث": "th", "ذ": "dh", "ض": "d"}
_PERSIAN = _COMMON | {"ث": "s", "ذ": "z", "ض": "z", "ق": "gh"}
_WAW, _YEH, _ALEFS = "و", "يی", "اأإآٱى"
_AS_PLACED = frozenset(_WAW + _YEH + "ع")
"""Letters whose sound depends on where they stand."""
_BEFORE_H = ("s", "z", "d", "t", "k", "g", "b", "p", "j")
_WEAK_END = "ةهہۀھۃە"


def _letters(word: str, table: dict[str, str], waw: str) -> str:
    out: list[str] = []
    last = len(word) - 1
    for place, letter in enumerate(word):
        if letter in _AS_PLACED:
            out.append(_as_placed(word, place, letter, waw))
            continue
        sound = table.get(letter, "")
        if place == last and place > 1 and letter in _WEAK_END:
            continue
        if sound == "h" and out and out[-1][-1:] in _BEFORE_H:
            sound = "'h"
        elif sound[:1] == "s" and out and (out == ["h"] or out[-1][-1:] == "t"):  # Hasan is not Hsia, nor Intisar Insar
            sound = "'" + sound
        out.append(sound)
    return "".join(out)


def _as_placed(word: str, place: int, letter: str, waw: str) -> str:
    """Return the sound of waw, yeh or ayn."""
    if letter == "ع":
        return "a" if place == 0 else ""
    after = word[place + 1 : place + 2]
    if letter == _WAW:
        beside = place == 0 or word[place - 1] in _ALEFS or (after and after in _ALEFS + _YEH)
        return waw if beside else "u"
    return "y" if place == 0 or (after and after in _ALEFS) else "i"


def read_arabic(word: str) -> tuple[str, ...]:
    """Return the readings of one word in Arabic letters, the likeliest first."""
    if word.startswith("ال") and len(word) > 4:
        word = word[2:]
    readings = [_letters(word, _ARABIC, "w")]
    if any(letter in "ثذضوق" for letter in word):
        readings.append(_letters(word, _PERSIAN, "v"))
    if word[-1] == "ى" and len(word) > 2:
        readings.append(readings[-1][:-1] + "i")
    if "ج" in word:
        readings.append(readings[0].replace("j", "g"))
    return tuple(dict.fromkeys(reading for reading in readings if reading))


_HEBREW = {
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "v", "ז": "z", "ח": "kh", "ט": "t", "י": "i", "כ": "k",
    "ך": "kh", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "", "פ": "p", "ף": "f", "צ": "ts",
    "ץ": "ts", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
}  # fmt: skip
_GERESH = {"ג'": "j", "ז'": "zh", "צ'": "ch", "ץ'": "ch", "ת'": "th", "ח'": "kh", "ע'": "gh", "ד'": "d"}


def read_hebrew(word: str) -> tuple[str, ...]:
    """Return the readings of one word in Hebrew letters: vav and yod as vowels, and vav as a consonant."""
    for pair, sound in _GERESH.items():
        word = word.replace(pair, sound)
    word = word.replace("'", "")
    last = len(word) - 1
    vowels: list[str] = []
    consonants: list[str] = []
    place = 0
    while place <= last:
        letter = word[place]
        sound = _HEBREW.get(letter, letter if letter.isascii() else "")
        if (letter == "ה" and place == last and place > 1) or (letter == "ע" and place == 0):
            sound = "a"
        elif letter in "ויי" and word[place : place + 2] == letter * 2:
            sound = "v" if letter == "ו" else "i"
            place += 1
            vowels.append(sound)
            consonants.append(sound)
            place += 1
            continue
        consonants.append(sound)
        vowels.append("u" if letter == "ו" and place else sound)
        place += 1
    first, second = "".join(vowels), "".join(consonants)
    readings = [first, second]
    if "ch" not in first and "kh" in first:
        readings.append(first.replace("kh", "h"))
    if "ש" in word:
        readings.append(first.replace("sh", "s"))
    return tuple(dict.fromkeys(reading for reading in readings if reading))
