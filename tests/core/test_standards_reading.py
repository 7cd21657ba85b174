"""A broken standards file is refused, and the message names the file, the entry and the field."""

from pathlib import Path

import pytest

from core.standards import Basis, BrokenStandardError, Entry
from core.standards.iris import Iris
from core.standards.reading import read_standard

GOOD = """\
name: iris
edition: "9"
title: Test
owner: Nobody
nature: standard
effective_from: 2030-01-01
sources:
  S: {title: A source}
basis: found
source: S
principles:
  - code: A
    label: Obey the law
    kind: general
    criteria:
      - {code: IRIS-A-1, label: Complies, proposed_critical: true, evidence: [a licence]}
outcomes:
  conforms: {label: Conforms, conforming: true, counts: true}
outcome_rule: {code: R, label: A rule}
management: {policies: Policies}
assurance: {owner: IOM}
not_a_certificate: {code: N, label: Not a certificate}
"""


def read(tmp_path: Path, content: str) -> Iris:
    path = tmp_path / "9.yaml"
    path.write_text(content, encoding="utf-8")
    return read_standard(Iris, path, name="iris", edition="9")


def test_a_whole_file_is_read_with_marks_inherited_from_around_an_entry(tmp_path: Path) -> None:
    criterion = read(tmp_path, GOOD).criteria[0]
    assert (criterion.basis, criterion.source) == (Basis.FOUND, "A source")
    assert isinstance(criterion, Entry)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("label: Complies, ", "", "iris/9.yaml: principles > A > criteria > IRIS-A-1 > label: is missing"),
        (
            "label: Complies",
            "lable: Complies",
            "principles > A > criteria > IRIS-A-1 > lable: is not a field",
        ),
        ("label: Complies", "label: ''", "criteria > IRIS-A-1 > label: is empty"),
        ("label: Complies", "label: yes", "criteria > IRIS-A-1 > label: must be text, is True"),
        (
            "proposed_critical: true",
            "proposed_critical: 1",
            "proposed_critical: must be true or false, is 1",
        ),
        ("[a licence]", "a licence", "IRIS-A-1 > evidence: must be a list"),
        ("[a licence]", "[a licence, 3]", "IRIS-A-1 > evidence > 2: must be text, is 3"),
        ("kind: general", "kind: odd", "principles > A > kind: must be one of general, specific; is 'odd'"),
        ("basis: found\n", "", "principles > A > basis: is missing: say how this is known"),
        ("basis: found", "basis: sure", "principles > A > basis: must be one of found"),
        ("source: S\n", "", "principles > A > source: is missing: cite at least one source"),
        ("source: S\n", "source: T\n", "principles > A > source: 'T' is not among the file's sources"),
        ("  S: {title: A source}", "  S: {titel: A source}", "sources > S > titel: is not a field here"),
        ("sources:\n  S: {title: A source}", "sources: {}", "sources: must name at least one source"),
        ("owner: Nobody\n", "", "iris/9.yaml: owner: is missing"),
        ("effective_from: 2030-01-01", "effective_from: soon", "effective_from: must be a date, is 'soon'"),
        ('edition: "9"', 'edition: "8"', "edition: must be '9', is '8'"),
        ("owner: Nobody", "owner: Nobody\nowner: Somebody", "'owner' is given twice"),
        ("owner: Nobody", "owner: [", "iris/9.yaml: file: cannot be read"),
        ("management: {policies: Policies}", "management: []", "management: must be a list of entries"),
        ("management: {policies: Policies}", "management: [Policies]", "management > #1: must be a mapping"),
        (
            "management: {policies: Policies}",
            "management: [{code: a, label: A}, {code: a, label: B}]",
            "management > a > code: is used twice",
        ),
    ],
)
def test_a_broken_file_names_file_entry_and_field(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(BrokenStandardError) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert message in str(caught.value)
    assert str(caught.value).startswith("iris/9.yaml: ")


def test_a_file_that_is_not_a_mapping_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenStandardError, match=r"iris/9\.yaml: file: must be a mapping"):
        read(tmp_path, "- a\n- b\n")


@pytest.mark.parametrize("cut", range(0, len(GOOD), 7))
def test_a_file_cut_off_anywhere_is_refused_or_still_whole(tmp_path: Path, cut: int) -> None:
    try:
        whole = read(tmp_path, GOOD[:cut])
    except BrokenStandardError as error:
        assert str(error).startswith("iris/9.yaml: ")
    else:
        assert whole.not_a_certificate.code == "N"
