"""Read the cells of one worksheet, in a single pass, as the texts that a person would expect to see in a list."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import IO

from django.utils.translation import gettext as _

from core.tabular.headers import MOST_COLUMNS, column_letters
from core.tabular.table import RawRow, RowProblem
from core.tabular.xmlparts import feed, safe_parser

_EPOCH_1900 = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's dates have no time zone
_EPOCH_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
LONGEST_PATTERN = 255  # what spreadsheets allow
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_SPREADSHEET_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
# The number formats that need no pattern, by their codes; 27-36 and 50-58 are the East Asian ones.
_BUILT_IN = (
    dict.fromkeys((14, 15, 16, 17, *range(27, 32), 36, *range(50, 59)), "date")
    | dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47), "time")
    | {22: "datetime"}
)


def date_shape(code: int, pattern: str) -> str:
    """Return whether a number format shows a "date", a "time", a "datetime", or neither (an empty text)."""
    pattern = pattern[:LONGEST_PATTERN]
    if not pattern:
        return _BUILT_IN.get(code, "")
    if _ELAPSED.search(pattern):
        return ""
    plain = _QUOTED.sub("", pattern.split(";")[0]).lower()
    has_date, has_time = bool(re.search("[yd]", plain)), bool(re.search("[hs]", plain))
    if not has_date and not has_time and re.fullmatch(r"m{3,5}[\W]*", plain):
        has_date = True
    return "datetime" if has_date and has_time else "date" if has_date else "time" if has_time else ""


class SheetReader:
    """Turn a worksheet's XML into rows of texts."""

    def __init__(self, shared: Sequence[str], dates: dict[int, str], *, date1904: bool = False) -> None:
        self.shared = shared
        self.dates = dates
        self.epoch = _EPOCH_1904 if date1904 else _EPOCH_1900
        self.columns: dict[str, int] = {}
        self.done: list[RawRow] = []
        self._row(0)
        self._cell("", "", -1)
        self.parts: list[str] | None = None

    def _row(self, number: int) -> None:
        self.number = number
        self.cells: list[str] = []
        self.following = 0  # the place of a cell that does not say its own
        self.problem: RowProblem | None = None

    def _cell(self, kind: str, style: str, place: int) -> None:
        self.kind, self.style, self.place = kind, style, place
        self.value = ""
        self.has_formula = False
        self.aid = False

    def read(self, stream: IO[bytes]) -> Iterator[RawRow]:
        """Yield the rows that hold anything."""
        parser = safe_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        for _block in feed(parser, stream):
            yield from self.done
            self.done.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "c":
            self._cell(attributes.get("t", ""), attributes.get("s", ""), self._place(attributes.get("r", "")))
        elif local in {"v", "t"}:
            self.parts = None if self.aid else []
        elif local == "row":
            given = attributes.get("r", "")
            self._row(int(given) if given.isdigit() else self.number + 1)
        elif local == "f":
            self.has_formula = True
        elif local == "rPh":
            self.aid = True

    def _data(self, text: str) -> None:
        if self.parts is not None:
            self.parts.append(text)

    def _end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local in {"v", "t"}:
            if self.parts is not None:
                self.value += "".join(self.parts)
                self.parts = None
        elif local == "c":
            self._finish_cell()
        elif local == "row":
            if self.problem is not None or any(self.cells):
                self.done.append(RawRow(self.number, self.cells, self.problem))
        elif local == "rPh":
            self.aid = False

    def _place(self, reference: str) -> int:
        """Return a cell's place in its row, from 0; a cell without a reference follows the one before it."""
        letters = reference.rstrip("0123456789")
        if not letters:
            place = self.following
            self.following += 1
            return place
        found = self.columns.get(letters)
        if found is None:
            found = 0
            for letter in letters.upper()[:4]:
                found = found * 26 + ord(letter) - 64
            found = self.columns[letters] = found - 1
        self.following = found + 1
        return found

    def _finish_cell(self) -> None:
        text, place = self._text(), self.place
        if not text:
            return
        if place >= MOST_COLUMNS * 3 or place < 0:
            self._note(_("The row has a cell far to the right of the list."))
            return
        if place >= len(self.cells):
            self.cells.extend([""] * (place + 1 - len(self.cells)))
        self.cells[place] = text

    def _note(self, reason: str) -> None:
        if self.problem is None:
            letters = column_letters(self.place + 1) if self.place >= 0 else ""
            self.problem = RowProblem(self.number, letters, reason)

    def _text(self) -> str:
        """Return what the cell holds, as text."""
        kind, value = self.kind, self.value
        if kind == "s":
            number = int(value) if value.isdigit() else -1
            value = self.shared[number] if 0 <= number < len(self.shared) else ""
            return _unescape(value)
        if kind in {"inlineStr", "str"}:
            return _unescape(value)
        if kind == "b":
            return "true" if value.strip() in {"1", "true"} else "false"
        if kind == "e":
            self._note(_("The cell holds an error of the spreadsheet (%(error)s).") % {"error": value[:20]})
            return ""
        if not value:
            if self.has_formula:
                self._note(
                    _("The cell holds a formula that was never calculated. Open the file, save it, and send it again.")
                )
            return ""
        if kind == "d":
            return value.removesuffix("T00:00:00")
        return self._number(value.strip())

    def _number(self, value: str) -> str:
        shape = self.dates.get(int(self.style), "") if self.dates and self.style.isdigit() else ""
        if not shape and (value.isdigit() or (value[:1] == "-" and value[1:].isdigit())):
            return value
        try:
            number = float(value)
        except ValueError:
            return value
        if shape:
            return self._date(number, shape) or value
        return f"{number:.15g}" if abs(number) < 1e15 else value

    def _date(self, serial: float, shape: str) -> str:
        """Return a serial number as ISO text, empty if it is no day between 1900 and 9999."""
        if not 0 <= serial < 2_958_466:
            return ""
        if shape == "time" and serial < 1:
            return (self.epoch + dt.timedelta(seconds=round(serial * 86_400))).time().isoformat()
        if self.epoch is _EPOCH_1900 and serial < 60:
            serial += 1  # spreadsheets believe that 1900 was a leap year
        moment = self.epoch + dt.timedelta(days=int(serial), seconds=round((serial - int(serial)) * 86_400))
        return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat()


def _unescape(text: str) -> str:
    """Return text with the spreadsheet's own escapes (_x000D_) undone."""
    if "_x" not in text:
        return text
    return _SPREADSHEET_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
