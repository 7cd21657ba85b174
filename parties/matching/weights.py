"""What each measure of evidence is worth, in log-odds, by algorithm and kind. ``learn.py`` writes the numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Hold the constant and the worth of each measure."""

    constant: float
    worth: dict[str, float]

    def row(self, measures: tuple[str, ...]) -> tuple[float, ...]:
        """Return the worths in the order of the measures."""
        return tuple(self.worth.get(name, 0.0) for name in measures)


PERSON_1 = Weights(
    constant=-1.601,
    worth={
        "shorter_covered": 0.422,
        "weight_matched": 0.991,
        "loss_of_pairs": -0.499,
        "against_both": -0.968,
        "against_one": -1.154,
        "one_word": -1.041,
        "initials": 0.208,
        "out_of_order": -0.919,
        "whole_alike": 0.749,
        "all_equal": 1.806,
        "lossy_script": 0.084,
        "words_left_both": -4.065,
        "sorted_alike": 0.969,
        "acronym": 3.288,
        "worst_pair_eased": 3.029,
        "numbers_one_side": -0.525,
        "rarest_both": 0.041,
        "part_of_name": -1.143,
        "core_least": 0.363,
        "common_words_differ": -0.300,
    },
)
ORGANISATION_1 = Weights(
    constant=-1.169,
    worth={
        "weight_matched": 1.869,
        "against_both": -1.149,
        "against_one": -0.122,
        "one_word": -0.081,
        "initials": 0.510,
        "forms_differ": -1.421,
        "whole_alike": 0.998,
        "all_equal": 2.173,
        "lossy_script": 0.893,
        "words_left_both": -0.789,
        "sorted_alike": 1.092,
        "set_alike": 0.211,
        "acronym": 3.822,
        "worst_pair_eased": 0.462,
        "rarest_both": 0.373,
        "rarest_one": 0.632,
        "only_common": -0.404,
        "part_of_name": -2.963,
        "common_words_differ": -0.780,
    },
)
