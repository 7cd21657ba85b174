"""A sector is shown in the reader's language where its word is known, and as it was written otherwise."""

import pytest
from django.utils import translation

from parties import sectors
from parties.sectors import sector_label


@pytest.mark.parametrize(
    ("written", "shown"),
    [("apparel", "apparel"), ("Food", "Food"), ("domestic_work", "domestic work"), ("Gewürze", "Gewürze"), ("", "")],
)
def test_in_english_it_reads_as_written(written, shown):
    assert sector_label(written) == shown


def test_elsewhere_its_translation_is_asked_for(monkeypatch):
    monkeypatch.setattr(sectors, "gettext", {"food": "غذاء"}.__getitem__)
    with translation.override("ar"):
        assert sector_label("Food") == "غذاء"
        assert sector_label("Gewürze") == "Gewürze"
