"""The form that checks a licence."""

from django import forms
from django.utils.translation import gettext_lazy as _


class VerifyForm(forms.Form):
    """A code as it stands on a paper, and the day that matters."""

    code = forms.CharField(
        label=_("Licence number or code"),
        help_text=_("As it stands on the paper. Capital or small letters, dashes and spaces do not matter."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "dir": "auto"}),
    )
    day = forms.DateField(
        label=_("Day"),
        help_text=_("Leave empty for today. Or choose the day on which you were recruited."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
