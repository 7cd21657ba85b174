"""Case 36: every address, method and role, from the address map itself: what is another's does not exist.

`access.csv` says for each address whose row it shows, who of the cast finds it, and who finds it and may not use it;
for everybody else it answers as for a row that was never there, and writes nothing. A new address without a line fails.
"""

import pytest

from tests.demo.addresses import Answer, Rule, Visitor, every_address, path_of, rules
from tests.demo.visitors import COUNTERPARTS, ONE_OF_EACH_ROLE, PASSED_BY, SHUT_OUT, TIED

pytestmark = pytest.mark.usefixtures("world")
ASKED_LESS = (*SHUT_OUT, "editor", "worker")
"""Who has no role in the workspace meets the same refusal everywhere: by turns with one method or the other."""
NAMED_IN_PUBLIC = {"recruiters:own_claim_new"}
"""What exists here everybody reads in the public register."""
OTHERS = ("PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")
NAMES_ANOTHER = {("nadia", "grievances:related")}
"""Who finds the row and names no second one in the form."""
NEVER_THERE = "/workspace/recruiters/screenings/hits/HIT-0000-0000-0/"


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
        unreal = path_of(address, rule.row, real=False)
        for number, (name, person) in enumerate(visitors.items()):
            if name in rule.opens_to or "staff" in rule.opens_to or not _is_asked(name, rule):
                continue
            for method in _methods(name, place + number):
                answer = person.ask(method, path)
                fault = _fault(answer, nothing[name], name, refused=name in rule.refuses)
                looked = answer.status == 404 and answer.asked != nothing[name].asked
                if not fault and looked and unreal and (name, address.name) not in NAMES_ANOTHER:
                    fault = _difference(answer, person.ask(method, unreal))  # somebody looked for it before saying no
                if fault:
                    wrong.append(f"{name}: {method} {address.name} {fault}")
    assert not wrong, "\n".join(wrong)


def _methods(name: str, turn: int) -> list[str]:
    """Return with which methods somebody asks: to read and to write, and by turns with the others."""
    if name in COUNTERPARTS and name not in ONE_OF_EACH_ROLE:
        return ["GET", "POST", OTHERS[turn % len(OTHERS)]]
    methods = ["GET", "POST"] if name not in ASKED_LESS else [("GET", "POST")[turn % 2]]
    return methods if turn % 4 else [*methods, OTHERS[turn // 4 % len(OTHERS)]]


def _is_asked(name: str, rule: Rule) -> bool:
    """Say whether somebody is worth asking: one of each role always, others where their counterparts find something.

    Who is tied to what is accused is asked for rows of grievances only: what else his role reads, he reads.
    """
    if name not in COUNTERPARTS or name in ONE_OF_EACH_ROLE:
        return True
    found = COUNTERPARTS[name] in rule.opens_to | rule.refuses
    return found and (name not in TIED or (bool(rule.row) and rule.address.startswith("grievances:")))


def _fault(answer: Answer, nothing: Answer, name: str, *, refused: bool) -> str:
    """Return what is wrong with an answer to somebody who may not have it."""
    if answer.writes:
        return f"wrote: {answer.writes}"
    if answer.status == 405 and not answer.body:
        return ""  # the address itself takes no such method, whoever asks and whatever row it names
    if refused:
        return "" if answer.status in (403, 405) else f"answered {answer.status} instead of 403"
    if name in PASSED_BY:
        return "" if answer.status == 302 and "/accounts/login/" in answer.where else f"answered {answer.status}"
    if answer.status != 404:
        return f"answered {answer.status}"
    if answer.body and answer.body != nothing.body:
        return "answered unlike what was never there"
    return "" if answer.headers == nothing.headers else f"has other headers: {answer.headers} {nothing.headers}"


def _difference(answer: Answer, never: Answer) -> str:
    """Return how an answer about another's row differs from one about a row that was never there."""
    if (answer.status, answer.body, answer.headers) != (never.status, never.body, never.headers):
        return "answered unlike a row of this kind that was never there"
    if answer.asked != never.asked:
        return f"took {len(answer.asked)} questions to the database instead of {len(never.asked)}: that can be timed"
    return ""


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
    assert not without, f"Nothing shows who finds these: {sorted(without)}"


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
            expected = {200, 301, 302} if name == "editor" else {302} if name in PASSED_BY else {404}
            assert answer.status in expected, (name, path, answer.status)
