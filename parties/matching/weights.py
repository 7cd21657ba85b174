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
    constant=-5.251,
    worth={
        "shorter_covered": 0.113,
        "longer_covered": 2.364,
        "weight_matched": 0.595,
        "worst_pair": 9.993,
        "loss_of_pairs": 1.032,
        "against_both": -1.072,
        "against_one": -0.963,
        "one_word": -0.565,
        "initials": 0.276,
        "out_of_order": -0.751,
        "whole_alike": 0.937,
        "all_equal": 1.342,
        "lossy_script": 0.037,
        "words_left_both": -4.392,
        "words_left_one": 1.097,
        "sorted_alike": 1.110,
        "set_alike": 0.631,
        "acronym": 3.101,
        "worst_squared": -5.456,
        "numbers_one_side": -0.663,
    },
)
ORGANISATION_1 = Weights(
    constant=-5.459,
    worth={
        "shorter_covered": 3.182,
        "longer_covered": 1.945,
        "weight_matched": 0.732,
        "worst_pair": 4.858,
        "loss_of_pairs": 0.576,
        "against_both": -0.463,
        "against_one": 0.135,
        "one_word": 0.191,
        "initials": 0.381,
        "numbers_differ": 0.700,
        "forms_differ": -1.116,
        "forms_agree": -0.281,
        "out_of_order": -0.380,
        "whole_alike": 0.474,
        "all_equal": 1.774,
        "lossy_script": 0.719,
        "words_left_both": -0.378,
        "words_left_one": 0.553,
        "sorted_alike": 1.146,
        "set_alike": 1.744,
        "acronym": 3.890,
        "worst_squared": -4.403,
        "numbers_one_side": 0.326,
    },
)
