"""Count and cut text messages as phones do (GSM 03.38, 3GPP TS 23.038), and read numbers and digits. Pure.

Letters of the phone's small alphabet cost seven bits, so that 160 fit into one message; one letter outside it turns the
whole message into sixteen bits a letter, and 70 fit. A message in parts gives up a little of each part for its header.
"""

import re
import unicodedata

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = frozenset("^{}\\[~]|€\f")
# Signs that printers like and phones do not: each has a plain one that keeps the message in the small alphabet.
_PLAIN = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2026": "...",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2011": "-",
    }
)
_ALONE = {7: 160, 16: 70}
_IN_PARTS = {7: 153, 16: 67}
MOST_SEGMENTS = 4
_NUMBER = re.compile(r"^\+?[1-9][0-9]{6,14}$")


class BadNumber(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """What was given is no telephone number that a message can be sent to."""


def plain(text: str) -> str:
    """Return a text with printers' signs replaced where this keeps it in the phone's small alphabet."""
    simpler = text.translate(_PLAIN)
    return simpler if bits_of(simpler) == 7 else text


def bits_of(text: str) -> int:
    """Return 7 where every letter is of the phone's small alphabet, else 16."""
    return 7 if all(letter in _BASIC or letter in _DOUBLE for letter in text) else 16


def units_of(text: str) -> int:
    """Return how many places a text takes in its own coding."""
    if bits_of(text) == 7:
        return sum(2 if letter in _DOUBLE else 1 for letter in text)
    return len(text.encode("utf-16-be")) // 2


def segments(text: str) -> int:
    """Return how many messages a network charges for a text."""
    bits, units = bits_of(text), units_of(text)
    if units <= _ALONE[bits]:
        return 1
    return -(-units // _IN_PARTS[bits])


def split(text: str, most: int = MOST_SEGMENTS) -> tuple[str, ...]:
    """Cut a text at its spaces into messages of at most so many segments; several of them carry their number."""
    text = plain(text.strip())
    if not text:
        return ()
    if segments(text) <= most:
        return (text,)
    room = most * _IN_PARTS[bits_of(text)] - len("(99/99) ")
    pieces = _pieces(text, room)
    return tuple(f"({number}/{len(pieces)}) {piece}" for number, piece in enumerate(pieces, start=1))


def _pieces(text: str, room: int) -> list[str]:
    """Cut where a space is, or inside an overlong word, never between a letter and its marks."""
    pieces: list[str] = []
    current = ""
    wide = bits_of(text) == 16
    for word in re.split(r"(?<=\s)", text):
        if _units(current + word, wide=wide) <= room:
            current += word
            continue
        if current.strip():
            pieces.append(current.strip())
        current = ""
        for cluster in _clusters(word):
            if _units(current + cluster, wide=wide) > room:
                pieces.append(current)
                current = ""
            current += cluster
    if current.strip():
        pieces.append(current.strip())
    return pieces


def _units(text: str, *, wide: bool) -> int:
    return len(text.encode("utf-16-be")) // 2 if wide else units_of(text)


def _clusters(word: str) -> list[str]:
    """Return a word's letters, each with the marks and joiners that belong to it, in lumps of at most 20 signs."""
    found: list[str] = []
    for letter in word:
        belongs = unicodedata.category(letter)[0] == "M" or letter in "\u200c\u200d"
        if found and len(found[-1]) < 20 and (belongs or found[-1].endswith("\u200d")):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def number_of(text: str) -> str:
    """Return a sender's or receiver's number as + and digits (ITU-T E.164); raises BadNumber.

    Short codes and names are refused: nobody who writes from one is a person with a phone.
    """
    compact = re.sub(r"[\s().\u2010-\u2014-]+", "", ascii_digits(text))
    if compact.startswith("00"):
        compact = "+" + compact[2:]
    if not _NUMBER.match(compact):
        raise BadNumber
    return "+" + compact.lstrip("+")


def ascii_digits(text: str) -> str:
    """Return a text with the digits of every script as ASCII digits."""
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)


def choices_in(text: str) -> tuple[int, ...]:
    """Return the numbers in an answer of nothing but numbers and signs, in any digits; otherwise nothing.

    Digits written together are one number each: "13" chooses 1 and 3.
    """
    clean = "".join(letter for letter in ascii_digits(text.strip()) if unicodedata.category(letter) not in {"Cf", "Mn"})
    if not clean or not re.fullmatch(r"[\d\s.,;:+/&()*#-]+", clean):
        return ()
    return tuple(dict.fromkeys(int(digit) for digit in re.findall(r"\d", clean)))
