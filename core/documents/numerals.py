"""Number pages as a language's own documents do: its word for page, its digits (CLDR's default ones). Pure.

Here and not in a catalogue, because papers are made in more languages than the product's pages. The words are not yet
reviewed by native speakers.
"""

_DIGITS = {
    "ar": "٠١٢٣٤٥٦٧٨٩",
    "fa": "۰۱۲۳۴۵۶۷۸۹",
    "ne": "०१२३४५६७८९",
    "mr": "०१२३४५६७८९",
    "bn": "০১২৩৪৫৬৭৮৯",
    "my": "၀၁၂၃၄၅၆၇၈၉",
}


def numerals(number: int, language: str) -> str:
    """Return a number in a language's digits; Western ones where it uses those."""
    digits = _DIGITS.get(language.lower().partition("-")[0])
    return str(number).translate(str.maketrans("0123456789", digits)) if digits else str(number)


_PAGE = {
    "en": "Page {} of {}",
    "am": "ገጽ {} / {}",
    "ar": "صفحة {} من {}",
    "bn": "পৃষ্ঠা {} / {}",
    "es": "Página {} de {}",
    "fa": "صفحهٔ {} از {}",
    "fil": "Pahina {} / {}",
    "fr": "Page {} sur {}",
    "hi": "पृष्ठ {} / {}",
    "id": "Halaman {} dari {}",
    "km": "ទំព័រ {} / {}",
    "my": "စာမျက်နှာ {} / {}",
    "ne": "पृष्ठ {} / {}",
    "pt": "Página {} de {}",
    "ru": "Страница {} из {}",
    "si": "පිටුව {} / {}",
    "ta": "பக்கம் {} / {}",
    "th": "หน้า {} / {}",
    "ur": "صفحہ {} / {}",
    "vi": "Trang {} / {}",
}


def page_of(number: int, count: int, language: str) -> str:
    """Return "Page 2 of 3" in a language; only the numbers where its word for page is not known here."""
    words = _PAGE.get(language.lower().partition("-")[0], "{} / {}")
    return words.format(numerals(number, language), numerals(count, language))
