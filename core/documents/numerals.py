"""Write whole numbers in the digits that a language's own documents use (CLDR's default numbering systems). Pure."""

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
