"""Licences of recruiters: neutral statuses, the words that registers use, adverse outcomes, and evasion."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from core.standards.entries import Entry, Standard, pick


@dataclass(frozen=True, kw_only=True)
class LicenceStatus(Entry):
    """One neutral status. `public_label` is what the public register shows."""

    public_label: str
    may_recruit: Literal["yes", "flag", "no", "unknown"]
    tone: Literal["good", "warn", "bad", "info"]
    bans_people: bool = False
    needs_order: bool = False


@dataclass(frozen=True, kw_only=True)
class StatusWord(Entry):
    """A status word as a register writes it (`code` is the word in small letters) and the neutral status it means."""

    means: str
    authority: str = ""


@dataclass(frozen=True, kw_only=True)
class EvasionPattern(Entry):
    """A way to escape a sanction, and what finds it."""

    detection: str


@dataclass(frozen=True, kw_only=True)
class Licence(Standard):
    """Statuses, words, reasons and rules."""

    statuses: tuple[LicenceStatus, ...]
    words: tuple[StatusWord, ...]
    kinds: tuple[Entry, ...]
    reasons: tuple[Entry, ...]
    outcome_fields: tuple[Entry, ...]
    evasion: tuple[EvasionPattern, ...]
    rules: tuple[Entry, ...]

    def status(self, code: str) -> LicenceStatus:
        """Return a status; raises KeyError."""
        return pick(self.statuses, code)

    def map_word(self, word: str) -> LicenceStatus:
        """Return what a register's word means: `unknown`, which is never valid, when nobody has mapped the word yet."""
        return self.status(self._meanings.get(" ".join(re.findall(r"[^\W_]+", word.casefold())), "unknown"))

    @cached_property
    def _meanings(self) -> dict[str, str]:
        words = {" ".join(re.findall(r"[^\W_]+", word.code.casefold())): word.means for word in self.words}
        return {status.code.replace("_", " "): status.code for status in self.statuses} | words
