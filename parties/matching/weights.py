"""What each measure of evidence is worth, in log-odds, by algorithm and by kind. Written by ``learn.py``; read by people."""

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
    constant=-1.334,
    worth={
        "shorter_covered": 0.090,
        "weight_matched": 1.051,
        "loss_of_pairs": -0.478,
        "against_both": -1.213,
        "against_one": -1.057,
        "one_word": -1.024,
        "initials": 0.248,
        "out_of_order": -0.945,
        "whole_alike": 0.617,
        "all_equal": 1.538,
        "lossy_script": 0.084,
        "words_left_both": -3.991,
        "sorted_alike": 0.878,
        "set_alike": 0.226,
        "acronym": 3.300,
        "worst_pair_eased": 3.287,
        "numbers_one_side": -0.497,
        "rarest_both": 0.010,
        "part_of_name": -1.139,
        "core_least": 0.718,
        "common_words_differ": -0.335,
    },
)
ORGANISATION_1 = Weights(
    constant=-0.946,
    worth={
        "shorter_covered": 0.163,
        "weight_matched": 1.887,
        "against_both": -1.061,
        "against_one": -0.130,
        "one_word": -0.191,
        "initials": 0.451,
        "forms_differ": -1.503,
        "whole_alike": 0.078,
        "all_equal": 1.511,
        "lossy_script": 0.921,
        "words_left_both": -0.719,
        "sorted_alike": 0.926,
        "set_alike": 0.993,
        "acronym": 3.673,
        "worst_pair_eased": 0.318,
        "rarest_both": 0.495,
        "rarest_one": 0.583,
        "only_common": -0.659,
        "part_of_name": -2.175,
        "common_words_differ": -0.506,
    },
)
