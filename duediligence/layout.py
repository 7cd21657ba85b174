"""Lay a content out for readers: sections, facts and tables, the same for the page and for paper. Pure.

Every value of the content stands in the layout exactly once; a test walks both and compares.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from duediligence.content import Content, Scalar

Kind = Literal["text", "prose", "date", "number", "yes_no", "country", "language", "digest", "ref", "band", "words",
               "action", "law", "item", "harm", "sector"]  # fmt: skip


@dataclass(frozen=True)
class Value:
    """A value, where it stands in the content, and how it is shown; `words` names the table of words of a code."""

    path: str
    raw: Scalar
    kind: Kind = "text"
    words: str = ""


@dataclass(frozen=True)
class Line:
    """A value under its label."""

    label: str
    value: Value


@dataclass(frozen=True)
class Table:
    """Rows under heads, each named by its key (a value without a path); a missing cell is None."""

    name: str
    key_head: str
    keys: tuple[Value, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading with its facts, tables and what is said when both are empty."""

    code: str
    level: int = 2
    title: Value | None = None
    number: str = ""
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    note: str = ""


Spec = tuple[tuple[str, str, Kind, str], ...]  # key, label, kind, table of words

REPORT: Spec = (
    ("ref", "report_ref", "ref", ""), ("version", "version", "number", ""), ("kind", "kind", "words", "CHANGE_KINDS"),
    ("note", "note", "prose", ""), ("published_on", "published_on", "date", ""),
    ("language", "language", "language", ""),
    ("record", "record", "ref", ""), ("replaces", "replaces", "digest", ""),
)  # fmt: skip
APPROVAL: Spec = (
    ("body", "body", "words", "BODIES"), ("body_name", "body_name", "text", ""),
    ("approver_name", "approver_name", "text", ""), ("approver_title", "approver_title", "text", ""),
    ("approved_on", "approved_on", "date", ""), ("evidence_sha256", "evidence_sha256", "digest", ""),
    ("separate_person", "separate_person", "yes_no", ""),
)  # fmt: skip
COMPANY: Spec = (
    ("name", "company", "text", ""), ("ref", "company_ref", "ref", ""), ("country", "country", "country", ""),
    ("sector", "sector", "sector", ""), ("legal_form", "legal_form", "words", "LEGAL_FORMS"),
    ("contact", "contact", "text", ""),
)  # fmt: skip
PERIOD: Spec = (("start", "period_start", "date", ""), ("end", "period_end", "date", ""))
STANDARD: Spec = (("name", "standard", "text", ""), ("edition", "edition", "text", ""))
ANSWER: Spec = (
    ("state", "state", "words", "STATE_LABELS"), ("reason", "reason", "prose", ""), ("text", "text", "prose", ""),
    ("decision", "decision", "prose", ""), ("owner", "owner", "text", ""), ("on", "on", "date", ""),
)  # fmt: skip
EVIDENCE: Spec = (
    ("title", "evidence", "text", ""), ("dated", "dated", "date", ""), ("checked_by", "checked_by", "text", ""),
    ("type", "file_type", "text", ""), ("sha256", "sha256", "digest", ""),
)  # fmt: skip
CHAIN: Spec = (("number", "suppliers", "number", ""), ("sites", "sites", "number", ""),
               ("recruiters", "recruiters", "number", ""))  # fmt: skip
SUPPLIER: Spec = (
    ("name", "supplier", "text", ""), ("country", "country", "country", ""), ("sector", "sector", "sector", ""),
    ("tier", "tier", "words", "TIERS"), ("sites", "sites", "number", ""),
)  # fmt: skip
RISK: Spec = (
    ("rank", "rank", "number", ""), ("band", "band", "words", "BANDS"), ("country", "country", "country", ""),
    ("scale", "scale", "words", "SCALE"), ("scope", "scope", "words", "SCOPE"),
    ("irremediability", "irremediability", "words", "IRREMEDIABILITY"),
    ("likelihood", "likelihood", "words", "LIKELIHOOD"),
    ("severity", "severity", "number", ""), ("involvement", "involvement", "words", "INVOLVEMENT"),
    ("description", "description", "prose", ""), ("why", "why", "prose", ""), ("found_on", "found_on", "date", ""),
)  # fmt: skip
ACTION: Spec = (
    ("title", "action", "text", ""), ("risk", "risk", "ref", ""), ("owner", "owner", "text", ""),
    ("due_on", "due_on", "date", ""), ("state", "state", "words", "ACTION_STATES"),
    ("indicator", "indicator", "text", ""),
    ("note", "note", "prose", ""),
)  # fmt: skip
CASES: Spec = (("total", "cases", "band", ""), ("threshold", "threshold", "number", ""),
               ("kinds_withheld", "kinds_withheld", "yes_no", ""))  # fmt: skip
LAW: Spec = (("due_on", "due_on", "date", ""), ("basis", "basis", "words", "BASES"))
GAP: Spec = (("code", "gap", "words", "ISSUES"), ("subject", "where", "text", ""))
BAND = Value("", "", "band")


def layout(content: Content) -> tuple[Section, ...]:
    """Return the sections of a report in reading order."""
    builders: tuple[Callable[[Content], list[Section]], ...] = (
        _identity, _approval, _gaps, _answers, _chain, _risks, _actions, _cases, _laws,
    )  # fmt: skip
    return tuple(section for build in builders for section in build(content))


def _lines(group: Mapping[str, Any], path: str, spec: Spec) -> tuple[Line, ...]:
    return tuple(
        Line(label, Value(f"{path}/{key}", group[key], kind, words)) for key, label, kind, words in spec if key in group
    )


def _table(name: str, rows: Mapping[str, Mapping[str, Any]], path: str, spec: Spec) -> tuple[Table, ...]:
    """Return a table of referenced rows, without the columns that no row fills."""
    used = [column for column in spec if any(column[0] in row for row in rows.values())]
    body = tuple(
        tuple(
            Value(f"{path}/{ref}/{key}", row[key], kind, words) if key in row else None
            for key, _label, kind, words in used
        )
        for ref, row in rows.items()
    )
    keys = tuple(Value("", ref, "ref") for ref in rows)
    return (Table(name, "number", keys, tuple(label for _key, label, _kind, _words in used), body),) if body else ()


def _counts(name: str, head: str, group: Mapping[str, Any], path: str, key: Value, cell: Value) -> tuple[Table, ...]:
    """Return a table with one value for each key; `key` and `cell` say how the two are shown."""
    keys = tuple(replace(key, raw=code) for code in group)
    rows = tuple((replace(cell, path=f"{path}/{code}", raw=value),) for code, value in group.items())
    return (Table(name, key.path or name, tuple(replace(one, path="") for one in keys), (head,), rows),) if rows else ()


def _identity(content: Content) -> list[Section]:
    lines = (
        *_lines(content["company"], "company", COMPANY),
        *_lines(content["period"], "period", PERIOD),
        *_lines(content.get("report", {}), "report", REPORT),
        *_lines(content["standard"], "standard", STANDARD),
    )
    schema = (Line("schema", Value("schema", content["schema"])),) if "schema" in content else ()
    return [Section("identity", lines=(*lines, *schema))]


def _approval(content: Content) -> list[Section]:
    if "approval" not in content:
        return []
    return [Section("approval", lines=_lines(content["approval"], "approval", APPROVAL))]


def _gaps(content: Content) -> list[Section]:
    tables = _table("gaps", content["gaps"], "gaps", GAP)
    return [Section("gaps", tables=tables, note="gaps_meaning" if tables else "no_gaps")]


def _answers(content: Content) -> list[Section]:
    sections, step = [], ""
    for code, answer in content["answers"].items():
        path = f"answers/{code}"
        if code.split(".")[0] != step:
            step = code.split(".")[0]
            sections.append(Section(f"step_{step}", number=step))
        sections.append(
            Section(
                "answer",
                level=3,
                title=Value(f"{path}/label", answer["label"], "action"),
                number=code,
                lines=_lines(answer, path, ANSWER),
                tables=_table("evidence", answer.get("evidence", {}), f"{path}/evidence", EVIDENCE),
            )
        )
    return sections


def _chain(content: Content) -> list[Section]:
    chain = content["suppliers"]
    countries = _counts(
        "countries", "suppliers", chain["countries"], "suppliers/countries", Value("country", "", "country"),
        Value("", 0, "number"),
    )  # fmt: skip
    named = _table("suppliers", chain.get("list", {}), "suppliers/list", SUPPLIER)
    note = "" if named else "suppliers_not_listed"
    return [Section("suppliers", lines=_lines(chain, "suppliers", CHAIN), tables=countries + named, note=note)]


def _risks(content: Content) -> list[Section]:
    risks = content["risks"]
    method = (Line("method", Value("risks/method", risks["method"])),)
    sections = [Section("risks", lines=method, note="" if risks["list"] else "no_risks")]
    for ref, risk in risks["list"].items():
        path = f"risks/list/{ref}"
        title = Value(f"{path}/title", risk["title"])
        sections.append(Section("risk", level=3, title=title, number=ref, lines=_lines(risk, path, RISK)))
    return sections


def _actions(content: Content) -> list[Section]:
    tables = _table("actions", content["actions"], "actions", ACTION)
    return [Section("actions", tables=tables, note="" if tables else "no_actions")]


def _cases(content: Content) -> list[Section]:
    cases = content["cases"]
    kinds = _counts("kinds", "cases", cases.get("kinds", {}), "cases/kinds", Value("harm", "", "harm"), BAND)
    replies = _counts(
        "replies",
        "cases",
        cases.get("answers", {}),
        "cases/answers",
        Value("reply", "", "words", "RESPONSE_KINDS"),
        BAND,
    )
    return [Section("cases", lines=_lines(cases, "cases", CASES), tables=kinds + replies, note="cases_meaning")]


def _laws(content: Content) -> list[Section]:
    sections = [Section("laws")] if content["laws"] else []
    for code, law in content["laws"].items():
        path = f"laws/{code}"
        items = _counts(
            "items", "status", law["items"], f"{path}/items", Value("item", "", "item", code),
            Value("", "", "words", "ITEM_STATUS"),
        )  # fmt: skip
        title = Value(f"{path}/name", law["name"], "law")
        sections.append(Section("law", level=3, title=title, number=code, lines=_lines(law, path, LAW), tables=items))
    return sections
