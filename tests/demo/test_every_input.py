"""Case 36: a row of somebody else, named in a form, a choice or the tail of an address, is as one that was never there.

`inputs.csv` says of every parameter that a view reads and of every field whose choices come from rows what it names; a
new one without a line fails. Where it names rows, one that the visitor may not choose is sent in the page's own form.
"""

import difflib
import re
from typing import Any

import pytest
from django.apps import apps

from core.models import User
from tests.demo.addresses import Address, Answer, Visitor, every_address, paths_for, rules
from tests.demo.inputs import ROOT, Input, every_input, reviewed
from tests.demo.pageforms import PageForm, form_with

pytestmark = pytest.mark.usefixtures("world")
NAMING_ROWS = [each for each in reviewed().values() if each.kind == "row"]


def test_case_36_every_input_has_a_line_in_the_table_and_every_line_an_input() -> None:
    known, table = every_input(), reviewed()
    assert sorted(known - set(table)) == [], "Say in tests/demo/inputs.csv whether these new inputs name a row."
    assert sorted(set(table) - known) == [], "These lines of tests/demo/inputs.csv are no input any more."
    assert {each.kind for each in table.values()} <= {"words", "shared", "elsewhere", "row"}
    elsewhere = {each.names for each in table.values() if each.kind == "elsewhere"}
    assert sorted(named for named in elsewhere if not (ROOT / named).is_file()) == [], (
        "tried in a file that is not there"
    )


@pytest.mark.parametrize("told", NAMING_ROWS, ids=[each.input for each in NAMING_ROWS])
def test_case_36_another_s_row_in_an_input_is_as_one_that_was_never_there(
    told: Input, visitors: dict[str, Visitor]
) -> None:
    person, user = visitors[told.who], User.objects.get(username=told.who)
    if ":GET:" in told.input:
        _try_in_the_address(told, person, user)
    else:
        _try_in_a_form(told, person, user)


def _address(name: str) -> Address:
    return next(each for each in every_address() if each.name == name)


def _try_in_the_address(told: Input, person: Visitor, user: User) -> None:
    model, column = told.names.split()
    rows, field = apps.get_model(model)._default_manager.order_by("pk"), told.input.rsplit(":", 1)[1]
    seen = rows.visible_to(user)  # type: ignore[attr-defined]
    own = [str(value) for value in seen.values_list(column, flat=True)[:40]]
    foreign = str(rows.exclude(pk__in=seen.values("pk")).values_list(column, flat=True).first() or "")
    assert own, "nothing of one's own to compare with"
    assert foreign, "nothing of anybody else's to try"
    never = _never(foreign)
    for path in paths_for(_address(told.asked_at), rules()[told.asked_at].row, user):
        answers = [person.ask("GET", f"{path}?{field}={value}") for value in (foreign, never)]
        _assert_alike(answers, [foreign, never])
        if any(_told(person.ask("GET", f"{path}?{field}={mine}"), mine) != _told(answers[1], never) for mine in own):
            return
    pytest.fail("not even one's own makes a difference: nothing was tried")


def _try_in_a_form(told: Input, person: Visitor, user: User) -> None:
    field = told.input.replace(":", ".").rsplit(".", 1)[1]
    for path in paths_for(_address(told.asked_at), rules()[told.asked_at].row, user):
        page = person.ask("GET", path)
        form = form_with(page.data.decode(), field) if page.status == 200 else None
        if page.status == 405:  # its form stands on other pages
            form = PageForm("post", path, offered={field: _own(told, user)})
        if form is not None and _is_tried(told, person, form, field, path):
            return
    pytest.fail("no page shows this input with something to choose")


def _own(told: Input, user: User) -> set[str]:
    model, column = told.names.split()
    rows = apps.get_model(model)._default_manager.visible_to(user)  # type: ignore[attr-defined]
    return {str(value) for value in rows.values_list(column, flat=True)}


def _is_tried(told: Input, person: Visitor, form: PageForm, field: str, path: str) -> bool:
    """Send a form with a row that it does not offer and with none at all; say whether its own choice is taken."""
    model, column = told.names.split()
    offered = form.offered.get(field) or set(form.values.get(field, []))
    values = apps.get_model(model)._default_manager.order_by("-pk").values_list(column, flat=True)
    foreign = next((str(value) for value in values if str(value) not in offered), "")
    assert foreign, "everything there is is offered: nothing of anybody else's to try"
    never, target = _never(foreign), form.action or path
    answers = [person.ask("POST", target, form.filled(**{field: value})) for value in (foreign, never)]
    _assert_alike(answers, [foreign, never])
    mine = [value for value in sorted(offered) if value][:3]
    taken = [_told(person.ask("POST", target, form.filled(**{field: value})), value) for value in mine]
    return any(each != _told(answers[1], never) for each in taken)


def _never(value: str) -> str:
    """Return a value of the same form that no row has."""
    return str(int(value) + 9_000_000) if value.isdigit() else "-".join([value.split("-")[0], "0000", "0000", "0"])


def _told(answer: Answer, value: str) -> tuple[Any, ...]:
    """Return what an answer tells, apart from the value that was sent and comes back."""
    echo = rf"(?<=choice\. ){value}(?= is)" if value.isdigit() else re.escape(value)
    body = re.sub(echo, "", answer.body)
    return answer.status, answer.where, body, sorted(answer.writes)


def _assert_alike(answers: list[Answer], values: list[str]) -> None:
    foreign, never = (_told(answer, value) for answer, value in zip(answers, values, strict=True))
    assert foreign[:2] == never[:2]
    assert foreign[3] == never[3]
    assert list(difflib.unified_diff(foreign[2].splitlines(), never[2].splitlines(), n=0)) == []
    assert answers[0].headers == answers[1].headers
