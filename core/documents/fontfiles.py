"""Find font files at run time: in installed fontpkg packages first, then where the system keeps its fonts."""

import importlib.util
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

_ENDINGS = (".ttf",)  # a PDF embeds their outlines as they are


@cache
def font_file(family: str, *, bold: bool) -> Path | None:
    """Return the file of a family in regular or bold, a variable one first; None if the machine has none."""
    stem = family.replace(" ", "").lower()
    static = f"{stem}-{'bold' if bold else 'regular'}"
    packaged = {path.name.lower(): path for path in _packaged(family)}
    for index in (packaged, _installed()):
        variable = [index[name] for name in sorted(index) if name.startswith((f"{stem}[", f"{stem}-variablefont"))]
        if variable:
            return variable[0]
        for ending in _ENDINGS:
            if f"{static}{ending}" in index:
                return index[f"{static}{ending}"]
        if not bold and f"{stem}.ttf" in index:
            return index[f"{stem}.ttf"]
    return None


def _packaged(family: str) -> Iterator[Path]:
    spec = importlib.util.find_spec("fontpkg_" + family.replace(" ", "_").lower())
    for place in (spec.submodule_search_locations or []) if spec else []:
        yield from (path for path in sorted((Path(place) / "files").glob("*")) if "italic" not in path.name.lower())


@cache
def _installed() -> dict[str, Path]:
    """Return the system's font files by their names in small letters."""
    found: dict[str, Path] = {}
    for folder in font_folders():
        for parent, _folders, files in os.walk(folder, followlinks=False):
            for name in sorted(files):
                if name.lower().endswith(_ENDINGS):
                    found.setdefault(name.lower(), Path(parent) / name)
    return found


def font_folders() -> list[Path]:
    """Return where fonts are kept on this system; SAFECONDUCT_FONTS may name one more folder, looked at first."""
    home = Path.home()
    folders = [Path(own)] if (own := settings.EXTRA_FONTS) else []
    folders += [home / ".local/share/fonts", home / ".fonts"]
    if sys.platform == "darwin":
        folders += [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    elif sys.platform == "win32":
        folders.append(Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts")
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    folders += [Path(folder) / "fonts" for folder in shared.split(":") if folder]
    return [folder for folder in folders if folder.is_dir()]
