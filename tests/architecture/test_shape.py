"""The house keeps its shape: arrows down only, files short, names that tell."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ["core", "parties", "checklists", "recruiters", "inspections", "grievances", "duediligence", "cms"]
HEIGHT = {
    "core": 0,
    "parties": 1,
    "checklists": 1,
    "recruiters": 2,
    "inspections": 3,
    "grievances": 3,
    "duediligence": 4,
    "cms": 5,
}
REFUSED_NAMES = {"utils", "helpers", "common", "misc", "base"}


def python_files(*, tests: bool = True) -> list[Path]:
    folders = [*FLOORS, "config", *(["tests"] if tests else [])]
    found = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    return [file for file in found if "migrations" not in file.parts]


def our_models() -> list[Any]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in FLOORS]


def _comes_from_a_package(model: Any, name: str) -> bool:
    """Say whether a field is inherited from a model that we did not write, such as Wagtail's Page."""
    parents = [base for base in model.__mro__ if hasattr(base, "_meta") and base.__module__.split(".")[0] not in FLOORS]
    return any(name in {field.name for field in base._meta.get_fields()} for base in parents)


def faults_of(model: Any) -> list[str]:
    """Return every relation of a model that does not point down, or leaves a way back up."""
    found = []
    here = model._meta.app_label
    for field in model._meta.get_fields():
        if not field.is_relation or field.auto_created or field.related_model is None:
            continue
        if _comes_from_a_package(model, field.name):
            continue
        there = field.related_model._meta.app_label
        if there == here or there not in HEIGHT:
            continue
        if HEIGHT[there] >= HEIGHT[here]:
            found.append(f"{here}.{model.__name__}.{field.name} points up or sideways to {there}")
        elif not field.remote_field.hidden:
            found.append(f"{here}.{model.__name__}.{field.name} needs related_name='+'")
    return found


def test_every_foreign_key_points_down_and_leaves_no_way_back() -> None:
    assert [fault for model in our_models() for fault in faults_of(model)] == []


def test_no_file_is_longer_than_400_lines() -> None:
    long = {str(f.relative_to(ROOT)): n for f in python_files() if (n := len(f.read_text().splitlines())) > 400}
    assert long == {}


def test_the_median_file_is_shorter_than_110_lines() -> None:
    lengths = sorted(len(file.read_text().splitlines()) for file in python_files(tests=False) if file.stat().st_size)
    assert lengths[len(lengths) // 2] < 110


def test_no_function_is_longer_than_50_lines() -> None:
    long = []
    for file in python_files(tests=False):
        functions = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)]
        long += [
            f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
            for node in functions
            if (node.end_lineno or 0) - node.lineno >= 50
        ]
    assert long == []


def test_no_file_has_a_name_that_tells_nothing() -> None:
    assert [str(file.relative_to(ROOT)) for file in python_files() if file.stem in REFUSED_NAMES] == []


def test_settings_are_one_file_under_200_lines() -> None:
    assert len((ROOT / "config/settings.py").read_text().splitlines()) < 200


def test_no_post_save_signal_is_used() -> None:
    assert [str(f) for f in python_files(tests=False) if re.search(r"\bpost_save\b|\bpre_save\b", f.read_text())] == []


@pytest.mark.parametrize("floor", FLOORS)
def test_every_floor_says_what_it_is_in_at_most_40_lines(floor: str) -> None:
    readme = ROOT / floor / "README.md"
    assert readme.exists()
    assert len(readme.read_text().splitlines()) <= 40
    assert "Why it is so" in readme.read_text()


def test_only_services_write() -> None:
    """Views, forms and filters call one service; they never save, create, update or delete rows themselves."""
    writing = re.compile(
        r"\.(save|create|bulk_create|update_or_create|get_or_create|bulk_update)\(|\.objects\.[^\n]*\.(update|delete)\("
    )
    found = []
    for floor in FLOORS[1:-1]:
        for file in python_files(tests=False):
            where = file.relative_to(ROOT)
            is_reader = where.parts[0] == floor and (
                "views" in where.parts[1] or where.stem in {"views", "forms", "filters"}
            )
            if is_reader and writing.search(file.read_text()):
                found.append(str(where))
    assert sorted(set(found)) == []


def test_the_repository_names_no_registry_and_no_folder_of_a_machine() -> None:
    pattern = re.compile(r"--(extra-)?index-url|--find-links|registry *= *.?https?:|(^|[^\w.-])/(work|root|farm)/")
    tracked = [
        *ROOT.glob("*.toml"),
        *ROOT.glob("requirements/*"),
        *ROOT.glob("scripts/*"),
        ROOT / "Makefile",
        *python_files(tests=False),
    ]
    assert [str(file) for file in tracked if file.is_file() and pattern.search(file.read_text())] == []


def test_sessions_cookies_and_uploads_are_safe_by_default() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.DEBUG is False
    assert settings.FILE_UPLOAD_HANDLERS == ["core.uploads.CappedMemoryUploadHandler"]
