"""Case 36: no list, badge, count, file, filter or place in a list tells of a row that somebody may not see.

Asked by those who have the same role in another organisation and by a handler who is tied to nearly every grievance: on
every page without a row in its address that their role opens, and as each file that it offers.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.urls import resolve

from core.fields import ReferenceField
from core.listing import ListingView
from core.models import User
from core.references import new_reference
from grievances.models import Grievance, Recusal
from tests.demo.addresses import Answer, Visitor, every_address, path_of, rules
from tests.demo.visitors import COUNTERPARTS

pytestmark = pytest.mark.usefixtures("world")
WHO = ("quentin", "bram", "omar", "sunita", "pema", "paola", "ivan", "tilda", "vera")
REFERENCE = re.compile(r"\b[A-Z]{3,4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b")
PUBLIC = {"Recruiter", "Licence"}
"""What everybody reads in the public register."""
WHEN_EXPORTED = re.compile(rb"(?m)^[\dT:+-]+(?=,user:\d+,list\.exported,)")
"""The trail as a file says that this very file was taken, and when."""
NUMBER = re.compile(r"^\d+$")


def _pages(name: str) -> list[str]:
    """Return the pages without a row that somebody's role opens."""
    found = []
    for address in every_address():
        rule = rules().get(address.name)
        if rule is None or rule.row or address.takes or not address.route.startswith("workspace/"):
            continue
        if {name, COUNTERPARTS.get(name, ""), "staff"} & rule.opens_to:
            found.append(path_of(address, ""))
    return [path for path in found if path]


def _lists(name: str) -> Iterator[tuple[str, type[ListingView[Any]]]]:
    for path in _pages(name):
        view = resolve(path).func
        kind = getattr(view, "view_class", None) or getattr(getattr(view, "__wrapped__", None), "view_class", None)
        if kind is not None and issubclass(kind, ListingView):
            yield path, kind


def _followed() -> list[type[models.Model]]:
    """Return the models that know who sees which of their rows, and name them by references."""
    named = [model for model in apps.get_models() if any(f.name == "ref" for f in model._meta.concrete_fields)]
    return [m for m in named if hasattr(m._default_manager.all(), "visible_to") and m.__name__ not in PUBLIC]


def _foreign(model: type[models.Model], user: User) -> models.QuerySet[Any]:
    seen = model._default_manager.all().visible_to(user)  # type: ignore[attr-defined]
    return model._default_manager.exclude(pk__in=seen.values("pk")).order_by("pk")


def _text(answer: Answer) -> str:
    """Return what stands in a page or in a file."""
    if not answer.data.startswith(b"PK"):
        return answer.data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def _never(value: str) -> str:
    return "9000001" if NUMBER.match(value) else new_reference(value.split("-")[0])


@pytest.mark.parametrize("name", WHO)
def test_case_36_no_page_and_no_file_names_a_row_that_somebody_may_not_see(
    name: str, visitors: dict[str, Visitor]
) -> None:
    person, user = visitors[name], User.objects.get(username=name)
    hidden = {ref for model in _followed() for ref in _foreign(model, user).values_list("ref", flat=True)}
    hidden -= _told_besides(user)
    assert len(hidden) > 50, "there must be something to hide"
    files = [f"{path}?format={kind}" for path, view in _lists(name) for kind in view.exports]
    wrong = {}
    for path in [*_pages(name), *files]:
        answer = person.ask("GET", path)
        assert answer.status in (200, 302, 404, 405, 422), (path, answer.status)
        named = hidden & set(REFERENCE.findall(_text(answer)))
        if named:
            wrong[path] = sorted(named)[:3]
    assert not wrong


def _told_besides(user: User) -> set[str]:
    """Return references that something of one's own names: a case about one's recruiter, an action in one's letter.

    And what a partner was once asked and is not any more: its notice stays, and leads nowhere.
    """
    told = apps.get_model("duediligence.Step6Entry").objects.visible_to(user).values_list("case_ref", flat=True)
    letters = apps.get_model("inspections.Letter").objects.visible_to(user)
    asked = apps.get_model("inspections.Referral").objects.filter(partner__in=user.account_ids())
    told = [*told, *asked.values_list("ref", flat=True)]
    return {*told, *letters.filter(actions__isnull=False).values_list("actions__action__ref", flat=True)}


@pytest.mark.parametrize("name", WHO)
def test_case_36_a_place_or_a_filter_by_another_s_reference_is_as_by_one_that_was_never_there(
    name: str, visitors: dict[str, Visitor]
) -> None:
    person, user, wrong, tried = visitors[name], User.objects.get(username=name), [], 0
    for path, view in _lists(name):
        narrowing = list(view.filterset_class.base_filters) if view.filterset_class else []
        for column, field in product(("ref", "pk"), ("after", "before", *narrowing)):
            rows = _foreign(view.model, user) if hasattr(view.model._default_manager.all(), "visible_to") else None
            if rows is None or (column == "ref" and view.model not in _followed()):
                continue
            if column == "pk" and field not in ("after", "before"):  # a number there is a tier or a severity
                continue
            foreign = str(rows.values_list(column, flat=True).first() or "")
            if foreign:
                values = (foreign, _never(foreign))
                told = [_kept(person.ask("GET", f"{path}?{field}={value}"), values) for value in values]
                tried += 1
                if told[0] != told[1]:
                    wrong.append(f"{path}?{field}={foreign}")
    assert not wrong
    assert tried > 1, "nothing was tried"


def _kept(answer: Answer, values: tuple[str, str]) -> tuple[int, str, list[str]]:
    """Return what a list tells, apart from the value that was asked for and comes back."""
    either = "|".join(map(re.escape, values))
    return answer.status, re.sub(rf"(?<![\w-])({either})(?![\w-])", "", answer.body), answer.asked


@pytest.mark.parametrize("name", WHO)
def test_case_36_nothing_that_somebody_sees_changes_when_there_is_more_of_what_he_may_not_see(
    name: str, visitors: dict[str, Visitor]
) -> None:
    person, user = visitors[name], User.objects.get(username=name)
    pages = [*_pages(name), *(f"{path}?format=csv" for path, view in _lists(name) if "csv" in view.exports)]
    before = {path: _seen(person.ask("GET", path)) for path in pages}
    with transaction.atomic():
        more = [model.__name__ for model in _followed() if _double(_foreign(model, user).first())]
        newest = Grievance.objects.order_by("-pk").first()
        Recusal.objects.create(grievance=newest, user=user, reason="tie")  # who stepped back, did so there too
        after = {path: _seen(person.ask("GET", path)) for path in pages}
        transaction.set_rollback(True)
    assert len(more) > (2 if name == "vera" else 10), "hardly anything was added"
    assert [path for path in pages if before[path] != after[path]] == []


def _seen(answer: Answer) -> tuple[int, str, bytes]:
    return answer.status, answer.body, b"" if answer.body else WHEN_EXPORTED.sub(b"", answer.data)


def _double(row: Any) -> bool:
    """Write a row once more under another reference; say whether it could be."""
    if row is None:
        return False
    row.pk, row._state.adding = None, True
    for column in row._meta.concrete_fields:
        if isinstance(column, ReferenceField):
            setattr(row, column.name, "")
        elif column.unique and not column.primary_key and isinstance(column, models.CharField):
            setattr(row, column.name, f"{column.name}-more")
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False  # one of a kind: there cannot be more of it
    return True
