"""Case 36 and around it: what comes from another site changes nothing, reading changes nothing, no way leads outside.

And what strangers typed is text in every file: it computes nothing in a table and runs nothing on a page.
"""

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from parties.demo import PASSWORD
from tests.demo.addresses import Visitor, every_address, path_of, rules
from tests.demo.test_every_list import _lists
from tests.demo.visitors import ONE_OF_EACH_ROLE

pytestmark = pytest.mark.usefixtures("world")
WITH_A_GUARD_OF_THEIR_OWN = re.compile(r"/report/|/calendar/|/(fee|contract)-check/|/verify/file/")
"""Pages for workers: a form carries its own guard where Django's would need a cookie, and keeps nothing else open."""
READ_IS_WRITTEN = re.compile(r'"?core_audit\w+"?|"core_notice"|"grievances_replyrequest" SET "read_on"')
"""That somebody read is written down: in the trail, for his notices, and that a respondent has read the question."""
HELD_WHILE_READ = {"recruiters:hit"}
"""Opening a hit keeps it from colleagues for some minutes, so that two do not decide the same."""
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\\\evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
    "\thttps://evil.example/",
    "https://evil.example/%0d%0a",
)


def test_every_form_of_the_workspace_and_of_accounts_is_guarded_against_other_sites() -> None:
    open_ones = []

    def walk(patterns: list[Any], route: str) -> None:
        for pattern in patterns:
            here = route + str(pattern.pattern)
            if not isinstance(pattern, URLPattern):
                walk(pattern.url_patterns, here)
            elif getattr(pattern.callback, "csrf_exempt", False):
                open_ones.append(f"/{here}")

    walk(get_resolver().url_patterns, "")
    assert open_ones, "those for programs are"
    assert [path for path in open_ones if path.startswith(("/workspace/", "/accounts/", "/i18n/"))] == []
    public = [path for path in open_ones if path.startswith("/en/")]
    assert [path for path in public if not WITH_A_GUARD_OF_THEIR_OWN.search(path)] == []


def test_a_form_sent_from_another_site_changes_nothing_anywhere(visitors: dict[str, Visitor]) -> None:
    wrong, tried = [], 0
    for address in every_address():
        rule = rules().get(address.name)
        path = path_of(address, rule.row) if rule and address.route.startswith("workspace/") else None
        name = next((name for name in ONE_OF_EACH_ROLE if rule and name in rule.opens_to), "")
        if not path or not name:
            continue
        person = visitors[name]
        person.client.handler.enforce_csrf_checks = True
        try:
            answer = person.ask("POST", path, {"form_key": "key", "reason": "other"})
        finally:
            person.client.handler.enforce_csrf_checks = False
        tried += 1
        if answer.writes or answer.status != 403:
            wrong.append(f"{name}: {address.name} {answer.status} {answer.writes}")
    assert not wrong, "\n".join(wrong)
    assert tried > 200


def test_reading_a_page_writes_nothing_but_that_it_was_read(
    visitors: dict[str, Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda *_told, **_more: "")
    wrong = []
    for address in every_address():
        rule = rules().get(address.name)
        path = path_of(address, rule.row) if rule and address.route.startswith("workspace/") else None
        if not path or rule is None or address.name in HELD_WHILE_READ:
            continue
        for name in sorted(rule.opens_to & set(visitors))[:1]:
            answer = visitors[name].ask("GET", path)
            written = [sql for sql in answer.writes if not READ_IS_WRITTEN.search(sql)]
            if written:
                wrong.append(f"{name}: {address.name} {written}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("where", ELSEWHERE)
def test_no_way_after_signing_in_or_out_or_choosing_a_language_leads_to_another_site(where: str, world: None) -> None:
    for path, form in {
        "/accounts/login/": {"login": "farah", "password": PASSWORD, "next": where},
        "/i18n/setlang/": {"language": "ar", "next": where},
        "/accounts/logout/": {"next": where},
    }.items():
        client = Client(raise_request_exception=False)
        if "logout" in path:
            client.post("/accounts/login/", {"login": "farah", "password": PASSWORD})
        for method in ("post", "get"):
            with transaction.atomic():
                answer = getattr(client, method)(path, form, HTTP_REFERER=where if "\t" not in where else "")
                transaction.set_rollback(True)
            there = answer.headers.get("Location", "")
            assert "evil" not in there.split("?")[0], (path, there)
            assert not there.lower().startswith("javascript"), (path, there)
            assert "\n" not in there
            assert answer.status_code < 500, (path, answer.status_code)


HOSTILE = '=HYPERLINK("https://evil.example","x")<script>alert(1)</script>{{7*7}}'
NAMES = {"name", "title", "display_name", "sort_name", "company_name", "query_name", "candidate_name", "target_name"}
FORMULA = re.compile(r"^[=+\-@|\t\r]")


def _poison() -> int:
    """Put something hostile in front of every name that strangers may have typed; return how many columns have it."""
    done = 0
    for model in apps.get_models():
        if model._meta.app_label in ("parties", "recruiters", "duediligence", "inspections"):
            for column in model._meta.concrete_fields:
                if column.name in NAMES and isinstance(column, models.CharField) and column.max_length >= 100:
                    model._default_manager.update(**{column.name: HOSTILE[: column.max_length]})
                    done += 1
    return done


@pytest.mark.parametrize("name", ["farah", "rosa", "nadia", "quentin", "adaeze"])
def test_a_hostile_name_is_only_text_on_every_list_and_in_every_file(name: str, visitors: dict[str, Visitor]) -> None:
    person, seen = visitors[name], 0
    with transaction.atomic():
        assert _poison() > 10
        for path, view in _lists(name):
            page = person.ask("GET", path).data.decode()
            assert "<script>alert" not in page, path
            assert "49" not in re.findall(r"</script>(\d+)", page)
            seen += "HYPERLINK" in page
            for kind in view.exports:
                data = person.ask("GET", f"{path}?format={kind}").data
                if kind == "csv":
                    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
                    assert not [c for c in cells if FORMULA.match(c) and not re.fullmatch(r"[-+]?[\d.,\s]+", c)], path
                else:
                    with zipfile.ZipFile(io.BytesIO(data)) as book:
                        sheets = [book.read(part).decode() for part in book.namelist() if "sheet" in part]
                    assert not [part for part in sheets if re.search(r"<f[ >]", part)], path
                    assert "<script>" not in "".join(sheets)
        transaction.set_rollback(True)
    assert seen, "nothing hostile was shown at all"
