"""The command that reads supplier lists."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from duediligence.models import Supplier, SupplierImport, SupplierSite
from parties.models import Party
from tests.duediligence.making import make_company

pytestmark = pytest.mark.django_db
LIST = Path(__file__).parent / "suppliers.csv"


def run(company: str, file: Path) -> str:
    out = StringIO()
    call_command("import_suppliers", company, str(file), stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("by", ["reference", "name", "account"])
def test_it_reads_a_list_and_names_each_bad_row(quentin: Any, by: str) -> None:
    party = make_company(quentin).party
    said = run({"reference": party.ref, "name": party.name, "account": party.account.ref}[by], LIST)
    assert "8 rows, 5 added, 0 changed, 0 already there, 3 left out" in said
    assert "row 7, column country" in said
    assert "row 8, column address" in said
    assert "row 9, column lat" in said
    assert SupplierSite.objects.count() == 5
    assert Supplier.objects.count() == 4  # one supplier with two sites


def test_reading_a_list_again_adds_nothing(quentin: Any) -> None:
    ref = make_company(quentin).ref
    run(ref, LIST)
    parties = Party.objects.count()
    said = run(ref, LIST)
    assert "0 added, 0 changed, 5 already there" in said
    assert Party.objects.count() == parties


def test_a_newer_list_changes_what_it_says_anew(quentin: Any, tmp_path: Path) -> None:
    ref = make_company(quentin).ref
    run(ref, LIST)
    newer = tmp_path / "newer.csv"
    newer.write_text(LIST.read_text(encoding="utf-8").replace(",450,1", ",500,2"), encoding="utf-8")
    assert "1 changed, 4 already there" in run(ref, newer)
    lotus = Supplier.objects.get(name__startswith="Lotus")
    assert (lotus.workers, lotus.tier) == (500, 2)


def test_a_wrong_company_or_file_is_said_in_words(quentin: Any, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No company is known"):
        run("Nobody Ltd", LIST)
    broken = tmp_path / "broken.csv"
    broken.write_text("name,place\nA,B\n", encoding="utf-8")
    with pytest.raises(CommandError, match="country, address"):
        run(make_company(quentin).ref, broken)
    assert not SupplierImport.objects.exists()
