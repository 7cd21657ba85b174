"""Turn a name as a worker wrote it into what two spellings of it share; nothing of it is stored as it stands."""

from collections.abc import Iterator

from grievances.keys import derived
from grievances.naming import GENERIC
from parties.keys import fold
from parties.matching.filing import shape_of
from parties.matching.normalise import read_name

MOST_LETTERS = 120
LEAST_LETTERS, LEAST_CONSONANTS = 4, 4
MARK_BYTES = 16


def marks_of(name: str) -> frozenset[str]:
    """Return the keyed marks of a name: as its telling words are written, and as they sound in any script.

    The marks are equal where the names mean the same, whatever the order, the company's form or the spelling; without
    the vault's key they tell nothing. Words of the trade alone, or a name too short to tell, leave no mark.
    """
    telling = [word for word in name[:MOST_LETTERS].split() if not set(fold(word).split()) <= GENERIC]
    return frozenset(derived(b"name-mark", reading.encode(), size=MARK_BYTES).hex() for reading in _readings(telling))


def _readings(telling: list[str]) -> Iterator[str]:
    written = fold(" ".join(telling)).replace(" ", "")
    if len(written) < LEAST_LETTERS:
        return
    yield f"written:{written}"
    for kind in ("organisation", "person"):
        for reading in read_name(" ".join(telling), kind):
            shape, bones = shape_of(reading), "".join(token.skeleton for token in reading.tokens)
            if len(shape.replace(" ", "")) >= LEAST_CONSONANTS:
                yield f"shape:{shape}"
            if len(bones) >= LEAST_CONSONANTS:
                yield f"bones:{bones}"
