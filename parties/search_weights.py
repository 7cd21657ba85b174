"""What each feature of a candidate is worth in a search, in log-odds. ``search_names --learn`` writes the numbers."""

from __future__ import annotations

from typing import TypedDict


class Learned(TypedDict):
    """The constant, and the worth of each feature by its name."""

    constant: float
    worth: dict[str, float]


PERSON_2: Learned = {
    "constant": -12.368,
    "worth": {
        "nearness": 2.347,
        "one_script": -0.383,
        "read_from_east_asian": -0.783,
        "asked_in_east_asian": -0.944,
        "both_east_asian": -1.408,
        "other_kind": -3.426,
        "words_more": 0.043,
        "words_fewer": -0.343,
        "one_word_asked": -0.727,
        "one_word_found": -0.533,
        "shorter_covered": 3.281,
        "weight_matched": 7.83,
        "loss_of_pairs": 3.978,
        "one_word": 0.219,
        "initials": 0.828,
        "out_of_order": 0.011,
        "worst_pair_eased": 4.088,
        "rarest_both": 0.133,
        "rarest_one": 1.237,
        "only_common": -0.389,
        "core_least": -0.082,
        "common_alone": -1.371,
        "against_both": -0.031,
        "against_one": -0.926,
        "words_left_both": -3.051,
        "common_words_differ": 0.841,
        "all_equal": -0.064,
        "whole_alike": 1.953,
        "sorted_alike": 1.04,
        "other_script": 0.718,
        "script_without_vowels": -0.243,
        "script_with_loss": -0.376,
        "han_script": 0.56,
        "loss_across_scripts": -0.475,
        "part_of_name": -0.549,
        "forms_differ": -0.098,
        "forms_agree": -0.953,
        "numbers_one_side": -0.028,
    },
}
ORGANISATION_2: Learned = {
    "constant": -10.926,
    "worth": {
        "nearness": 4.115,
        "one_script": 0.694,
        "asked_in_east_asian": -0.165,
        "other_kind": -1.803,
        "words_more": 0.169,
        "words_fewer": 0.019,
        "one_word_asked": -0.622,
        "one_word_found": -0.67,
        "shorter_covered": 4.465,
        "weight_matched": 0.745,
        "loss_of_pairs": 4.27,
        "one_word": 0.172,
        "initials": -0.129,
        "out_of_order": 0.117,
        "worst_pair_eased": 0.638,
        "rarest_both": 0.756,
        "rarest_one": 0.439,
        "only_common": -0.647,
        "core_least": 0.029,
        "common_alone": -0.164,
        "against_both": 0.506,
        "against_one": 0.866,
        "words_left_both": 0.504,
        "common_words_differ": -0.433,
        "acronym": 5.219,
        "all_equal": 1.028,
        "whole_alike": 1.615,
        "sorted_alike": 1.215,
        "other_script": -1.878,
        "script_without_vowels": 1.052,
        "script_with_loss": -0.24,
        "han_script": -0.169,
        "loss_across_scripts": -0.046,
        "part_of_name": -1.288,
        "forms_differ": -1.084,
        "forms_agree": 0.344,
        "numbers_differ": -1.434,
        "numbers_one_side": 1.366,
        "trade_differs": -0.29,
        "trade_and_more": 1.171,
        "trade_and_near": 0.204,
    },
}
