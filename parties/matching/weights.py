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
    constant=-1.642,
    worth={
        "shorter_covered": 0.452,
        "weight_matched": 0.966,
        "loss_of_pairs": -0.468,
        "one_word": -1.044,
        "initials": 0.224,
        "out_of_order": -0.941,
        "worst_pair_eased": 3.059,
        "rarest_both": 0.030,
        "core_least": 0.393,
        "against_both": -0.968,
        "against_one": -1.148,
        "words_left_both": -4.062,
        "common_words_differ": -0.309,
        "all_equal": 1.801,
        "whole_alike": 0.697,
        "sorted_alike": 0.999,
        "lossy_script": 0.073,
        "part_of_name": -1.309,
        "numbers_one_side": -0.525,
    },
)
ORGANISATION_1 = Weights(
    constant=-1.213,
    worth={
        "weight_matched": 2.110,
        "one_word": -0.072,
        "initials": 0.425,
        "worst_pair_eased": 0.769,
        "rarest_both": 0.542,
        "rarest_one": 0.483,
        "only_common": -0.228,
        "against_both": -1.404,
        "against_one": -0.362,
        "words_left_both": -0.777,
        "common_words_differ": -0.834,
        "acronym": 3.757,
        "all_equal": 1.794,
        "whole_alike": 1.318,
        "sorted_alike": 1.268,
        "lossy_script": 0.835,
        "part_of_name": -1.397,
        "forms_differ": -0.943,
        "numbers_differ": -0.149,
        "trade_differs": -6.284,
        "trade_and_more": -2.988,
        "trade_and_near": -3.817,
    },
)
