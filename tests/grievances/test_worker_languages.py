"""Workers' pages in sixteen languages: light in each, named in their own words, and never a dead end."""

import gzip
from pathlib import Path

import pytest
from django.test import Client

from core.spoken import spoken

from .walking import hidden

LANGUAGES = list(spoken())
PAGES = ["report/", "report/new/", "report/safety/", "report/follow-up/", "calendar/"]
CHECKS = ["recruiters/fee-check/", "recruiters/contract-check/"]
MOST = 14 * 1024
SCRIPT = len(gzip.compress(Path("grievances/static/grievances/worker.js").read_bytes(), 6))
CSS = len(gzip.compress(Path("core/static/core/worker.css").read_bytes(), 6))
pytestmark = pytest.mark.django_db


def weight(content: bytes) -> int:
    """Return what a first load costs on the wire: the page, its one style sheet and its one script."""
    return len(gzip.compress(content, 6)) + CSS + (SCRIPT if b"worker.js" in content else 0)


def every_page(language: str) -> dict[str, bytes]:
    phone = Client()
    pages = {where: phone.get(f"/{language}/{where}").content for where in (*PAGES, *CHECKS)}
    page, url = pages["report/new/"].decode(), f"/{language}/report/new/"
    for step, told in (("where", {"codes": "FEE"}), ("words", {"people": "one"}), ("contact", {"words": ""})):
        pages[step] = phone.post(url, {**hidden(page), **told}).content
        page = pages[step].decode()
    pages["nothing ticked"] = phone.post(url, hidden(pages["report/new/"].decode())).content
    return pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_case_1_every_page_is_light_in_every_language_and_says_which(language: str) -> None:
    direction = spoken()[language].direction
    for name, content in every_page(language).items():
        assert weight(content) < MOST, (name, weight(content))
        assert f'<html lang="{language}" dir="{direction}">'.encode() in content, name
