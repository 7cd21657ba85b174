"""Bringing registers in: all of it or nothing, and never twice."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.actors import SYSTEM
from parties.models import NameKey, Party
from recruiters.models import Licence, Recruiter, RegisterLoad, SourceRecord, StagedRow
from recruiters.queries import search_recruiters
from recruiters.services import LoadRefused, load_register
from tests.recruiters.making import make_licence, make_recruiter, suspend

pytestmark = pytest.mark.django_db
HEAD = "Name,Country,Licence No,Status,Expiry,Owner\n"


def put(folder: Path, *rows: str, head: str = HEAD, name: str = "register.csv") -> Path:
    path = folder / name
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def load(path: Path, **fields) -> RegisterLoad:
    return load_register(path, source="nepal", actor=SYSTEM, **fields)


def agencies(count: int, status: str = "Valid License") -> list[str]:
    return [
        f"Agency {chr(65 + n % 26)}{n} Pvt. Ltd.,NP,RL-{n:04d},{status},2099-01-01,Owner {n} Rai" for n in range(count)
    ]


def test_a_register_goes_in_with_its_licences_people_and_names(tmp_path):
    made = load(put(tmp_path, *agencies(3)))
    assert (made.read, made.accepted, made.added, made.rejected) == (3, 3, 3, 0)
    assert Recruiter.objects.standing_today("active").count() == 3
    assert Party.objects.filter(kind="person").count() == 3
    assert NameKey.objects.filter(key="agency").count() == 3
    assert not StagedRow.objects.exists()


def test_bringing_the_same_file_in_again_makes_no_duplicates(tmp_path):
    path = put(tmp_path, *agencies(5))
    load(path)
    again = load(path)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 5)
    assert Recruiter.objects.count() == Licence.objects.count() == 5


def test_bad_rows_are_named_by_number_column_and_reason_and_the_rest_goes_in(tmp_path):
    rows = [
        *agencies(3),
        ",NP,RL-9,Expired,2020-01-01,",
        "X,Atlantis,RL-8,Expired,2020-01-01,",
        "Y,NP,RL-7,Expired,soon,",
    ]
    made = load(put(tmp_path, *rows))
    assert (made.accepted, made.rejected) == (3, 3)
    assert [(r["row"], r["column"], r["rule"]) for r in made.report["rejected"]] == [
        (5, "Name", "missing"), (6, "Country", "unknown_country"), (7, "Expiry", "unreadable_date"),
    ]  # fmt: skip


def test_a_row_that_repeats_another_is_named_with_it(tmp_path):
    first = agencies(1)[0]
    made = load(put(tmp_path, first, first, first.replace("Owner 0", "Owner 9")))
    assert [(r["rule"], r["other"]) for r in made.report["rejected"]] == [("repeats_row", 2), ("same_number_as_row", 2)]


def test_a_drop_of_more_than_a_tenth_is_refused_and_nothing_changes(tmp_path):
    load(put(tmp_path, *agencies(20)))
    with pytest.raises(LoadRefused):
        load(put(tmp_path, *agencies(17)))
    assert Recruiter.objects.standing_today("active").count() == 20
    assert RegisterLoad.objects.first().state == "refused"
    assert load(put(tmp_path, *agencies(18))).gone == 2
    assert load(put(tmp_path, *agencies(5)), allow_drop=True).gone == 13


def test_what_is_gone_from_the_register_is_delisted_and_comes_back(tmp_path):
    load(put(tmp_path, *agencies(20)))
    load(put(tmp_path, *agencies(19)))
    (gone,) = Recruiter.objects.standing_today("delisted")
    assert not gone.may_recruit
    load(put(tmp_path, *agencies(20)))
    assert Recruiter.objects.get(pk=gone.pk).may_recruit
    assert [row.code for row in Licence.objects.get(recruiter=gone).history.all()] == ["active", "delisted", "active"]


def test_a_row_that_became_unreadable_does_not_take_its_licence_away(tmp_path):
    load(put(tmp_path, *agencies(20)))
    made = load(put(tmp_path, *agencies(19), agencies(20)[19].replace("2099-01-01", "soon")))
    assert made.gone == 0
    assert Recruiter.objects.standing_today("active").count() == 20


def test_a_dry_run_says_what_would_happen_and_writes_nothing(tmp_path):
    made = load(put(tmp_path, *agencies(4)), dry_run=True)
    assert (made.added, made.state) == (4, "tried")
    assert not Recruiter.objects.exists()
    assert not SourceRecord.objects.exists()


def test_a_changed_status_is_a_new_row_beside_the_old_one(tmp_path):
    load(put(tmp_path, *agencies(1)))
    load(put(tmp_path, *agencies(1, "Suspended (Document Processing)")))
    rows = list(Licence.objects.get().history.values_list("code", "raw"))
    assert rows == [("active", "Valid License"), ("suspended_admin", "Suspended (Document Processing)")]


def test_a_word_nobody_mapped_is_unknown_never_valid_and_reported(tmp_path):
    made = load(put(tmp_path, *agencies(2, "Under consideration")))
    assert made.report["unmapped_words"] == {"Under consideration": 2}
    assert {r.current_code for r in Recruiter.objects.all()} == {"unknown"}
    assert Licence.objects.first().history.get().raw == "Under consideration"


def test_without_a_status_a_future_term_is_needed_to_be_valid(tmp_path):
    head = "Name,Country,Licence No,Expiry\n"
    load(put(tmp_path, "A Ltd,NP,RL-1,2099-01-01", "B Ltd,NP,RL-2,2020-01-01", "C Ltd,NP,RL-3,", head=head))
    assert dict(Recruiter.objects.values_list("sort_name", "standing_code")) == {
        "a ltd": "active", "b ltd": "expired", "c ltd": "unknown",
    }  # fmt: skip


def test_an_order_given_here_is_not_lifted_by_a_file(tmp_path):
    load(put(tmp_path, *agencies(1)))
    suspend(Licence.objects.get())
    made = load(put(tmp_path, agencies(1)[0].replace("2099", "2098")))
    assert Recruiter.objects.get().current_code == "suspended_disciplinary"
    assert made.report["kept_because_of_order"] == [Licence.objects.get().ref]


def test_a_licence_already_here_is_linked_not_doubled(tmp_path):
    licence = make_licence(make_recruiter("Himchuli Overseas"), number="RL 12", country="NP")
    made = load(put(tmp_path, "Himchuli Overseas Private Limited,NP,RL-0012,Valid License,2099-01-01,"))
    assert Recruiter.objects.count() == 1
    assert made.report["linked_to_known"] == [licence.recruiter.ref]
    assert licence.recruiter.party.names.count() == 2


def test_a_renamed_record_keeps_its_former_name_findable(tmp_path):
    load(put(tmp_path, *agencies(1)))
    load(put(tmp_path, agencies(1)[0].replace("Agency A0", "Sagarmala")), accept_names=True)
    recruiter = Recruiter.objects.get()
    assert recruiter.name == "Sagarmala Pvt. Ltd."
    assert search_recruiters(Recruiter.objects.all(), "agency a0").get() == recruiter


def test_a_plain_list_of_organisations_goes_in_without_licences(tmp_path):
    head = "OrganisationName,Address1,TownCity,Country,CompanyNumber\n"
    load(put(tmp_path, '"""K"" Line (UK) Limited",1 Street,London,England,00123', head=head))
    recruiter = Recruiter.objects.get()
    assert (recruiter.current_code, recruiter.country, recruiter.kind) == ("none", "GB", "organisation")
    assert recruiter.party.identifiers.get().value == "123"
    assert recruiter.party.sites.get().city == "London"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "column"),
        (b"PK\x03\x04broken", ""),
        (b"Name\n\n", ""),
        (b"\x00\x01\x02\x03", ""),
    ],
)
def test_a_broken_file_is_refused_with_a_sentence_and_nothing_changes(tmp_path, content, word):
    path = tmp_path / "register.csv"
    path.write_bytes(content)
    with pytest.raises(LoadRefused) as refusal:
        load(path)
    assert len(str(refusal.value)) > 20
    assert word in str(refusal.value).lower()
    assert not Recruiter.objects.exists()


def test_letters_of_an_old_encoding_are_read(tmp_path):
    path = tmp_path / "register.csv"
    path.write_bytes("Name;Country\nDépôt Été Sàrl;France\n".encode("cp1252"))
    load(path)
    assert Recruiter.objects.get().name == "Dépôt Été Sàrl"


def test_jsonl_and_xlsx_are_read_too(tmp_path):
    from core.exports import write_xlsx

    lines = tmp_path / "register.jsonl"
    lines.write_text(json.dumps({"name": "अन्नपथ प्रा. लि.", "country": "NP", "licence_number": "7"}), encoding="utf-8")
    load(lines)
    book = tmp_path / "register.xlsx"
    write_xlsx(
        book, ["Name", "Country", "Valid until"], [["Nyota Ltd", "Kenya", timezone.localdate() + timedelta(days=9)]]
    )
    load_register(book, source="kenya", actor=SYSTEM)
    assert set(Recruiter.objects.values_list("country", flat=True)) == {"NP", "KE"}
    assert Recruiter.objects.get(country="KE").may_recruit


def test_the_command_reports_and_refuses(tmp_path, capsys):
    path = put(tmp_path, *agencies(2), ",NP,,,,")
    call_command("import_register", str(path), "--source", "Nepal")
    out = capsys.readouterr().out
    assert "3 rows read, 2 accepted, 1 rejected; 2 added" in out
    assert "Row 4, column “Name”: the name is missing." in out
    with pytest.raises(CommandError):
        call_command("import_register", str(tmp_path / "nowhere.csv"))
