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
    constant=-1.633,
    worth={
        "weight_matched": 0.880,
        "loss_of_pairs": -0.552,
        "one_word": -1.124,
        "initials": 0.228,
        "out_of_order": -0.813,
        "worst_pair_eased": 3.282,
        "rarest_both": 0.010,
        "core_least": 0.548,
        "common_alone": -0.500,
        "against_both": -1.151,
        "against_one": -1.199,
        "words_left_both": -3.880,
        "common_words_differ": -0.316,
        "all_equal": 1.784,
        "whole_alike": 0.822,
        "sorted_alike": 1.329,
        "other_script": -0.411,
        "script_without_vowels": 0.234,
        "script_with_loss": -0.463,
        "han_script": 1.593,
        "part_of_name": -1.187,
        "numbers_one_side": -0.491,
    },
)
ORGANISATION_1 = Weights(
    constant=-1.493,
    worth={
        "weight_matched": 1.805,
        "one_word": -0.083,
        "initials": 0.476,
        "worst_pair_eased": 0.688,
        "rarest_both": 0.378,
        "rarest_one": 0.606,
        "only_common": -0.288,
        "against_both": -1.357,
        "against_one": -0.183,
        "words_left_both": -0.668,
        "common_words_differ": -0.929,
        "acronym": 3.709,
        "all_equal": 1.945,
        "whole_alike": 1.616,
        "sorted_alike": 1.354,
        "part_of_name": -1.301,
        "forms_differ": -0.788,
        "numbers_differ": -0.179,
        "trade_differs": -6.799,
        "trade_and_more": -3.000,
        "trade_and_near": -4.235,
    },
)
