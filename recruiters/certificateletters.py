"""Write names in letters that no font here draws in Latin ones, marked: one such name must not stop a paper."""

from collections.abc import Mapping
from typing import Any

from anyascii import anyascii
from django.utils.translation import gettext as _

from core.documents import script_missing

MARK = " *"


class Letters:
    """Turn texts into such as can be drawn, and remember for which scripts a font was missing."""

    def __init__(self) -> None:
        self.missing: dict[str, str] = {}

    def of(self, facts: Any) -> Any:
        """Return facts with every text in letters that can be drawn; the facts themselves stay as they are."""
        if isinstance(facts, str):
            return self._text(facts)
        if isinstance(facts, Mapping):
            return {name: self.of(value) for name, value in facts.items()}
        if isinstance(facts, list | tuple):
            return type(facts)(self.of(value) for value in facts)
        return facts

    def _text(self, text: str) -> str:
        script = script_missing(text)
        if script is None:
            return text
        self.missing[script.name] = script.advice
        words = [anyascii(word) if script_missing(word) else word for word in text.split(" ")]
        return " ".join(words) + MARK

    def note(self) -> str:
        """Return what the paper says of the marked texts; nothing where there are none."""
        if not self.missing:
            return ""
        return _(
            "Names marked with * are written in letters that no font on this server draws. They stand here in Latin "
            "letters; the digest below is of the names as they are written. To have them printed, install: %(fonts)s."
        ) % {"fonts": "; ".join(sorted(set(self.missing.values())))}


def lettered(facts: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return facts that can be drawn, and the note that goes with them."""
    letters = Letters()
    drawn = letters.of(facts)
    return drawn, letters.note()
