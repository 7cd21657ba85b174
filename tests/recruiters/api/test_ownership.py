"""Ownership comes in and goes out as BODS 0.4: dated, once, each fault named by statement, no person named unasked."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from core.actors import SYSTEM
from core.models import AuditEntry
from parties.models import Party, Relationship
from recruiters import services
from recruiters.exchange.bodsin import Problem, read_statements
from tests.recruiters.making import make_recruiter


def statement(kind: str, record: str, details: Any, **fields: Any) -> dict[str, Any]:
    number = fields.pop("number", 0)
    return {
        "statementId": f"{record}-{kind}-{number}".ljust(32, "x")[:64],
        "statementDate": "2026-02-01",
        "declarationSubject": "e1",
        "recordId": record,
        "recordType": kind,
        "recordDetails": details,
        **fields,
    }


def entity(record: str, name: str, **details: Any) -> dict[str, Any]:
    whole = {"isComponent": False, "entityType": {"type": "registeredEntity"}, "name": name, **details}
    return statement("entity", record, whole)


def person(record: str, name: str) -> dict[str, Any]:
    names = [{"type": "legal", "fullName": name}]
    private = {"birthDate": "1970-01-01", "addresses": [{"address": "Hidden Lane 4"}]}
    return statement("person", record, {"isComponent": False, "personType": "knownPerson", "names": names, **private})


def owns(record: str, subject: Any, interested: Any, kind: str = "shareholding", **fields: Any) -> dict[str, Any]:
    interests = [{"type": kind, "startDate": "2020-05-01", **fields.pop("interest", {})}]
    details = {"isComponent": False, "subject": subject, "interestedParty": interested, "interests": interests}
    return statement("relationship", record, details, **fields)


WHOLE = [
    entity("e1", "Blue Lotus Overseas", jurisdiction={"code": "NP", "name": "Nepal"}),
    entity("e2", "Lotus Holding Limited", jurisdiction={"code": "AE"}),
    person("p1", "Ramila Karki Thapa"),
    owns("r1", "e1", "e2"),
    owns("r2", "e1", "p1", "boardMember"),
]


def bring(tmp_path: Path, statements: Any, *options: str) -> str:
    path, out = tmp_path / "owners.json", StringIO()
    path.write_text(statements if isinstance(statements, str) else json.dumps(statements), encoding="utf-8")
    call_command("import_ownership", str(path), *options, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_statements_become_dated_ties_of_the_recruiter_that_they_mean(tmp_path: Path) -> None:
    recruiter = make_recruiter("Blue Lotus Overseas", country="NP")
    report = bring(tmp_path, WHOLE)
    ties = {(t.source.name, t.kind, t.target_id, t.starts) for t in Relationship.objects.select_related("source")}
    day = date(2020, 5, 1)
    assert ties == {
        ("Lotus Holding Limited", "owner", recruiter.party_id, day),
        ("Ramila Karki Thapa", "director", recruiter.party_id, day),
    }
    assert "organisations: 1 new, 1 known; people: 1 new; ties: 2 new" in report
    trail = AuditEntry.objects.get(verb="register.ownership_imported")
    assert trail.facts["ties"] == 2
    assert "Ramila" not in str(list(AuditEntry.objects.values_list("facts", "subject")))


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    make_recruiter("Blue Lotus Overseas", country="NP")
    bring(tmp_path, WHOLE)
    before = (Party.objects.count(), Relationship.objects.count())
    report = bring(tmp_path, WHOLE)
    assert (Party.objects.count(), Relationship.objects.count()) == before
    assert "ties: 0 new, 0 ended, 2 as before" in report


@pytest.mark.django_db
def test_a_closed_record_ends_its_tie_on_the_day_of_the_statement(tmp_path: Path) -> None:
    make_recruiter("Blue Lotus Overseas", country="NP")
    bring(tmp_path, WHOLE)
    closed = owns("r1", "e1", "e2", recordStatus="closed", statementDate="2026-07-31", number=2)
    assert "1 ended" in bring(tmp_path, [*WHOLE, closed])
    assert Relationship.objects.get(kind="owner").ends == date(2026, 7, 31)


@pytest.mark.django_db
def test_a_dry_run_says_all_and_writes_nothing(tmp_path: Path) -> None:
    assert "dry run" in bring(tmp_path, WHOLE, "--dry-run")
    assert not Relationship.objects.exists()


@pytest.mark.django_db
def test_a_person_without_a_tie_is_never_kept(tmp_path: Path) -> None:
    report = bring(tmp_path, [entity("e1", "Blue Lotus Overseas"), person("p1", "Ramila Karki Thapa")])
    assert not Party.objects.exists()
    assert "2 records without a tie left out" in report


@pytest.mark.django_db
def test_json_lines_come_in_as_well_and_a_broken_line_is_named(tmp_path: Path) -> None:
    lines = "\n".join([*(json.dumps(one) for one in WHOLE), "{broken"])
    report = bring(tmp_path, lines)
    assert "2 new" in report
    assert "statement 6 (no id), the whole: not_an_object" in report


@pytest.mark.django_db
def test_a_file_that_is_no_json_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="not sound JSON"):
        bring(tmp_path, '[{"statementId": ')


@pytest.mark.parametrize(
    ("change", "path", "rule"),
    [
        ({"statementId": "short"}, "statementId", "not_an_id"),
        ({"recordType": "thing"}, "recordType", "not_a_record_type"),
        ({"recordId": ""}, "recordId", "missing"),
        ({"declarationSubject": None}, "declarationSubject", "missing"),
        ({"recordDetails": []}, "recordDetails", "missing"),
        ({"recordStatus": "gone"}, "recordStatus", "not_a_status"),
        ({"statementDate": "01.02.2026"}, "statementDate", "not_a_date"),
        ({"recordDetails": {"name": "Nameless"}}, "recordDetails.entityType.type", "missing"),
        ({"recordDetails": {"entityType": {"type": "registeredEntity"}}}, "recordDetails.name", "missing"),
    ],
)
def test_each_fault_is_named_by_statement_and_place(change: dict[str, Any], path: str, rule: str) -> None:
    found = read_statements([entity("e0", "Sound One"), entity("e1", "Blue Lotus") | change])
    assert [(problem.place, problem.path, problem.rule) for problem in found.problems] == [(2, path, rule)]
    assert list(found.entities) == ["e0"]


@pytest.mark.parametrize(
    ("relation", "path", "rule"),
    [
        (owns("r1", "e1", "nobody"), "recordDetails.interestedParty", "unknown_record"),
        (owns("r1", "p1", "e2"), "recordDetails.subject", "a_person_is_owned"),
        (owns("r1", "e1", "e1"), "recordDetails.interestedParty", "owns_itself"),
        (owns("r1", "e1", "e2", "friendship"), "recordDetails.interests.0.type", "not_an_interest"),
        (
            owns("r1", "e1", "e2", interest={"endDate": "2019-01-01"}),
            "recordDetails.interests.0",
            "ends_before_it_starts",
        ),
        (owns("r1", "e1", "e2", interest={"startDate": "May 2020"}), "recordDetails.interests.0", "not_a_date"),
    ],
)
def test_each_fault_of_a_relationship_is_named(relation: dict[str, Any], path: str, rule: str) -> None:
    found = read_statements([*WHOLE[:3], relation])
    assert found.problems == [Problem(4, relation["statementId"], path, rule)]
    assert found.ties == []


def test_who_is_withheld_is_counted_and_no_fault() -> None:
    hidden = {"reason": "interestedPartyExemptFromDisclosure"}
    anonymous = {"isComponent": False, "personType": "anonymousPerson", "unspecifiedPersonDetails": hidden}
    statements = [entity("e1", "Blue Lotus"), statement("person", "p9", anonymous), owns("r1", "e1", "p9")]
    found = read_statements([*statements, owns("r2", "e1", hidden)])
    assert (found.withheld, found.ties, found.problems) == (2, [], [])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["statementId", "recordType", "recordId", "recordDetails", "declarationSubject", "interests", "names",
             "interestedParty", "subject", "name", "entityType", "type", "identifiers", "startDate", "jurisdiction"]
        ), inner, max_size=6,
    ),
    max_leaves=20,
)  # fmt: skip


@given(st.lists(json_values, max_size=4), st.sampled_from(["entity", "person", "relationship"]), json_values)
def test_no_file_however_odd_stops_the_reading(statements: list[Any], kind: str, details: Any) -> None:
    odd = statement(kind, "e7", details if isinstance(details, dict) else {"interests": details, "names": details})
    found = read_statements([*statements, odd])
    assert found.read == len(statements) + 1


@pytest.mark.django_db
def test_what_goes_out_names_no_person_and_comes_in_again(tmp_path: Path) -> None:
    recruiter = make_recruiter("Blue Lotus Overseas", country="NP")
    services.add_person(recruiter, name="Ramila Karki Thapa", role="director", actor=SYSTEM, starts=date(2020, 5, 1))
    bring(tmp_path, [*WHOLE[:2], WHOLE[3]])
    path = tmp_path / "out.jsonl"
    call_command("export_register", str(path), "--format", "bods", stdout=StringIO())
    text = path.read_text(encoding="utf-8")
    assert "Ramila" not in text
    lines = [json.loads(line) for line in text.splitlines()]
    assert {line["recordType"] for line in lines} == {"entity", "person", "relationship"}
    assert all(32 <= len(line["statementId"]) <= 64 for line in lines)
    assert len({line["statementId"] for line in lines}) == len(lines)
    again = read_statements(lines)
    assert (again.problems, again.withheld, [tie.kind for tie in again.ties]) == ([], 1, ["owner"])
    call_command("export_register", str(path), "--format", "bods", "--with-people", stdout=StringIO())
    assert "Ramila Karki Thapa" in path.read_text(encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("export_register", str(path), "--with-people", stdout=StringIO())
