"""The standards load, are honest about what is certain, keep their codes, and give themselves away when broken."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.standards import (
    STANDARDS,
    Basis,
    choices,
    edition_on,
    editions,
    extract,
    standard,
)
from core.standards.entries import CERTAINTY_NOTES

CODES = Path(__file__).with_name("standards_codes.txt")
PLACES = sorted((name, edition) for name in STANDARDS for edition in editions(name))
DESIGN_PICTOGRAMS = {
    *(
        "passport",
        "money",
        "contract",
        "wages",
        "hours",
        "house",
        "lock",
        "violence",
        "threat",
        "child",
        "food",
        "health",
    ),
    *("isolation", "pressure", "confined", "deceived", "dismissed", "other", "help", "phone", "message", "shield"),
}


def every_code() -> set[str]:
    return {f"{name} {path} {entry.code}" for name, edition in PLACES for path, entry in standard(name, edition).walk()}


@pytest.mark.parametrize(("name", "edition"), PLACES)
def test_every_file_loads_and_every_entry_says_how_it_is_known(name: str, edition: str) -> None:
    loaded = standard(name, edition)
    entries = [entry for _, entry in loaded.walk()]
    assert entries
    assert (loaded.name, loaded.edition) == (name, edition)
    for entry in entries:
        assert entry.code == entry.code.strip()
        assert entry.label[0].isupper() or not entry.label[0].isalpha(), entry
        assert entry.source
        assert entry.sources
        assert entry.verified == (entry.basis in {Basis.FOUND, Basis.HANDBOOK})
        assert bool(entry.certainty_note) is not entry.verified


def test_only_what_was_read_in_the_standard_passes_as_verified() -> None:
    assert [basis for basis, note in CERTAINTY_NOTES.items() if not note] == [Basis.FOUND, Basis.HANDBOOK]


def test_codes_are_for_ever() -> None:
    committed = set(CODES.read_text(encoding="utf-8").splitlines())
    gone = sorted(committed - every_code())
    assert not gone, "these codes are stored in people's records and may not go away"


def test_a_new_code_is_added_to_the_list_that_keeps_codes_for_ever() -> None:
    missing = sorted(every_code() - set(CODES.read_text(encoding="utf-8").splitlines()))
    assert not missing, f"append these lines to {CODES}"


def test_the_labels_for_translators_are_up_to_date() -> None:
    assert extract.TARGET.read_text(encoding="utf-8") == extract.text(), "run python -m core.standards.extract"


def test_no_label_holds_a_per_cent_sign_which_gettext_would_mangle() -> None:
    assert [label for label in extract.labels() if "%" in label] == []


def test_every_list_shown_to_people_exists() -> None:
    for name, paths in extract.SHOWN.items():
        assert set(paths) <= {path for path, _ in standard(name).walk()}, name


def test_words_for_workers_are_short_and_plain() -> None:
    for name, path in (
        ("grievance", "categories"),
        ("fees", "categories"),
        ("remedy", "forms"),
        ("referral", "services"),
    ):
        for where, entry in standard(name).walk():
            if where == path:
                assert len(entry.worker_label) <= 64, entry  # type: ignore[attr-defined]
                assert ";" not in entry.worker_label  # type: ignore[attr-defined]


def test_pictograms_are_those_that_the_design_draws() -> None:
    pictured = [*standard("grievance").categories, *standard("fees").categories]
    assert {entry.pictogram for entry in pictured} <= DESIGN_PICTOGRAMS


# --- the front door


def test_it_loads_once() -> None:
    assert standard("iris") is standard("iris", "1.2")


def test_it_refuses_an_unknown_name_or_edition() -> None:
    with pytest.raises(KeyError, match="no standard 'isis'"):
        standard("isis")
    with pytest.raises(KeyError, match=r"no edition '9\.9' of iris"):
        standard("iris", "9.9")


def test_the_edition_of_a_day_is_the_one_in_force_then() -> None:
    assert edition_on("oecd", date(2018, 5, 31)) == "2018"
    with pytest.raises(KeyError, match="no edition of oecd was in force on 2018-05-30"):
        edition_on("oecd", date(2018, 5, 30))


def test_choices_are_code_and_label() -> None:
    assert choices(standard("statistics").sexes)[0] == ("female", "Female")


def test_an_entry_is_found_by_its_code_and_a_code_of_two_lists_is_refused() -> None:
    assert standard("iris").entry("IRIS-A-1").label == "Complies with all laws where it operates"
    with pytest.raises(KeyError, match="0 entries with the code 'nothing'"):
        standard("grievance").entry("nothing")
    with pytest.raises(KeyError, match="2 entries with the code 'family'"):
        standard("grievance").entry("family")


# --- the standards agree with each other


def test_iris_has_seven_principles_and_shows_no_number_that_was_not_read() -> None:
    iris = standard("iris")
    assert [principle.code for principle in iris.principles] == ["A", "B", "1", "2", "3", "4", "5"]
    assert [each.official_id for each in iris.criteria if each.official_id] == ["A.1", "A.2", "A.3", "A.4"]
    assert iris.criterion("IRIS-1-2").principle == "1"
    assert not [outcome for outcome in iris.outcomes if outcome.conforming and not outcome.counts]


def test_the_weighted_set_has_the_published_totals_and_points_to_the_eleven() -> None:
    source = standard("forced_labour")
    eleven = {indicator.code for indicator in source.indicators}
    assert len(eleven) == 11
    assert len([each for each in source.operational if each.adult]) == 67
    assert len([each for each in source.operational if each.child]) == 65
    assert not [each for each in source.operational if each.child == "weak"]
    assert {code for each in source.operational for code in each.indicators} <= eleven
    dimensions = {dimension.code for dimension in source.dimensions}
    assert {code for each in source.indicators for code in each.dimensions} <= dimensions
    named = {*source.recruitment_dimensions, *source.means_substitutes, *source.child_needs}
    assert named | {source.exploitation_dimension, source.coercion_dimension} == dimensions


def test_no_word_of_a_screening_says_victim_or_guilty() -> None:
    source = standard("forced_labour")
    said = " ".join(each.label for each in [*source.combinations, *source.allowed_words]).casefold()
    assert not [word for word in source.banned_words if word in said.split()]


def test_the_checklist_has_eleven_sections_with_known_indicators_and_severities() -> None:
    source = standard("inspection")
    eleven = {indicator.code for indicator in standard("forced_labour").indicators}
    assert len(source.sections) == 11
    assert {code for question in source.questions for code in question.fl} <= eleven
    assert {question.severity for question in source.questions} <= {each.code for each in source.severities}
    assert {question.type for question in source.questions} <= {each.code for each in source.answer_types}
    for section in source.sections:
        assert all(question.code.startswith(f"{section.code}-") for question in section.questions)


@pytest.mark.parametrize(
    ("code", "answer", "adverse"),
    [
        ("REC-02", "no", True),
        ("REC-02", "yes", False),
        ("REC-02", "not_checked", False),
        ("REC-02", "na", False),
        ("REC-02", None, False),
        ("REC-01", "yes", False),
        ("DOC-04", 0, False),
        ("DOC-04", 1, True),
        ("HRS-02", "61", True),
        ("ACC-08", 9, False),
    ],
)
def test_an_answer_is_adverse_only_when_it_was_really_given(code: str, answer: str | int | None, adverse: bool) -> None:
    assert standard("inspection").question(code).is_adverse(answer) is adverse


def test_a_national_limit_decides_where_there_is_one() -> None:
    assert standard("inspection").question("ACC-08").is_adverse(9, limit=8)


def test_grievance_categories_point_to_the_eleven_and_severities_run_from_one_to_four() -> None:
    source = standard("grievance")
    eleven = {indicator.code for indicator in standard("forced_labour").indicators}
    assert {code for category in source.categories for code in category.indicators} <= eleven
    assert [level.level for level in source.severities] == [1, 2, 3, 4]
    assert {category.default_severity for category in source.categories} <= {1, 2, 3, 4}
    for graver, milder in zip(source.severities[1:], source.severities, strict=False):
        assert graver.clock.acknowledge <= milder.clock.acknowledge
        assert graver.clock.first_action <= milder.clock.first_action
    assert len(source.criteria) == 8


def test_no_consent_is_given_for_a_worker_except_to_be_counted() -> None:
    assert [consent.code for consent in standard("grievance").consents if consent.default] == ["statistics_anonymised"]


def test_the_sensitive_categories_of_statistics_are_grievance_categories() -> None:
    assert set(standard("statistics").sensitive) <= {category.code for category in standard("grievance").categories}


def test_regimes_and_remedy_point_to_oecd_actions_that_exist() -> None:
    actions = {action.code for action in standard("oecd").actions}
    regimes = standard("regimes")
    assert {code for item in regimes.items for code in item.oecd} <= actions
    assert {code for step in standard("remedy").steps for code in step.oecd} <= actions
    codes = {item.code for item in regimes.items}
    assert {f"{to.regime}:{item}" for section in regimes.sections for to in section.maps for item in to.items} <= codes


def test_a_regime_item_binds_from_its_day_on() -> None:
    regimes = standard("regimes")
    item = regimes.items_for("2.3")[0]
    assert (item.regime, item.item_code) == ("EU-CSDDD", "Art 10")
    assert not item.in_force(date(2026, 11, 21))
    assert item not in regimes.items_for("2.3", date(2026, 11, 21))
    assert item.in_force(date(2029, 7, 26))


def test_bilateral_components_stand_in_known_groups() -> None:
    source = standard("bla")
    assert {component.group for component in source.components} == {group.code for group in source.groups}
    assert [component.number for component in source.components[:25]] == list(range(1, 26))


# --- words of registers


def test_a_word_of_a_register_becomes_a_neutral_status() -> None:
    licence = standard("licence")
    assert licence.map_word("VALID LICENSE – Provisional").code == "provisional"
    assert licence.map_word("  forever   banned ").may_recruit == "no"
    assert {word.means for word in licence.words} <= {status.code for status in licence.statuses}


@given(st.text())
def test_a_word_that_nobody_mapped_is_never_valid(word: str) -> None:
    licence = standard("licence")
    status = licence.map_word(word)
    known = {"active", "active conditions", "valid", "licensed", "current", "in force", "good standing"}
    assert status.may_recruit in {"no", "unknown"} or any(each in word.casefold() for each in known | {"provisional"})
