"""Countries as lists write them: codes of two and three letters, names in the languages of workers and others."""

import pytest
from django.conf import settings
from django.utils.translation import override

from recruiters.countries import all_countries, country_code
from recruiters.vocabulary import country_label

WRITTEN = {
    "DE": ("DE", "de", "DEU", "Germany", "Deutschland", "Allemagne", "Alemania", "ألمانيا", "जर्मनी", "德国"),
    "SA": ("KSA", "SAU", "Saudi-Arabien", "Arabie saoudite", "السعودية", "サウジアラビア", "沙特阿拉伯"),
    "NP": ("NPL", "Nepal", "Népal", "नेपाल", "নেপাল", "نيبال", "نیپال", "Непал"),
    "AE": ("UAE", "U.A.E.", "Vereinigte Arabische Emirate", "Émirats arabes unis", "EMIRATS ARABES UNIS", "الامارات"),
    "PH": ("PHL", "Filipinas", "Pilipinas", "Philippinen"),
    "MY": ("MYS", "Malaisie", "Malasia", "MALAYSIA"),
    "AT": ("Áo", "Österreich", "OSTERREICH", "Autriche"),  # Vietnamese for Austria; AO is Angola
    "RU": ("Nga", "Россия"),  # Vietnamese for Russia; NGA is Nigeria
    "NG": ("NGA", "nga"),
}


@pytest.mark.parametrize(("code", "written"), [(code, way) for code, ways in WRITTEN.items() for way in ways])
def test_a_country_is_read_as_it_is_written(code: str, written: str) -> None:
    assert country_code(written) == code


@pytest.mark.parametrize("written", ["", "  ", "ZZ", "ZZZ", "Nowhere", "12", "日", "Ö"])
def test_what_names_no_country_is_not_taken_for_one(written: str) -> None:
    assert country_code(written) == ""


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_country_is_read_back_from_its_name_on_the_page(language: str) -> None:
    with override(language):
        wrong = {
            code: country_label(code) for code, _name in all_countries() if country_code(country_label(code)) != code
        }
    assert wrong == {}
