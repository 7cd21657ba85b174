"""Answer an evaluation's questions over streams of JSON Lines: score pairs of names, or search a list of names."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from parties.matching.index import Index
from parties.matching.normalise import read_name
from parties.matching.rarity import NOTHING_LEARNED
from parties.matching.score import ALGORITHMS, LATEST, chance
from parties.matching.subject import Kind, Subject

BREADTH = 150
"""Candidates that a search scores in full: wider than a screening's, for recall is what is measured."""


_decode = json.JSONDecoder().raw_decode
_quoted: Callable[[str], str] = json.encoder.encode_basestring_ascii


class LineError(ValueError):
    """Say which line of the input cannot be read."""


def kind_of(text: object) -> Kind:
    """Return the kind that a type word names: ``person``, or an organisation of any sort."""
    return "person" if str(text or "").casefold() in ("person", "individual", "people") else "organisation"


def read_lines(lines: Iterable[str]) -> Iterator[dict[str, object]]:
    """Yield the objects of JSON Lines. Raises LineError with the number of a line that is not an object with an id."""
    for number, text in enumerate(lines, start=1):
        text = text.strip()
        if not text:
            continue
        try:
            item, end = _decode(text)
            if end != len(text):
                item = json.loads(text)
        except json.JSONDecodeError as error:
            raise LineError(f"line {number}: not JSON ({error.msg})") from error
        if not isinstance(item, dict) or "id" not in item:
            raise LineError(f"line {number}: an object with an id is expected")
        yield item


def score_lines(lines: Iterable[str], algorithm: str = LATEST) -> Iterator[str]:
    """Yield one answer line ``{"id", "score"}`` for each question line ``{"id", "query", "candidate", "type"}``."""
    scorer = ALGORITHMS[algorithm]
    for item in read_lines(lines):
        kind = kind_of(item.get("type"))
        query, candidate = str(item.get("query") or ""), str(item.get("candidate") or "")
        readable = read_name(query, kind) and read_name(candidate, kind)
        score = chance(scorer(query, candidate, kind, NOTHING_LEARNED)[0]) if readable else 0.0
        name = item["id"]
        yield f'{{"id": {_quoted(name) if isinstance(name, str) else json.dumps(name)}, "score": {score:.6f}}}'


def load_register(lines: Iterable[str]) -> Index:
    """Build the index of a register in JSON Lines with id, name and type."""
    subjects = [
        Subject(name=str(item.get("name") or ""), kind=kind_of(item.get("type")), ref=str(item["id"]))
        for item in read_lines(lines)
    ]
    return Index(subjects)


def search_lines(index: Index, lines: Iterable[str], limit: int = 10) -> Iterator[str]:
    """Yield an answer line ``{"id", "results": [{"id", "score"}]}`` for each line ``{"id", "name", "type"}``."""
    for item in read_lines(lines):
        query = Subject(name=str(item.get("name") or ""), kind=kind_of(item.get("type")))
        found = index.scores(query, limit=limit, breadth=BREADTH)
        results = [{"id": index.subjects[position].ref, "score": round(score, 6)} for score, position in found]
        yield json.dumps({"id": item["id"], "results": results})
