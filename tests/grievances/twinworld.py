"""Ask every address of the product as somebody, and tell the answers of two worlds apart: text, status, questions."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from pypdf import PdfReader

from core.listing import ListingView

NOT_ASKED = ("cms/", "static/", "media/", "api/v1/openapi.json", "api/v1/docs")
"""The site editor's own addresses, Wagtail's, which know no grievance; files; what describes the interface."""
FOR_STAFF = ("workspace/", "accounts/")
"""Behind these an answer depends on who asks; everything else is asked by somebody who is not signed in."""
# What differs from one answer to the next whatever the world is like.
PASSING = re.compile(
    r"<v>4\d{4}\.\d+</v>|<(?:updated|lastBuildDate|pubDate)>[^<]*|\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+(?:\+00:00|Z)"
    r'|name="(?:csrfmiddlewaretoken|form_key|token|guard)" value="[^"]*"|nonce="[^"]*"|csrf(?:Token|token)[^;,]{0,90}'
)
WRITES = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)"?')
GROUPS = re.compile(r"GROUP BY (?:\d+(?:, )?)+")
"""In which order the object-relational mapper numbers what it groups by depends on where things lie in memory."""
OF_THE_MOMENT = {"Content-Security-Policy", "Content-Disposition", "Expires"}
"""A nonce; the name of a file with the day; the present moment."""
MATCHING = "/api/v1/match/"
QUESTIONS = {
    name: {"schema": "LegalEntity", "properties": {"name": [name]}}
    for name in ("Silver Gate Manpower", "Crescent Garments", "Boss Lama")
}
"""What a program asks about whom the grievance accuses."""
MANY = re.compile(r"\((?:%s(?:, )?)+\)")


@dataclass(frozen=True)
class Place:
    """One address with its words filled in, what may be asked of it besides when it is a list, and whom it opens to."""

    path: str
    asked: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Seen:
    """What somebody learns from one answer: its status, where it leads, its text, and what it asks the database."""

    status: int
    leads: str
    text: str
    headers: tuple[tuple[str, str], ...]
    questions: tuple[str, ...] = field(repr=False)

    def reads(self, tables: re.Pattern[str]) -> bool:
        """Say whether any of these tables was asked."""
        return any(tables.search(sql) for sql in self.questions)


def places(values: dict[str, dict[str, Any]]) -> list[Place]:
    """Return every address that the resolver knows; `values` gives the words by the beginning of the route."""
    found: dict[str, Place] = {}
    for name, route, takes, view in _walk(get_resolver().url_patterns, "", "", ()):
        filled = {word: _value(values, route, word) for word in takes}
        try:
            path = reverse(name, kwargs=filled)
        except NoReverseMatch:
            continue
        found[path] = Place(path, tuple(_questions_of(view)), _gate_of(view))
    return list(found.values())


def _walk(patterns: list[Any], route: str, space: str, takes: tuple[str, ...]) -> Iterator[tuple[str, str, Any, Any]]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        words = tuple(dict.fromkeys((*takes, *pattern.pattern.converters, *pattern.pattern.regex.groupindex)))
        if isinstance(pattern, URLResolver):
            inside = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, here, inside, words)
        elif isinstance(pattern, URLPattern) and not here.startswith(NOT_ASKED):
            yield f"{space}{pattern.name}", here, words, pattern.callback


def _gate_of(view: Any) -> frozenset[str]:
    """Return the roles that `core.access.staff` opens a view to: it answers everybody else before the view is asked."""
    while view is not None:
        code = getattr(view, "__code__", None)
        if code is not None and code.co_name == "guarded" and "roles" in code.co_freevars:
            return frozenset(view.__closure__[code.co_freevars.index("roles")].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return frozenset()


def _value(values: dict[str, dict[str, Any]], route: str, word: str) -> Any:
    """Return the word for a route: of the longest beginning that fits it."""
    best = max((begin for begin in values if route.startswith(begin) and word in values[begin]), key=len, default="")
    return (
        values[best].get(word, 1 if word in {"pk", "number", "item", "paid", "check"} else "none") if best else "none"
    )


def _questions_of(view: Any) -> Iterator[str]:
    """Return what a list may be asked: as a file, in each order, by each choice of each filter, for words."""
    shown = getattr(view, "view_class", None)
    if shown is None or not issubclass(shown, ListingView):
        return
    yield from (f"?format={kind}" for kind in shown.exports)
    yield from (f"?sort=-{column.name}" for column in shown.columns if column.sort)
    filterset = shown.filterset_class
    for name, each in (filterset.base_filters if filterset else {}).items():
        choices = each.extra.get("choices")
        offered = choices() if callable(choices) else choices
        yield from (f"?{name}={value}" for value, _label in list(offered or ())[:3])
        if not offered:
            yield f"?{name}=Silver"


def _readable(body: bytes) -> str:
    """Return what somebody reads in an answer: a workbook's sheets, a document's text, anything else as it is."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = sorted(name for name in archive.namelist() if not name.startswith("docProps/"))
            return "\n".join(f"{name}\n{archive.read(name).decode('utf-8', 'replace')}" for name in names)
    if body.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return body.decode("utf-8", "replace")


class Eye:
    """Somebody who looks at everything; what looking would write is taken back."""

    def __init__(self, user: Any = None, secret: str = "") -> None:
        self.client = Client(headers={"authorization": f"ApiKey {secret}"} if secret else {})
        self.user = user
        if user is not None:
            self.client.force_login(user)

    def look(self, path: str) -> Seen:
        """Ask for one address."""
        cache.clear()
        asked: list[str] = []
        with _noting(asked), transaction.atomic():
            answer = self._asked(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        text = PASSING.sub("", _readable(body))
        headers = tuple(sorted((k, v) for k, v in answer.headers.items() if k not in OF_THE_MOMENT))
        return Seen(answer.status_code, answer.headers.get("Location", ""), text, headers, tuple(asked))

    def _asked(self, path: str) -> Any:
        """Ask by reading; what takes a question only, is sent one about the accused."""
        if not path.startswith(MATCHING):
            return self.client.get(path)
        return self.client.post(path, {"queries": QUESTIONS}, content_type="application/json")

    def look_at_all(self, where: list[Place], written: re.Pattern[str]) -> dict[str, Seen]:
        """Ask for every address, and each list that may change in every way that it may be asked.

        An answer that reads no table that is `written` to follows from what did not change, and is not kept: to ask
        for it again would give the same.
        """
        shut = [place for place in where if place.roles and self.user and not place.roles & self.user.roles]
        # What the gate answers says nothing of what is behind it, as a few of them show.
        tried = {place.path: self.look(place.path) for place in shut[:: len(shut) // 5 or 1]}
        opened = {
            path: answer for path, answer in tried.items() if answer.status not in (404, 405) or answer.reads(written)
        }
        assert not opened, (self.user, [(path, answer.status, answer.questions) for path, answer in opened.items()])
        seen = {place.path: self.look(place.path) for place in where if place not in shut}
        seen = {path: answer for path, answer in seen.items() if answer.reads(written)}
        lists = [place for place in where if place.asked and place.path in seen and seen[place.path].status == 200]
        return seen | {place.path + asked: self.look(place.path + asked) for place in lists for asked in place.asked}

    def look_again(self, seen: dict[str, Seen]) -> dict[str, Seen]:
        """Ask for the same again."""
        return {path: self.look(path) for path in seen}


@contextmanager
def tables_written() -> Iterator[set[str]]:
    """Gather the names of the tables that are written to."""
    found: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        found.update(WRITES.findall(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


@contextmanager
def _noting(asked: list[str]) -> Iterator[None]:
    """Note each question by its kind: the statement without its values, lists of any length the same."""

    def note(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        if "SAVEPOINT" not in sql and "core_apimeter" not in sql:
            asked.append(GROUPS.sub("GROUP BY …", MANY.sub("(…)", sql)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield


def differences(one: dict[str, Seen], other: dict[str, Seen]) -> list[str]:
    """Return in words where two worlds differ."""
    found = []
    for path, seen in one.items():
        twin = other[path]
        if (seen.status, seen.leads) != (twin.status, twin.leads):
            found.append(f"{path}: {seen.status} {seen.leads} | {twin.status} {twin.leads}")
        elif seen.text != twin.text:
            found.append(f"{path}: {_first_difference(seen.text, twin.text)}")
        elif seen.headers != twin.headers:
            found.append(f"{path}: {sorted(set(seen.headers) ^ set(twin.headers))}")
        elif seen.questions != twin.questions:
            odd = sorted(set(twin.questions) ^ set(seen.questions))
            found.append(f"{path}: {len(seen.questions)} | {len(twin.questions)} questions; {odd[:2]}")
    return found


def _first_difference(one: str, other: str) -> str:
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"…{one[max(0, place - 60) : place + 60]!r} | …{other[max(0, place - 60) : place + 60]!r}"
