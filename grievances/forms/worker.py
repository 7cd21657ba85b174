"""The worker's short forms: what happened, where and who, own words, contact. Nothing but the first is required."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.standards.grievance import Category
from grievances.models import Grievance
from grievances.places import country_choices
from grievances.rulebook import grievance_standard, worker_categories
from grievances.wording import worker_text

MOST_WORDS = 20_000
# What a worker is asked about on the form; everything else is asked later, one by one, when it comes up.
ASKED_CONSENTS = (
    "investigate",
    "share_without_name_with_employer",
    "share_inspector",
    "share_police",
    "share_embassy",
    "share_union_or_ngo",
    "share_buyer",
    "refer_to_services",
    "statistics_anonymised",
)


def category_choices() -> list[tuple[str, str]]:
    """Return the categories in the worker's words."""
    return [(category.code, worker_text(category.worker_label)) for category in worker_categories()]


def consent_choices() -> list[tuple[str, str]]:
    """Return the purposes that a worker is asked about, in her words."""
    known = {consent.code: consent for consent in grievance_standard().consents}
    return [(code, worker_text(known[code].worker_label)) for code in ASKED_CONSENTS]


def consents_by_default() -> list[str]:
    """Return the purposes that are ticked from the start."""
    return [consent.code for consent in grievance_standard().consents if consent.default]


class WorkerForm(forms.Form):
    """A form whose fields are all optional and say so only where it helps."""

    use_required_attribute = False
    hide_optional = True


class WhatForm(WorkerForm):
    """What happened, in codes."""

    codes = forms.MultipleChoiceField(
        label=_("Tick everything that fits"),
        choices=category_choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please tick at least one. If nothing fits, tick the last one.")},
    )
    danger_now = forms.BooleanField(label=_("Someone is in danger now"), required=False)
    under_18 = forms.BooleanField(label=_("Someone under 18 is affected"), required=False)
    time_closing = forms.BooleanField(label=_("I may be moved or sent home within days"), required=False)

    def choices_with_categories(self) -> list[tuple[Category, bool]]:
        """Return each category and whether it is ticked, for the page to draw."""
        ticked = set(self["codes"].value() or ())
        return [(category, category.code in ticked) for category in worker_categories()]


class WhereForm(WorkerForm):
    """Where it happened and who did it; all of it optional."""

    country = forms.ChoiceField(label=_("Country where you work"), choices=country_choices, required=False)
    place = forms.CharField(
        label=_("Place"), help_text=_("Town, street, or the name of the site"), max_length=300, required=False
    )
    employer = forms.CharField(label=_("Employer or workplace"), max_length=300, required=False)
    recruiter = forms.CharField(
        label=_("Recruiter, agency or agent"),
        help_text=_("A name, or the number of its licence"),
        max_length=300,
        required=False,
    )
    people = forms.ChoiceField(
        label=_("How many people does it happen to?"),
        choices=[
            (Grievance.People.ONE, _("Only me")),
            (Grievance.People.FEW, _("A few people")),
            (Grievance.People.MANY, _("Many people (more than 10)")),
            (Grievance.People.UNKNOWN, _("I do not know")),
        ],
        initial=Grievance.People.UNKNOWN,
        widget=forms.RadioSelect,
        required=False,
    )
    filed_by = forms.ChoiceField(
        label=_("Who are you?"),
        choices=[
            ("affected", _("It happened to me")),
            ("family", _("I am family")),
            ("notifier", _("I saw it or heard of it")),
            ("union", _("I am from a union")),
            ("representative", _("I help the person")),
        ],
        initial="affected",
        widget=forms.RadioSelect,
        required=False,
    )


class ManyFilesInput(forms.ClearableFileInput):
    """Several files in one plain input, without JavaScript."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each judged on its own by whoever keeps them."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Return the files as they came."""
        del initial
        return [each for each in (data if isinstance(data, Sequence) else [data]) if each]


class VoiceInput(ManyFilesInput):
    """The phone's own recorder, without JavaScript."""

    allow_multiple_selected = False

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "audio/*", "capture": True})


class WordsForm(WorkerForm):
    """What a worker says in her own words, with files."""

    words = forms.CharField(
        label=_("What happened, in your own words"),
        help_text=_("Write in any language. You can leave this empty."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=MOST_WORDS,
        required=False,
        error_messages={"max_length": _("This is too long to send at once. Please send the rest later as a message.")},
    )
    drop = forms.MultipleChoiceField(
        label=_("Take out"), choices=[(str(n), str(n)) for n in range(1, 6)], required=False
    )
    papers = ManyFilesField(
        label=_("Photos, papers or a voice recording"),
        help_text=_("Up to 5 files, each up to 25 MB. We make copies without the place and device hidden in photos."),
        required=False,
    )
    voice = ManyFilesField(label=_("Speak instead of writing"), widget=VoiceInput, required=False)


TIMES = (
    ("any", _("Any time")),
    ("morning", _("Morning")),
    ("afternoon", _("Afternoon")),
    ("evening", _("Evening")),
    ("friday", _("Friday")),
    ("sunday", _("Sunday")),
)


class ContactForm(WorkerForm):
    """How, when and whether a worker may be reached, and what she agrees to, each on its own."""

    mode = forms.ChoiceField(
        label=_("How may we reach you?"),
        choices=[
            (Grievance.ContactMode.RECEIPT, _("Do not contact me. I will come back with my receipt.")),
            (Grievance.ContactMode.PHONE, _("Call me")),
            (Grievance.ContactMode.SMS, _("Send me a text message")),
            (Grievance.ContactMode.EMAIL, _("Write me an e-mail")),
        ],
        initial=Grievance.ContactMode.RECEIPT,
        widget=forms.RadioSelect,
    )
    value = forms.CharField(label=_("Phone number or e-mail address"), max_length=200, required=False)
    name = forms.CharField(label=_("Your name, if you want to give it"), max_length=200, required=False)
    times = forms.MultipleChoiceField(
        label=_("When is it safe?"), choices=TIMES, widget=forms.CheckboxSelectMultiple, required=False
    )
    caution = forms.CharField(
        label=_("What should we be careful about?"),
        help_text=_("For example: others use this phone; say that you call about a parcel"),
        max_length=500,
        required=False,
    )
    consents = forms.MultipleChoiceField(
        label=_("What may we do?"),
        help_text=_(
            "Each is your own choice. Your report is taken up whatever you choose, and you can change it later."
        ),
        choices=consent_choices,
        initial=consents_by_default,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, line_kept: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._line_kept = line_kept  # her number for text messages is known, and shown to nobody

    def clean(self) -> dict[str, Any]:
        """Ask for a number or address where one is needed to reach her."""
        values = super().clean() or {}
        given = values.get("value") or (self._line_kept and values.get("mode") == Grievance.ContactMode.SMS)
        if values.get("mode") not in {None, "", Grievance.ContactMode.RECEIPT} and not given:
            self.add_error("value", _("Please write the number or address, or choose not to be contacted."))
        return values

    def contact(self) -> dict[str, object]:
        """Return what is sealed: nothing at all where she does not want to be contacted and gave no name."""
        values = self.cleaned_data
        wanted = values["mode"] != Grievance.ContactMode.RECEIPT
        facts: dict[str, object] = {"name": values["name"]}
        if wanted:
            facts |= {"value": values["value"], "times": "+".join(values["times"]), "caution": values["caution"]}
        return facts

    def given(self) -> dict[str, bool]:
        """Return the answer to every purpose that was asked."""
        ticked = set(self.cleaned_data["consents"])
        answers = {code: code in ticked for code in ASKED_CONSENTS}
        answers["contact_me"] = self.cleaned_data["mode"] != Grievance.ContactMode.RECEIPT
        return answers


class ReceiptForm(WorkerForm):
    """A receipt as somebody typed it."""

    receipt = forms.CharField(
        label=_("Your receipt"),
        help_text=_("27 digits. You can use the digits of your own language."),
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )


class AnswerForm(WorkerForm):
    """A message from the worker, with files."""

    words = forms.CharField(
        label=_("Write to us"), widget=forms.Textarea(attrs={"rows": 5}), max_length=MOST_WORDS, required=False
    )
    papers = ManyFilesField(
        label=_("Add photos, papers or a voice recording"),
        help_text=_("Up to 5 files, each up to 25 MB"),
        required=False,
    )
    voice = ManyFilesField(label=_("Speak instead of writing"), widget=VoiceInput, required=False)
    form_key = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)
