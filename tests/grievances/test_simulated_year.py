"""A year with the clock as an argument: no clock rings twice or not at all, and every figure reconciles."""

from datetime import timedelta

import pytest
from django.conf import settings

from scripts.simulate_year import Year

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_small_year_reconciles_with_the_audit_trail_also_after_two_days_down(capsys, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    shown = {"first": timedelta(days=165), "last": timedelta(days=195)}  # the two days down lie amidst them
    year = Year(16, **shown, step=timedelta(days=2), purge_every=30)
    ledger = year.run()
    assert ledger.problems == []
    happened = {what: ledger.total(what) for what in ("decided accept", "payment", "closed", "safety answered")}
    assert min(happened.values()) > 2, happened
    besides = {what: ledger.total(what) for what in ("file", "by text", "lowering asked", "names the same")}
    assert min(besides.values()) > 0, besides
    assert (year.rung > 30, year.rung_after_two_days > 0, ledger.purged["deleted"] > 7) == (True, True, True)
    told = capsys.readouterr().out
    assert "NO " not in told
    assert told.count("ok ") > 80
