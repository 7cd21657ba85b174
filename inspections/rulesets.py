"""Give the two screening rules their data: the standard's where it says so, else our own tables. Pure.

A ruleset's name is kept with every screening, so that an old result can be explained by the rule that made it; a
changed table is a new name.
"""

from functools import lru_cache

from core.standards import standard
from inspections.indicators import (
    ElevenRule,
    OperationalRule,
    Outcome,
    Strength,
    Threshold,
    Weighted,
)

# Ours (design): signs of which one is enough to refer, from the standard's list of what always escalates: being locked
# in, violence, papers kept against the worker's will, debt bondage, any child.
REFER_ON = frozenset(
    [
        "MOV-02",
        "MOV-04",
        "MOV-08",
        "DOC-02",
        "REC-06",
        "REC-08",
        "CON-04",
        "RTN-03",
        "CHI-01",
        "CHI-02",
        "CHI-05",
        "D2.01",
        "D2.02",
        "D2.04",
        "D5.02",
        "D5.03",
        "D5.04",
        "D5.05",
    ]
)
STRONG_AT = 3  # ours (design): the standard says that several are needed together, not how many

# Ours (synthesis): which operational indicators a question about the workplace speaks to. What none speaks to stays
# unknown until a worker is asked.
SPEAKS_TO: dict[str, tuple[str, ...]] = {
    "REC-06": ("D2.04",), "REC-07": ("D4.08",), "REC-08": ("D2.10",), "REC-09": ("D1.01",),
    "CON-01": ("D4.05",), "CON-04": ("D1.04",), "CON-05": ("D4.05",), "CON-08": ("D6.01",),
    "DOC-01": ("D5.01",), "DOC-02": ("D5.01",), "DOC-04": ("D5.01",), "DOC-05": ("D6.05",),
    "WAG-01": ("D4.04",), "WAG-02": ("D5.14",), "WAG-03": ("D5.14",), "WAG-05": ("D4.08",), "WAG-06": ("D4.08",),
    "WAG-09": ("D4.08",),
    "HRS-01": ("D4.01",), "HRS-02": ("D4.01",), "HRS-03": ("D4.01",), "HRS-04": ("D4.01",),
    "MOV-01": ("D5.03",), "MOV-02": ("D5.03",), "MOV-03": ("D5.03",), "MOV-04": ("D5.04",), "MOV-05": ("D5.09",),
    "MOV-06": ("D5.08",), "MOV-07": ("D5.05",), "MOV-08": ("D5.03",),
    "OSH-01": ("D4.03",), "OSH-02": ("D4.03",), "OSH-03": ("D4.03",), "OSH-05": ("D4.03",), "OSH-08": ("D4.07",),
    "ACC-01": ("D4.02",), "ACC-03": ("D4.02",), "ACC-04": ("D4.02",), "ACC-05": ("D4.02",), "ACC-06": ("D6.01",),
    "EQU-03": ("D4.06",), "EQU-05": ("D5.10",), "RTN-03": ("D5.03",),
}  # fmt: skip

CHILD_ITEMS = frozenset({"CHI-01", "CHI-02", "CHI-05"})

# Ours (design): how much the standard's combined results, and the combinations that it leaves open, ask for.
OUTCOMES = {
    "no_indication": Outcome.NO_INDICATION,
    "single_dimensions": Outcome.INDICATION,
    "labour_rights_case": Outcome.INDICATION,
    "deception_plus_exploitation": Outcome.STRONG_INDICATION,
    "trafficking_indication": Outcome.REFER,
    "forced_labour_indication": Outcome.REFER,
}


@lru_cache(maxsize=8)
def eleven_rule(edition: str | None = None) -> ElevenRule:
    """Return the rule of the eleven indicators for an edition of the standard, the newest by default."""
    source = standard("forced_labour", edition)
    return ElevenRule(
        ruleset=f"eleven/1:{source.edition}",
        indicators=tuple(str(indicator.code) for indicator in source.indicators),
        refer_on=REFER_ON,
        strong_at=STRONG_AT,
    )


@lru_cache(maxsize=8)
def operational_rule(edition: str | None = None) -> OperationalRule:
    """Return the weighted rule for an edition of the standard, the newest by default."""
    source = standard("forced_labour", edition)
    combinations = {
        (combination.recruitment, combination.exploitation, combination.coercion): str(combination.code)
        for combination in source.combinations
    }
    return OperationalRule(
        ruleset=f"operational/1:{source.edition}",
        weights=tuple(
            Weighted(
                str(each.code),
                each.dimension,
                Strength(str(each.adult)) if each.adult else None,
                Strength(str(each.child)) if each.child else None,
            )
            for each in source.operational
        ),
        thresholds=tuple(
            Threshold(each.strong, each.medium, each.weak, each.medium_or_weak)
            for each in source.dimension_rule.positive_if_any
        ),
        combinations=combinations,
        outcomes=OUTCOMES,
        recruitment=source.recruitment_dimensions,
        exploitation=source.exploitation_dimension,
        coercion=source.coercion_dimension,
        substitutes=source.means_substitutes,
        child_needs=source.child_needs,
    )
