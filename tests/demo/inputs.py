"""Every input by which a request could name a row: read from the source and from the forms themselves."""

import ast
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms

from tests.demo.addresses import every_address

TABLE = Path(__file__).with_name("inputs.csv")
ROOT = Path(__file__).parents[2]
OURS = ("core", "parties", "checklists", "recruiters", "inspections", "grievances", "duediligence", "cms", "config")
ASKING = ("request.GET", "request.POST")


@dataclass(frozen=True)
class Input:
    """A line of the table: what an input names, and where a row of somebody else is tried in it."""

    input: str
    kind: str
    names: str
    asked_at: str
    who: str


def reviewed() -> dict[str, Input]:
    """Return the reviewed table by the names of inputs."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {line["input"]: Input(**line) for line in csv.DictReader(lines)}


def every_input() -> set[str]:
    """Return each parameter that a view reads by itself, and each field of a form whose choices come from rows."""
    every_address()  # imports every view, and so every form
    return {*_read_by_views(), *_fields()}


def _read_by_views() -> Iterator[str]:
    for app in OURS:
        for file in sorted((ROOT / app).rglob("*.py")):
            module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            if ".migrations." not in module:
                for method, name in _parameters(ast.parse(file.read_text(encoding="utf-8"))):
                    yield f"{module}:{method}:{name}"


def _parameters(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            found = (node.func.value, node.args[0]) if node.func.attr in ("get", "getlist", "pop") else None
        else:
            found = (node.value, node.slice) if isinstance(node, ast.Subscript) else None
        if found and ast.unparse(found[0]).endswith(ASKING):
            name = found[1].value if isinstance(found[1], ast.Constant) else ast.unparse(found[1])
            yield ast.unparse(found[0]).rsplit(".", 1)[1], str(name)


def _fields() -> Iterator[str]:
    for form in _below(forms.BaseForm):
        if form.__module__.split(".")[0] in OURS:
            for name, field in getattr(form, "base_fields", {}).items():
                if isinstance(field, forms.ModelChoiceField) or _filled_later(field):
                    yield f"{form.__module__}.{form.__name__}.{name}"


def _filled_later(field: forms.Field) -> bool:
    return isinstance(field, forms.ChoiceField) and not list(field.choices)


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
