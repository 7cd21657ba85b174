"""Case 36: every address, method and role, from the address map itself: what is another's does not exist.

`access.csv` says for each address whose row it shows, who of the cast finds it, and who finds it and may not use it;
for everybody else it answers as for a row that was never there, and writes nothing. A new address without a line fails.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from core.models import Account, Membership, User
from core.roles import AccountKind, Role
from grievances.keys import new_token
from grievances.services import Report, lodge, open_session
from grievances.services.drafts import DraftContent
from parties.demo import PASSWORD
from recruiters.models import Recruiter, RiskFact
from tests.demo.addresses import Visitor, every_address, make_row, path_of, rules

pytestmark = pytest.mark.usefixtures("world")
ONE_OF_EACH_ROLE = ("farah", "rosa", "nadia", "quentin", "omar", "pema", "adaeze", "editor", "admin")
COUNTERPARTS = {"bram": "quentin", "sunita": "omar", "paola": "pema", "ivan": "rosa", "omar": "sunita"}
"""Who has the same role in another organisation; he is asked wherever his counterpart finds something."""
ASKED_LESS = ("nobody", "demoted", "editor", "worker")
"""Who has no role in the workspace meets the same refusal everywhere: by turns with one method or the other."""
NAMED_IN_PUBLIC = {"recruiters:own_claim_new"}
"""What exists here everybody reads in the public register."""
OTHERS = ("PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")
WITHOUT_A_ROW = {"recruiters:certificate_file"}
"""Addresses of which the demo has no row in a test: a licence certificate needs the demo's own signing key."""
NEVER_THERE = "/workspace/recruiters/screenings/hits/HIT-0000-0000-0/"
WITHOUT_REDIRECTS = [name for name in settings.MIDDLEWARE if "redirects" not in name]


def visitor(name: str, role: Role | None = None, account: str = "", kind: str = "") -> Visitor:
    """Return somebody of the demo, or somebody new."""
    user = User.objects.filter(username=name).first() or User.objects.create_user(name)
    if role is not None:
        Membership.objects.create(
            user=user, account=Account.objects.get_or_create(name=account, kind=kind)[0], role=role
        )
    client = Client(raise_request_exception=False)
    if name in WITH_KEYS:  # what is sealed for people opens with a password, not with a session that was forced
        client.post("/accounts/login/", {"login": name, "password": PASSWORD})
    else:
        client.force_login(user)
    return Visitor(name, client)


def demoted() -> Visitor:
    """Return somebody who signed in while he held every role of the ministry, and holds none any more."""
    held = [(Role.CASE_OFFICER, AccountKind.MINISTRY), (Role.MINISTRY_OFFICER, AccountKind.MINISTRY)]
    for role, kind in [*held, (Role.ADMIN, AccountKind.OPERATOR)]:
        someone = visitor("demoted", role, "Ministry of Labour and Migration", kind)
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user__username="demoted").update(since=yesterday - timedelta(days=9), until=yesterday)
    return someone


WITH_KEYS = frozenset({"nadia"})
OWN_IN_DEMO = ("grievances.Repayment", "grievances.Clawback")
"""Rows that stand once for each step: the demo may have its own."""


def worker() -> Visitor:
    """Return a worker behind her receipt."""
    from grievances.returning import _SIGNER

    lodged = lodge(new_token(), Report(codes=("FEE",), language="en"), DraftContent(words="words"))
    client = Client(raise_request_exception=False)
    client.cookies["return"] = _SIGNER.sign(open_session(lodged.grievance))
    return Visitor("worker", client)


@pytest.fixture(scope="module")
def visitors(world: None) -> Iterator[dict[str, Visitor]]:
    """Return everybody who asks, and give each address a row that the demo does not have by itself."""
    omar = Membership.objects.get(user__username="omar").account
    his = Recruiter.objects.filter(party__account=omar).first()
    company = Membership.objects.get(user__username="quentin").account
    application = make_row("recruiters.Application", recruiter=his)
    for model, given in {
        "recruiters.ApplicationPaper": {"application": application},
        "recruiters.ApplicationFinding": {"application": application},
        "recruiters.Dispute": {"recruiter": his, "fact": RiskFact.objects.filter(recruiter=his).first()},
        "recruiters.AssessmentEvidence": {},
        "recruiters.LicenceTerm": {},
        "inspections.ActionEvidence": {},
        "grievances.GrievanceFile": {},
        "grievances.Repayment": {},
        "grievances.RepaymentItem": {},
        "grievances.RepaymentPayment": {},
        "grievances.ClawbackCheck": {},
        "duediligence.SupplierImport": {"company": _company(company)},
    }.items():
        if not model.startswith(OWN_IN_DEMO) or not apps.get_model(model).objects.exists():
            make_row(model, **given)
    with override_settings(MIDDLEWARE=WITHOUT_REDIRECTS):
        people = [visitor(name) for name in (*ONE_OF_EACH_ROLE, "bram", "sunita", "nobody")]
        people.append(visitor("paola", Role.REFERRAL_PARTNER, "Other Shelter", AccountKind.PARTNER))
        people.append(visitor("ivan", Role.INSPECTOR, "Other Inspectorate", AccountKind.INSPECTORATE))
        people += [demoted(), worker(), Visitor("anonymous", Client())]
        yield {person.name: person for person in people}


def _company(account: Account) -> Any:
    from duediligence.models import Company

    return Company.objects.get(party__account=account)


def test_case_36_every_address_has_a_line_in_the_table_and_every_line_an_address() -> None:
    known, table = {address.name for address in every_address()}, rules()
    new = sorted(known - set(table))
    assert new == [], f"Say in tests/demo/access.csv who may find these new addresses: {new}"
    assert sorted(set(table) - known) == [], "These lines of tests/demo/access.csv name no address any more."


def test_case_36_what_is_another_s_answers_like_what_was_never_there_and_writes_nothing(
    visitors: dict[str, Visitor],
) -> None:
    table, wrong = rules(), []
    inside = [address for address in every_address() if address.route.startswith("workspace/")]
    nothing = {name: person.ask("GET", NEVER_THERE) for name, person in visitors.items()}
    for place, address in enumerate(inside):
        rule = table.get(address.name)
        path = (rule and path_of(address, rule.row)) or path_of(address, "")
        if rule is None or path is None:
            continue
        for number, (name, person) in enumerate(visitors.items()):
            if name in rule.opens_to or "staff" in rule.opens_to or not _is_asked(name, rule.opens_to | rule.refuses):
                continue
            methods = ["GET", "POST"] if name not in ASKED_LESS else [("GET", "POST")[(place + number) % 2]]
            if (place + number) % 4 == 0:
                methods.append(OTHERS[(place + number) // 4 % len(OTHERS)])
            for method in methods:
                fault = _fault(person.ask(method, path), nothing[name], name, refused=name in rule.refuses)
                if fault:
                    wrong.append(f"{name}: {method} {address.name} {fault}")
    assert not wrong, "\n".join(wrong)


def _is_asked(name: str, found_by: frozenset[str]) -> bool:
    """Say whether somebody is worth asking: one of each role always, others where their counterparts find something."""
    return name not in COUNTERPARTS or name in ONE_OF_EACH_ROLE or COUNTERPARTS[name] in found_by


def _fault(answer: Any, nothing: Any, name: str, *, refused: bool) -> str:
    """Return what is wrong with an answer to somebody who may not have it."""
    if answer.writes:
        return f"wrote: {answer.writes}"
    if answer.status == 405 and not answer.body:
        return ""  # the address itself takes no such method, whoever asks and whatever row it names
    if refused:
        return "" if answer.status in (403, 405) else f"answered {answer.status} instead of 403"
    if name in ("anonymous", "worker"):
        return "" if answer.status == 302 and "/accounts/login/" in answer.where else f"answered {answer.status}"
    if answer.status != 404:
        return f"answered {answer.status}"
    return "" if not answer.body or answer.body == nothing.body else "answered unlike what was never there"


def test_case_36_a_row_that_was_never_there_is_not_found_by_those_who_find_others(visitors: dict[str, Visitor]) -> None:
    table, wrong = rules(), []
    for address in every_address():
        rule = table.get(address.name)
        if rule is None or not rule.row or not address.route.startswith("workspace/"):
            continue
        path, real = path_of(address, rule.row, real=False), path_of(address, rule.row)
        if real is None or path is None or path == real or address.name in NAMED_IN_PUBLIC:
            continue
        for name in sorted(rule.opens_to & set(visitors))[:1]:
            answer = visitors[name].ask("GET", path)
            if answer.status == 405:
                answer = visitors[name].ask("POST", path)
            if answer.status != 404 or answer.writes:
                wrong.append(f"{name}: {address.name} answered {answer.status}")
    assert not wrong, "\n".join(wrong)


def test_case_36_what_the_table_opens_is_there_for_those_whom_it_names(
    visitors: dict[str, Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda *_told, **_more: "")
    table, wrong, without = rules(), [], set[str]()
    for address in every_address():
        rule = table.get(address.name)
        if rule is None or not rule.row or not address.route.startswith("workspace/"):
            continue
        path = path_of(address, rule.row)
        if path is None:
            without.add(address.name)
            continue
        for name in sorted(rule.opens_to & set(visitors)):
            answer = visitors[name].ask("GET", path)
            if answer.status == 405:
                answer = visitors[name].ask("POST", path)
            if answer.status in (403, 404):
                wrong.append(f"{name}: {address.name} answered {answer.status}")
    assert not wrong, "\n".join(wrong)
    assert without <= WITHOUT_A_ROW, f"Nothing in the demo shows who finds these: {sorted(without - WITHOUT_A_ROW)}"


def test_case_36_who_only_reads_writes_nothing_whatever_he_posts(visitors: dict[str, Visitor]) -> None:
    auditor, wrong = visitors["adaeze"], []
    own = {"core:notices", "core:workspace", "core:held"}
    for address in every_address():
        rule = rules().get(address.name)
        if rule is None or address.name in own or "adaeze" not in rule.opens_to:
            continue
        answer = auditor.ask("POST", path_of(address, rule.row) or "")
        written = [sql for sql in answer.writes if "core_audit" not in sql]  # that he read is written down
        if written:
            wrong.append(f"{address.name} {answer.status} {written}")
    assert not wrong, "\n".join(wrong)


def test_case_36_the_site_editor_s_admin_is_there_for_editors_only(visitors: dict[str, Visitor]) -> None:
    paths = ["/cms/", "/cms/pages/", "/cms/images/", "/cms/documents/", "/cms/reports/locked/", "/cms/account/"]
    for path in paths:
        for name, person in visitors.items():
            answer = person.ask("GET", path)
            expected = {200, 301, 302} if name == "editor" else {302} if name in ("anonymous", "worker") else {404}
            assert answer.status in expected, (name, path, answer.status)
