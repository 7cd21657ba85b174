"""Find out in which language somebody writes a text message: by its letters, or by asking once. Pure."""

import unicodedata
from collections.abc import Collection, Sequence

# Each language under its own name; those that Latin letters can show without marks keep a message short.
NAMES = {
    "en": "English",
    "es": "Espanol",
    "fil": "Filipino",
    "fr": "Francais",
    "id": "Indonesia",
    "vi": "Tieng Viet",
    "ar": "العربية",
    "bn": "বাংলা",
    "hi": "हिन्दी",
    "km": "ខ្មែរ",
    "my": "မြန်မာ",
    "ne": "नेपाली",
    "si": "සිංහල",
    "ta": "தமிழ்",
    "ur": "اردو",
    "zh-hans": "中文",
}
LATIN = ("en", "es", "fil", "fr", "id", "vi")
_SCRIPTS = {
    "ARABIC": ("ar", "ur"),
    "BENGALI": ("bn",),
    "DEVANAGARI": ("ne", "hi"),
    "KHMER": ("km",),
    "MYANMAR": ("my",),
    "SINHALA": ("si",),
    "TAMIL": ("ta",),
    "CJK": ("zh-hans",),
    "LATIN": LATIN,
}
# Letters that one language of a script writes and its neighbour does not.
_OWN_LETTERS = {
    "ur": frozenset("ٹڈڑںےہگچپژکی"),
    "ar": frozenset("ةكىيؤإأ"),
    "vi": frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"),
    "es": frozenset("ñ¿¡"),
    "fr": frozenset("çœ"),
}
MOST_ON_A_PAGE = 9


def guesses(text: str, offered: Collection[str]) -> tuple[str, ...]:
    """Return the offered languages that a text may be in, one where its letters decide; nothing where they do not."""
    counted: dict[str, int] = {}
    for letter in text:
        if letter.isalpha():
            script = unicodedata.name(letter, "").partition(" ")[0]
            counted[script] = counted.get(script, 0) + 1
    if not counted:
        return ()
    script = max(sorted(counted), key=lambda name: counted[name])
    able = tuple(code for code in _SCRIPTS.get(script, ()) if code in offered)
    marks = {code: sum(letter in _OWN_LETTERS.get(code, "") for letter in text.lower()) for code in able}
    best = [code for code in able if marks[code] and marks[code] == max(marks.values())]
    return tuple(best) if len(best) == 1 else able


def page(asked: Sequence[str], offered: Sequence[str]) -> tuple[str, ...]:
    """Return the languages to choose from: those that were guessed, else a first page that every phone can show."""
    if len(asked) > 1:
        return tuple(asked)[:MOST_ON_A_PAGE]
    first = tuple(code for code in LATIN if code in offered)
    return first or other_page((), offered)


def other_page(shown: Sequence[str], offered: Sequence[str]) -> tuple[str, ...]:
    """Return the next languages that were not shown yet; after the last, begin again."""
    order = [code for code in (*LATIN, *sorted(NAMES)) if code in offered]
    order = list(dict.fromkeys(order))
    place = order.index(shown[-1]) + 1 if shown and shown[-1] in order else 0
    rest = [code for code in order[place:] if code not in shown]
    return tuple(rest[:MOST_ON_A_PAGE]) or page((), offered)


def question(codes: Sequence[str], *, more: bool) -> str:
    """Return the choice of languages as one short message, each in its own letters."""
    lines = [f"{number} {NAMES[code]}" for number, code in enumerate(codes, start=1)]
    return "\n".join([*lines, "0 >>"] if more else lines)
