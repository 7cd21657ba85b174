"""Files for other people's programs: nothing runs in a spreadsheet, everything reads back."""

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import exports
from core.exports import guard, unguard
from core.exports import workbook as workbooks
from core.exports.delimited import csv_cell
from core.exports.feeds import SoundAtom, SoundRss
from core.exports.values import in_its_cell
from core.tabular import read_table

EDGES = " \t\r\n\x0b\x0c\u00a0\u200b\ufeff"
cell_text = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cn"]), max_size=12).map(
    lambda text: in_its_cell(text.strip(EDGES))
)
risky_text = st.sampled_from(
    ["=1+1", "a;=1", "a;'-b", "+1+1", "@SUM(A1)", "|calc", "%x", "-2+3", "'=x", "''-a", "'", "-", "-5", "+95 9 123"]
)
table_of_text = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.one_of(cell_text, risky_text), min_size=width, max_size=width), min_size=1, max_size=8
    )
)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(1)", "|cmd", "%0A", "\t=1", " =1", "＝1+1", "＠x",
     "+95-9-123", "-A1", "--", "+", "\x00=1", "\u200e=1", "\u202a=1", "\u2060+1", "﹦1+1", "−A1", "⁼1"],
)  # fmt: skip
def test_a_text_that_might_be_computed_is_marked_as_text(text: str) -> None:
    assert guard(text) == "'" + text


@pytest.mark.parametrize(
    ("text", "written"),
    [("a;=1+1", "a;'=1+1"), ("\n=1", "'\n'=1"), ("a\r\n@b;c", "a\r\n'@b;c"), ("a; =1", "a;' =1"), ("=a;=b", "'=a;'=b"),
     ("a;-5;+95 9 123", "a;-5;+95 9 123"), ("a;'=b", "a;''=b"), ("a,=b", "a,=b")],
)  # fmt: skip
def test_a_text_is_not_computed_either_where_spreadsheets_divide_by_semicolons(text: str, written: str) -> None:
    assert guard(text) == written
    assert unguard(written) == text


@pytest.mark.parametrize(
    "text",
    ["-5", "-1,234.50", "+12.5", "-3 %", "+95 9 123 456", "+977 (1) 4412345", "-", "", "Name", "a=b", "1-2", "–5"],
)
def test_numbers_and_telephones_stay_readable(text: str) -> None:
    assert guard(text) == text


@given(st.one_of(st.text(max_size=20), risky_text, risky_text.map(lambda text: "'" + text)))
def test_the_guard_comes_off_as_it_went_on(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.text(max_size=20))
def test_nothing_guarded_begins_a_formula(text: str) -> None:
    from core.exports.guarding import is_risky

    assert not is_risky(guard(text))


@given(table_of_text)
@settings(deadline=None)
def test_csv_reads_back_as_it_was(rows: list[list[str]]) -> None:
    header = [f"Column number {number}" for number in range(len(rows[0]))]
    found = read_table(io.BytesIO(b"".join(exports.csv_chunks(header, rows))))
    assert found.columns == tuple(header)
    assert [list(row.values.values()) for row in found.rows()] == [row for row in rows if any(row)]
    assert found.problems == []


@given(table_of_text)
@settings(deadline=None)
def test_xlsx_reads_back_as_it_was_with_our_reader_and_with_openpyxl(rows: list[list[str]]) -> None:
    header = [f"Column number {number}" for number in range(len(rows[0]))]
    data = b"".join(exports.xlsx_chunks(header, rows))
    found = read_table(io.BytesIO(data))
    assert [list(row.values.values()) for row in found.rows()] == [row for row in rows if any(row)]
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    seen = [[cell or "" for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [row for row in seen if any(row)] == [row for row in rows if any(row)]


@given(table_of_text)
@settings(deadline=None)
def test_jsonl_reads_back_as_it_was(rows: list[list[str]]) -> None:
    header = [f"Column number {number}" for number in range(len(rows[0]))]
    found = read_table(io.BytesIO(b"".join(exports.jsonl_chunks(header, rows))))
    assert [list(row.values.values()) for row in found.rows()] == rows


def test_numbers_dates_and_truth_keep_their_kind_in_xlsx() -> None:
    moment = dt.datetime(2026, 3, 14, 9, 26, 53, tzinfo=dt.UTC)
    row = [7, -2.5, True, dt.date(2026, 3, 14), moment, None, 10**18, dt.date(1899, 1, 1), float("nan")]
    data = b"".join(exports.xlsx_chunks(list("abcdefghi"), [row]))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    seen = next(sheet.iter_rows(min_row=2, values_only=True))
    assert seen == (
        7, -2.5, True, dt.datetime(2026, 3, 14), dt.datetime(2026, 3, 14, 9, 26, 53), None, "1000000000000000000",
        "1899-01-01", "nan",
    )  # fmt: skip
    [mine] = read_table(io.BytesIO(data)).rows()
    assert list(mine.values.values())[:6] == ["7", "-2.5", "true", "2026-03-14", "2026-03-14T09:26:53", ""]


def test_values_are_written_the_same_way_in_csv_and_jsonl() -> None:
    row = [7, 2.5, False, dt.date(2026, 3, 14), None]
    text = b"".join(exports.csv_chunks(list("abcde"), [row])).decode("utf-8-sig")
    assert text.splitlines()[1] == "7,2.5,false,2026-03-14,"
    [line] = b"".join(exports.jsonl_chunks(list("abcde"), [row])).decode().splitlines()
    assert json.loads(line) == {"a": 7, "b": 2.5, "c": False, "d": "2026-03-14", "e": None}


def test_an_xlsx_file_holds_no_formula_and_the_same_bytes_each_time() -> None:
    rows = [["=1+1", "@x"], ["<&>", "_x0041_"]]
    first, second = (b"".join(exports.xlsx_chunks(["a", "b"], rows)) for _time in range(2))
    assert first == second
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(first)).read("xl/worksheets/sheet1.xml")
    assert [list(row.values.values()) for row in read_table(io.BytesIO(first)).rows()] == rows


def test_a_cell_that_is_too_long_says_that_it_was_cut() -> None:
    data = b"".join(exports.xlsx_chunks(["a"], [["x" * 40_000]]))
    [row] = read_table(io.BytesIO(data)).rows()
    assert len(row.values["a"]) == 32_767
    assert "The CSV and JSON Lines files hold all of it" in row.values["a"]


def test_a_worksheet_that_is_full_says_what_to_choose_instead(monkeypatch: Any) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 3)
    with pytest.raises(exports.TooManyRows, match="Choose CSV or JSON Lines"):
        list(exports.xlsx_chunks(["a"], [["1"], ["2"], ["3"]]))


def test_files_are_made_as_they_are_read() -> None:
    taken = 0

    def rows() -> Any:
        nonlocal taken
        for number in range(20_000):
            taken += 1
            yield ["x" * 20, number]

    for chunks in (exports.csv_chunks, exports.xlsx_chunks, exports.jsonl_chunks):
        taken = 0
        next(iter(chunks(["a", "b"], rows())))
        assert 0 < taken < 20_000


def test_a_file_appears_only_when_it_is_complete(tmp_path: Path) -> None:
    def broken() -> Any:
        yield ["1"]
        raise RuntimeError

    for name, write in (("a.csv", exports.write_csv), ("a.xlsx", exports.write_xlsx), ("a.jsonl", exports.write_jsonl)):
        with pytest.raises(RuntimeError):
            write(tmp_path / name, ["a"], broken())
        assert list(tmp_path.iterdir()) == []
        assert write(tmp_path / name, ["a"], [["1"], ["2"]]) == 2
        assert [row.values for row in read_table(tmp_path / name).rows()] == [{"a": "1"}, {"a": "2"}]
        (tmp_path / name).unlink()


@pytest.mark.parametrize(
    ("respond", "kind"),
    [(exports.csv_response, "text/csv"), (exports.xlsx_response, "spreadsheetml"), (exports.jsonl_response, "ndjson")],
)
def test_a_download_streams_under_its_name_and_is_kept_by_nobody(respond: Any, kind: str) -> None:
    response = respond("الشركات.csv", ["a"], [["1"]])
    assert response.streaming
    assert kind in response["Content-Type"]
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_half_a_character_does_not_break_a_file() -> None:
    broken = "caf\ud800"
    for chunks in (exports.csv_chunks, exports.xlsx_chunks, exports.jsonl_chunks):
        [row] = read_table(io.BytesIO(b"".join(chunks(["name"], [[broken]])))).rows()
        assert row.values == {"name": "caf\ufffd"}


signs = st.text(st.sampled_from("ab \u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u0628"), max_size=14)


@given(signs, signs)
def test_no_word_turns_the_letters_of_its_own_or_of_the_next_cell_around(text: str, after: str) -> None:
    """Read by Unicode's own rules: the next cell stands where it would stand after a word without any such sign."""
    from core.documents.bidi import levels

    written = in_its_cell(text)
    assert not {"\u202d", "\u202e"} & set(written)
    assert in_its_cell(written) == written
    assert [sign for sign in written if sign in "ab \u0628"] == [sign for sign in text if sign in "ab \u0628"]
    line = f"\u05d0 {written},{in_its_cell(after)},x"
    assert levels(line, 0)[-1] == 0, "by Unicode's own rules nothing is open any more"


@pytest.mark.parametrize(
    "sign", [chr(number) for number in (*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE)]
)
def test_what_nobody_could_see_is_a_mark_in_csv_and_reads_back_from_xlsx(sign: str) -> None:
    assert csv_cell(f"a{sign}b") == "a\ufffdb"
    data = b"".join(exports.xlsx_chunks(["name"], [[f"a{sign}b"]]))
    [row] = read_table(io.BytesIO(data)).rows()
    assert openpyxl.load_workbook(io.BytesIO(data)).active["A2"].value is not None
    assert row.values["name"].startswith("a")


def test_a_word_of_a_million_letters_and_half_a_sign_are_written_by_every_kind_of_file() -> None:
    row = ["x" * 1_000_000, "\ud800half\udfff", "=" * 100_000 + ";" * 100_000]
    for chunks in (exports.csv_chunks, exports.xlsx_chunks, exports.jsonl_chunks):
        data = b"".join(chunks(["a", "b", "c"], [row]))
        [found] = read_table(io.BytesIO(data)).rows() if chunks is not exports.csv_chunks else [None]
        assert found is None or found.values["b"] == "\ufffdhalf\ufffd"
    assert b"".join(exports.csv_chunks(["a"], [row[:1]])).count(b"x") == 1_000_000


@pytest.mark.parametrize(
    "name",
    ["a\r\nSet-Cookie: x=1.csv", "\u202efdp.csv", 'a".csv', "\x00\x1b.csv", "नाम.csv", "\ud800.csv", "x" * 100_000],
)
def test_no_name_of_a_file_breaks_a_header_or_shows_another_ending(name: str) -> None:
    header = exports.csv_response(name, ["a"], [])["Content-Disposition"]
    assert header.isascii()
    assert header.isprintable()
    assert header.startswith("attachment; filename")
    assert "%E2%80%AE" not in header
    assert header.count("attachment") == 1
    assert len(header) < 1_000


@given(st.text(max_size=30), st.sampled_from([SoundAtom, SoundRss]))
def test_a_feed_can_be_written_whatever_a_title_holds(text: str, kind: Any) -> None:
    feed = kind(title="t", link="/", description="d")
    feed.add_item(title=text, link="/", description=text + "\x1b\ud800", author_name="\x00")
    ElementTree.fromstring(feed.writeString("utf-8"))  # noqa: S314 - our own file
