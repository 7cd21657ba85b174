"""A year with the clock as an argument: no clock fires twice or not at all, and every figure reconciles."""

from datetime import timedelta

import pytest

from scripts.simulate_year import Year

pytestmark = pytest.mark.django_db


def test_a_small_year_reconciles_with_the_audit_trail_also_after_two_days_down(capsys) -> None:
    ledger = Year(30, step=timedelta(days=1), purge_every=12).run()
    assert ledger.problems == []
    assert ledger.fired > 30
    assert ledger.decided["accept"] > 5
    assert ledger.deleted > 10
    told = capsys.readouterr().out
    assert "NO " not in told
    assert told.count("ok ") > 20
