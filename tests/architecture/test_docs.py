"""What the documents name exists, and what exists is named in the documents."""

import re
from pathlib import Path

from django.core.management import get_commands
from django.urls import get_resolver
from django.utils import translation

from config.environment import Environment
from core.roles import Role

ROOT = Path(__file__).resolve().parents[2]
FLOORS = {"config", "core", "parties", "checklists", "recruiters", "inspections", "grievances", "duediligence", "cms"}


def readme() -> str:
    return (ROOT / "README.md").read_text()


def test_every_setting_of_the_environment_is_documented_and_every_documented_one_exists() -> None:
    ours = {name.upper() for name in Environment.__dataclass_fields__} - {"TESTING"}
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", readme(), re.MULTILINE))
    assert documented - {"PORT"} == ours


def test_every_command_is_documented_and_every_documented_one_exists() -> None:
    ours = {name for name, app in get_commands().items() if app in FLOORS}
    documented = set(re.findall(r"^\| `manage\.py ([a-z_]+)", readme(), re.MULTILINE))
    assert documented == ours


def test_every_role_is_documented() -> None:
    assert [role for role in Role if f"`{role}`" not in readme()] == []


def test_every_make_target_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)`", readme())) <= targets


CONTRACT_PATHS = [
    "healthz",
    "readyz",
    "accounts/login/",
    "workspace/",
    "cms/",
    "en/",
    "ar/report/",
    "ne/report/follow-up/",
    "en/recruiters/",
    "en/reports/",
    "en/verify/",
    "api/v1/openapi.json",
    "api/v1/docs",
    "api/v1/match/register",
    "api/v1/reconcile/register",
]


def test_the_contract_s_addresses_exist() -> None:
    for path in CONTRACT_PATHS:
        with translation.override(path[:2] if path[:2] in ("ar", "ne") else "en"):
            assert get_resolver().resolve(f"/{path}")
