"""The colours themselves are tested: axe cannot judge contrast on Arabic, Tamil, Sinhala or Urdu."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parents[2] / "core" / "static" / "core"
WORKER = (STYLES / "worker.css").read_text(encoding="utf-8")

TEXT = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "sunken"), ("ink", "brand-soft"), ("ink", "info-soft"),
    ("ink", "warn-soft"), ("ink", "good-soft"), ("ink", "bad-soft"), ("muted", "paper"), ("muted", "surface"),
    ("muted", "sunken"), ("muted", "brand-soft"), ("link", "paper"), ("link", "surface"), ("link", "brand-soft"),
    ("link", "info-soft"), ("link", "sunken"), ("link", "warn-soft"), ("brand-strong", "paper"),
    ("brand-strong", "brand-soft"), ("on-brand", "brand"), ("on-brand", "brand-strong"), ("on-bad", "bad"),
    ("bad", "paper"), ("bad", "surface"), ("good", "good-soft"), ("warn", "warn-soft"), ("bad", "bad-soft"),
    ("info", "info-soft"), ("on-focus", "focus"), ("paper", "ink"),
]  # fmt: skip
PARTS = [
    ("edge", "paper"), ("edge", "surface"), ("brand", "paper"), ("brand", "surface"), ("bad", "surface"),
    ("good", "surface"), ("warn", "surface"), ("info", "info-soft"), ("warn", "warn-soft"), ("brand", "brand-soft"),
]  # fmt: skip


def tokens_of(block: str) -> dict[str, str]:
    return {name: value.lstrip("#") for name, value in re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{3,6})\b", block)}


def schemes() -> dict[str, dict[str, str]]:
    light = tokens_of(WORKER.split("}", 1)[0])
    dark_block = WORKER.split("@media (prefers-color-scheme: dark) {", 1)[1].split("}", 1)[0]
    return {"light": light, "dark": {**light, **tokens_of(dark_block)}}


def luminance(colour: str) -> float:
    if len(colour) == 3:
        colour = "".join(letter * 2 for letter in colour)
    channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_it_computes_contrast_as_wcag_defines_it() -> None:
    assert contrast("000", "fff") == pytest.approx(21)
    assert contrast("767676", "ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_words_can_be_read_on_every_ground(scheme: str, front: str, back: str) -> None:
    tokens = schemes()[scheme]
    assert contrast(tokens[front], tokens[back]) >= 4.5, (tokens[front], tokens[back])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("part", "back"), PARTS)
def test_edges_and_drawings_stand_out_from_their_ground(scheme: str, part: str, back: str) -> None:
    tokens = schemes()[scheme]
    assert contrast(tokens[part], tokens[back]) >= 3


def test_every_colour_token_of_the_light_scheme_has_a_dark_twin_or_is_meant_for_both() -> None:
    light = tokens_of(WORKER.split("}", 1)[0])
    dark = tokens_of(WORKER.split("@media (prefers-color-scheme: dark) {", 1)[1].split("}", 1)[0])
    assert set(light) - set(dark) == {"sun", "focus", "on-focus"}
