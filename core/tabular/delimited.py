"""Read CSV as it comes: any of four delimiters, any line ends, a quotation mark here and there where none should be."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.tabular.encodings import Encoding
from core.tabular.refusal import TableRefused
from core.tabular.sources import HEAD_BYTES, Source
from core.tabular.table import RawRow

DELIMITERS = ",;\t|"
LONGEST_LINE = 1_000_000  # characters
LONGEST_RECORD = 2_000  # lines that one pair of quotation marks may span
_SEP = re.compile(r"^\ufeff?sep=(.)\r?\n?$")


class _Lines(Iterator[str]):
    """Hand lines to the csv module and remember where the present record began."""

    def __init__(self, stream: io.TextIOBase) -> None:
        self.stream = stream
        self.number = 0
        self.record: list[str] = []

    def __next__(self) -> str:
        line = self.stream.readline(LONGEST_LINE + 1)
        if not line:
            raise StopIteration
        if len(line) > LONGEST_LINE:
            raise TableRefused(
                _(
                    "Line %(line)s of this file is longer than a million characters: it is not a list. "
                    "Nothing was kept. Save the list again as CSV (UTF-8) or .xlsx and send that."
                )
                % {"line": self.number + 1},
                code="broken",
            )
        self.number += 1
        self.record.append(line)
        if len(self.record) > LONGEST_RECORD:
            raise self.unclosed()
        return line

    def unclosed(self) -> TableRefused:
        """Return the refusal of a record whose quotation mark is never closed."""
        return TableRefused(
            _(
                'A quotation mark (") opened in line %(line)s of this file is never closed, so that all after it '
                "would be one cell. Nothing was kept. Correct that line, or save the list as .xlsx, and send it again."
            )
            % {"line": self.number - len(self.record) + 1},
            code="broken",
        )

    def overlong(self) -> TableRefused:
        """Return the refusal of a line with a cell that no list has."""
        return TableRefused(
            _(
                "Line %(line)s of this file has a cell of more than 130,000 characters: it is not a list. Nothing was "
                "kept. Save the list again as CSV (UTF-8) or .xlsx and send that."
            )
            % {"line": self.number},
            code="broken",
        )


def sniff_delimiter(source: Source, written: Encoding) -> str:
    """Return the delimiter that cuts the first lines into the same number of cells, more than one if possible."""
    with source.open() as stream:
        text = stream.read(HEAD_BYTES).decode(written.codec, errors="ignore")
    told = _SEP.match(text.splitlines(keepends=True)[0]) if text.strip() else None
    if told and told[1] in DELIMITERS:
        return told[1]
    complete = text.rfind("\n") if text.count("\n") > 1 and len(text) > 1000 else len(text)
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        score = _evenness(text[: complete + 1], delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _evenness(text: str, delimiter: str) -> float:
    """Return how well a delimiter fits: the share of rows with the commonest width, and a little for that width."""
    widths: Counter[int] = Counter()
    first = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(row):
                first = first or len(row)
                widths[len(row)] += 1
            if widths.total() >= 100:
                break
    except csv.Error:
        return 0.0
    wide = Counter({width: count for width, count in widths.items() if width > 1})
    if not wide:
        return 0.0
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    if first == 1 and (width == 2 or count < 0.9 * (widths.total() - 1)):
        return 0.0  # one column whose texts hold the sign now and then, rather than a title above a table
    return count / widths.total() + min(width, 50) / 1000


def csv_rows(source: Source, written: Encoding, delimiter: str) -> Iterator[RawRow]:
    """Yield a CSV file's rows, numbered as a spreadsheet numbers them; raises TableRefused for a broken file."""
    with io.TextIOWrapper(source.open(), encoding=written.codec, errors=written.errors, newline="") as text:
        lines = _Lines(text)
        reader = csv.reader(lines, delimiter=delimiter)
        number = 0
        while True:
            lines.record.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                raise (lines.unclosed() if len(lines.record) > 1 else lines.overlong()) from None
            if len(lines.record) > 1 and _is_unclosed(lines.record, delimiter):
                raise lines.unclosed()
            number += 1
            if number == 1 and len(lines.record) == 1 and _SEP.match(lines.record[0]):
                number = 0  # Excel's own first line, which it does not show either
                continue
            if any(cells):
                yield RawRow(number, cells)


def _is_unclosed(record: list[str], delimiter: str) -> bool:
    """Return whether a record ended because the file did, in the middle of a quotation."""
    try:
        for _row in csv.reader(record, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False
