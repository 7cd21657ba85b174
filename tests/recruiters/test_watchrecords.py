"""Watchlist files: what is read and what is left out."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from recruiters.watchrecords import Dropped, Measure, content_hash, read_ftm, read_table_row

COMPANY = {
    "id": "wl-1",
    "schema": "Company",
    "caption": "X Trading",
    "properties": {
        "name": ["X Trading"],
        "alias": ["X  Co"],
        "country": ["bd"],
        "licenseNumber": ["RL-0010"],
        "topics": ["debarment"],
        "gender": ["odd"],
    },
}
SANCTION = {
    "id": "s-1",
    "schema": "Sanction",
    "properties": {"entity": ["wl-1"], "authority": ["Ministry"], "endDate": ["2020-01-01"]},
}


def read(*entities):
    dropped = Dropped()
    lines = [entity if isinstance(entity, str) else json.dumps(entity) for entity in entities]
    return list(read_ftm(lines, dropped)), dropped


def test_it_reads_names_countries_and_numbers():
    (record,), _dropped = read(COMPANY)
    assert (record.name, record.names, record.countries) == ("X Trading", ("X Co",), ("BD",))
    assert record.identifiers == (("licence:BD", "RL-0010"),)
    assert record.kind == "organisation"


def test_measures_on_other_lines_reach_their_entity():
    (record,), _dropped = read(SANCTION, COMPANY)
    assert record.measures == (Measure("Ministry", "", "", "2020-01-01"),)
    assert not record.measures[0].in_force(date(2026, 1, 1))


def test_it_says_what_it_left_out():
    _records, dropped = read(COMPANY, "{broken", '"text"', {"id": "a", "schema": "Address", "properties": {}}, COMPANY)
    assert dropped.counts == {
        "property:gender": 2,
        "not_json": 1,
        "not_an_entity": 1,
        "schema:Address": 1,
        "repeated_id": 1,
    }
    assert dropped.lines["not_json"] == [2]


def test_the_digest_changes_with_what_a_decision_rests_on_only():
    (record,), _ = read(COMPANY)
    (noted,), _ = read(COMPANY | {"last_seen": "2026-01-01", "caption": "Other"})
    (moved,), _ = read(COMPANY | {"properties": COMPANY["properties"] | {"country": ["np"]}})
    assert record.content_hash == noted.content_hash == content_hash(record)
    assert moved.content_hash != record.content_hash


def test_a_table_row_is_a_record_with_a_stable_id():
    mapping = {"name": "Name", "country": "Country", "type": "Type"}
    row = {"Name": "Abdul Karim", "Country": "Bangladesh", "Type": "Person"}
    first, again = (read_table_row(2, row, mapping, Dropped()) for _ in range(2))
    assert first == again
    assert first.kind == "person"


keys = st.sampled_from(["id", "schema", "properties", "name", "x"])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(st.text(max_size=60) | anything.map(json.dumps), max_size=6))
def test_no_file_breaks_the_reader(lines):
    dropped = Dropped()
    for record in read_ftm(lines, dropped):
        assert record.name
        assert record.content_hash
