"""The summary above a refused form reads as sentences: no colon after a label that ends with its own mark."""

import pytest
from django import forms
from django.template.loader import render_to_string


class Form(forms.Form):
    """Labels as the product has them."""

    stand = forms.CharField(label="What do you say?")
    arabic = forms.CharField(label="ماذا تقولون؟")
    agreed = forms.BooleanField(label="We undertake it.")
    amount = forms.CharField(label="Amount")


@pytest.mark.parametrize(
    ("label", "after"), [("What do you say?", " "), ("ماذا تقولون؟", " "), ("We undertake it.", " "), ("Amount", ": ")]
)
def test_the_summary_sets_no_colon_after_a_question_or_a_sentence(label: str, after: str) -> None:
    shown = render_to_string("core/parts/errors.html", {"form": Form({})})
    assert f"{label}{after}This field is required." in shown
