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
    constant=-4.732,
    worth={
        "shorter_covered": 0.159,
        "longer_covered": 2.143,
        "weight_matched": 0.887,
        "worst_pair": 9.068,
        "loss_of_pairs": 0.945,
        "against_both": -1.108,
        "against_one": -0.957,
        "one_word": -0.514,
        "initials": 0.324,
        "out_of_order": -0.788,
        "whole_alike": 0.962,
        "all_equal": 1.460,
        "lossy_script": 0.093,
        "words_left_both": -4.421,
        "words_left_one": 1.112,
        "sorted_alike": 1.052,
        "set_alike": 0.501,
        "acronym": 3.115,
        "worst_squared": -4.774,
        "numbers_one_side": -0.742,
    },
)
ORGANISATION_1 = Weights(
    constant=-5.429,
    worth={
        "shorter_covered": 3.283,
        "longer_covered": 2.016,
        "weight_matched": 0.703,
        "worst_pair": 4.244,
        "loss_of_pairs": 0.521,
        "against_both": -0.458,
        "against_one": 0.228,
        "one_word": 0.152,
        "initials": 0.370,
        "numbers_differ": 0.651,
        "forms_differ": -1.136,
        "forms_agree": -0.308,
        "out_of_order": -0.465,
        "whole_alike": 0.456,
        "all_equal": 2.231,
        "lossy_script": 0.751,
        "words_left_both": -0.337,
        "words_left_one": 0.507,
        "sorted_alike": 1.160,
        "set_alike": 1.671,
        "acronym": 3.841,
        "worst_squared": -3.861,
        "numbers_one_side": 0.326,
    },
)
