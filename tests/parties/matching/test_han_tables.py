"""How the tables of readings are made from a database of characters, and what the committed ones hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from parties.matching import han_characters
from parties.matching.han import split_han
from parties.matching.han_foreign import foreign_parts
from parties.matching.han_readings import by_letter
from parties.matching.learn_han import cantonese, korean, load, table


@pytest.mark.parametrize(
    ("jyutping", "spelt"),
    [
        ("zoeng1", "cheung"),
        ("wong4", "wong"),
        ("jyun4", "yuen"),
        ("seng4", "sheng"),
        ("soeng6", "sheung"),
        ("gwok3", "kwok"),
        ("ng5", "ng"),
        ("hou2", "ho"),
        ("zi3", "chi"),
    ],
)
def test_cantonese_is_spelt_as_hong_kong_spells_names(jyutping: str, spelt: str) -> None:
    assert cantonese(jyutping) == spelt


@pytest.mark.parametrize(
    ("field", "spelt"), [("금:0E 김:0N", "geum"), ("낙:0 락:0E 악:0N 요:0N", "rak"), ("호:0N", "ho")]
)
def test_of_several_korean_readings_the_one_taught_at_school_is_taken(field: str, spelt: str) -> None:
    assert korean(field) == spelt


def test_a_simplified_character_is_read_as_the_one_it_stands_for(tmp_path: Path) -> None:
    (tmp_path / "Unihan_Readings.txt").write_text("# a note\nU+5F35\tkCantonese\tzoeng1\n", encoding="utf-8")
    (tmp_path / "Unihan_Variants.txt").write_text("U+5F35\tkSimplifiedVariant\tU+5F20\n", encoding="utf-8")
    (tmp_path / "Unihan_OtherMappings.txt").write_text("U+5F20\tkGB0\t5337\n", encoding="utf-8")
    unihan = load(tmp_path)
    assert table(unihan, [("張", cantonese(unihan["張"]["kCantonese"]))]) == "cheung张張"


@pytest.mark.parametrize("text", [han_characters.KOREAN, han_characters.CANTONESE])
def test_each_character_of_a_table_has_one_reading_in_plain_letters(text: str) -> None:
    rows = by_letter(text)
    assert len(rows) > 7_000
    assert sum(not letter.isascii() for letter in text) == len(rows), "no character stands twice"
    assert all(sound.isascii() and sound.isalpha() for sound in rows.values())


def test_a_foreign_name_is_cut_where_a_known_one_ends() -> None:
    assert foreign_parts("莫哈末基丁沙菲") == ["莫哈末", "基丁沙菲"]
    assert foreign_parts("基丁") == ["基丁"]


def test_a_servant_of_somebody_is_one_word_in_chinese_too() -> None:
    assert split_han("阿都卡林伊斯迈尔")[0] == [("abdkarim", "abdkalin"), ("ismail", "yisimaier")]
