"""What a public due-diligence report shows, how registers hold such reports, and how versions and withdrawals work."""

from __future__ import annotations

from dataclasses import dataclass

from core.standards.entries import Entry, Standard


@dataclass(frozen=True, kw_only=True)
class Block(Entry):
    """A block of the report and the fields that it must hold."""

    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Register(Entry):
    """A public register of reports or cases, and its fields."""

    operator: str = ""
    fields: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Codelist(Entry):
    """A code list that a register uses."""

    values: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class Benchmark(Entry):
    """A public benchmark and what it looks at."""

    measures: tuple[str, ...]
    licence: str = ""


@dataclass(frozen=True, kw_only=True)
class DataLicence(Entry):
    """Under which licence someone's data may be used."""

    licence: str


@dataclass(frozen=True, kw_only=True)
class Disclosure(Standard):
    """Report content, version model, registers and benchmarks."""

    blocks: tuple[Block, ...]
    quality_tests: tuple[Entry, ...]
    warning_signs: tuple[Entry, ...]
    states: tuple[Entry, ...]
    change_kinds: tuple[Entry, ...]
    withdrawal_reasons: tuple[Entry, ...]
    version_rules: tuple[Entry, ...]
    version_facts: tuple[Entry, ...]
    registers: tuple[Register, ...]
    codelists: tuple[Codelist, ...]
    policies: tuple[Entry, ...]
    benchmarks: tuple[Benchmark, ...]
    supplier_list_practice: tuple[Entry, ...]
    supplier_list_fields: tuple[Entry, ...]
    formats: tuple[Entry, ...]
    licences: tuple[DataLicence, ...]
