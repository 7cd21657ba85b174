"""Read an example entity as clients of the matching interface send it: clean its values, say what is wrong. Pure.

The wire form is that of yente's ``/match``: ``{"schema": "Company", "properties": {"name": ["…"], "country": "np"}}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from parties.matching.births import read_birth
from recruiters.countries import country_code

PEOPLE = frozenset({"Person"})
ORGANISATIONS = frozenset({"Company", "Organization", "PublicBody"})
EITHER = frozenset({"LegalEntity"})
OTHERS = frozenset(
    {"Address", "Airplane", "BankAccount", "CryptoWallet", "Position", "Security", "UserAccount", "Vehicle", "Vessel"}
)
"""Schemata that clients may ask for and that no register of recruiters holds: they find nothing."""
SCHEMATA = PEOPLE | ORGANISATIONS | EITHER | OTHERS

NAMES = ("name", "alias", "weakAlias", "previousName", "abbreviation")
COUNTRIES = ("country", "jurisdiction", "nationality", "citizenship", "mainCountry")
REGISTRATIONS = ("registrationNumber", "idNumber", "taxNumber", "ogrnCode", "innCode")
MOST_VALUES = 50
MOST_NAMES = 6
LONGEST = 500
Kind = Literal["person", "organisation"]


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong with a query: the field below it, a code, and the status that clients expect."""

    field: str
    code: str
    status: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One example entity, cleaned. ``properties`` is echoed to the caller as it was understood."""

    schema: str
    properties: dict[str, tuple[str, ...]]
    names: tuple[str, ...]
    kinds: tuple[Kind, ...]
    country: str = ""
    licence_number: str = ""
    registration_number: str = ""
    born: tuple[str, ...] = ()
    id: str = ""

    def echo(self) -> dict[str, Any]:
        """Return the query as it goes back in the answer."""
        told: dict[str, Any] = {
            "schema": self.schema,
            "properties": {name: list(values) for name, values in self.properties.items()},
        }
        return {"id": self.id, **told} if self.id else told


def read_query(query: Any) -> Asked | Wrong:
    """Return a query cleaned, or the first thing that is wrong with it."""
    if not isinstance(query, Mapping):
        return Wrong("", "not_an_object", 422)
    schema = query.get("schema")
    if schema is None or schema == "":
        return Wrong("schema", "required", 422)
    if not isinstance(schema, str) or schema not in SCHEMATA:
        return Wrong("schema", "unknown_schema", 400)
    given = query.get("properties", {})
    if not isinstance(given, Mapping):
        return Wrong("properties", "not_an_object", 422)
    properties = {str(name)[:60]: values for name, value in given.items() if (values := _texts(value))}
    for name in COUNTRIES:
        if name in properties:
            cleaned = (code.lower() if (code := country_code(text)) else text for text in properties[name])
            properties[name] = tuple(dict.fromkeys(cleaned))
    asked_id = query.get("id")
    codes = [code.upper() for name in COUNTRIES for code in properties.get(name, ()) if len(code) == 2]
    return Asked(
        schema=schema,
        properties=properties,
        names=_names(properties),
        kinds=_kinds(schema),
        country=codes[0] if codes else "",
        licence_number=_first(properties, ("licenseNumber",)),
        registration_number=_first(properties, REGISTRATIONS),
        born=tuple(born for text in properties.get("birthDate", ()) if (born := read_birth(text))),
        id=str(asked_id)[:LONGEST] if isinstance(asked_id, str | int) and not isinstance(asked_id, bool) else "",
    )


def _texts(value: Any) -> tuple[str, ...]:
    """Return values as texts: one or many, numbers too; what is neither is left out."""
    values = value if isinstance(value, list) else [value]
    found = [str(v) if isinstance(v, int | float) and not isinstance(v, bool) else v for v in values[:MOST_VALUES]]
    texts = (" ".join(text[:LONGEST].split()) for text in found if isinstance(text, str))
    return tuple(dict.fromkeys(text for text in texts if text))


def _names(properties: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    found = [text for name in NAMES for text in properties.get(name, ())]
    if not properties.get("name"):
        parts = ("firstName", "secondName", "middleName", "fatherName", "lastName")
        whole = " ".join(properties[part][0] for part in parts if properties.get(part))
        found = [whole, *found] if whole else found
    return tuple(dict.fromkeys(found))[:MOST_NAMES]


def _kinds(schema: str) -> tuple[Kind, ...]:
    if schema in PEOPLE:
        return ("person",)
    if schema in ORGANISATIONS:
        return ("organisation",)
    return ("organisation", "person") if schema in EITHER else ()


def _first(properties: Mapping[str, tuple[str, ...]], names: tuple[str, ...]) -> str:
    return next((properties[name][0] for name in names if properties.get(name)), "")
