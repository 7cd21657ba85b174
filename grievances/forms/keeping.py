"""Forms of the page on how long a grievance is kept, and of what figures are broken down by."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.standards import standard
from grievances.models import Erasure, Hold

NOT_STATED = "not_stated"


def _bands() -> list[tuple[str, str]]:
    found = [(each.code, gettext(each.label)) for each in standard("statistics").age_bands if each.code != NOT_STATED]
    return [("", gettext("Not stated")), *found]


def _sexes() -> list[tuple[str, str]]:
    found = [(each.code, gettext(each.label)) for each in standard("statistics").sexes if each.code != NOT_STATED]
    return [("", gettext("Not stated")), *found]


class PersonForm(forms.Form):
    """Age group and sex, if she wants to say: for figures only."""

    age_band = forms.ChoiceField(label=_("Age group"), choices=_bands, required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=_sexes, required=False)


class HoldForm(forms.Form):
    """Why everything must be kept."""

    hold = forms.ChoiceField(label=_("Why it must be kept"), choices=[("", "–"), *Hold.Reason.choices])


class ErasureForm(forms.Form):
    """Why words, files and contact go before their time."""

    erase = forms.ChoiceField(label=_("Why it goes sooner"), choices=[("", "–"), *Erasure.Reason.choices])
