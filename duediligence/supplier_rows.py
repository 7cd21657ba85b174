"""Read one row of a supplier list in Open Supply Hub's format, or say what is wrong with it, column by column. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from recruiters.countries import country_code

REQUIRED = ("country", "name", "address")
OPTIONAL = ("sector", "product_type", "lat", "lng", "number_of_workers", "parent_company", "os_id", "tier",
            "facility_type", "processing_type", "native_language_name")  # fmt: skip
LIMITS = {"name": 300, "address": 500, "sector": 200, "product_type": 200, "parent_company": 300,
          "native_language_name": 300, "facility_type": 200, "processing_type": 200}  # fmt: skip
_WORKERS = re.compile(r"^(\d{1,7})(?:\s*[-–]\s*(\d{1,7}))?$")
_OS_ID = re.compile(r"^[A-Z]{2}[0-9]{7}[0-9A-Z]{6}$")
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TIERS = {"1": 1, "2": 2, "3": 3, "3+": 3}


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell: the column, a code for the reason, and what stood there."""

    column: str
    code: str
    value: str = ""


@dataclass(frozen=True)
class SupplierRow:
    """A supplier and one of its sites, as a row gives them."""

    country: str
    name: str
    address: str
    sector: str = ""
    products: str = ""
    latitude: float | None = None
    longitude: float | None = None
    workers_min: int | None = None
    workers_max: int | None = None
    parent: str = ""
    os_id: str = ""
    tier: int | None = None
    native_name: str = ""

    @property
    def supplier_key(self) -> str:
        """Return what makes two rows the same supplier: country and folded name."""
        return _digest(self.country, self.name)

    @property
    def site_key(self) -> str:
        """Return what makes two rows the same site: its Open Supply Hub number, else supplier and folded address."""
        return _digest("os_id", self.os_id) if self.os_id else _digest(self.country, self.name, self.address)


def missing_columns(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the required columns that a file lacks."""
    return tuple(name for name in REQUIRED if name not in columns)


def read_row(values: Mapping[str, str]) -> SupplierRow | tuple[Problem, ...]:
    """Return the row, or every problem that it has."""
    cells = {name.strip().lower(): (text or "").strip() for name, text in values.items() if name}
    reader = _Reader(cells)
    row = reader.row()
    return tuple(reader.problems) or row


class _Reader:
    """Read cells one after the other and gather what is wrong."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells
        self.problems: list[Problem] = []

    def row(self) -> SupplierRow:
        lowest, highest = self._workers()
        latitude, longitude = self._coordinates()
        return SupplierRow(
            country=self._country(),
            name=self._text("name", required=True),
            address=self._text("address", required=True),
            sector=self._text("sector"),
            products=self._text("product_type"),
            latitude=latitude,
            longitude=longitude,
            workers_min=lowest,
            workers_max=highest,
            parent=self._text("parent_company"),
            os_id=self._os_id(),
            tier=self._tier(),
            native_name=self._text("native_language_name"),
        )

    def _say(self, column: str, code: str) -> None:
        self.problems.append(Problem(column, code, self.cells.get(column, "")[:80]))

    def _text(self, column: str, *, required: bool = False) -> str:
        text = " ".join(self.cells.get(column, "").split())
        if required and not any(sign.isalnum() for sign in text):
            self._say(column, "missing" if not text else "no_letters")
        if len(text) > LIMITS[column]:
            self._say(column, "too_long")
        if any(unicodedata.category(sign) in {"Cc", "Cs", "Co"} or sign == "\ufffd" for sign in text):
            self._say(column, "unreadable")
        return text

    def _country(self) -> str:
        text = self.cells.get("country", "")
        if not text:
            self._say("country", "missing")
            return ""
        code = country_code(text)
        if not code:
            self._say("country", "unknown_country")
        return code

    def _coordinates(self) -> tuple[float | None, float | None]:
        latitude, longitude = self._degrees("lat", 90), self._degrees("lng", 180)
        if bool(self.cells.get("lat")) != bool(self.cells.get("lng")):
            self._say("lng" if self.cells.get("lat") else "lat", "half_a_position")
            return None, None
        return latitude, longitude

    def _degrees(self, column: str, most: int) -> float | None:
        text = self.cells.get(column, "")
        if not text:
            return None
        try:
            degrees = float(text)
        except ValueError:
            self._say(column, "not_a_number")
            return None
        if not -most <= degrees <= most:
            self._say(column, "not_on_earth")
            return None
        return round(degrees, 6)

    def _workers(self) -> tuple[int | None, int | None]:
        text = self.cells.get("number_of_workers", "").replace(",", "")
        if not text:
            return None, None
        found = _WORKERS.match(text)
        if not found:
            self._say("number_of_workers", "not_a_range")
            return None, None
        low, high = int(found[1]), int(found[2] or found[1])
        if low > high:
            self._say("number_of_workers", "not_a_range")
        return low, high

    def _os_id(self) -> str:
        text = self.cells.get("os_id", "").upper()
        if text and not is_os_id(text):
            self._say("os_id", "mistyped_os_id")
        return text

    def _tier(self) -> int | None:
        text = self.cells.get("tier", "")
        if text and text.lower() not in {*TIERS, "unknown"}:
            self._say("tier", "unknown_tier")
        return TIERS.get(text)


def is_os_id(text: str) -> bool:
    """Check an Open Supply Hub number by its shape and its last character."""
    if not _OS_ID.match(text) or any(sign not in _CROCKFORD for sign in text[2:]):
        return False
    total = sum(ord(sign) for sign in text[:2]) + sum(_CROCKFORD.index(sign) for sign in text[2:-1])
    return _CROCKFORD[total % 32] == text[-1]


def fold(text: str) -> str:
    """Return letters, their vowel signs and digits without case or Latin accents, whatever the script."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = (sign for sign in plain if unicodedata.category(sign)[0] in "LNM")
    return "".join(sign for sign in kept if not "\u0300" <= sign <= "\u036f")


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(fold(part) for part in parts).encode()).hexdigest()
