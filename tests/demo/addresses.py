"""Every address of the product from its own map, with a real row for each, and visitors who ask for them."""

import csv
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from core.fields import ReferenceField
from core.models import Membership, User

TABLE = Path(__file__).with_name("access.csv")
LEFT_TO_OTHERS = ("cms/", "static/", "media/")
"""The site editor's admin is asked as a whole: its two hundred addresses are Wagtail's own."""
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
NUMBERS = {"pk", "number", "item", "paid", "check"}
"""Words of addresses that are numbers."""
NOT_OURS = re.compile(r'"?(django_session|core_formsubmission)"?')
FRAME = re.compile(r"^\s*(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b", re.IGNORECASE)
CHANGING = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|name="(?:form_key|token)" value="[^"]*"|nonce="[^"]*"|data-path="[^"]*"'
    r"|'nonce-[^']*'|/[\w%./-]*|[?&]next=[^\"]*"
)
OF_LENGTH = {"Content-Length", "Expires"}
"""What says only how long the address was that the page repeats, and what time it is."""


@dataclass(frozen=True)
class Address:
    """One line of the map: its name, its route, and the words that it takes."""

    name: str
    route: str
    takes: tuple[str, ...]


def every_address() -> list[Address]:
    """Return what the resolver knows, in its order; languages count once."""

    def walk(patterns: list[Any], route: str, space: str, takes: tuple[str, ...]) -> Iterator[Address]:
        for pattern in patterns:
            here = route + str(pattern.pattern)
            words = (*takes, *pattern.pattern.converters, *pattern.pattern.regex.groupindex)
            if isinstance(pattern, URLResolver):
                inside = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern.url_patterns, here, inside, tuple(dict.fromkeys(words)))
            elif isinstance(pattern, URLPattern) and not (here.startswith(LEFT_TO_OTHERS) or _is_wagtail(pattern)):
                yield Address(f"{space}{pattern.name}", here, tuple(dict.fromkeys(words)))

    return list(walk(get_resolver().url_patterns, "", "", ()))


def _is_wagtail(pattern: URLPattern) -> bool:
    return str(pattern.name).startswith("wagtail")


@dataclass(frozen=True)
class Rule:
    """A line of the table: who finds this address, and who is told that it is not for him to use."""

    address: str
    row: str
    opens_to: frozenset[str]
    refuses: frozenset[str]


def rules() -> dict[str, Rule]:
    """Return the reviewed table by the names of addresses."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {
            line["address"]: Rule(
                line["address"], line["row"], frozenset(line["opens_to"].split()), frozenset(line["refuses"].split())
            )
            for line in csv.DictReader(lines)
        }


def paths_for(address: Address, row: str, user: User, most: int = 40) -> Iterator[str]:
    """Yield paths with rows that somebody may see, as far as their model says who sees what."""
    model, *told = row.split() or ["core.User"]
    pairs = [word.partition("=")[::2] for word in told if "=" in word]
    rows = apps.get_model(model)._default_manager.order_by("pk")
    seen = rows.visible_to(user) if hasattr(rows, "visible_to") else rows  # type: ignore[attr-defined]
    if not seen.exists():  # who oversees sees rows otherwise than who handles them
        seen, most = rows, 400
    columns = [value for _name, value in pairs if not value.startswith("'")]
    for found in seen.values("pk", *columns)[: most if pairs else 1]:
        values = {name: value.strip("'") if value.startswith("'") else found[value] for name, value in pairs}
        path = _reversed(address, values)
        if path is not None:
            yield path


def path_of(address: Address, row: str, *, real: bool = True) -> str | None:
    """Return a path with a real row's values, or with values of the same form that no row has; None without a row.

    A row is written as `app.Model word=column word='constant' +column column:value @person:path`: the first one in
    which these columns and those after a plus are filled and the others have this value, and where a person is named,
    the first one that leads by this path to his organisation's account.
    """
    if not row:
        return _reversed(address, {word: 9_000_001 if word in NUMBERS else "none" for word in address.takes})
    model, *told = row.split()
    pairs = [word.partition("=")[::2] for word in told if "=" in word]
    columns = [value for _name, value in pairs if not value.startswith("'")]
    filled = [*columns, *(word[1:] for word in told if word.startswith("+"))]
    fixed = [word.partition(":")[::2] for word in told if ":" in word and word[0] != "@" and "=" not in word]
    rows = apps.get_model(model)._default_manager.order_by("pk").filter(**dict(fixed))
    for person, _colon, path in (word[1:].partition(":") for word in told if word.startswith("@")):
        rows = rows.filter(**{path: Membership.objects.get(user__username=person).account})
    found = rows.filter(**dict.fromkeys([f"{column}__isnull" for column in filled], False)).values(*columns).first()
    if found is None:
        return None
    values = {name: value.strip("'") if value.startswith("'") else found[value] for name, value in pairs}
    return _reversed(address, values if real else {name: _unlike(value) for name, value in values.items()})


def _unlike(value: Any) -> Any:
    """Return a value of the same form that belongs to nothing."""
    if isinstance(value, int):
        return value + 9_000_000
    if isinstance(value, date):
        return value + timedelta(days=9_000)
    parts = str(value).split("-")
    return "-".join([parts[0], *("0" * len(part) for part in parts[1:])]) if len(parts) > 2 else value


def _reversed(address: Address, values: dict[str, Any]) -> str | None:
    try:
        return reverse(address.name, kwargs=values)
    except NoReverseMatch:
        return None


@dataclass
class Answer:
    """What a visitor got, what the database was asked for it, and what was written meanwhile."""

    status: int
    where: str
    body: str
    headers: dict[str, str]
    asked: list[str]
    writes: list[str]
    data: bytes = b""


@dataclass
class Visitor:
    """Somebody who asks; whatever an answer would write is taken back."""

    name: str
    client: Client
    tries: ClassVar[int] = 0

    def ask(self, method: str, path: str, data: Mapping[str, Any] | None = None) -> Answer:
        """Ask once, with a form where one is given, and return the answer."""
        Visitor.tries += 1
        self.client.cookies.pop("messages", None)  # what the answer before said is no part of this one
        noted: list[str] = []
        body = urlencode(data or {}, doseq=True).encode()
        with noting(noted), transaction.atomic():
            found = self.client.generic(method, path, body, "application/x-www-form-urlencoded")
            whole = b"".join(found.streaming_content) if found.streaming else found.content  # type: ignore[arg-type]
            transaction.set_rollback(True)
        text = "" if found.streaming else CHANGING.sub("", whole.decode("utf-8", "replace"))
        headers = {name: CHANGING.sub("", value) for name, value in found.headers.items() if name not in OF_LENGTH}
        writes = [sql[:80] for sql in noted if WRITES.match(sql) and not NOT_OURS.search(sql)]
        asked = [sql for sql in noted if not NOT_OURS.search(sql)]
        return Answer(found.status_code, found.headers.get("Location", ""), text, headers, asked, writes, whole)


@contextmanager
def noting(noted: list[str]) -> Iterator[None]:
    """Note every statement that goes to the database."""

    def note(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        if not FRAME.match(sql):
            noted.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield


def make_row(model: str, **given: Any) -> Any:
    """Return a new row with something in every column that must have something."""
    made = apps.get_model(model)
    values: dict[str, Any] = {}
    for column in made._meta.concrete_fields:
        wanted = not (column.null or column.has_default() or column.blank or column.primary_key)
        if wanted and column.name not in given and not getattr(column, "auto_now_add", False):
            values[column.name] = _something(column)
    return made._default_manager.create(**values, **given)


def _something(column: models.Field[Any, Any]) -> Any:
    if isinstance(column, models.ForeignKey):
        return column.related_model._default_manager.order_by("pk").first()  # type: ignore[union-attr]
    if isinstance(column, ReferenceField):
        return None
    if isinstance(column, models.DateTimeField):
        return timezone.now()
    if isinstance(column, models.DateField):
        return timezone.localdate()
    if isinstance(column, models.BooleanField):
        return False
    if isinstance(column, models.IntegerField | models.DecimalField):
        return 1
    return {} if isinstance(column, models.JSONField) else "x"
