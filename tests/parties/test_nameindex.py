"""The tolerant index of names: found once written, in any script, at a fixed number of queries."""

import re
from operator import mul

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from core.actors import SYSTEM
from parties import nameindex, search_candidates
from parties.matching import Subject
from parties.matching.filing import asked_keys, filing_of, key_number
from parties.matching.normalise import read_name
from parties.matching.rarity import NOTHING_LEARNED
from parties.matching.score import evidence_of
from parties.models import Collection, IndexedName, Name, NamePosting, Party
from parties.nameindex import TOTAL, Entry, drop_names, file_names, merge_blocks
from parties.search import likely_parties, names_touched_by
from parties.search_calibration import FEATURES, SEARCH_2, Scripts, features, scripts_of, search_odds, search_score
from parties.search_candidates import Asked, Likely, likely
from parties.search_learning import Search, learn, told
from parties.search_weighing import weigh
from parties.services import add_identifier, add_name, register_party

pytestmark = pytest.mark.django_db


def found(text, kind="organisation", collection=Collection.PARTY, numbers=()):
    return [one.owner for one in likely(collection, [Asked((text,), kind, numbers)])[0]]


@pytest.mark.parametrize(
    "typed", ["Al-Amin Overseas", "Al Ameen Oversees", "alamin overseas", "OVERSEAS AL AMIN", "الأمين أوفرسيز"]
)
def test_a_name_is_found_whatever_its_spelling_or_script(typed):
    party = register_party(kind="organisation", name="M/S Al-Amin Overseas Ltd.", actor=SYSTEM)
    for n in range(30):
        register_party(kind="organisation", name=f"Golden Bridge {n} Manpower", actor=SYSTEM)
    assert likely_parties(typed)[0][0] == party.pk


def test_a_name_that_is_not_kept_is_not_found():
    mark = transaction.savepoint()
    register_party(kind="organisation", name="Silver Gate Manpower", actor=SYSTEM)
    assert likely_parties("Silver Gate Manpower") != []
    transaction.savepoint_rollback(mark)
    assert likely_parties("Silver Gate Manpower") == []
    assert IndexedName.objects.count() == NamePosting.objects.count() == 0


def test_a_later_name_is_found_at_once_and_leads_to_the_same_party():
    party = Party.objects.create(kind="person", name="Karim Haddad")
    add_name(party, "Karim Haddad", use=Name.Use.PRIMARY, actor=SYSTEM)
    add_name(party, "كريم حداد", actor=SYSTEM)
    assert likely_parties("Kareem Hadad", kind="person")[0][0] == party.pk
    assert likely_parties("Karim Haddad", kind="organisation") == []


def test_a_number_leads_to_its_party_whatever_its_signs():
    party = register_party(kind="organisation", name="Blue Lantern", actor=SYSTEM)
    add_identifier(party, scheme="registration:NP", value="RL-007/2020", actor=SYSTEM)
    name = Name.objects.get(party=party)
    for typed in ("rl 7 2020", "RL0072020", "٠٠٧ / ٢٠٢٠ RL"):
        (answers,) = likely(Collection.PARTY, [Asked(("Quite Another Name",), "organisation", (typed,))])
        assert [(one.owner, one.tied) for one in answers] == ([(name.pk, True)] if typed[0] != "٠" else [])


def test_a_dropped_name_is_passed_over_and_tidied_away():
    file_names(Collection.WATCHLIST, [Entry(n, f"Meridian Crewing {n}", "organisation") for n in range(20)])
    for n in range(20, 26):
        file_names(Collection.WATCHLIST, [Entry(n, f"Meridian Crewing {n}", "organisation")])
    assert drop_names(Collection.WATCHLIST, [25]) == 1
    assert 25 not in found("Meridian Crewing 25", collection=Collection.WATCHLIST)
    before = set(found("Meridian Crewing", collection=Collection.WATCHLIST))
    blocks = NamePosting.objects.count()
    assert merge_blocks() > 0
    assert NamePosting.objects.count() < blocks
    assert set(found("Meridian Crewing", collection=Collection.WATCHLIST)) == before == set(range(25))
    assert search_candidates.total(Collection.WATCHLIST) == 25


def test_what_counts_names_is_merged_however_few_came_at_a_time():
    for n in range(12):
        file_names(Collection.PARTY, [Entry(n, f"Meridian Crewing {n}", "organisation")])
    drop_names(Collection.PARTY, [3])
    notes = NamePosting.objects.filter(key=key_number(TOTAL, Collection.PARTY, "organisation"))
    assert notes.count() == 13
    merge_blocks()
    assert [note.size for note in notes] == [11]
    assert search_candidates.total(Collection.PARTY) == 11


def test_names_of_common_words_only_meet_through_their_pairs(monkeypatch):
    monkeypatch.setattr(search_candidates, "MOST_POSTINGS", 20)
    common = ("Golden", "Bridge", "Manpower", "Silver", "Gate", "Overseas")
    names = [f"{a} {b} {c}" for a in common for b in common for c in common if len({a, b, c}) == 3]
    file_names(Collection.PARTY, [Entry(n, name, "organisation") for n, name in enumerate(names)])
    assert found("Silver Bridge Overseas")[0] in {
        n for n, m in enumerate(names) if set(m.split()) == {"Silver", "Bridge", "Overseas"}
    }


def test_a_search_for_the_one_meant_leaves_aside_what_shares_less_and_a_screening_does_not():
    names = ["Meridian Crewing", *(f"Meridian Lantern {n}" for n in range(150))]
    file_names(Collection.PARTY, [Entry(n, name, "organisation") for n, name in enumerate(names)])

    def owners(text: str, enough: float | None = None) -> list[int]:
        (answers,) = likely(Collection.PARTY, [Asked((text,), "organisation")], 200, enough=enough)
        return [one.owner for one in answers]

    everybody, some = owners("Meridian Crewing"), owners("Meridian Crewing", 0.8)
    assert everybody[0] == some[0] == 0
    assert set(some) < set(everybody) == set(range(len(names)))
    assert len(some) < 110
    assert len(owners("Meridian Obsidian", 0.8)) == len(names), "nobody sounds near enough, so all are compared"


def test_the_number_of_statements_does_not_grow_with_the_questions():
    file_names(Collection.PARTY, [Entry(n, f"Meridian Crewing {n}", "organisation") for n in range(60)])
    counts = []
    for many in (1, 20):
        with CaptureQueriesContext(connection) as seen:
            likely(Collection.PARTY, [Asked((f"Meridian Crewing {n}",), "organisation") for n in range(many)])
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 3


def test_rows_touched_by_a_name_are_found_in_their_own_collection():
    file_names(
        Collection.SCREENED, [Entry(1, "Meridian Crewing Ltd", "organisation"), Entry(2, "Other", "organisation")]
    )
    file_names(Collection.PARTY, [Entry(3, "Meridian Crewing Ltd", "organisation")])
    assert names_touched_by(Collection.SCREENED, [("Meridian Crewing Limited", "organisation")]) == {1}


def test_blocks_hold_what_was_put_in_them():
    numbers = [1, 2, 70_000, 4_000_000_000]
    assert list(nameindex.unpack(nameindex.pack(numbers))) == numbers


@given(st.text(max_size=60), st.sampled_from(["person", "organisation"]))
def test_whatever_is_typed_is_asked_for_under_the_keys_it_is_filed_under(text, kind):
    filing = filing_of(text, kind)
    readings = read_name(text, kind)
    assert (filing is None) == (not readings)
    if filing is not None:
        assert set(filing.keys) <= {key for keys in asked_keys(readings).values() for key in keys}
        assert all(-(2**31) <= key_number(key, 1, kind) < 2**31 for key in filing.keys)
        assert len(filing.sketch) <= 400


def _values(**told: float) -> tuple[float, ...]:
    return tuple(told.get(name, 0.0) for name in FEATURES)


def test_the_scores_weights_are_learned_from_searches():
    alike, chance = _values(nearness=0.9, weight_matched=0.9), _values(nearness=0.5, weight_matched=0.4, one_script=1.0)
    right = [Search("person", [(alike, True), (chance, False)], absent=False)] * 40
    nothing = [
        Search("person", [(_values(nearness=0.5, weight_matched=0.3 + n / 100, one_script=1.0), False)], absent=True)
        for n in range(40)
    ]
    weights = learn([*right, *nothing], alerts=0.25)["person"]

    def score(values: tuple[float, ...]) -> float:
        return search_score(weights.constant + sum(map(mul, weights.row(), values)))

    assert weights.worth["weight_matched"] > 0 > weights.worth["one_script"]
    assert sum(score(search.rows[0][0]) >= 0.7 for search in nothing) in (9, 10)  # weights are rounded
    assert score(alike) > 0.9
    assert "PERSON_2" in told({"person": weights})


def test_a_search_weighs_what_the_matcher_measures():
    asked = Subject("Karim Haddad", "person")

    def odds(found: str, nearness: float) -> float:
        compared = evidence_of(asked, Subject(found, "person"), NOTHING_LEARNED)
        assert compared is not None
        return search_odds(features(compared[1], nearness, asked, Subject(found, "person")), "person")

    same, near, other = odds("Karim Haddad", 1.0), odds("Kareem Hadad", 0.9), odds("Karim Mansour", 0.6)
    assert same > near > other
    assert search_score(same) >= 0.7 > search_score(other)


def test_every_weight_of_a_search_belongs_to_a_feature():
    for weights in SEARCH_2.values():
        assert set(weights.worth) <= set(FEATURES)


def test_how_two_names_are_written_is_told():
    assert scripts_of("Karim Haddad", "KARIM, Hadad") == Scripts.SAME
    assert scripts_of("Karim Haddad", "كريم حداد") == Scripts.APART
    assert scripts_of("Kim Tae-nyeon", "金太年") == Scripts.READ_FROM_EAST_ASIAN
    assert scripts_of("金太年", "Kim Tae-nyeon") == Scripts.ASKED_IN_EAST_ASIAN
    assert scripts_of("김태년", "金太年") == Scripts.BOTH_EAST_ASIAN


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("KIM Tae-nyeon", "金太年"),
        ("金太年", "Kim Tae Nyeon"),
        ("CHUA Tee Yong", "蔡智勇"),
        ("PARK Jae-kyung", "박재경"),
        ("Vincent FANG Kang", "方剛"),
    ],
)
def test_a_given_name_of_two_syllables_meets_itself_however_it_is_written(written, asked):
    others = ("Kim Yong-chol", "김영철", "王咏红", "Fang Li", "Pak Chun Il", "蔡金垵", "Kim Ki Sik", "陈丽华")
    file_names(Collection.PARTY, [Entry(n, name, "person") for n, name in enumerate((written, *others))])
    assert found(asked, "person")[0] == 0


def test_a_name_of_one_common_word_is_found_among_many_that_hold_it(monkeypatch):
    monkeypatch.setattr(search_candidates, "SHORTLIST", 10)
    names = [f"{given} Khalid" for given in ("Omar", "Samir", "Yusuf", "Hasan", "Bilal")] * 8
    file_names(Collection.PARTY, [Entry(n, name, "person") for n, name in enumerate([*names, "খালিদ"])])
    assert found("Khalid", "person")[0] == len(names)


def test_what_is_shared_with_one_word_counts_once_however_many_keys_meet():
    names = ("Constantinopoulos Brandt", "Constantinopoulos Meyer", "Konstantinopulos Brant")
    file_names(Collection.PARTY, [Entry(n, name, "person") for n, name in enumerate(names)])
    (answers,) = likely(Collection.PARTY, [Asked((names[0],), "person")])
    assert [one.owner for one in answers] == [0, 2, 1]
    assert answers[0].nearness > 0.85 > answers[-1].nearness > 0.0


def test_weighing_ends_where_nothing_can_come_any_more():
    asked = Subject("Meridian Crewing", "organisation")
    subjects = {n: Subject(f"Meridian Crewing {n}" if n < 8 else f"Blue Lantern {n}") for n in range(64)}
    fetched: list[int] = []

    def fetch(rows):
        fetched.extend(rows)
        return {row: subjects[row] for row in rows if row != 1}

    near = [Likely(n, 0.6 - n / 200) for n in subjects]
    answers = weigh(asked, near, fetch, lambda _subjects: NOTHING_LEARNED)
    assert {one.owner for one in answers[:7]} == {0, 2, 3, 4, 5, 6, 7}
    assert 1 not in {one.owner for one in answers}
    assert len(answers) < len(fetched) < 40


def test_parties_that_are_gone_are_not_offered():
    party = register_party(kind="organisation", name="Blue Lantern", actor=SYSTEM)
    Party.objects.filter(pk=party.pk).delete()
    assert likely_parties("Blue Lantern") == []


HANDED_OVER = re.compile("LIST SUBQUERY|SCAN json_each")
"""Steps in which SQLite reads the numbers that it was given."""


def _plans(call):
    """Return what the database says it does for each statement that a call executes."""
    asked = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        call()
    plans = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # so few rows are read through, whatever indexes there are
        for sql, params in asked:
            cursor.execute(("EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN ") + sql, params)
            steps = (str(row[-1]) for row in cursor.fetchall())
            plans.append((sql, " | ".join(step for step in steps if not HANDED_OVER.match(step))))
    return plans


def test_a_search_reads_no_table_through_but_goes_by_indexes():
    for number in range(30):
        register_party(kind="organisation", name=f"Golden Bridge Manpower {number}", actor=SYSTEM)
    plans = _plans(lambda: likely_parties("Golden Brige Manpower", "organisation"))
    for table in ("nameposting", "indexedname", "parties_name "):
        assert any(table in sql for sql, _plan in plans), f"{table} is read"
    for sql, plan in plans:
        assert "SCAN" not in plan, (sql, plan)
        assert "Seq Scan" not in plan, (sql, plan)
        assert "INDEX" in plan.upper() or "PRIMARY KEY" in plan, (sql, plan)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a plan of SQLite")
def test_the_names_that_were_found_are_read_by_their_numbers_and_then_their_parties():
    register_party(kind="organisation", name="Golden Bridge Manpower", actor=SYSTEM)
    plans = _plans(lambda: likely_parties("Golden Bridge Manpower", "organisation"))
    (plan,) = [plan for sql, plan in plans if "parties_name " in sql]
    names, parties = plan.split(" | ")
    assert names == "SEARCH n USING INTEGER PRIMARY KEY (rowid=?)"
    assert parties == "SEARCH p USING INTEGER PRIMARY KEY (rowid=?)"
