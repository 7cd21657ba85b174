"""Forms about bringing a register in, confirming it, and reversing it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from recruiters.forms.fields import country_field
from recruiters.models import RegisterSource
from recruiters.services.weighing import ANOTHER, SAME_NAME

if TYPE_CHECKING:
    from recruiters.loadpreview import NameQuestion


class RegisterFileForm(KeyedForm):
    """Bring an edition of a register."""

    source = forms.CharField(
        label=_("Name of the register"),
        max_length=60,
        help_text=_("In Latin letters, such as nepal-dofe. The same name as before brings its next edition."),
    )
    authority = forms.CharField(
        label=_("Authority whose own register it is"),
        required=False,
        max_length=200,
        help_text=_(
            "As it is written with its licences. Leave empty if somebody else publishes the file: it then adds what is "
            "not known, and changes no status, term or name that is here. It is remembered for the next edition."
        ),
    )
    country = country_field(required=False, label=_("Country of rows that name none"))
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_(
            "CSV, Excel or JSON Lines (FollowTheMoney and ownership statements in BODS too), up to 20 MB: the whole "
            "register, one row for each licence or recruiter. "
            "Nothing changes before you have seen what would change."
        ),
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse an empty file with a sentence."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if not upload.size:
            raise forms.ValidationError(_("This file is empty. Nothing was kept of it."))
        return upload


class ConfirmLoadForm(KeyedForm):
    """Let a load in; a drop of more than a tenth is allowed by a tick only."""

    allow_drop = forms.BooleanField(
        label=_("It is right that more than 10 % of this register's records disappear"), required=False
    )
    hide_optional = True

    def __init__(
        self,
        *args: Any,
        drops: bool,
        graver: int = 0,
        better: int = 0,
        questions: "Sequence[NameQuestion]" = (),
        answers: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not drops:
            del self.fields["allow_drop"]
        self.counts = {"graver": graver, "better": better}
        for asked in questions:
            self.fields[f"name_{asked.row}"] = forms.ChoiceField(
                label=_("Row %(row)s: “%(name)s” bears the number %(number)s, which is here as “%(here)s”")
                % {"row": asked.row, "name": asked.name, "number": asked.number, "here": asked.here},
                choices=[
                    ("", _("not known yet: leave the row out")),
                    (SAME_NAME, _("the same organisation, renamed")),
                    (ANOTHER, _("another organisation: leave the row out")),
                ],
                required=False,
                initial=(answers or {}).get(asked.key, ""),
                widget=forms.RadioSelect,
            )
        # The count is part of the name: who ticked another number did not agree to this one.
        labels = (
            ("graver", graver, _("Licences that get a graver status: %(count)s. That is right.")),
            ("better", better, _("Licences that get a better status: %(count)s. That is right.")),
        )
        for name, count, label in labels:
            if count:
                self.fields[f"{name}_{count}"] = forms.BooleanField(label=label % {"count": count}, required=False)

    def agreed(self, which: str) -> int:
        """Return how many licences were agreed to become graver or better."""
        count = self.counts[which]
        return count if self.cleaned_data.get(f"{which}_{count}") else 0


class DatesForm(KeyedForm):
    """Say how a register writes its dates."""

    dates = forms.ChoiceField(label=_("Its dates are written"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, examples: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["dates"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(code, f"{label}: {examples[code]}") for code, label in RegisterSource.Dates.choices]


class UndoLoadForm(KeyedForm):
    """Reverse a load; what others built on is spared by a tick only."""

    leave = forms.BooleanField(label=_("Leave these as they are, and take back all the others"), required=False)
    hide_optional = True

    def __init__(self, *args: Any, offer_leave: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not offer_leave:
            del self.fields["leave"]
