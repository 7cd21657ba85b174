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
    constant=-1.417,
    worth={
        "weight_matched": 1.409,
        "loss_of_pairs": -0.438,
        "one_word": -1.039,
        "initials": 0.225,
        "out_of_order": -1.032,
        "worst_pair_eased": 3.686,
        "common_alone": -0.500,
        "against_both": -1.107,
        "against_one": -1.361,
        "words_left_both": -4.484,
        "common_words_differ": -0.843,
        "all_equal": 2.636,
        "sorted_alike": 1.423,
        "other_script": -0.163,
        "script_without_vowels": 0.126,
        "script_with_loss": -0.539,
        "han_script": 1.180,
        "part_of_name": -1.219,
        "numbers_one_side": -0.567,
    },
)
ORGANISATION_1 = Weights(
    constant=-1.479,
    worth={
        "weight_matched": 1.804,
        "one_word": -0.079,
        "initials": 0.482,
        "worst_pair_eased": 0.679,
        "rarest_both": 0.367,
        "rarest_one": 0.611,
        "only_common": -0.282,
        "against_both": -1.358,
        "against_one": -0.152,
        "words_left_both": -0.717,
        "common_words_differ": -0.913,
        "acronym": 3.707,
        "all_equal": 1.961,
        "whole_alike": 1.617,
        "sorted_alike": 1.341,
        "part_of_name": -1.311,
        "forms_differ": -0.818,
        "numbers_differ": -0.180,
        "trade_differs": -6.781,
        "trade_and_more": -3.000,
        "trade_and_near": -4.228,
    },
)
