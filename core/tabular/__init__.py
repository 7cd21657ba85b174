"""Read other people's tables: CSV, XLSX, JSON Lines, whatever the encoding, the delimiter and the state of the file.

table = read_table(upload, name=upload.name)      # raises TableRefused, whose text is for people
found = map_columns(table, {"name": ("name", "organisation name"), "country": ("country",)}, required=("name",))
for row in table.rows():
    register(found.read(row)["name"], row.number)
for problem in table.problems:                    # rows left out, by number, column and reason
    print(problem.number, problem.column, problem.reason)
"""

from core.tabular.mapping import Mapping, map_columns
from core.tabular.reading import read_table
from core.tabular.refusal import TableRefused
from core.tabular.table import Row, RowProblem, Table

__all__ = ["Mapping", "Row", "RowProblem", "Table", "TableRefused", "map_columns", "read_table"]
