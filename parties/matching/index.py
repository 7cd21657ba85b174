"""Find likely candidates among many names, in memory (first light)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anyascii import anyascii

from parties.matching.rarity import Rarity
from parties.matching.result import ALERT, Match
from parties.matching.score import match
from parties.matching.subject import Subject


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold one answer of a search."""

    position: int
    subject: Subject
    match: Match


def name_keys(name: str, kind: str = "organisation") -> tuple[str, ...]:
    """Return the blocking keys of a name, to be stored and indexed by a database."""
    return tuple(dict.fromkeys(anyascii(name).casefold().split()))


class Index:
    """Answer which subjects of a list may be meant."""

    def __init__(self, subjects: Sequence[Subject], rarity: Rarity | None = None) -> None:
        self.subjects = list(subjects)
        self.rarity = rarity or Rarity.learn(name for s in self.subjects for name in s.all_names())
        self._keys: dict[str, list[int]] = {}
        for position, subject in enumerate(self.subjects):
            for name in subject.all_names():
                for key in name_keys(name, subject.kind):
                    self._keys.setdefault(key, []).append(position)

    def candidates(self, subject: Subject, limit: int = 50) -> list[int]:
        """Return positions of likely candidates, likeliest first."""
        votes: dict[int, float] = {}
        for name in subject.all_names():
            for key in name_keys(name, subject.kind):
                found = self._keys.get(key, ())
                for position in found:
                    votes[position] = votes.get(position, 0.0) + 1 / len(found)
        return sorted(votes, key=lambda p: (-votes[p], p))[:limit]

    def search(self, subject: Subject, limit: int = 10, threshold: float = ALERT) -> list[Hit]:
        """Return the candidates that reach the threshold, or are tied by an identifier, best first."""
        hits = [Hit(p, self.subjects[p], match(subject, self.subjects[p], self.rarity)) for p in self.candidates(subject)]
        return sorted((h for h in hits if h.match.score >= threshold), key=lambda h: -h.match.score)[:limit]
