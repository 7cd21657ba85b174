"""Learn when two unequal words are one word: ``python -m parties.matching.learn_words PAIRS``, for ``align.py``.

Every pair of words aligned in names labelled as the same is taken as one word; of names labelled as different, only the
least alike pair is taken as two, since something in them must differ while the rest may agree. Only numbers come out:
rows for ``_WEIGHTS`` in ``align.py``, learned from the open screening set's pairs.jsonl.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from parties.matching.align import nearest, script_relation, token_measures
from parties.matching.evidence import Evidence, gather
from parties.matching.learn import KINDS, load_pairs, newton
from parties.matching.normalise import read_name
from parties.matching.rarity import NOTHING_LEARNED

WordRow = tuple[tuple[float, ...], int]


def _nearest(line: dict[str, object], kind: str) -> Evidence | None:
    found = [
        gather(left, right, kind, NOTHING_LEARNED)
        for left in read_name(str(line["query"]), kind)
        for right in read_name(str(line["candidate"]), kind)
    ]
    return max(found, key=lambda evidence: evidence.measures[0] + evidence.measures[1], default=None)


def word_rows(lines: Iterable[dict[str, object]]) -> dict[str, list[WordRow]]:
    """Return, for each relation of scripts, the measures of aligned unequal words with their labels."""
    out: dict[str, list[WordRow]] = {}
    for line in lines:
        evidence = _nearest(line, KINDS[str(line["type"])])
        if evidence is None:
            continue
        single = [p for p in evidence.pairings if len(p.left) == 1 == len(p.right)]
        label = 1 if line["label"] else 0
        for pairing in single if label else sorted(single, key=lambda p: p.likeness)[:1]:
            a, b = evidence.left.tokens[pairing.left[0]], evidence.right.tokens[pairing.right[0]]
            if a.text == b.text or a.initial or b.initial or a.number or b.number:
                continue
            near = nearest(a, b)
            if near is not None:
                out.setdefault(script_relation(a, b), []).append((token_measures(a, b, near), label))
    return out


def main(path: str) -> None:
    """Print the weights of each relation of scripts."""
    for relation, rows in sorted(word_rows(load_pairs(path)).items()):
        weights = ", ".join(f"{weight:.2f}" for weight in newton(rows))
        sys.stdout.write(f'    "{relation}": ({weights}),  # {len(rows)} pairs of words\n')


if __name__ == "__main__":
    main(sys.argv[1])
