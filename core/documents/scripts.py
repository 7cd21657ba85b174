"""Say which script a character belongs to, which font family draws that script, and where to get it. Pure."""

import bisect
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Script:
    """One script: the font families that draw it, best first, and how its text behaves in a PDF."""

    name: str
    families: tuple[str, ...]
    rtl: bool = False
    reordered: bool = False  # glyphs stand in another order than letters: the PDF must carry the text beside them
    spaced: bool = True  # words are parted by spaces
    package: str = "fonts-noto-core"  # what to install on Debian where no Python package has it

    @property
    def advice(self) -> str:
        """Return what to install."""
        if self.families[0] in _PYTHON_PACKAGES:
            return f"{_PYTHON_PACKAGES[self.families[0]]} (Python) or {self.package} (Debian)"
        return f"{self.package} (Debian), or any font named {self.families[0]}"


_PYTHON_PACKAGES = {
    "Noto Sans": "fontpkg-noto-sans",
    "Noto Sans Arabic": "fontpkg-noto-sans-arabic",
    "Noto Sans Devanagari": "fontpkg-noto-sans-devanagari",
    "Noto Sans Khmer": "fontpkg-noto-sans-khmer",
    "Noto Sans Tamil": "fontpkg-noto-sans-tamil",
    "Noto Sans Telugu": "fontpkg-noto-sans-telugu",
    "Noto Sans Thai": "fontpkg-noto-sans-thai",
}

LATIN = Script("Latin", ("Noto Sans", "DejaVu Sans"))
SYMBOLS = Script(
    "Symbols",
    ("Noto Sans", "Noto Sans Symbols 2", "Noto Sans Symbols2", "Noto Sans Symbols", "Noto Sans Math", "DejaVu Sans"),
)
_CJK = ("Noto Sans SC", "Noto Sans CJK SC", "Noto Sans JP", "Noto Sans KR")


def _noto(name: str, *, rtl: bool = False, reordered: bool = False, spaced: bool = True, family: str = "") -> Script:
    families = (family or f"Noto Sans {name}", f"Noto Serif {name}")
    return Script(name, families, rtl=rtl, reordered=reordered, spaced=spaced)


def _indic(name: str) -> Script:
    return _noto(name, reordered=True)


# First and last code point of each script's blocks.
_BLOCKS: tuple[tuple[int, int, Script], ...] = (
    (0x0000, 0x052F, LATIN),
    (0x0530, 0x058F, _noto("Armenian")),
    (0x0590, 0x05FF, _noto("Hebrew", rtl=True)),
    (0x0600, 0x06FF, _noto("Arabic", rtl=True)),
    (0x0700, 0x074F, _noto("Syriac", rtl=True)),
    (0x0750, 0x077F, _noto("Arabic", rtl=True)),
    (0x0780, 0x07BF, _noto("Thaana", rtl=True)),
    (0x07C0, 0x07FF, _noto("NKo", rtl=True)),
    (0x0860, 0x08FF, _noto("Arabic", rtl=True)),
    (0x0900, 0x097F, _indic("Devanagari")),
    (0x0980, 0x09FF, _indic("Bengali")),
    (0x0A00, 0x0A7F, _indic("Gurmukhi")),
    (0x0A80, 0x0AFF, _indic("Gujarati")),
    (0x0B00, 0x0B7F, _indic("Oriya")),
    (0x0B80, 0x0BFF, _indic("Tamil")),
    (0x0C00, 0x0C7F, _indic("Telugu")),
    (0x0C80, 0x0CFF, _indic("Kannada")),
    (0x0D00, 0x0D7F, _indic("Malayalam")),
    (0x0D80, 0x0DFF, _indic("Sinhala")),
    (0x0E00, 0x0E7F, _noto("Thai", reordered=True, spaced=False)),
    (0x0E80, 0x0EFF, _noto("Lao", reordered=True, spaced=False)),
    (0x0F00, 0x0FFF, _noto("Tibetan", reordered=True, spaced=False, family="Noto Serif Tibetan")),
    (0x1000, 0x109F, _noto("Myanmar", reordered=True, spaced=False)),
    (0x10A0, 0x10FF, _noto("Georgian")),
    (0x1100, 0x11FF, Script("Hangul", ("Noto Sans KR", *_CJK), package="fonts-noto-cjk")),
    (0x1200, 0x139F, _noto("Ethiopic")),
    (0x1780, 0x17FF, _noto("Khmer", reordered=True, spaced=False)),
    (0x1800, 0x18AF, _noto("Mongolian")),
    (0x19E0, 0x19FF, _noto("Khmer", reordered=True, spaced=False)),
    (0x1C50, 0x1C7F, _noto("Ol Chiki", family="Noto Sans OlChiki")),
    (0x1C80, 0x1DBF, LATIN),
    (0x1E00, 0x1FFF, LATIN),
    (0x2000, 0x206F, LATIN),
    (0x2070, 0x218F, LATIN),
    (0x2190, 0x2BFF, SYMBOLS),
    (0x2C60, 0x2C7F, LATIN),
    (0x2D00, 0x2D2F, _noto("Georgian")),
    (0x2D30, 0x2D7F, _noto("Tifinagh")),
    (0x2D80, 0x2DDF, _noto("Ethiopic")),
    (0x2E80, 0x303F, Script("Han", _CJK, spaced=False, package="fonts-noto-cjk")),
    (0x3040, 0x30FF, Script("Kana", ("Noto Sans JP", *_CJK), spaced=False, package="fonts-noto-cjk")),
    (0x3100, 0x312F, Script("Bopomofo", ("Noto Sans TC", *_CJK), spaced=False, package="fonts-noto-cjk")),
    (0x3130, 0x318F, Script("Hangul", ("Noto Sans KR", *_CJK), package="fonts-noto-cjk")),
    (0x31F0, 0x9FFF, Script("Han", _CJK, spaced=False, package="fonts-noto-cjk")),
    (0xA640, 0xA69F, LATIN),
    (0xA720, 0xA7FF, LATIN),
    (0xA8E0, 0xA8FF, _indic("Devanagari")),
    (0xA9E0, 0xA9FF, _noto("Myanmar", reordered=True, spaced=False)),
    (0xAA60, 0xAA7F, _noto("Myanmar", reordered=True, spaced=False)),
    (0xAB00, 0xAB2F, _noto("Ethiopic")),
    (0xABC0, 0xABFF, _noto("Meetei Mayek", family="Noto Sans MeeteiMayek", reordered=True)),
    (0xAC00, 0xD7FF, Script("Hangul", ("Noto Sans KR", *_CJK), package="fonts-noto-cjk")),
    (0xF900, 0xFAFF, Script("Han", _CJK, spaced=False, package="fonts-noto-cjk")),
    (0xFB00, 0xFB0F, LATIN),
    (0xFB13, 0xFB17, _noto("Armenian")),
    (0xFB1D, 0xFB4F, _noto("Hebrew", rtl=True)),
    (0xFB50, 0xFDFF, _noto("Arabic", rtl=True)),
    (0xFE70, 0xFEFF, _noto("Arabic", rtl=True)),
    (0xFF00, 0xFFEF, Script("Full width", _CJK, spaced=False, package="fonts-noto-cjk")),
    (0x10D00, 0x10D3F, _noto("Hanifi Rohingya", family="Noto Sans HanifiRohingya", rtl=True)),
    (0x11100, 0x1114F, _noto("Chakma", reordered=True)),
    (0x1E900, 0x1E95F, _noto("Adlam", rtl=True)),
    (0x1F000, 0x1FAFF, SYMBOLS),
    (0x20000, 0x323AF, Script("Han", _CJK, spaced=False, package="fonts-noto-cjk")),
)
_STARTS = [first for first, _last, _script in _BLOCKS]
UNKNOWN = Script("an uncommon script", ("Noto Sans", "DejaVu Sans"))


@cache
def script_of(character: str) -> Script:
    """Return the script of a character, by its block."""
    code = ord(character)
    place = bisect.bisect_right(_STARTS, code) - 1
    first, last, script = _BLOCKS[place]
    return script if first <= code <= last else UNKNOWN
