"""Who is compared: a name, and the facts that may confirm or contradict it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["person", "organisation"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Describe one person or organisation to the matcher.

    ``identifiers`` are (scheme, value) pairs. The scheme names what it is and who gave it, as in ``licence:BD-BMET`` or
    ``registration:GB``: two values of one scheme that differ contradict each other, unless the scheme may be held more
    than once (``phone``, ``email``, ``website``, ``address``). ``born`` are dates of birth
    as ``read_birth`` returns them.
    """

    name: str
    kind: Kind = "organisation"
    names: tuple[str, ...] = ()
    country: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    ref: str = ""
    born: tuple[str, ...] = ()

    def all_names(self) -> tuple[str, ...]:
        """Return the primary name and the other names, without blanks and repeats."""
        return tuple(dict.fromkeys(text for text in (self.name, *self.names) if text and text.strip()))
