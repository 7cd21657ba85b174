"""Forms about bringing a register in, confirming it, and reversing it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from recruiters.forms.fields import country_field


class RegisterFileForm(KeyedForm):
    """Bring an edition of a register."""

    source = forms.CharField(
        label=_("Name of the register"),
        max_length=60,
        help_text=_("In Latin letters, such as nepal-dofe. The same name as before brings its next edition."),
    )
    country = country_field(required=False, label=_("Country of rows that name none"))
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_(
            "CSV, Excel or JSON Lines, up to 20 MB: the whole register, one row for each licence or recruiter. "
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

    def __init__(self, *args: Any, drops: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not drops:
            del self.fields["allow_drop"]


class UndoLoadForm(KeyedForm):
    """Reverse a load; what others built on is spared by a tick only."""

    leave = forms.BooleanField(label=_("Leave these as they are, and take back all the others"), required=False)
    hide_optional = True

    def __init__(self, *args: Any, offer_leave: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not offer_leave:
            del self.fields["leave"]
