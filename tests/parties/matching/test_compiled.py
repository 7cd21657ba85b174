"""The matcher compiled and the matcher as it is written are one matcher."""

import copy
import json
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from parties.matching import Subject, compiled, match
from parties.matching.filing import filing_of
from scripts.compile_matcher import obstacle

ANSWERS = """
import json
from parties.matching import Subject, match, name_keys
from parties.matching.fictional import make_agencies
from parties.matching.fictional_people import people_pairs
from parties.matching import score
texts = ["Al-Noor Overseas Pvt. Ltd. (M/S)", "النور للخدمات", "নূর ওভারসিজ", "नूर ओभरसिज प्रा. लि.", "", "王小明", "김철수"]
texts += ["Md. Kamaluddin Mia", "محمد كمال الدين", "মোঃ কামাল উদ্দিন", "Камал ад-Дин", "A B C 12", "x" * 400, "ගාමිණී", "ስም"]
people = [name for left, right, _same in people_pairs(60) for name in (left, right)]
names = {"organisation": make_agencies(60, seed=3) + texts, "person": people + texts}
told = []
for kind, all_of in names.items():
    told += [name_keys(name, kind) for name in all_of]
    for place, name in enumerate(all_of):
        for other in all_of[place : place + 8]:
            found = match(Subject(name, kind), Subject(other, kind))
            told.append([found.score, found.verdict, [(f.name, f.weight, f.reason) for f in found.features]])
print(json.dumps({"where": score.__file__, "told": told}, default=str))
"""


def _answers(**environment: str) -> tuple[str, list[object]]:
    done = subprocess.run(
        [sys.executable, "-c", ANSWERS], env=os.environ | environment, capture_output=True, text=True, check=True
    )
    said = json.loads(done.stdout)
    return said["where"], said["told"]


def test_compiled_the_matcher_answers_as_it_does_in_plain_python() -> None:
    if reason := obstacle():
        pytest.skip(f"nothing can be compiled here: {reason}")
    if not compiled.search_path() and "CI" not in os.environ:
        pytest.skip("these sources are not compiled: make setup-dev")
    where, told = _answers(PLAIN_MATCHER="")
    as_written, told_plainly = _answers(PLAIN_MATCHER="1")
    assert where.endswith(".so")
    assert as_written.endswith(".py")
    assert len(told) > 1_000
    assert told == told_plainly


def test_an_edited_source_is_not_answered_for_by_what_was_compiled_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "matching"
    shutil.copytree(compiled.HERE, here, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(compiled, "HERE", here)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.delenv(compiled.PLAIN, raising=False)
    compiled.folder().mkdir(parents=True)
    assert compiled.search_path() == [str(compiled.folder())]
    with (here / "weights.py").open("a") as source:
        source.write("\n")
    assert compiled.search_path() == []


def test_what_only_learns_or_makes_names_up_is_not_compiled() -> None:
    names = {path.stem for path in compiled.sources()}
    assert {"align", "normalise", "score"} <= names
    assert not names & compiled.AS_THEY_ARE


@pytest.mark.parametrize(
    "record",
    [
        Subject("Md. Kamal Mia", "person", ("K. Mia",), "BD", (("passport:BD", "A1"),)),
        match(Subject("Al-Noor Overseas"), Subject("Al Nur Overseas Ltd")),
        filing_of("Al-Noor Overseas", "organisation"),
    ],
    ids=["subject", "match", "filing"],
)
def test_what_leaves_the_matcher_can_be_copied_and_sent_to_another_process(record: object) -> None:
    assert copy.deepcopy(record) == record
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 (our own)
