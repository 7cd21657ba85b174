"""Match names of people and organisations across scripts, with reasons. Pure: no Django, no database, no clock.

The whole interface:

    match(query, candidate, rarity=None, algorithm=LATEST) -> Match     one comparison with reasons
    Index(subjects, rarity=None)                                        candidates in memory
        .candidates(subject, limit=50) -> list[int]                     positions in ``subjects``, likeliest first
        .search(subject, limit=10, threshold=ALERT) -> list[Hit]        Hit(position, subject, match), best first
    Rarity.learn(names) -> Rarity                                       how rare each token is in a register
    name_keys(name, kind) -> tuple[str, ...]                            blocking keys to store in a database (NameKey)

A verdict is ``clear`` (below 0.70), ``possible`` (from 0.70), ``match`` (from 0.85 and nothing against),
``contradicted`` (the names agree, an identifier says it is somebody else), ``renamed`` (an identifier agrees, the name
does not) or ``not_screened`` (no usable name: never ``clear``).
"""

from parties.matching.compiled import search_path

__path__[:0] = search_path()  # before anything else is imported from here

# ruff: noqa: E402
from parties.matching.index import Hit, Index, name_keys
from parties.matching.rarity import Rarity
from parties.matching.result import ALERT, CERTAIN, Feature, Match, Verdict
from parties.matching.score import ALGORITHMS, LATEST, match, similarity
from parties.matching.subject import Kind, Subject

__all__ = [
    "ALERT",
    "ALGORITHMS",
    "CERTAIN",
    "LATEST",
    "Feature",
    "Hit",
    "Index",
    "Kind",
    "Match",
    "Rarity",
    "Subject",
    "Verdict",
    "match",
    "name_keys",
    "similarity",
]
