"""Our own files brought back, and those of another office: known by reference, nothing doubled."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.actors import SYSTEM
from core.references import new_reference
from parties.models import Contact, Name, Party, Site
from recruiters.exchange.reading import public_records
from recruiters.exchange.tables import json_record
from recruiters.models import Licence, LicenceStatus, Recruiter, RegisterLoad, SourceRecord
from recruiters.services import confirm_load, load_register, receive_register, staging, undo_load
from recruiters.services.merging import merge_recruiters
from tests.recruiters.making import make_licence, make_recruiter, suspend

pytestmark = pytest.mark.django_db
COUNTED = (Recruiter, Licence, LicenceStatus, Party, Name, Site, Contact)


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in COUNTED}


def exported() -> list[dict[str, Any]]:
    return [json_record(record) for record in public_records()]


def written(folder: Path, kind: str, name: str = "") -> Path:
    path = folder / f"recruiters.{kind}"
    call_command("export_register", str(path), "--format", kind, verbosity=0)
    return path.with_name(name) if name else path


def lines(folder: Path, *records: dict[str, Any]) -> Path:
    path = folder / "office.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    return path


def load(path: Path, **fields) -> RegisterLoad:
    return load_register(path, source="office", actor=SYSTEM, **fields)


def record(name: str = "Fresh Hills Overseas", **fields: Any) -> dict[str, Any]:
    """Return a line as another office writes it: a recruiter with two licences."""
    ref = new_reference("REC")
    licence = {
        "id": new_reference("LIC"), "number": "AA-1", "authority": "Labour Office", "country": "KE",
        "status": "active", "valid": True, "issued_on": "2025-01-01", "since": "2025-01-01",
        "valid_until": "2099-01-01",
    }  # fmt: skip
    other = licence | {"id": new_reference("LIC"), "number": "AA-2", "status": "suspended_admin", "valid": False}
    return {
        "id": ref, "name": name, "kind": "agency", "country": "KE", "status": "active", "status_group": "valid",
        "may_recruit": True, "url": f"https://elsewhere.example/en/recruiters/{ref}/", "other_names": [],
        "licences": [licence, other], "destinations": ["QA", "AE"], "addresses": ["1 Moi Avenue, Nairobi"],
        "registration_numbers": [{"scheme": "registration:KE", "number": "C99"}], "website": "",
    } | fields  # fmt: skip


@pytest.fixture
def register() -> Recruiter:
    """Make a register: one recruiter with two licences, one without any, one suspended, one whose term is over."""
    first = make_recruiter("Golden Bridge Manpower", destinations=["QA"], website="https://golden.example")
    make_licence(first, number="RL-1")
    suspend(make_licence(first, number="RL-2"))
    make_recruiter("Himal Labour Link")
    suspend(make_licence(make_recruiter("Sagarmala Overseas"), number="RL-3"))
    today = timezone.localdate()
    over = {"issued_on": today - timedelta(days=900), "expires_on": today - timedelta(days=400)}
    make_licence(make_recruiter("Annapurna Services"), number="RL-4", **over)
    return first


@pytest.mark.parametrize(
    ("kind", "name"),
    [("jsonl", ""), ("csv", ""), ("csv", "recruiters-licences.csv")],
    ids=["lines", "table", "licences"],
)
def test_our_own_file_brought_back_adds_nothing_and_changes_nothing(tmp_path, register, kind, name):
    before, stood = exported(), counts()
    made = load(written(tmp_path, kind, name))
    assert (made.added, made.gone) == (0, 0)
    assert made.report["kept_because_of_order"] == made.report["kept_because_of_source"] == []
    assert (exported(), counts()) == (before, stood)
    again = load(written(tmp_path, kind, name))
    assert (again.added, again.changed, again.gone) == (0, 0, 0)


def test_the_table_names_the_recruiter_of_whose_licences_it_tells_one_only(tmp_path, register):
    made = load(written(tmp_path, "csv"))
    assert [(each["column"], each["rule"]) for each in made.report["rejected"]] == [("licences", "several_licences")]


def test_another_offices_recruiter_comes_in_once_with_all_its_licences(tmp_path):
    path = lines(tmp_path, record())
    load(path)
    recruiter = Recruiter.objects.get()
    assert {(each.number, each.authority, each.standing().code) for each in recruiter.licences.all()} == {
        ("AA-1", "Labour Office", "active"), ("AA-2", "Labour Office", "suspended_admin"),
    }  # fmt: skip
    assert recruiter.party.sites.count() == recruiter.party.identifiers.count() == 1
    assert {corridor.destination for corridor in recruiter.corridors.all()} == {"QA", "AE"}
    assert load(path).unchanged == 2
    assert Recruiter.objects.count() == 1


def test_a_licence_that_a_later_file_adds_goes_to_the_recruiter_of_the_earlier_one(tmp_path):
    one = record()
    load(lines(tmp_path, one | {"licences": one["licences"][:1]}))
    made = load(lines(tmp_path, one))
    assert (made.added, made.gone) == (0, 0)
    assert Recruiter.objects.get().licences.count() == 2


def test_one_reference_under_two_names_makes_no_recruiter_of_both(tmp_path):
    ref = new_reference("REC")
    rows = [f"{new_reference('LIC')},{ref},{name},AA-{n},active,KE" for n, name in enumerate(("Fresh Hills", "Zebra"))]
    path = tmp_path / "licences.csv"
    path.write_text("\n".join(["id,recruiter,recruiter_name,number,status,country", *rows]), encoding="utf-8")
    made = load(path)
    assert [(each["row"], each["rule"]) for each in made.report["rejected"]] == [(3, "same_number_as_row")]
    again = load(path)
    assert (again.added, again.report["asked"]) == (0, 1)
    assert Recruiter.objects.get().party.names.count() == 1


def test_a_load_that_brought_several_licences_of_one_recruiter_is_taken_back_whole(tmp_path):
    made = load(lines(tmp_path, record()))
    undo_load(made, actor=SYSTEM)
    assert not Recruiter.objects.exists()
    assert not Licence.objects.exists()
    assert not SourceRecord.objects.exists()


def test_a_reference_that_was_merged_leads_to_the_survivor(tmp_path, register, farah):
    double = make_recruiter("Golden Bridge Man Power")
    path = written(tmp_path, "jsonl")
    merge_recruiters(register, double, reason_code="entered_twice", note="Entered twice.", actor=farah)
    stood = Recruiter.objects.count()
    load(path)
    assert Recruiter.objects.count() == stood
    assert SourceRecord.objects.get(key=f"id:{double.ref}").recruiter == register


def test_our_reference_under_quite_another_name_is_asked_about_and_merges_nothing(tmp_path, register):
    before = exported()
    made = load(lines(tmp_path, record("Zebra Fisheries", id=register.ref, licences=[], registration_numbers=[])))
    assert made.report["asked"] == 1
    assert [each["rule"] for each in made.report["rejected"]] == ["another_name"]
    assert exported() == before


def test_a_reference_gives_way_to_a_number_that_somebody_else_bears(tmp_path, register):
    other = make_licence(make_recruiter("Fresh Hills Overseas", country="KE"), number="AA-1", authority="Labour Office")
    one = record(id=register.ref)
    load(lines(tmp_path, one | {"licences": one["licences"][:1], "registration_numbers": []}))
    assert SourceRecord.objects.get().recruiter == other.recruiter
    assert register.licences.count() == 2


def test_two_entries_with_one_registration_number_are_kept_apart_by_their_references(tmp_path):
    for name in ("Golden Bridge Manpower", "Golden Bridge Man Power"):
        make_recruiter(name, identifiers=[("registration:NP", "77")])
    before, stood = exported(), counts()
    load(written(tmp_path, "jsonl"))
    assert (exported(), counts()) == (before, stood)


def test_references_that_nobody_bears_here_and_mistyped_ones_make_new_entries(tmp_path, register):
    stood = Recruiter.objects.count()
    typo = register.ref[:-1] + ("0" if register.ref[-1] != "0" else "1")
    load(lines(tmp_path, record("Zebra Fisheries", id=typo, licences=[], registration_numbers=[]), record()))
    assert Recruiter.objects.count() == stood + 2


@pytest.mark.parametrize(
    ("fields", "column", "rule"),
    [
        ({"licences": "AA-1"}, "licences", "not_as_exported"),
        ({"licences": [{"number": "AA-1"}, "AA-2"]}, "licences", "not_as_exported"),
        ({"licences": [{"number": ["AA-1"]}]}, "licences", "not_as_exported"),
        ({"registration_numbers": [["C99"]]}, "registration_numbers", "not_as_exported"),
        ({"name": ""}, "name", "missing"),
        ({"country": "Atlantis"}, "country", "unknown_country"),
        ({"licences": [{"number": "AA-1", "valid_until": "soon"}]}, "licences.valid_until", "unreadable_date"),
    ],
)
def test_what_cannot_be_read_is_named_by_row_and_field(tmp_path, fields, column, rule):
    made = load(lines(tmp_path, record("Another Agency", id=new_reference("REC"), licences=[]), record() | fields))
    assert [(each["row"], each["column"], each["rule"]) for each in made.report["rejected"]] == [(2, column, rule)]
    assert Recruiter.objects.count() == 1


def test_a_line_that_became_unreadable_takes_none_of_its_licences_away(tmp_path):
    one = record()
    load(lines(tmp_path, one))
    more = record("Another Agency", licences=[], registration_numbers=[])
    made = load(lines(tmp_path, one | {"licences": "AA-1"}, more), allow_drop=True)
    assert made.gone == 0
    assert Licence.objects.get(number="AA-1").standing().valid


def test_a_file_read_in_chunks_keeps_the_licences_of_a_line_together(tmp_path):
    table, mapping = staging.open_table(lines(tmp_path, record(), record("Another Agency")), "office.jsonl")
    first, last = staging.read_rows(table, mapping, most=1)
    second, end = staging.read_rows(table, mapping, after=last, most=5)
    assert (len(first.rows), len(second.rows), end) == (2, 2, 0)


def test_a_file_of_ours_is_read_by_the_page_too_and_both_licences_of_a_line_get_one_answer(
    tmp_path, register, farah, django_capture_on_commit_callbacks
):
    one = exported()[0] | {"name": "Zebra Fisheries"}
    data = lines(tmp_path, one).read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        made = receive_register(actor=farah, source="office", data=data, file_name="recruiters.jsonl")
    made.refresh_from_db()
    assert (made.state, made.added, made.report["asked"]) == ("staged", 0, 2)
    with django_capture_on_commit_callbacks(execute=True):
        confirm_load(made, actor=farah)
    made.refresh_from_db()
    assert (made.state, made.rejected, made.rejected_rows.count()) == ("applied", 2, 1)
    assert not Recruiter.objects.filter(party__names__text="Zebra Fisheries").exists()
