"""Write tables for other people's programs: streaming, safe to open in a spreadsheet, readable back without loss.

    csv_response("licences.csv", ["Reference", "Holder"], ([l.ref, l.name] for l in licences.iterator()))
    write_xlsx(path, header, rows)        # returns the number of rows; the file appears only when it is complete

Values are text, numbers, booleans, dates, datetimes or None. `core.tabular` reads every one of these files back.
"""

from core.exports.delimited import csv_chunks
from core.exports.files import write_csv, write_jsonl, write_xlsx
from core.exports.guarding import guard, unguard
from core.exports.lines import jsonl_chunks
from core.exports.naming import content_disposition
from core.exports.responses import csv_response, jsonl_response, xlsx_response
from core.exports.values import ExportValue
from core.exports.workbook import TooManyRows, xlsx_chunks

__all__ = [
    "ExportValue",
    "TooManyRows",
    "content_disposition",
    "csv_chunks",
    "csv_response",
    "guard",
    "jsonl_chunks",
    "jsonl_response",
    "unguard",
    "write_csv",
    "write_jsonl",
    "write_xlsx",
    "xlsx_chunks",
    "xlsx_response",
]
