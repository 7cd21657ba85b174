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
    constant=-0.503,
    worth={
        "weight_matched": 1.141,
        "loss_of_pairs": -0.230,
        "one_word": -0.994,
        "initials": 0.215,
        "out_of_order": -0.992,
        "worst_pair_eased": 3.150,
        "common_alone": -0.500,
        "telling_far": -1.247,
        "against_both": -1.082,
        "against_one": -1.572,
        "words_left_both": -4.553,
        "common_words_differ": -0.866,
        "all_equal": 2.526,
        "sorted_alike": 1.448,
        "other_script": -0.219,
        "script_without_vowels": 0.066,
        "script_with_loss": -0.541,
        "han_script": 1.224,
        "part_of_name": -1.323,
        "numbers_one_side": -0.615,
    },
)
ORGANISATION_1 = Weights(
    constant=-1.491,
    worth={
        "weight_matched": 1.806,
        "one_word": -0.078,
        "initials": 0.483,
        "worst_pair_eased": 0.676,
        "rarest_both": 0.366,
        "rarest_one": 0.609,
        "only_common": -0.282,
        "against_both": -1.362,
        "against_one": -0.146,
        "words_left_both": -0.719,
        "common_words_differ": -0.900,
        "acronym": 3.708,
        "all_equal": 1.964,
        "whole_alike": 1.622,
        "sorted_alike": 1.341,
        "part_of_name": -1.325,
        "forms_differ": -0.818,
        "numbers_differ": -0.180,
        "trade_differs": -6.782,
        "trade_and_more": -3.000,
        "trade_and_near": -4.226,
    },
)
