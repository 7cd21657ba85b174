"""What changed about a list's record, which ids a list merged, which reasons fit, how a list is read."""

from hypothesis import given
from hypothesis import strategies as st

from recruiters.columns import guess, recognise
from recruiters.countries import country_code
from recruiters.deciding import REASONS_FOR, Step, fits, in_force, suggested
from recruiters.listchanges import differences, merges
from recruiters.previewing import preview, read_row

RECORD = {"name": "Orion", "names": ["Orion Ltd"], "countries": ["PA"], "topics": ["poi"], "measures": []}
texts = st.lists(st.text(max_size=8), max_size=4)
records = st.fixed_dictionaries({"name": st.text(max_size=8), "names": texts, "countries": texts, "topics": texts})


def test_an_added_topic_and_a_lost_name_are_told_apart():
    found = differences(RECORD, RECORD | {"topics": ["poi", "sanction"], "names": []})
    assert [(each.field, each.went, each.came) for each in found] == [
        ("names", ("Orion Ltd",), ()),
        ("topics", (), ("sanction",)),
    ]


def test_a_main_name_that_changes_places_with_another_is_no_difference():
    assert differences(RECORD, RECORD | {"name": "Orion Ltd", "names": ["Orion"]}) == ()


def test_a_measure_that_got_an_end_is_told_with_its_days():
    before = RECORD | {"measures": [{"authority": "UN", "programme": "", "starts": "2020-01-01", "ends": ""}]}
    after = RECORD | {"measures": [{"authority": "UN", "programme": "", "starts": "2020-01-01", "ends": "2024-01-01"}]}
    (found,) = differences(before, after)
    assert (found.went, found.came) == (("UN, 2020-01-01",), ("UN, 2020-01-01 – 2024-01-01",))


@given(records, records)
def test_differences_turned_round_are_the_same_ones(one, other):
    there, back = differences(one, other), differences(other, one)
    assert [(d.field, d.went, d.came) for d in there] == [(d.field, d.came, d.went) for d in back]
    assert differences(one, one) == ()


def test_a_record_that_absorbs_others_goes_on_as_its_own_entry_or_as_the_first_of_them():
    plan = merges(["a", "b", "c"], [("new", ["a", "b"]), ("c", [])])
    assert (plan["new"].keeps, plan["new"].absorbs) == ("a", ("b",))
    assert (plan["c"].keeps, plan["c"].absorbs) == ("c", ())
    assert merges(["a", "b"], [("a", ["b"])])["a"].absorbs == ("b",)


@given(
    st.lists(st.sampled_from("abcdef"), unique=True),
    st.lists(
        st.tuples(st.sampled_from("abcdefgh"), st.lists(st.sampled_from("abcdef"), max_size=3)),
        unique_by=lambda r: r[0],
    ),
)
def test_no_entry_is_absorbed_twice_nor_while_it_stands_by_itself(known, given_records):
    plan = merges(known, given_records)
    absorbed = [old for merge in plan.values() for old in merge.absorbs]
    kept = [merge.keeps for merge in plan.values()]
    assert len(absorbed) == len(set(absorbed))
    assert len(kept) == len(set(kept))
    assert not set(absorbed) & {external_id for external_id, _former in given_records}
    assert not set(absorbed) & set(kept)


def test_every_reason_belongs_to_a_decision_and_only_to_the_right_one():
    assert fits("false", "other_country")
    assert not fits("true", "other_country")
    assert not fits("perhaps", "other")
    assert all(reasons[-1] == "other" for reasons in REASONS_FOR.values())


def test_what_the_comparison_found_suggests_the_reason():
    assert suggested(["identifier_agrees"])["true"] == "same_identifier"
    assert suggested(["identifier_contradicts", "country_differs"])["false"] == "other_identifier"
    assert suggested([]) == {"true": "name_and_country", "false": "common_name", "unsure": "asked_for_papers"}


def test_a_decision_that_was_taken_back_counts_no_longer():
    steps = [Step(1, "true", "farah"), Step(2, "undone", "farah", undoes=1), Step(3, "false", "farah")]
    assert [step.number for step in in_force(steps)] == [3]


def test_heads_are_recognised_in_many_languages_and_with_what_stands_beside_them():
    heads = ["क्र.सं.", "कम्पनीको नाम / Company name", "इजाजतपत्र नम्बर", "देश"]
    assert recognise(heads)["name"] == "कम्पनीको नाम / Company name"
    assert recognise(["اسم الشركة", "الجنسية", "رقم الرخصة"]) == {
        "name": "اسم الشركة", "country": "الجنسية", "licence_number": "رقم الرخصة",
    }  # fmt: skip
    for head in (
        "Raison sociale",
        "Razón social",
        "公司名称",
        "Nama Syarikat",
        "Tên công ty",
        "Наименование",
        "회사명",
    ):
        assert recognise([head]) == {"name": head}
    assert recognise(["Name of agency (in English)*"]) == {"name": "Name of agency (in English)*"}


def test_columns_without_a_known_head_are_guessed_from_what_stands_in_them():
    rows = [{"A": "1", "B": "Himchuli Overseas", "C": "Nepal"}, {"A": "2", "B": "Sita Travels", "C": "Qatar"}]
    found = guess(["A", "B", "C"], rows, {}, lambda text: bool(country_code(text)))
    assert found == {"name": "B", "country": "C"}
    assert guess(["A"], [{"A": "17"}], {}, lambda text: bool(country_code(text))) == {}


def test_the_preview_counts_what_cannot_be_screened_and_names_the_rows():
    rows = [
        (2, {"n": "Sita", "c": "Nepal"}), (3, {"n": "", "c": "Nepal"}), (4, {"n": "123", "c": ""}),
        (5, {"n": "sita", "c": "NP"}), (6, {"n": "Rama", "c": "Narnia"}),
    ]  # fmt: skip
    found = preview(rows, {"name": "n", "country": "c"}, {"type": "person"}, country_code)
    assert (found.rows, found.can, found.cannot, found.repeated, found.people) == (5, 3, 2, 1, 3)
    assert found.problem_rows == {"empty_name": [3], "name_without_letters": [4]}
    assert found.countries_unknown == {"Narnia": 1}


def test_what_holds_for_all_rows_fills_only_what_a_row_leaves_open():
    mapping, defaults = {"name": "n", "country": "c"}, {"country": "QA", "type": "person"}
    assert read_row(2, {"n": "Sita", "c": ""}, mapping, defaults, country_code).country == "QA"
    assert read_row(2, {"n": "Sita", "c": "Nepal"}, mapping, defaults, country_code).country == "NP"
    assert read_row(2, {"n": "Sita", "c": "Narnia"}, mapping, defaults, country_code).country == ""
