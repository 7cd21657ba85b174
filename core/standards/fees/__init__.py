"""Recruitment fees and related costs: what counts, who pays, what to do when a worker has paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.standards.entries import Entry, Standard, pick


@dataclass(frozen=True, kw_only=True)
class FeeCategory(Entry):
    """One kind of payment: class A fees, B related costs, C illegitimate costs, X others that we propose to record."""

    fee_class: Literal["A", "B", "C", "X"]
    worker_label: str
    pictogram: str
    ilo_ref: str = ""
    includes: tuple[str, ...] = ()
    worker_words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FeeDecision(Entry):
    """What a combination of payer, class and national rule means; standard and national law stay apart."""

    result: str
    severity: Literal["none", "minor", "major", "critical"]


@dataclass(frozen=True, kw_only=True)
class NationalRule(Entry):
    """A national fee rule as an example to verify with the ministry, never a basis for a decision."""

    origin: str
    destination: str
    worker_max: str
    since: int | None = None


@dataclass(frozen=True, kw_only=True)
class Fees(Standard):
    """The definition and the proposals built on it."""

    payer: str
    who_pays: tuple[Entry, ...]
    categories: tuple[FeeCategory, ...]
    services_covered: tuple[Entry, ...]
    triggers: tuple[Entry, ...]
    illegitimate_tests: tuple[Entry, ...]
    exceptions: tuple[Entry, ...]
    decisions: tuple[FeeDecision, ...]
    decision_rules: tuple[Entry, ...]
    national_rules: tuple[NationalRule, ...]
    repayment: tuple[Entry, ...]
    repayment_fields: tuple[Entry, ...]
    loan_terms: tuple[Entry, ...]
    metric: Entry

    def category(self, code: str) -> FeeCategory:
        """Return a category; raises KeyError."""
        return pick(self.categories, code)
