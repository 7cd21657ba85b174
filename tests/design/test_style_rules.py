"""What keeps the pages light, mirrored for right-to-left scripts, and clean under a strict content security policy."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STYLES = sorted(ROOT.glob("*/static/**/*.css"))
TEMPLATES = sorted(path for path in ROOT.glob("*/templates/**/*.html"))
OURS = sorted((ROOT / "core" / "static" / "core").glob("*.css"))

PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border|scroll-margin|scroll-padding)-(left|right)|left|right|border-(top|bottom)-(left|right)-radius)\s*:"
    r"|text-align\s*:\s*(left|right)|float\s*:\s*(left|right)|clear\s*:\s*(left|right)"
)


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.S)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_styles_never_say_left_or_right(path: Path) -> None:
    assert not [found.group(0) for found in PHYSICAL.finditer(without_comments(path.read_text(encoding="utf-8")))]


@pytest.mark.parametrize("path", STYLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_styles_fetch_nothing_from_elsewhere(path: Path) -> None:
    css = without_comments(path.read_text(encoding="utf-8"))
    assert "@import" not in css
    assert "@font-face" not in css
    assert "://" not in css


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_braces_close(path: Path) -> None:
    css = without_comments(path.read_text(encoding="utf-8"))
    assert css.count("{") == css.count("}")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_no_inline_style_script_or_handler(path: Path) -> None:
    html = re.sub(r"{% comment .*?%}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert not re.search(r"<[a-z][^>]*\sstyle\s*=", html)
    assert not re.search(r"<[a-z][^>]*\son[a-z]+\s*=", html)
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/ld\+json\")", html)
    assert not re.search(r"href=[\"']javascript:", html)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_load_nothing_from_another_host(path: Path) -> None:
    html = path.read_text(encoding="utf-8")
    assert not re.search(r"(?:src|<link[^>]*href)\s*=\s*[\"']https?://", html)


def test_the_workers_style_sheet_fits_in_five_kilobytes() -> None:
    size = len(gzip.compress((ROOT / "core/static/core/worker.css").read_bytes(), 9))
    assert size < 5 * 1024


def test_all_style_sheets_together_stay_small() -> None:
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in OURS) < 15 * 1024


def test_motion_contrast_print_and_dark_preferences_are_honoured() -> None:
    css = (ROOT / "core/static/core/worker.css").read_text(encoding="utf-8")
    for wish in ("prefers-color-scheme: dark", "prefers-reduced-motion", "forced-colors: active", "@media print"):
        assert wish in css
