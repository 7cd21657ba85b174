"""Read one row of a register as offices publish it; say by column what is wrong with it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.references import BadReference, parse_reference
from recruiters.columns import pick, plain
from recruiters.countries import country_code
from recruiters.writtendates import DAY_FIRST, AmbiguousDate, UnreadableDate, read_date

LONGEST_NAME = 300
_PARTS = re.compile(r"\s*(?:;|\||/(?=\s)|(?<=\S)\s+/\s+)\s*")
DATES = ("issued_on", "expires_on", "status_on")


@dataclass(frozen=True, slots=True)
class Problem:
    """Name one thing that keeps a row out: the field, the column as the file calls it, and the rule."""

    field: str
    column: str
    rule: str
    other_row: int = 0


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row as we understood it. ``key`` names the same record in the next edition of the same source."""

    number: int
    key: str
    name: str
    country: str
    other_names: tuple[str, ...] = ()
    licence_number: str = ""
    registration_number: str = ""
    authority: str = ""
    raw_status: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    status_on: date | None = None
    conditions: str = ""
    address: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    sector: str = ""
    owners: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    digest: str = ""

    @property
    def holder(self) -> str:
        """Return the recruiter's reference as a register of ours gives it, this one or another office's."""
        return references(self.key)[0]

    @property
    def licence_ref(self) -> str:
        """Return the licence's reference as a register of ours gives it."""
        return references(self.key)[1]

    @property
    def has_licence(self) -> bool:
        """Tell whether the row speaks of a licence at all."""
        return bool(self.licence_number or self.raw_status or self.issued_on or self.expires_on)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """Either a row that goes in, or the problems that keep it out; ``key`` is the record's where it can be told.

    ``passed_over`` are words for a country of destination that are not known: the row goes in without them.
    """

    row: RegisterRow | None
    problems: tuple[Problem, ...] = ()
    key: str = ""
    passed_over: tuple[str, ...] = ()


def number_key(number: str) -> str:
    """Return a licence or registration number without blanks, punctuation and leading zeros, for comparing."""
    folded = unicodedata.normalize("NFKC", number).upper()
    digits = "".join(str(unicodedata.digit(ch)) if ch.isdigit() and not ch.isascii() else ch for ch in folded)
    kept = "".join(ch for ch in digits if ch.isalnum())
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", kept)


def references(key: str) -> tuple[str, str]:
    """Return the references in a record's key such as id:REC-…/LIC-…: recruiter and licence; empty for what is none."""
    kind, _colon, text = key.partition(":")
    if kind != "id":
        return "", ""
    holder, _slash, licence = text.partition("/")
    found = []
    for part, prefix in ((holder, "REC"), (licence, "LIC")):
        try:
            found.append(parse_reference(part, prefix))
        except BadReference:
            found.append("")
    return found[0], found[1] if found[0] else ""


def split_people(text: str) -> tuple[str, ...]:
    """Return the people named in one cell, separated by semicolon, bar or a slash between blanks."""
    return tuple(dict.fromkeys(part.strip(" ,") for part in _PARTS.split(text) if part.strip(" ,")))


def _key(values: Mapping[str, str]) -> str:
    country = values["country"]
    if values["id"]:
        return f"id:{values['id'][:120]}"
    if number_key(values["licence_number"]):
        return f"lic:{country}:{plain(values['authority'])[:60]}:{number_key(values['licence_number'])[:60]}"
    if number_key(values["registration_number"]):
        return f"reg:{country}:{number_key(values['registration_number'])[:60]}"
    return f"name:{country}:{hashlib.blake2b(plain(values['name']).encode(), digest_size=12).hexdigest()}"


def _dates(
    values: Mapping[str, str], mapping: Mapping[str, str], problems: list[Problem], order: str
) -> dict[str, date | None]:
    dates: dict[str, date | None] = {}
    for name in DATES:
        dates[name] = None
        try:
            dates[name] = read_date(values[name], order)
        except AmbiguousDate:
            problems.append(Problem(name, mapping[name], "ambiguous_date"))
        except UnreadableDate:
            problems.append(Problem(name, mapping[name], "unreadable_date"))
    issued, expires = dates["issued_on"], dates["expires_on"]
    if issued and expires and expires < issued:
        problems.append(Problem("expires_on", mapping["expires_on"], "ends_before_it_starts"))
    return dates


def _name_problem(name: str) -> str:
    if not name:
        return "missing"
    if not any(ch.isalpha() for ch in name):
        return "no_letters"
    return "too_long" if len(name) > LONGEST_NAME else ""


_TAKEN = (
    *("id", "name", "native_name", "country", "licence_number", "registration_number", "authority", "status"),
    *("issued_on", "expires_on", "status_on", "conditions", "address", "address2", "address3", "city", "postcode"),
    *("phone", "email", "website", "sector", "owner", "director", "destinations"),
)


def read_row(
    number: int, cells: Mapping[str, str], mapping: Mapping[str, str], *, default_country: str = "",
    dates: str = DAY_FIRST,
) -> ReadRow:  # fmt: skip
    """Return the row as understood, or what is wrong with it; ``mapping`` is field to column head.

    ``dates`` says how a date with slashes is read (see ``writtendates``).
    """
    values = {name: pick(cells, mapping, name) for name in _TAKEN}
    problems: list[Problem] = []
    silent = _name_problem(values["name"])
    if silent:
        problems.append(Problem("name", mapping.get("name", "name"), silent))
    written_country = values["country"]
    values["country"] = country_code(written_country) or ("" if written_country else default_country)
    if written_country and not values["country"]:
        problems.append(Problem("country", mapping["country"], "unknown_country"))
    numbers = (n for n in ("licence_number", "registration_number") if len(values[n]) > 80)
    problems.extend(Problem(n, mapping[n], "too_long") for n in numbers)
    days = _dates(values, mapping, problems, dates)
    if problems:
        return ReadRow(None, tuple(problems), _key(values) if values["name"] else "")
    parts = [part.strip() for part in re.split(r"[;,|/،]", values["destinations"]) if part.strip()]
    address = ", ".join(values[n] for n in ("address", "address2", "address3", "postcode") if values[n])
    digest = hashlib.blake2b("\x1f".join(values[n] for n in _TAKEN).encode(), digest_size=16).hexdigest()
    row = RegisterRow(
        number=number,
        key=_key(values),
        name=values["name"],
        country=values["country"],
        other_names=tuple(n for n in split_people(values["native_name"]) if n != values["name"]),
        licence_number=values["licence_number"],
        registration_number=values["registration_number"],
        authority=values["authority"][:200],
        raw_status=values["status"][:120],
        conditions=values["conditions"][:1000],
        address=address[:500],
        city=values["city"][:120],
        phone=values["phone"][:200],
        email=values["email"][:200],
        website=values["website"][:200],
        sector=values["sector"][:60],
        owners=split_people(values["owner"]),
        directors=split_people(values["director"]),
        destinations=tuple(dict.fromkeys(code for part in parts if (code := country_code(part)))),
        digest=digest,
        **days,
    )
    return ReadRow(row, key=row.key, passed_over=tuple(part for part in parts if not country_code(part)))
