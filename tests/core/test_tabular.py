"""Other people's tables: read as they come, refused in sentences, every problem by its row."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.tabular import Table, TableRefused, map_columns, read_table


def table(data: bytes | str, **options: Any) -> Table:
    return read_table(io.BytesIO(data.encode() if isinstance(data, str) else data), **options)


def rows(found: Table) -> list[dict[str, str]]:
    return [row.values for row in found.rows()]


def refusal(data: bytes | str, **options: Any) -> TableRefused:
    with pytest.raises(TableRefused) as caught:
        list(table(data, **options).rows())
    return caught.value


def xlsx(*lines: list[Any], **sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    for name, more in sheets.items():
        sheet = book.create_sheet(name)
        for line in more:
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_it_reads_a_plain_csv_with_the_rows_that_a_spreadsheet_shows() -> None:
    found = table('name,country\nA,NP\n\n"B\nC",QA\n')
    assert found.columns == ("name", "country")
    assert [(row.number, row.values["name"]) for row in found.rows()] == [(2, "A"), (4, "B\nC")]
    assert (found.kind, found.encoding, found.delimiter, found.row_count) == ("csv", "utf-8", ",", 2)


def test_it_can_be_read_again() -> None:
    found = table("a,b\n1,2\n")
    assert rows(found) == rows(found) == [{"a": "1", "b": "2"}]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_it_finds_the_delimiter_whatever_ends_the_lines(delimiter: str, end: str) -> None:
    text = end.join(
        delimiter.join(line) for line in (["name", "city"], ["Smith, Ltd" if delimiter != "," else "S", "x"])
    )
    found = table(text)
    assert found.delimiter == delimiter
    assert len(rows(found)) == 1


def test_a_comma_inside_names_does_not_pass_for_the_delimiter() -> None:
    found = table("name;city\nBox, Ltd, UK;London\nFox, Ltd, UK;Leeds\n")
    assert rows(found)[0] == {"name": "Box, Ltd, UK", "city": "London"}


def test_it_takes_the_hint_that_a_spreadsheet_writes_in_the_first_line() -> None:
    found = table("sep=|\nname|city\nA|B\n")
    assert [(row.number, row.values) for row in found.rows()] == [(2, {"name": "A", "city": "B"})]


def test_one_column_is_a_table_too() -> None:
    assert rows(table("name\nGolden Bridge\nSilver Gate\n")) == [{"name": "Golden Bridge"}, {"name": "Silver Gate"}]


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("utf-8", "name,city\nजीवन,Ñandú\n"),
        ("utf-8-sig", "name,city\nमाया,Doha\n"),
        ("utf-16", "name,city\nمحمد,الدوحة\n"),
        ("utf-16-le", "name,city\nMohammed,Doha\n"),
        ("utf-16-be", "name,city\nMohammed,Doha\n"),
        ("utf-32", "name,city\nမောင်,Yangon\n"),
    ],
)
def test_unicode_proves_itself(codec: str, text: str) -> None:
    found = table(text.encode(codec))
    assert ",".join(rows(found)[0].values()) == text.splitlines()[1]
    assert not found.encoding_guessed


WESTERN = "name,city\nSociété Générale d’Emploi,Orléans\nFränkische Straße GmbH,München\nSeñor Muñoz,Logroño\n"
ARABIC = "name,city\nشركة الخليج للتوظيف,الدوحة\nمؤسسة النور للاستقدام,الرياض\nمكتب الأمل,القاهرة\n"
CYRILLIC = "name,city\nООО Рабочая сила,Москва\nАгентство труда и занятости,Бишкек\nкадровый резерв,Ташкент\n"
POLISH = "name,city\nSpółka Łódzka Żegluga,Łódź\nPrzedsiębiorstwo Usługowe Ślązak,Gdańsk\n"
GREEK = "name,city\nΕταιρεία Εργασίας Αθηνών,Αθήνα\nΓραφείο ευρέσεως εργασίας,Πάτρα\n"


@pytest.mark.parametrize(
    ("codec", "text"),
    [("cp1252", WESTERN), ("cp1256", ARABIC), ("cp1251", CYRILLIC), ("cp1250", POLISH), ("cp1253", GREEK)],
)
def test_a_one_byte_encoding_is_guessed_and_said_to_be_a_guess(codec: str, text: str) -> None:
    found = table(text.encode(codec))
    assert [",".join(row.values()) for row in rows(found)] == text.splitlines()[1:]
    assert found.encoding == codec
    assert found.encoding_guessed
    assert any("Check a word" in note for note in found.notes)


def test_a_file_half_in_one_encoding_and_half_in_another_is_read_word_by_word() -> None:
    found = table("name\nKÄRcher\n".encode() + "Müller – Söhne\n26–30 Rue\n".encode("cp1252"))
    assert [row["name"] for row in rows(found)] == ["KÄRcher", "Müller – Söhne", "26–30 Rue"]
    assert found.encoding == "utf-8 + cp1252"


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("big5", "name,city\n國際人力資源有限公司,台北\n金橋仲介,高雄\n"),
        ("gb18030", "name,city\n国际人力资源有限公司,北京\n金桥中介,上海\n"),
        ("cp932", "name,city\n国際人材株式会社,東京\nカタカナ,大阪\n"),
        ("cp874", "name,city\nบริษัทจัดหางาน,กรุงเทพ\nสะพานทอง,เชียงใหม่\n"),
        ("cp1254", "name,city\nİş Bulma Kurumu Ağaoğlu,Şişli\nYıldız,Muğla\n"),
        ("cp949", "name,city\n국제인력주식회사,서울\n금교중개,부산\n"),
    ],
)
def test_what_nobody_can_tell_is_refused_by_row_and_byte_and_read_when_told(codec: str, text: str) -> None:
    said = refusal(text.encode(codec))
    assert said.code == "encoding"
    assert "row 2" in str(said)
    assert "byte" in str(said)
    assert "Nothing was kept" in str(said)
    if codec != "cp1254":
        assert [",".join(row.values()) for row in rows(table(text.encode(codec), encoding=codec))] == text.splitlines()[
            1:
        ]


def test_damaged_unicode_names_its_row_and_byte() -> None:
    lines = "name\n" + "राम बहादुर\n" * 20
    data = lines.encode()
    at = data.index("राम".encode(), 200)
    said = refusal(data[:at] + b"\xe0\xff" + data[at:])
    assert f"byte {at + 1} " in str(said)
    row = data[:at].count(b"\n") + 1
    assert f"row {row} " in str(said)


def test_an_encoding_that_does_not_exist_is_refused() -> None:
    assert "klingon" in str(refusal("a\n1\n", encoding="klingon"))
    assert refusal("a\n1\n", encoding="hex").code == "encoding"


def test_titles_above_the_header_are_passed_over() -> None:
    found = table("List of licensed agencies,,\nAs of 1 March 2026,,\n\nNo,Name,Country\n1,A,NP\n")
    assert found.columns == ("No", "Name", "Country")
    assert [row.number for row in found.rows()] == [5]


def test_blank_and_repeated_headers_get_names_and_a_note() -> None:
    found = table("name,,name,,Name\nA,B,C,,D\n")
    assert found.columns == ("name", "Column B", "name (2)", "Name (3)")
    assert rows(found) == [{"name": "A", "Column B": "B", "name (2)": "C", "Name (3)": "D"}]
    assert len(found.notes) == 3


def test_a_row_with_more_cells_than_the_header_is_left_out_and_named() -> None:
    found = table("name,city\nA,B\nC, D,E\nF,G,,\n")
    assert [row["name"] for row in rows(found)] == ["A", "F"]
    [problem] = found.problems
    assert (problem.number, problem.column) == (3, "C")
    assert "3 cells" in problem.reason


def test_a_row_with_fewer_cells_is_filled_up() -> None:
    assert rows(table("a,b,c\n1\n")) == [{"a": "1", "b": "", "c": ""}]


def test_spaces_and_invisible_signs_around_a_cell_go() -> None:
    assert rows(table("a,b\n  x\u00a0,\u200by\ufeff \n")) == [{"a": "x", "b": "y"}]
    assert rows(table("a\n1\x0b2\x1f3\n")) == [{"a": "1 2 3"}]


def test_a_quotation_mark_that_is_never_closed_is_found() -> None:
    said = refusal('name,city\nA,B\n"C,D\nE,F\n')
    assert said.code == "broken"
    assert "line 3" in str(said)


def test_a_stray_quotation_mark_does_no_harm() -> None:
    assert rows(table('name,size\nPipe,5" wide\n"""K"" Line",1\n"A"B,2\n')) == [
        {"name": "Pipe", "size": '5" wide'},
        {"name": '"K" Line', "size": "1"},
        {"name": "AB", "size": "2"},
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old .xls"),
        (b"<html><table><tr>", "a web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "XML"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x1f\x8b\x08", "compressed"),
    ],
)
def test_another_kind_of_file_is_called_by_its_name(data: bytes, words: str) -> None:
    said = refusal(data, name="list.csv")
    assert said.code == "kind"
    assert words in str(said)
    assert "Nothing was kept" in str(said)


@pytest.mark.parametrize("data", ["", "\n\n\n", " , \n,\n", "\ufeff"])
def test_an_empty_file_is_refused(data: str) -> None:
    assert refusal(data).code == "empty"


def test_a_file_that_is_too_large_is_refused_before_it_is_read(settings: Any) -> None:
    settings.UPLOAD_TABLE_MAX_BYTES = 20 * 1024 * 1024
    upload = SimpleUploadedFile("list.csv", b"")
    upload.size = 30 * 1024 * 1024  # what the upload handler reports of a file that it did not keep
    with pytest.raises(TableRefused) as caught:
        read_table(upload, name="list.csv")
    assert caught.value.code == "size"
    assert "at most 20.0\u00a0MB" in str(caught.value)
    assert "10.0\u00a0MB over that" in str(caught.value)
    assert "Nothing of it was kept" in str(caught.value)


def test_a_file_one_byte_too_large_is_not_told_that_it_is_exactly_as_large_as_allowed(settings: Any) -> None:
    settings.UPLOAD_TABLE_MAX_BYTES = 20 * 1024 * 1024
    upload = SimpleUploadedFile("list.csv", b"")
    upload.size = settings.UPLOAD_TABLE_MAX_BYTES + 1
    with pytest.raises(TableRefused, match="1\u00a0byte over that"):
        read_table(upload, name="list.csv")


def test_a_path_is_read_whatever_its_size_unless_told(tmp_path: Path, settings: Any) -> None:
    settings.UPLOAD_TABLE_MAX_BYTES = 5
    path = tmp_path / "list.csv"
    path.write_text("name\nGolden Bridge\n")
    assert rows(read_table(path)) == [{"name": "Golden Bridge"}]
    with pytest.raises(TableRefused):
        read_table(path, max_bytes=5)


def test_jsonl_is_read_with_nested_values_by_their_path() -> None:
    found = table(
        '{"name":"A","address":{"city":"Doha","no":7},"tags":["x","y"],"n":0.10,"ok":true,"none":null}\n{"name":"B"}\n'
    )
    assert found.kind == "jsonl"
    assert rows(found)[0] == {
        "name": "A", "address.city": "Doha", "address.no": "7", "tags": "x; y", "n": "0.10", "ok": "true", "none": "",
    }  # fmt: skip
    assert rows(found)[1]["address.city"] == ""


def test_a_broken_json_line_is_left_out_and_named() -> None:
    found = table('{"a":1}\n{"a":\n[1]\n{"a":2}\n')
    assert [row.number for row in found.rows()] == [1, 4]
    assert [problem.number for problem in found.problems] == [2, 3]


def test_a_json_list_is_a_table_too() -> None:
    found = table('[{"a": "1"}, {"a": "2"}]')
    assert found.kind == "json"
    assert [(row.number, row.values["a"]) for row in found.rows()] == [(1, "1"), (2, "2")]
    assert "at character" in str(refusal('[{"a": 1},'))


def test_xlsx_gives_text_dates_numbers_and_truth_as_a_list_needs_them() -> None:
    import datetime as dt

    line = ["A", dt.date(2026, 3, 14), dt.datetime(2026, 3, 14, 9, 30), dt.time(8, 15), 4830352, 0.1 + 0.2, True, None]
    found = table(xlsx(list("abcdefgh"), line))
    assert list(rows(found)[0].values()) == [
        "A", "2026-03-14", "2026-03-14T09:30:00", "08:15:00", "4830352", "0.3", "true", "",
    ]  # fmt: skip


def test_xlsx_rows_keep_the_numbers_of_the_sheet() -> None:
    found = table(xlsx(["Register"], [], ["name", "city"], ["A", "B"], [], ["C", "D"]))
    assert [row.number for row in found.rows()] == [4, 6]


def test_the_first_sheet_that_can_be_seen_is_read_and_another_when_asked() -> None:
    data = xlsx(["a"], ["1"], Other=[["b"], ["2"]])
    found = table(data)
    assert rows(found) == [{"a": "1"}]
    assert "2 sheets" in found.notes[0]
    assert rows(table(data, sheet="Other")) == [{"b": "2"}]
    assert "Other" in str(refusal(data, sheet="None"))


def test_a_formula_is_never_read_as_a_value() -> None:
    found = table(xlsx(["name", "sum"], ["A", "=1+1"], ["B", 3]))
    assert rows(found) == [{"name": "B", "sum": "3"}]
    assert (found.problems[0].number, found.problems[0].column) == (2, "B")
    assert "never calculated" in found.problems[0].reason


def test_an_error_of_the_spreadsheet_is_not_a_value() -> None:
    book = openpyxl.Workbook()
    book.active.append(["name", "sum"])
    book.active["A2"], book.active["B2"] = "A", "#N/A"
    book.active["B2"].data_type = "e"
    out = io.BytesIO()
    book.save(out)
    found = table(out.getvalue())
    assert rows(found) == []
    assert "#N/A" in found.problems[0].reason


def test_columns_are_recognised_by_their_many_names() -> None:
    found = table("Organisation Name,TOWN_CITY,Postcode\nA,B,C\n")
    mapping = map_columns(found, {"name": ("OrganisationName", "company"), "city": ("town city",), "phone": ("tel",)})
    assert mapping.columns == {"name": "Organisation Name", "city": "TOWN_CITY", "phone": ""}
    assert mapping.unused == ("Postcode",)
    assert mapping.has("city")
    assert not mapping.has("phone")
    assert mapping.read(next(found.rows())) == {"name": "A", "city": "B", "phone": ""}


def test_the_first_known_name_wins_and_accents_do_not_matter() -> None:
    found = table("Dénomination,name\nA,B\n")
    assert map_columns(found, {"name": ("denomination",)}).columns["name"] == "name"
    assert map_columns(found, {"title": ("dénomination",)}).columns["title"] == "Dénomination"


def test_a_missing_column_is_refused_with_what_the_file_has() -> None:
    with pytest.raises(TableRefused) as caught:
        map_columns(table("a,b\n1,2\n"), {"name": ("company",)}, required=("name",))
    assert caught.value.code == "columns"
    assert "It has: a, b" in str(caught.value)
    assert "name, company" in str(caught.value)
