"""Every address for programs, every scope, own and foreign objects: from the address map itself.

`rights.csv` says what each address answers to no key and to keys of each scope, for what is on the register, what was
taken off it, what a list holds and what it no longer holds. A new address without a line fails. Whose key it is makes
no difference: a recruiter's own entry, taken off the register, is not there for his own key either.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from core.actors import SYSTEM
from core.api import throttling
from core.apikeys import issue_key, revoke_key, scopes
from core.models import ApiKey, Membership
from core.roles import AccountKind, Role
from recruiters.models import Recruiter, WatchlistEntry, WatchlistSource
from recruiters.services.merging import merge_recruiters
from tests.demo.addresses import noting
from tests.factories import make_account, make_user
from tests.recruiters.making import make_licence, make_recruiter, make_watchlist

pytestmark = pytest.mark.django_db
COLUMNS = {
    "no_key": (),
    "register": ("match:register",),
    "watchlists": ("match:watchlists",),
    "both": ("match:register", "match:watchlists"),
}
HOLDERS = {"ministry": AccountKind.MINISTRY, "company": AccountKind.COMPANY, "recruiter": AccountKind.RECRUITER}
NO_KEY_IS_READ = {"api:docs"}
"""A page for people; it looks at no key."""
NOT_COUNTED = {"api:healthz", "api:readyz"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
BODIES = {
    "api:match": '{"queries": {"q": {"schema": "Company", "properties": {"name": ["Planted Manpower"]}}}}',
    "api:reconcile": "queries=" + quote('{"q0": {"query": "Planted Manpower"}}'),
}
CHANGING = re.compile(r'nonce="[^"]*"|\'nonce-[^\']*\'')
WRITTEN = re.compile(
    r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b(?!.*(core_apimeter|last_used_on))", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True)
class Line:
    """A line of the table: an address, what is asked of it, and the status for each column."""

    address: str
    method: str
    asked: str
    told: dict[str, int]


def table() -> list[Line]:
    """Return the reviewed table."""
    with Path(__file__).with_name("rights.csv").open(encoding="utf-8", newline="") as lines:
        return [
            Line(line["address"], line["method"], line["asked"], {name: int(line[name]) for name in COLUMNS})
            for line in csv.DictReader(lines)
        ]


def every_address() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each address below /api/ with its names of words, from the map itself."""
    for pattern in get_resolver().url_patterns:
        if str(pattern.pattern).startswith("api/v1/"):
            for inner in pattern.url_patterns:
                takes = (*inner.pattern.converters, *inner.pattern.regex.groupindex)
                yield f"api:{inner.name}", tuple(dict.fromkeys(takes))


@pytest.fixture
def things(tmp_path: Path, farah: Any) -> dict[str, str]:
    """Plant what an address may name, and return how each is called."""
    holders = {kind: make_account(_name(kind), HOLDERS[kind]) for kind in HOLDERS}
    own = make_licence(make_recruiter("Planted Manpower")).recruiter
    unlisted = make_recruiter("Planted Quiet Harbour")
    for recruiter, kind in ((own, "company"), (unlisted, "recruiter")):
        recruiter.party.account = holders[kind]
        recruiter.party.save()
    merged, hidden_copy = make_recruiter("Planted Manpower Ltd"), make_recruiter("Planted Quiet Harbour Ltd")
    for one, into in ((merged, own), (hidden_copy, unlisted)):
        merge_recruiters(into, one, reason_code="entered_twice", note="One agency.", actor=farah)
    Recruiter.objects.filter(pk=unlisted.pk).update(is_listed=False)
    make_watchlist(
        tmp_path,
        {"name": "Planted Listed", "id": "NK-listed", "referents": ["NK-before"]},
        {"name": "Planted Gone", "id": "NK-gone"},
        source="Debarred",
    )
    WatchlistEntry.objects.filter(external_id="NK-gone").update(gone_on=timezone.localdate())
    make_watchlist(tmp_path, {"name": "Planted Retired", "id": "NK-retired"}, source="Retired")
    WatchlistSource.objects.filter(name="Retired").update(is_active=False)
    codes = dict(WatchlistSource.objects.values_list("name", "code"))
    return {
        "own": own.ref,
        "another": make_recruiter("Planted Other").ref,
        "unlisted": unlisted.ref,
        "merged": merged.ref,
        "merged_unlisted": hidden_copy.ref,
        "never": _never(own.ref),
        "entry": "NK-listed",
        "entry_before": "NK-before",
        "gone_entry": "NK-gone",
        "retired_entry": "NK-retired",
        "never_entry": "NK-neverwas",
        "list": codes["Debarred"],
        "retired_list": codes["Retired"],
        "never_list": "neverwas",
    }


def _never(ref: str) -> str:
    from core.references import new_reference

    return next(each for each in iter(lambda: new_reference(ref.split("-")[0]), "") if each != ref)


def _name(kind: str) -> str:
    return f"The {kind}"


def _key(kind: str, allowed: tuple[str, ...], **more: Any) -> str:
    given = {
        "label": kind,
        "account": make_account(_name(kind), HOLDERS[kind]),
        "scopes": list(allowed),
        "actor": SYSTEM,
    }
    return issue_key(**{**given, **more})[1]


def _client(secret: str = "", scheme: str = "ApiKey") -> Client:
    return Client(raise_request_exception=False, headers={"authorization": f"{scheme} {secret}"} if secret else {})


def _path(line: Line, things: dict[str, str]) -> str:
    words, _mark, query = line.asked.format_map(things).partition("?")
    if line.address == "api:None":
        return "/api/v1/neverwas/at-all"
    path = reverse(line.address, kwargs=dict(word.split("=", 1) for word in words.split()))
    return f"{path}?{query}" if query else path


@dataclass(frozen=True)
class Answer:
    """What a caller got, and what it took."""

    status: int
    body: str
    headers: dict[str, str]
    asked: tuple[str, ...]


def _ask(client: Client, line: Line, path: str, method: str = "") -> Answer:
    """Ask once; whatever an answer would write is taken back, and nothing but meters may be written."""
    how = method or line.method
    kind = "application/json" if line.address == "api:match" else "application/x-www-form-urlencoded"
    noted: list[str] = []
    with noting(noted), transaction.atomic():
        found = client.generic(how, path, BODIES.get(line.address, "") if how == "POST" else "", kind)
        data = b"".join(found.streaming_content) if found.streaming else found.content  # type: ignore[arg-type]
        transaction.set_rollback(True)
    assert [sql for sql in noted if WRITTEN.match(sql)] == [], path
    assert not found.cookies, path
    questions = tuple(sql for sql in noted if "core_apimeter" not in sql and "core_apikey" not in sql)
    headers = {name: CHANGING.sub("", value) for name, value in found.headers.items() if name != "Content-Length"}
    return Answer(found.status_code, CHANGING.sub("", data.decode()), headers, questions)


def test_every_address_has_its_lines_and_every_line_an_address() -> None:
    known = dict(every_address())
    lines = table()
    assert sorted(set(known) - {line.address for line in lines}) == [], "Say in rights.csv who gets what there."
    assert sorted({line.address for line in lines} - set(known)) == []
    assert set(scopes()) == set().union(*COLUMNS.values()), "A new scope needs its column in rights.csv."
    for line in lines:  # what names an object is tried with one that was never there
        foreign = [one.asked for one in lines if one.address == line.address and "{never" in one.asked]
        if known[line.address] and "{" in line.asked and not line.address.endswith(("_property", "_suggest")):
            assert foreign or line.address == "api:reconcile_properties", line.address


def _is_shared(line: Line, answer: Answer) -> bool:
    return line.told["no_key"] == 401 and "public" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("column", COLUMNS)
def test_every_caller_gets_what_the_table_says_and_no_more(column: str, things: dict[str, str]) -> None:
    allowed, wrong = COLUMNS[column], []
    holders = (
        {kind: _client(_key(kind, allowed)) for kind in ("ministry", "recruiter")} if allowed else {"nobody": _client()}
    )
    _client().get(reverse("api:docs"))  # what is read once for good
    for line in table():
        path = _path(line, things)
        answers = {kind: _ask(client, line, path) for kind, client in holders.items()}
        first = next(iter(answers.values()))
        if first.status != line.told[column]:
            wrong.append(f"{line.method} {path} answered {first.status} instead of {line.told[column]}")
        wrong += [f"{kind}: {path} answers otherwise" for kind, one in answers.items() if one != first]
        if line.address != "api:docs" and ("Authorization" not in first.headers["Vary"] or _is_shared(line, first)):
            wrong.append(f"{path}: a cache that many share may hand this to another")
        if first.status in (401, 403, 404):
            wrong += [f"{path} tells of {word}" for word in ("Planted", "Retired", "Debarred") if word in first.body]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("column", COLUMNS)
def test_what_is_not_there_for_a_caller_answers_like_what_was_never_there(column: str, things: dict[str, str]) -> None:
    """Status, words, headers and questions to the database are the same: neither can be read, nor can it be timed."""
    client, lines, wrong, tried = _client(_key("recruiter", COLUMNS[column]) if COLUMNS[column] else ""), table(), [], 0
    for line in lines:
        named = re.search(r"\{(\w+)\}", line.asked)
        never = {"list": "never_list", "retired_list": "never_list"}.get(named[1] if named else "", "")
        never = never or ("never_entry" if named and "entry" in named[1] else "never")
        hidden = named is not None and not named[1].startswith("never") and "ownershipOwner" not in line.asked
        if named is None or line.told[column] != 404 or not hidden:
            continue
        told = []
        for name in (named[1], never):
            path = _path(line, things | {named[1]: things[name]})
            answer = _ask(client, line, path)
            told.append((answer.status, answer.body.replace(things[name], ""), answer.headers, len(answer.asked)))
        tried += 1
        if told[0] != told[1]:
            wrong.append(f"{line.asked}: {told}")
    assert not wrong, "\n".join(wrong)
    assert tried >= 8


def test_a_key_that_opens_nothing_is_refused_everywhere_and_nobody_learns_why(things: dict[str, str]) -> None:
    both = COLUMNS["both"]
    revoked, expired = _key("company", both), _key("company", both)
    revoke_key(ApiKey.objects.get(prefix=revoked.split("_")[1]), actor=SYSTEM)
    yesterday = timezone.localdate() - timedelta(days=1)
    ApiKey.objects.filter(prefix=expired.split("_")[1]).update(expires_on=yesterday)
    good = _key("company", both)
    bad = {
        "revoked": revoked,
        "expired": expired,
        "unknown": f"sc_00000000_{'A' * 43}",
        "another's secret": good[: good.index("_", 3) + 1] + revoked.split("_", 2)[2],
        "no secret": good.rsplit("_", 1)[0] + "_",
        "prefix alone": good.split("_")[1],
    }
    for line in {line.address: line for line in table()}.values():
        if line.address in NO_KEY_IS_READ:
            continue
        path = _path(line, things)
        answers = {why: _ask(_client(secret), line, path) for why, secret in bad.items()}
        assert {one.status for one in answers.values()} == {401}, (path, answers)
        assert len({(one.body, tuple(one.headers.items()), one.asked) for one in answers.values()}) == 1, path
        for scheme in ("Basic", "Token", "apikeys"):
            assert _ask(_client(good, scheme), line, path).status == 401, (path, scheme)


def test_a_key_with_rights_that_nobody_knows_has_none(things: dict[str, str]) -> None:
    secret = _key("company", COLUMNS["both"])
    closed = {line.address: line for line in table() if line.told["no_key"] == 401}
    for held in ([], ["*"], ["match"], ["match:"], ["match:register "], ["MATCH:REGISTER"], ["read:all"]):
        ApiKey.objects.filter(prefix=secret.split("_")[1]).update(scopes=held)
        for line in closed.values():
            assert _ask(_client(secret), line, _path(line, things)).status in (403, 404), (held, line.asked)


def test_who_has_had_his_share_waits_at_every_address(things: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    secret = _key("company", COLUMNS["both"])
    monkeypatch.setattr(throttling, "RATES", dict.fromkeys(throttling.RATES, 0))
    for line in {line.address: line for line in table()}.values():
        for client in (_client(), _client(secret), _client(f"sc_00000000_{'A' * 43}")):
            throttling._leases.clear()
            answer = _ask(client, line, _path(line, things))
            if line.address in NOT_COUNTED and client.defaults.get("HTTP_AUTHORIZATION", "")[-3:] != "AAA":
                assert answer.status == 200, line.address
            else:
                assert answer.status == 429, (line.address, answer.status)
                assert int(answer.headers["Retry-After"]) > 0
                assert "Planted" not in answer.body


def test_no_other_method_does_anything_with_any_key(things: dict[str, str]) -> None:
    takes = {(line.address, line.method) for line in table()}
    callers = [_client(), _client(_key("ministry", COLUMNS["both"]))]
    for line in {line.address: line for line in table() if line.address != "api:None"}.values():
        for method in METHODS:
            if (line.address, method) not in takes:
                found = [_ask(client, line, _path(line, things), method) for client in callers]
                assert {one.status for one in found} == {405}, (line.address, method, found[0].status)


def test_who_is_signed_in_in_the_workspace_is_nobody_here(things: dict[str, str]) -> None:
    """No session is looked at: a page of another site that a signed-in officer has open asks as anybody would."""
    officer, nobody = _client(), _client()
    fiona = make_user("fiona", Role.MINISTRY_OFFICER)
    Membership.objects.create(user=fiona, account=make_account("Safeconduct", AccountKind.OPERATOR), role=Role.ADMIN)
    officer.force_login(fiona)
    for line in table():
        if line.address != "api:docs":
            path = _path(line, things)
            assert _ask(officer, line, path) == _ask(nobody, line, path), path
