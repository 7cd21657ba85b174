"""Find likely candidates among many names, in memory: shared rare words first, then the likeness of the whole.

Names are filed under the consonant skeleton of each word, its coarser class, and the skeleton with one consonant left
out (so that a slip still meets). Keys that too many names share are passed over when rarer ones have found enough.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise
from math import log
from typing import Final

from rapidfuzz import fuzz

from parties.matching.facts import plain_identifier
from parties.matching.normalise import Reading, Token, read_name
from parties.matching.rarity import Rarity
from parties.matching.result import ALERT, Match
from parties.matching.score import LATEST, chance, match, odds_of
from parties.matching.subject import Subject

MOST_POSTINGS: Final = 40_000
"""Entries looked at for one name before commoner keys are left aside."""
SHORTLIST: Final = 300
"""Candidates whose whole names are compared before ``limit`` of them are scored in full."""

PATIENCE, NEAR = 12, 1.5
"""A search ends after this many candidates in a row that stay this far (in log-odds) below the threshold."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold one answer of a search."""

    position: int
    subject: Subject
    match: Match


def token_keys(token: Token) -> dict[str, float]:
    """Return the keys a word is filed under, each with its worth."""
    if token.number or token.initial:
        return {"=" + token.text: 0.5}
    keys: dict[str, float] = {}
    for sound, bones, shape in token.forms:
        if len(shape) > 1:
            keys["~" + shape] = 0.5
        if len(bones) < 3:
            keys["=" + sound] = 0.8
    for sound, bones, _ in token.base:
        if len(bones) > 3:
            for place in range(len(bones)):
                keys.setdefault("." + bones[:place] + bones[place + 1 :], 0.35)
        elif len(sound) > 3:
            keys.setdefault("^" + sound[:4], 0.35)
        if len(bones) > 1:
            keys["." + bones] = 0.8
    return keys


def _pair_keys(tokens: tuple[Token, ...]) -> dict[str, float]:
    """Return keys for two adjacent words written as one."""
    keys: dict[str, float] = {}
    for first, second in pairwise(tokens):
        if first.initial or second.initial:
            continue
        bones, shape = first.skeleton + second.skeleton, first.coarse + second.coarse
        if 2 < len(bones) < 12:
            keys["." + bones] = 0.5
        if 2 < len(shape) < 12:
            keys["~" + shape] = 0.4
    return keys


def _reading_keys(reading: Reading) -> dict[str, float]:
    keys = _pair_keys(reading.tokens)
    for token in reading.tokens:
        for key, worth in token_keys(token).items():
            keys[key] = max(worth, keys.get(key, 0.0))
    return keys


def name_keys(name: str, kind: str = "organisation") -> tuple[str, ...]:
    """Return the keys of a name, the likeliest reading first, to be stored and indexed by a database."""
    return tuple(dict.fromkeys(key for reading in read_name(name, kind) for key in _reading_keys(reading)))


def _shape(reading: Reading) -> str:
    """Return the name as one short string, words in an order that does not depend on how it was written."""
    return " ".join(sorted(t.coarse or t.sound for t in reading.tokens))


def _said(reading: Reading) -> str:
    return " ".join(sorted(t.sound for t in reading.tokens))


class Index:
    """Answer which subjects of a list may be meant. Positions are those of the list it was made from."""

    def __init__(self, subjects: Sequence[Subject], rarity: Rarity | None = None) -> None:
        self.subjects = list(subjects)
        self.rarity = rarity or Rarity.learn((name, s.kind) for s in self.subjects for name in s.all_names())
        self._postings: dict[str, array[int]] = {}
        self._owners = array("I")
        self._sounds: list[str] = []
        self._shapes: list[str] = []
        self._identifiers: dict[tuple[str, str], list[int]] = {}
        for position, subject in enumerate(self.subjects):
            self._file(position, subject)

    def _file(self, position: int, subject: Subject) -> None:
        for name in subject.all_names():
            readings = read_name(name, subject.kind)
            if not readings:
                continue
            entry = len(self._owners)
            self._owners.append(position)
            self._sounds.append(_said(readings[0]))
            self._shapes.append(_shape(readings[0]))
            keys: dict[str, None] = {}
            for reading in readings:
                keys.update(dict.fromkeys(_reading_keys(reading)))
            for key in keys:
                found = self._postings.get(key)
                if found is None:
                    found = self._postings[key] = array("I")
                found.append(entry)
        for scheme, value in subject.identifiers:
            plain = plain_identifier(value)
            if plain:
                self._identifiers.setdefault((scheme.strip().casefold(), plain), []).append(position)

    def candidates(self, subject: Subject, limit: int = 50) -> list[int]:
        """Return positions of likely candidates, likeliest first; those that share an identifier lead."""
        ranked: dict[int, float] = {}
        for name in subject.all_names():
            for position, worth in self._ranked(name, subject.kind, limit):
                ranked[position] = max(worth, ranked.get(position, 0.0))
        for position in self._tied(subject):
            ranked[position] = 2.0
        return nlargest(limit, ranked, key=lambda p: (ranked[p], -p))

    def _tied(self, subject: Subject) -> set[int]:
        """Return the positions that share an identifier with the subject."""
        keys = ((scheme.strip().casefold(), plain_identifier(value)) for scheme, value in subject.identifiers)
        return {position for key in keys for position in self._identifiers.get(key, ())}

    def _votes(self, readings: tuple[Reading, ...]) -> dict[int, float]:
        keys: dict[str, float] = {}
        for reading in readings:
            keys.update(_reading_keys(reading))
        found = [(len(p), key, p) for key in keys if (p := self._postings.get(key)) is not None]
        found.sort(key=lambda item: item[:2])
        everything = log(len(self._owners) + 2.0)
        votes: dict[int, float] = {}
        looked_at = 0
        get = votes.get
        for count, key, postings in found:
            looked_at += count
            if looked_at > MOST_POSTINGS and votes:
                break
            worth = keys[key] * (everything - log(count + 1.0))
            for entry in postings:
                votes[entry] = get(entry, 0.0) + worth
        return votes

    def _ranked(self, name: str, kind: str, limit: int) -> list[tuple[int, float]]:
        readings = read_name(name, kind)
        votes = self._votes(readings)
        if not votes:
            return []
        short = nlargest(max(SHORTLIST, limit), votes, key=votes.__getitem__)
        most = votes[short[0]]
        said, shape = _said(readings[0]), _shape(readings[0])
        ratio, sounds, shapes = fuzz.ratio, self._sounds, self._shapes
        scored = [
            (self._owners[e], 0.5 * votes[e] / most + 0.005 * max(ratio(said, sounds[e]), ratio(shape, shapes[e]) - 5))
            for e in short
        ]
        return nlargest(limit, scored, key=lambda item: item[1])

    def scores(
        self, subject: Subject, limit: int = 10, breadth: int = 50, algorithm: str = LATEST
    ) -> list[tuple[float, int]]:
        """Return (score, position) of the best candidates by name alone, best first, without reasons."""
        scored = [
            (odds_of(subject, self.subjects[position], self.rarity, algorithm), -rank, position)
            for rank, position in enumerate(self.candidates(subject, breadth))
        ]
        return [(chance(odds), position) for odds, _, position in nlargest(limit, scored)]

    def search(
        self, subject: Subject, limit: int = 10, threshold: float = ALERT, breadth: int = 50, algorithm: str = LATEST
    ) -> list[Hit]:
        """Return those that reach the threshold or share an identifier, best first; ``breadth`` are scored in full."""
        least = log(max(threshold, 1e-6) / max(1.0 - threshold, 1e-6)) - 1e-3
        tied = self._tied(subject)
        scored: list[tuple[float, int]] = []
        in_vain = 0
        for position in self.candidates(subject, breadth):
            odds = odds_of(subject, self.subjects[position], self.rarity, algorithm)
            if odds >= least or position in tied:
                scored.append((odds, position))
            in_vain = 0 if odds >= least - NEAR else in_vain + 1
            if in_vain >= PATIENCE:
                break
        scored.sort(key=lambda item: (item[1] not in tied, -item[0], item[1]))
        hits = [
            Hit(position, self.subjects[position], match(subject, self.subjects[position], self.rarity, algorithm))
            for _, position in scored[:limit]
        ]
        hits.sort(key=lambda hit: -hit.match.score)
        return hits
