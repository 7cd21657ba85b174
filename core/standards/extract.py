"""Write labels.txt, so that makemessages sees every label that people read: `python -m core.standards.extract`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.standards import editions, standard
from core.standards.entries import CERTAINTY_NOTES, Entry

TARGET = Path(__file__).with_name("labels.txt")
HEAD = "{# Labels of the standards, for makemessages. Written by `python -m core.standards.extract`; do not edit. #}\n"
OTHER_WORDS = ("worker_label", "worker_hint", "public_label", "short")

# The lists whose labels appear on screens and in reports. The rest are rules and facts for those who build and review.
SHOWN: dict[str, tuple[str, ...]] = {
    "bla": ("groups", "components", "scale", "lifecycle", "interventions", "plan_statuses"),
    "contract": ("elements", "clauses", "early_end", "substitution_signs", "worse_if"),
    "disclosure": (
        "blocks",
        "quality_tests",
        "warning_signs",
        "states",
        "change_kinds",
        "withdrawal_reasons",
        "policies",
    ),
    "fees": ("categories", "decisions", "metric"),
    "forced_labour": (
        "indicators",
        "dimensions",
        "dimensions.indicators",
        "combinations",
        "combination_caution",
        "rules",
        "allowed_words",
    ),
    "grievance": (
        "categories",
        "severities",
        "raise_rules",
        "criteria",
        "identity_modes",
        "consents",
        "retaliation_forms",
        "channels",
        "filers",
        "states",
        "closure_reasons",
        "not_accepted",
        "public_log",
    ),
    "inspection": (
        "sections",
        "sections.questions",
        "recruiter_questions",
        "answer_types",
        "severities",
        "stages",
        "closing_checklist",
        "corrective_fields",
        "action_states",
    ),
    "iris": (
        "principles",
        "principles.criteria",
        "outcomes",
        "outcome_rule",
        "management",
        "not_a_certificate",
    ),
    "licence": ("statuses", "kinds", "reasons", "outcome_fields"),
    "oecd": (
        "steps",
        "steps.actions",
        "severity_factors",
        "likelihood",
        "priority_rules",
        "involvement",
        "decisions",
        "assurance",
        "disclosure_classes",
    ),
    "referral": (
        "steps",
        "services",
        "states",
        "exceptions",
        "police_conditions",
        "child_fields",
        "minimum_fields",
        "directory_fields",
    ),
    "regimes": ("sections", "regimes", "regimes.items", "statuses"),
    "remedy": (
        "forms",
        "steps",
        "stages",
        "closure",
        "worker_confirmation",
        "cost_heads",
        "repayment_methods",
        "repayment_timeline",
    ),
    "statistics": ("tiers", "sexes", "age_bands", "dimensions", "marks", "retention", "caveats"),
    "supplychain": ("identifiers", "tiers", "labour_chain", "interests", "unknown_reasons"),
    "vulnerability": ("levels", "factors", "stages"),
}


def labels() -> list[str]:
    """Return every shown label once, those for workers and the public first."""
    shown = list(_shown())
    own = [str(getattr(entry, field, "")) for field in OTHER_WORDS for entry in shown]
    every = [*own, *CERTAINTY_NOTES.values(), *(entry.label for entry in shown)]
    return list(dict.fromkeys(label for label in every if label))


def text() -> str:
    """Return what labels.txt must hold."""
    return HEAD + "".join(f"{{% translate {_quoted(label)} %}}\n" for label in labels())


def _shown() -> Iterator[Entry]:
    for name, paths in SHOWN.items():
        for edition in editions(name):
            yield from (entry for path, entry in standard(name, edition).walk() if path in paths)


def _quoted(label: str) -> str:
    quote = "'" if '"' in label else '"'
    return f"{quote}{label}{quote}"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
