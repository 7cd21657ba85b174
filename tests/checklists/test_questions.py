"""A checklist version is its content: equal content, equal digest; what it says can be read back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.questions import (
    Choice,
    Item,
    Kind,
    Questionnaire,
    Section,
    Severity,
    canonical,
    digest,
    from_data,
    to_data,
    wording,
)
from checklists.sources import SHIPPED, labour_inspection, worker_interview
from checklists.versions import changes, lineage, problems

CODES = st.from_regex(r"[A-Z]{3}-[0-9]{2}", fullmatch=True)
TEXTS = st.text(min_size=1, max_size=40).filter(str.strip)


def make_item(code: str = "ABC-01", **fields: object) -> Item:
    """Return a yes/no item whose "no" is adverse."""
    given = {
        "kind": Kind.YES_NO_NA,
        "text": wording("Is it so?"),
        "severity": Severity.MAJOR,
        "adverse": "no",
        **fields,
    }
    return Item(code, **given)  # type: ignore[arg-type]


def make_list(*items: Item, code: str = "list") -> Questionnaire:
    """Return a checklist of one section."""
    return Questionnaire(code, wording("A list"), "1", (Section("ABC", wording("Part"), items),))


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Draw any well-formed checklist."""
    codes = draw(st.lists(CODES, min_size=1, max_size=6, unique=True))
    items = []
    for code in codes:
        kind = draw(st.sampled_from(list(Kind)))
        adverse = {"yes_no_na": "no", "count": ">0", "money": ">5"}.get(kind.value, "")
        choices = (Choice("a", wording("A")),) if kind == Kind.SELECT_MANY else ()
        text = wording({"en": draw(TEXTS), "ar": draw(st.text(max_size=20))})
        items.append(Item(code, kind, text, draw(st.sampled_from(list(Severity))), adverse, choices=choices))
    return make_list(*items)


@given(questionnaires())
def test_what_is_written_can_be_read_back_equal(found: Questionnaire) -> None:
    assert from_data(to_data(found)) == found
    assert canonical(from_data(to_data(found))) == canonical(found)


@given(questionnaires(), questionnaires())
def test_equal_digests_mean_equal_content(one: Questionnaire, other: Questionnaire) -> None:
    assert (digest(one) == digest(other)) == (one == other)


@given(questionnaires())
def test_a_well_formed_checklist_has_no_problems_and_no_changes_to_itself(found: Questionnaire) -> None:
    assert problems(found) == ()
    assert problems(found, [found]) == ()
    assert changes(found, found) == ()


def test_one_changed_letter_changes_the_digest() -> None:
    assert digest(make_list(make_item())) != digest(make_list(make_item(text=wording("Is it so!"))))


def test_words_fall_back_to_the_base_language_and_then_to_english() -> None:
    words = wording({"en": "Yes", "ar": "نعم"})
    assert [words.read(code) for code in ("ar", "ar-qa", "ne", "en")] == ["نعم", "نعم", "Yes", "Yes"]


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        (make_item("abc"), "code_shape"),
        (make_item(text=wording({"ar": "نعم"})), "no_wording"),
        (make_item(adverse="maybe"), "adverse_rule"),
        (make_item(kind=Kind.COUNT), "adverse_kind"),
        (make_item(adverse=">3"), "adverse_kind"),
        (make_item(kind=Kind.SELECT_MANY, adverse=""), "choices"),
        (make_item(replaces=("XYZ-01",)), "replaces_unknown"),
    ],
)
def test_it_names_what_is_wrong_with_an_item(item: Item, problem: str) -> None:
    assert problem in {found.code for found in problems(make_list(item))}


def test_a_code_is_used_once() -> None:
    assert [found.code for found in problems(make_list(make_item(), make_item()))] == ["code_twice"]


def test_a_code_keeps_its_kind_and_its_meaning_for_ever() -> None:
    old = make_list(make_item())
    turned = make_list(make_item(adverse="yes"))
    counted = make_list(make_item(kind=Kind.COUNT, adverse=">0"))
    assert [found.code for found in problems(turned, [old])] == ["adverse_turned"]
    assert "kind_changed" in {found.code for found in problems(counted, [old])}


def test_it_says_what_changed_between_versions() -> None:
    old = make_list(make_item("ABC-01"), make_item("ABC-02"), make_item("ABC-03"))
    new = make_list(
        replace(make_item("ABC-01"), severity=Severity.CRITICAL),
        make_item("ABC-04", replaces=("ABC-02",)),
    )
    assert [(change.code, change.kind) for change in changes(old, new)] == [
        ("ABC-01", "regraded"),
        ("ABC-04", "added"),
        ("ABC-02", "replaced"),
        ("ABC-03", "removed"),
    ]


def test_a_trend_survives_two_replacements() -> None:
    first, second = make_list(make_item("ABC-01")), make_list(make_item("ABC-02", replaces=("ABC-01",)))
    third = make_list(make_item("ABC-03", replaces=("ABC-02",)))
    assert lineage([first, second, third]) == {"ABC-01": "ABC-03", "ABC-02": "ABC-03", "ABC-03": "ABC-03"}


def test_a_ring_of_replacements_ends() -> None:
    one = make_list(make_item("ABC-01", replaces=("ABC-02",)))
    two = make_list(make_item("ABC-02", replaces=("ABC-01",)))
    assert set(lineage([one, two])) == {"ABC-01", "ABC-02"}


def test_the_shipped_labour_checklist_has_its_eleven_sections_and_all_questions() -> None:
    found = labour_inspection()
    assert " ".join(section.code for section in found.sections) == "REC CON DOC WAG HRS MOV CHI OSH ACC EQU RTN"
    assert sum(1 for _ in found.items()) == 83


def test_a_national_limit_makes_the_count_judged() -> None:
    assert labour_inspection().item("ACC-08").adverse == ""
    assert labour_inspection({"ACC-08": 6}).item("ACC-08").adverse == ">6"


def test_the_interview_asks_for_every_operational_indicator() -> None:
    assert sum(1 for _ in worker_interview().items()) == 67


@pytest.mark.parametrize("code", sorted(SHIPPED))
def test_every_shipped_checklist_is_publishable_and_worded_in_three_languages(code: str) -> None:
    found = SHIPPED[code]()
    assert problems(found) == ()
    assert {"ar", "en", "ne"} <= set(found.languages())
    for section in found.sections:
        assert section.title.speaks("ar")
        assert section.title.speaks("ne")
