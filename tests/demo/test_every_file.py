"""What strangers typed is only text in every file that the product hands out, found from its own address map.

Every address that answers with something other than a page is a file here, and every list with each kind of file that
it offers: a new one is tried without being named. Wherever people type, the demo holds hostile words while it is asked.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.urls import resolve
from pypdf import PdfReader

from cms.statistics.presenting import tables
from core.actors import SYSTEM
from core.apikeys import issue_key, scopes
from core.exports.values import in_its_cell
from core.listing import ListingView
from core.models import Account
from tests.demo.addresses import Address, Visitor, every_address, path_of, rules

pytestmark = pytest.mark.usefixtures("world")
PUBLIC_ROWS = {
    "api:register_recruiter": ("recruiters.Recruiter ref=ref",),
    "api:recruiter_changes": ("recruiters.Recruiter ref=ref",),
    "api:search": ("core.User dataset='register'",),
    "api:entity": ("recruiters.Recruiter entity_id=ref",),
    "api:adjacent": ("recruiters.Recruiter entity_id=ref",),
    "api:adjacent_property": ("recruiters.Recruiter entity_id=ref prop='licences'",),
    "api:reconcile": ("core.User dataset='register'",),
    "api:reconcile_suggest": ("core.User dataset='register' kind='entity'",),
    "api:reconcile_flyout": ("recruiters.Recruiter dataset='register' kind='entity'",),
    "api:reconcile_preview": ("recruiters.Recruiter dataset='register' ref=ref",),
    "api:reconcile_properties": ("core.User dataset='register'",),
    "duediligence_public:version_file": tuple(
        f"duediligence.Publication ref=report__ref number=version kind='{kind}'" for kind in ("csv", "json", "pdf")
    ),
    "duediligence_public:report_file": tuple(
        f"duediligence.Publication ref=report__ref kind='{kind}'" for kind in ("csv", "json", "pdf")
    ),
    "duediligence_public:version_csv_metadata": ("duediligence.Publication ref=report__ref number=version",),
    "statistics_csv": ("core.User code='{table}'",),
    "statistics_json": ("core.User code='{table}'",),
}
"""Rows for files that anybody may read, which the table of rights does without."""
TAKES_A_FORM = {"api:match"}
PAGES_OF_A_ROW = {
    *("recruiters_public:rating", "recruiters_public:recruiter"),
    *("duediligence_public:report", "duediligence_public:version"),
}
ASKED = {"api:search": "?q=SUM", "api:reconcile_suggest": "?prefix=SUM", "api:reconcile_flyout": "?id={ref}"}
SMALLEST_PAPER = 60
"""The demo of these tests has papers that are no more than their first line."""
FORMULA = re.compile(r"^[\s\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*[=+\-@|\uff1d\uff0b\uff0d\uff20]|^[\t\r]")
NUMBER = re.compile(r"^[-+]?[\d.,\s%()]+$|^-$")
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
HOSTILE = {
    "formula": '=HYPERLINK("https://evil.example","SUM");@SUM(1);\r\n+1+SUM|\'x\'!A0\n=1<script>{{7*7}}',
    "turned": "\u202egnp.exe SUM\u2066\u2067\u200b;\u2060\uff1d1+1;\u202b-SUM(1)",
    "unseen": "\x01\x1b]0;SUM\x07\x7f\x85\x0b\x0c_x0041_\ufffe\uffff\U000e0041 ]]>&amp;%0d%0a" + "W" * 1_000_000,
}
"""What opens as a formula, what turns letters around, what cannot be seen or has no end."""
TYPED = re.compile(
    r"name|title|words|text|note|label|address|source|city|comment|description|question|answer|contact|position|why|"
    r"detail|summary|about|scope|place|reason_text|signatory|approver|subject_line|body_text|street|sector_text"
)
OURS = re.compile(r"ref$|digest|hash|key|username|path|file|schema|ruleset|code|slug|language|_norm|folded|template")
HELD_APART = {"wagtailcore", "wagtailimages", "wagtaildocs", "sessions", "contenttypes", "auth", "mfa", "core"}


@dataclass(frozen=True)
class File:
    """One file: the address that hands it out, its path, and who takes it."""

    name: str
    path: str
    who: str

    def __str__(self) -> str:
        return f"{self.name} {self.path}"


@dataclass(frozen=True)
class Taken:
    """What came of asking for a file."""

    status: int
    kind: str
    headers: dict[str, str]
    data: bytes


def take(visitor: Visitor, path: str) -> Taken:
    with transaction.atomic():
        found = visitor.client.get(path)
        data = b"".join(found.streaming_content) if found.streaming else found.content  # type: ignore[arg-type]
        transaction.set_rollback(True)
    return Taken(found.status_code, found.headers.get("Content-Type", ""), dict(found.headers), data)


@pytest.fixture(scope="module")
def takers(visitors: dict[str, Visitor]) -> Iterator[dict[str, Visitor]]:
    """Return everybody who asks, and a program with a key."""
    with transaction.atomic():
        _key, secret = issue_key(
            label="files", account=Account.objects.order_by("pk").first(), scopes=sorted(scopes()), actor=SYSTEM
        )
        client = Client(raise_request_exception=False, headers={"authorization": f"ApiKey {secret}"})
        yield {**visitors, "program": Visitor("program", client)}
        transaction.set_rollback(True)


def _who(address: Address, opens_to: frozenset[str], takers: dict[str, Visitor]) -> str:
    if address.name.startswith("api:"):
        return "program"
    named = sorted(opens_to & set(takers))
    return named[0] if named else "farah" if "staff" in opens_to else "anonymous"


def _paths(address: Address, row: str) -> list[str]:
    if not address.takes or row:
        return [path for path in [path_of(address, row)] if path]
    codes = [table.kind.code for table in tables()] if "{table}" in str(PUBLIC_ROWS.get(address.name)) else [""]
    rows = [told.replace("{table}", code) for told in PUBLIC_ROWS[address.name] for code in codes]
    return [path for path in (path_of(address, told) for told in rows) if path]


@pytest.fixture(scope="module")
def files(takers: dict[str, Visitor]) -> list[File]:
    """Return every file of the product, from its address map."""
    found, table = [], rules()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.template.backends.django.Template.render", lambda *_told, **_more: "")
        for address in every_address():
            rule = table[address.name]
            unknown = address.takes and not rule.row and address.name not in PUBLIC_ROWS
            if unknown or address.name in TAKES_A_FORM | PAGES_OF_A_ROW:
                continue
            for path in _paths(address, rule.row):
                who = _who(address, rule.opens_to, takers)
                answer = take(takers[who], path + ASKED.get(address.name, "").replace("{ref}", path.split("/")[-1]))
                if not answer.kind.startswith("text/html") or "Content-Disposition" in answer.headers:
                    found.append(File(address.name, path + ASKED.get(address.name, ""), who))
                view = getattr(resolve(path).func, "view_class", None) or getattr(
                    getattr(resolve(path).func, "__wrapped__", None), "view_class", None
                )
                if isinstance(view, type) and issubclass(view, ListingView):
                    found += [File(address.name, f"{path}?format={kind}", who) for kind in view.exports]
    return found


def test_no_address_that_anybody_may_read_and_that_takes_a_word_is_left_out() -> None:
    """A new public file with a row in its address needs that row in PUBLIC_ROWS, or it would never be tried."""
    left = {
        address.name
        for address in every_address()
        if address.takes and not rules()[address.name].row and address.route.startswith(("api/", "en/", "<"))
    }
    assert sorted(left - set(PUBLIC_ROWS) - TAKES_A_FORM - PAGES_OF_A_ROW) == []


def poison(text: str) -> int:
    """Put a text wherever people type: columns, and words within stored facts; return how many columns have it."""
    done = 0
    for model in apps.get_models():
        if model._meta.app_label in HELD_APART or not model._default_manager.exists():
            continue
        for column in model._meta.concrete_fields:
            if isinstance(column, models.JSONField) or column.name == "content":
                done += _poison_facts(model, column, text)
            elif isinstance(column, models.CharField | models.TextField) and TYPED.search(column.name):
                plain = not (column.choices or column.unique or OURS.search(column.name))
                if plain and (column.max_length or 1_000) >= 40:
                    done += _update(models.QuerySet(model).exclude(**{column.name: ""}), column, text)
    cache.clear()
    return done


def _update(rows: models.QuerySet[Any], column: models.Field[Any, Any], text: str) -> int:
    """Put a text into a column of every row, all of it where the column has no end; what is for ever stays."""
    try:
        with transaction.atomic():
            rows.update(**{column.name: text[: min(column.max_length or 400, 400)]})
            first = rows.order_by("pk").values("pk")[:1]
            if column.max_length is None and len(text) > 400:
                rows.filter(pk__in=list(first.values_list("pk", flat=True))).update(**{column.name: text})
    except DatabaseError:
        return 0
    return 1


def _poison_facts(model: type[models.Model], column: models.Field[Any, Any], text: str) -> int:
    if not isinstance(column, models.JSONField | models.TextField):
        return 0
    done = 0
    for row in model._default_manager.order_by("pk")[:60]:
        value = getattr(row, column.attname)
        try:
            facts = json.loads(value) if isinstance(value, str) else value
        except ValueError:
            continue
        spoilt = _spoilt(facts, text[:2_000])
        if spoilt != facts:
            kept = json.dumps(spoilt, ensure_ascii=False) if isinstance(value, str) else spoilt
            done += _set(model, row.pk, column, kept)
    return min(done, 1)


def _set(model: type[models.Model], pk: Any, column: models.Field[Any, Any], value: Any) -> int:
    try:
        with transaction.atomic():
            return int(models.QuerySet(model).filter(pk=pk).update(**{column.name: value}))
    except DatabaseError:
        return 0


def _spoilt(facts: Any, text: str) -> Any:
    """Return facts with the text in place of each that people may have typed: whatever has a space in it."""
    if isinstance(facts, dict):
        return {name: _spoilt(value, text) for name, value in facts.items()}
    if isinstance(facts, list):
        return [_spoilt(value, text) for value in facts]
    return text if isinstance(facts, str) and " " in facts and not facts[:4].isdigit() else facts


def faults(taken: Taken) -> list[str]:
    """Return everything that is wrong with a file."""
    if taken.status >= 500:
        return [f"answered {taken.status}"]
    found = [
        f"header {name}: {value!r}"[:200]
        for name, value in taken.headers.items()
        if not value.isascii() or not value.isprintable() or len(value) > 2_000
    ]
    if taken.status == 200 and taken.data:
        try:
            found += list(_inside(taken.data, taken.kind))
        except Exception as error:  # noqa: BLE001 - whatever a reader of this kind of file says
            found.append(f"cannot be read: {type(error).__name__} {error}"[:300])
    return found


def _inside(data: bytes, kind: str) -> Iterator[str]:
    if data.startswith(b"PK"):
        yield from _packed(data)
    elif data.startswith(b"%PDF") and len(data) > SMALLEST_PAPER:
        assert len(PdfReader(io.BytesIO(data)).pages)
    elif "csvm+json" in kind or "json" in kind:
        text = data.decode("utf-8")
        for line in text.strip("\n").split("\n") if "jsonl" in kind or "ndjson" in kind else [text]:  # not at U+0085
            json.loads(line)
    elif "xml" in kind:
        ET.fromstring(data)  # noqa: S314 - our own file
    elif "csv" in kind or kind.startswith("text/csv"):
        yield from _table(data.decode("utf-8-sig"))


def _packed(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if "xl/workbook.xml" not in package.namelist():
            for name in package.namelist():
                kind = {"csv": "text/csv", "json": "application/json"}.get(name.rpartition(".")[2], "")
                yield from _inside(package.read(name), kind)
            return
    for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                yield f"computes {cell.value!r}"[:200]
            if isinstance(cell.value, str) and in_its_cell(cell.value) != cell.value:
                yield f"turns letters around: {cell.value[:80]!r}"


def _table(text: str) -> Iterator[str]:
    for divider in ",;":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=divider):
            for cell in row:
                # Where a cell is divided in its midst, what is left has the quotes of neither side.
                if FORMULA.match(cell) and not NUMBER.match(cell):
                    yield f"computes {cell[:80]!r} where cells end at {divider!r}"
                if divider == "," and (UNSEEN.search(cell) or in_its_cell(cell) != cell):
                    yield f"holds what nobody sees, or turns letters around: {cell[:80]!r}"


@pytest.fixture
def csv_without_limit() -> Iterator[None]:
    before = csv.field_size_limit(10_000_000)
    yield
    csv.field_size_limit(before)


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.usefixtures("csv_without_limit")
def test_hostile_words_are_only_text_in_every_file(kind: str, files: list[File], takers: dict[str, Visitor]) -> None:
    assert len({file.name for file in files}) > 60, "the address map has more files than this"
    wrong, shown = [], 0
    with transaction.atomic():
        assert poison(HOSTILE[kind]) > 100
        for file in files:
            taken = take(takers[file.who], file.path)
            wrong += [f"{file}: {fault}" for fault in faults(taken)]
            shown += b"SUM" in taken.data
        transaction.set_rollback(True)
        cache.clear()
    assert not wrong, "\n".join(wrong[:40])
    assert shown > 15, "hardly anything hostile was in any file"


NAMES = ("a%0d%0aSet-Cookie:x=1", "%E2%80%AEfdp", "%00", "%ED%A0%80", "..%2f..%2fx", '";x="', "W" * 4_000)


def test_no_word_in_an_address_breaks_a_file_or_its_header(files: list[File], takers: dict[str, Visitor]) -> None:
    """Sent as a filter, a search and a format of every file: half a sign, what ends a line, what has no end."""
    wrong = []
    for place, file in enumerate(files):
        word = NAMES[place % len(NAMES)]
        mark = "&" if "?" in file.path else "?"
        taken = take(takers[file.who], f"{file.path}{mark}q={word}&name={word}&lang={word}&sort={word}&original={word}")
        wrong += [f"{file}: {fault}" for fault in faults(taken)]
        if any("evil" in value or "Set-Cookie:x" in value for value in taken.headers.values()):
            wrong.append(f"{file}: {taken.headers}")
    assert not wrong, "\n".join(wrong[:40])
