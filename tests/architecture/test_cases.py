"""Every acceptance case of the worker's side has tests named after it, in a browser where the case is about one."""

import csv
import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
CASES = TESTS / "grievances" / "cases.csv"


def named(folder: Path) -> set[int]:
    """Return the numbers of the cases that tests below a folder are named after."""
    texts = (path.read_text(encoding="utf-8") for path in folder.rglob("test_*.py"))
    return {int(number) for text in texts for number in re.findall(r"def test_case_(\d+)_", text)}


def test_every_case_of_the_worker_s_side_has_a_test_of_its_number() -> None:
    rows = list(csv.DictReader(CASES.read_text(encoding="utf-8").splitlines()))
    folders = [TESTS / name for name in ("grievances", "journeys", "core", "demo")]
    tested = set().union(*(named(folder) for folder in folders))
    assert {int(row["case"]) for row in rows} - tested == set()
    in_browser = {int(row["case"]) for row in rows if row["browser"] == "yes"}
    assert in_browser - named(TESTS / "journeys") == set()


def test_every_case_of_the_register_has_a_test_of_its_number_where_the_list_says() -> None:
    rows = list(csv.DictReader((TESTS / "recruiters" / "cases.csv").read_text(encoding="utf-8").splitlines()))
    assert {int(row["case"]) for row in rows} == set(range(1, 16))
    for row in rows:
        text = (TESTS / row["file"]).read_text(encoding="utf-8")
        assert re.search(rf"def test_case_{row['case']}_", text), row
