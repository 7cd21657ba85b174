"""Ask every address of the product as somebody, and tell the answers of two worlds apart: text, status, questions."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from core.listing import ListingView

NOT_ASKED = ("cms/", "static/", "media/", "api/v1/openapi.json", "api/v1/docs")
"""The site editor's own addresses, Wagtail's, which know no grievance; files; what describes the interface."""
FOR_STAFF = ("workspace/", "accounts/")
"""Behind these an answer depends on who asks; everything else is asked by somebody who is not signed in."""
# What differs from one answer to the next whatever the world is like.
PASSING = re.compile(
    r"<(?:updated|lastBuildDate|pubDate)>[^<]*|\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+(?:\+00:00|Z)"
    r'|name="(?:csrfmiddlewaretoken|form_key|token|guard)" value="[^"]*"|nonce="[^"]*"|csrf(?:Token|token)[^;,]{0,90}'
)
WRITES = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)"?')
MANY = re.compile(r"\((?:%s(?:, )?)+\)")


@dataclass(frozen=True)
class Place:
    """One address with its words filled in, and what may be asked of it besides when it is a list."""

    path: str
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seen:
    """What somebody learns from one answer: its status, where it leads, its text, and what it asks the database."""

    status: int
    leads: str
    text: str
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
        found[path] = Place(path, tuple(_questions_of(view)))
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
    yield from (f"?format={kind}" for kind in shown.exports if kind == "csv")
    yield from (f"?sort=-{column.name}" for column in shown.columns if column.sort)
    filterset = shown.filterset_class
    for name, each in (filterset.base_filters if filterset else {}).items():
        choices = each.extra.get("choices")
        offered = choices() if callable(choices) else choices
        yield from (f"?{name}={value}" for value, _label in list(offered or ())[:3])
        if not offered:
            yield f"?{name}=Silver"


class Eye:
    """Somebody who looks at everything; what looking would write is taken back."""

    def __init__(self, user: Any = None) -> None:
        self.client = Client()
        self.user = user
        if user is not None:
            self.client.force_login(user)

    def look(self, path: str) -> Seen:
        """Ask for one address."""
        cache.clear()
        asked: list[str] = []
        with _noting(asked), transaction.atomic():
            answer = self.client.get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        text = PASSING.sub("", body.decode("utf-8", "replace"))
        return Seen(answer.status_code, answer.headers.get("Location", ""), text, tuple(asked))

    def look_at_all(self, where: list[Place], written: re.Pattern[str]) -> dict[str, Seen]:
        """Ask for every address, and each list that may change in every way that it may be asked.

        An answer that reads no table that is `written` to follows from what did not change, and is not kept: to ask
        for it again would give the same.
        """
        seen = {place.path: self.look(place.path) for place in where}
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
            asked.append(MANY.sub("(…)", sql))
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
        elif seen.questions != twin.questions:
            extra = [sql for sql in twin.questions if sql not in seen.questions]
            found.append(f"{path}: {len(seen.questions)} | {len(twin.questions)} questions; {extra[:1]}")
    return found


def _first_difference(one: str, other: str) -> str:
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"…{one[max(0, place - 60) : place + 60]!r} | …{other[max(0, place - 60) : place + 60]!r}"
