"""A year with the clock as an argument: no clock rings twice or not at all, and every figure reconciles."""

from datetime import timedelta

import pytest
from django.conf import settings

from scripts import year_office
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


def test_phones_of_a_small_year_are_told_of_news_once_on_a_later_day_and_read_it(capsys, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(year_office, "FATES", ("asked",))  # an officer writes to each of them
    monkeypatch.setattr(year_office, "BY_TEXT", 1.0)
    monkeypatch.setattr(Year, "FOLLOWED", timedelta(days=40))
    year = Year(12, first=timedelta(days=10), last=timedelta(days=20), step=timedelta(hours=12), purge_every=30)
    ledger = year.run()
    assert ledger.problems == []
    happened = {what: ledger.total(what) for what in ("by text", "news by text", "read by text")}
    assert min(happened.values()) > 1, happened
    assert "NO " not in capsys.readouterr().out
