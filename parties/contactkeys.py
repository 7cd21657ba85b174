"""Bring telephones, addresses, e-mails and web sites to the key under which like ones meet. Pure."""

import re

from parties.callingcodes import international
from parties.keys import fold

MAX_KEY = 200
SIGNIFICANT_DIGITS = 8
"""How many last digits of a telephone number of an unknown country tell it apart."""
LONGEST_NUMBER = 16
SHORTEST_NUMBER = 6
FREE_MAIL = frozenset(
    {"gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "live.com", "icloud.com", "mail.ru", "qq.com", "163.com"}
)
SHORT_FORMS = {
    "street": "st", "str": "st", "road": "rd", "avenue": "ave", "av": "ave", "building": "bldg", "bld": "bldg",
    "floor": "fl", "flr": "fl", "number": "", "no": "", "nr": "", "suite": "ste", "apartment": "apt", "house": "hse",
    "ward": "wd", "sector": "sec", "block": "blk", "lane": "ln", "square": "sq", "boulevard": "blvd", "marg": "rd",
    "sarak": "rd", "sharia": "st", "shari": "st", "the": "", "near": "", "po": "", "box": "pobox",
}  # fmt: skip


def phone_key(text: str, country: str = "") -> str:
    """Return a telephone number as it is dialled from abroad; '' for one too short to tell anything apart.

    Without a plus it is a number of the country. Where no country is known its last digits stand after a question mark:
    such a number meets only its like, for the same digits are somebody else's in another country.
    """
    main = re.split(r"(?i)\b(?:ext|extension|x|ask)\b", text)[0]
    folded = fold(main.replace("(0)", "")).strip()
    digits = re.sub(r"\D", "", folded)
    if len(digits) < SHORTEST_NUMBER:
        return ""
    key = international(digits, country, plus=main.lstrip(" (").startswith(("+", "\uff0b")))
    return key[:LONGEST_NUMBER] or f"?{digits[-SIGNIFICANT_DIGITS:]}"


def phones_in(text: str) -> tuple[str, ...]:
    """Return the telephone numbers that one line holds, as written, told apart by commas, slashes and semicolons."""
    return tuple(part.strip() for part in re.split(r"[,;/|\n]| or ", text) if phone_key(part))


def address_key(text: str, city: str = "", country: str = "") -> str:
    """Return an address as sorted folded words with street words shortened; '' for one without a number or name.

    An address that names only a town is no key: half a country would share it.
    """
    words = [SHORT_FORMS.get(word, word) for word in fold(f"{text} {city}").split()]
    town = set(fold(city).split())
    kept = sorted({word for word in words if word})
    telling = [word for word in kept if word not in town and word not in SHORT_FORMS.values()]
    if len(telling) < 2 or not any(any(sign.isdigit() for sign in word) for word in telling):
        return ""
    return " ".join([country.lower(), *kept]).strip()[:MAX_KEY]


def email_key(text: str) -> str:
    """Return an e-mail address in lower case, without what a mailbox ignores; '' for what is no address."""
    name, at, domain = text.strip().lower().rpartition("@")
    if not (name and at and "." in domain):
        return ""
    name = name.split("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        name, domain = name.replace(".", ""), "gmail.com"
    return f"{name}@{domain}"[:MAX_KEY]


def website_key(text: str) -> str:
    """Return the host of a web site without www; '' for what names no host."""
    host = re.sub(r"^[a-z]+://", "", text.strip().lower()).split("/")[0].split(":")[0].removeprefix("www.")
    return host[:MAX_KEY] if re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) and host not in FREE_MAIL else ""


def contact_key(kind: str, value: str, *, city: str = "", country: str = "") -> str:
    """Return the key of a contact by its kind; '' where the value tells too little to tie anybody."""
    if kind == "address":
        return address_key(value, city, country)
    if kind == "phone":
        return phone_key(value, country)
    return {"email": email_key, "website": website_key}[kind](value)


def reference_key(text: str) -> str:
    """Return the letters and digits of a paper's number, such as a bank guarantee's; '' for fewer than four."""
    key = fold(text).replace(" ", "")
    return key[:MAX_KEY] if len(key) >= 4 and any(sign.isdigit() for sign in key) else ""
