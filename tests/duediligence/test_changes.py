"""Where two versions of a report differ."""

from typing import Any

import pytest

from duediligence import services
from duediligence.changes import changes
from tests.duediligence.making import make_company, make_complete_record, make_published, make_supplier

pytestmark = pytest.mark.django_db


def test_it_names_the_section_and_the_labels_of_what_differs(quentin: Any) -> None:
    company = make_company(quentin)
    record = make_complete_record(company)
    first = make_published(record)
    services.answer_action(record, "1.3", state="not_done", reason="Nobody signed.", actor=quentin)
    make_supplier(company, "Himal Loom")
    second = make_published(record, kind="correction", note="1.3 was wrong.")
    found = {
        change.section.number or change.section.code: set(change.labels) for change in changes(first.data, second.data)
    }
    assert found["1.3"] == {"state", "reason", "gone"}
    assert {"suppliers", "supplier"} <= found["suppliers"]
    assert "identity" not in found
    assert "approval" not in found


def test_equal_contents_have_no_change(quentin: Any) -> None:
    data = make_published(make_complete_record(make_company(quentin))).data
    assert changes(data, data) == ()
