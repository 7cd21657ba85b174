"""The forms that check a licence, by a code or by a certificate's file."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from recruiters.licencecertificates import LARGEST_FILE


class VerifyForm(forms.Form):
    """A code as it stands on a paper, and the day that matters."""

    hide_optional = True  # a day is never asked for, only offered

    code = forms.CharField(
        label=_("Licence number or certificate code"),
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


class VerifyFileForm(forms.Form):
    """A certificate's file, looked at and not kept."""

    file = forms.FileField(
        label=_("The certificate as a PDF file"),
        help_text=_("It is compared with what was issued here, byte by byte, and not kept."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse a file that is too large to be a certificate of ours."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if (upload.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than any certificate. Nothing of it was kept."))
        return upload
