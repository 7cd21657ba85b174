"""A case holds what was done, what is owed for it, and the remedies that answer it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.standards import standard
from grievances import services
from grievances.forms.staff import StepForm
from grievances.services import RemedyRefused, StepPlan, harms
from grievances.services.harms import HarmRefused, HarmTold
from tests.grievances.builders import make_case
from tests.keys import present

pytestmark = pytest.mark.django_db


def plan(item: str, **fields) -> StepPlan:
    return StepPlan("restitution", item, "employer", timezone.localdate(), **fields)


def test_an_accepted_grievance_begins_with_its_harms_and_what_is_owed_for_them(nadia) -> None:
    case = make_case(nadia, codes=("FEE", "DOC"))
    owed = {harm.category: harm.entitlement for harm in case.harms.all()}
    assert owed == {"FEE": "fees_back", "DOC": "papers_back"}


def test_each_step_is_tied_to_the_harm_that_it_answers_or_to_the_one_that_was_chosen(nadia) -> None:
    case = make_case(nadia, codes=("FEE", "DOC"))
    numbers = {harm.category: harm.number for harm in case.harms.all()}
    back = services.add_remedy_step(case, plan("passport_returned"), actor=nadia)
    money = services.add_remedy_step(case, plan("fees_repaid"), actor=nadia)
    sorry = services.add_remedy_step(case, plan("apology_given", harm=numbers["DOC"]), actor=nadia)
    assert [step.harm.category for step in (back, money, sorry) if step.harm] == ["DOC", "FEE", "DOC"]
    with pytest.raises(RemedyRefused, match="harms of this case"):
        services.add_remedy_step(case, plan("passport_returned", harm=9), actor=nadia)


def test_a_harm_is_added_with_its_own_days_and_a_sealed_note(nadia) -> None:
    with present(nadia):
        case = make_case(nadia, codes=("FEE",))
    told = HarmTold("WAG", "pay_in_full", date(2026, 1, 1), date(2026, 3, 1), "Three months, as she counts.")
    harm = harms.add_harm(case, told, actor=nadia)
    assert (harm.number, harm.note is not None) == (2, True)
    assert harm.note is not None
    assert harm.note.strongbox_id == case.grievance.strongbox_id
    with pytest.raises(HarmRefused, match="before it began"):
        harms.add_harm(case, HarmTold("WAG", "pay_in_full", date(2026, 3, 1), date(2026, 1, 1)), actor=nadia)
    with pytest.raises(HarmRefused, match="Choose"):
        harms.add_harm(case, HarmTold("WAG", "a wish"), actor=nadia)


def test_a_harm_on_which_a_remedy_rests_is_not_struck_off(nadia) -> None:
    case = make_case(nadia, codes=("DOC",))
    step = services.add_remedy_step(case, plan("passport_returned"), actor=nadia)
    harm = case.harms.get()
    with pytest.raises(HarmRefused, match="tied"):
        harms.strike_harm(harm, actor=nadia)
    services.replace_step(step, actor=nadia)
    harms.strike_harm(harm, actor=nadia)
    assert not case.harms.filter(struck_on=None).exists()


def test_only_its_handlers_touch_a_harm(nadia, rosa, omar) -> None:
    case = make_case(nadia, codes=("DOC",))
    for stranger in (rosa, omar):
        with pytest.raises(PermissionDenied):
            harms.add_harm(case, HarmTold("WAG", "pay_in_full"), actor=stranger)
        with pytest.raises(PermissionDenied):
            harms.note_finding(case.harms.get(), "substantiated", "visit", actor=stranger)


def test_a_repeated_decision_puts_no_harm_down_twice(nadia) -> None:
    case = make_case(nadia, codes=("FEE", "DOC"))
    harms.first_harms(case, actor=nadia)
    assert case.harms.count() == 2


def test_the_form_of_a_remedy_offers_the_seven_forms_of_the_handbook_and_chooses_none(nadia) -> None:
    form = StepForm(harms=list(make_case(nadia).harms.all()))
    groups = [(str(label), [code for code, _words in codes]) for label, codes in form.fields["form"].choices if label]
    assert [label for label, _codes in groups][:7] == [
        "Apology",
        "Restitution",
        "Rehabilitation",
        "Compensation",
        "Sanctions",
        "Prevention of harm",
        "Guarantees of non-repetition",
    ]
    assert {code for _label, codes in groups for code in codes} == {entry.code for entry in standard("remedy").forms}
    for name in ("harm", "form", "item", "owner"):
        field = form.fields[name]
        assert next(iter(field.choices))[0] == ""
        assert not form[name].value()
        assert field.required
