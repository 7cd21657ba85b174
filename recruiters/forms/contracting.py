"""The form that holds a contract in its versions: each term as data, so that versions can be compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.standards import standard
from recruiters.contractterms import FIELDS, PER, Field, Kind, Unreadable, Value, read
from recruiters.forms.assessing import FactForm
from recruiters.forms.fields import FilesField, date_field
from recruiters.models import ContractTerm
from recruiters.termwords import CHOICES, UNITS, field_label
from recruiters.termwords import PER as PER_WORDS

VERSIONS = [version.value for version in ContractTerm.Version]
YES_NO = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]
WRONG = {
    "number": _("Give a number, such as 1200."),
    "currency": _("Give the currency by its three letters, such as QAR."),
    "unit": _("Choose a unit."),
    "per": _("Choose a period."),
    "choice": _("Choose from the list."),
}


@dataclass(frozen=True)
class Cell:
    """One term of one version: its fields, and what is wrong with them."""

    version: str
    fields: list[BoundField]


@dataclass(frozen=True)
class TermRow:
    """One term across the versions."""

    label: str
    element: str
    cells: list[Cell]


class ContractReviewForm(FactForm):
    """Compare a contract as offered, as signed and as lived. No worker's name is asked."""

    language_understood = forms.ChoiceField(
        label=_("Is it in a language that the worker understands?"), choices=YES_NO, required=False
    )
    contract_language = forms.CharField(label=_("Language of the contract"), required=False, max_length=10)
    worker_language = forms.CharField(label=_("Language that the worker reads"), required=False, max_length=10)
    explained = forms.ChoiceField(
        label=_("Was it explained, and did the worker agree freely?"), choices=YES_NO, required=False
    )
    copy_given_on = date_field(_("Day on which the worker got a copy"), required=False)
    signed_on = date_field(_("Day of signature"), required=False)
    departed_on = date_field(_("Day of departure"), required=False)
    read_whole = forms.MultipleChoiceField(
        label=_("Which papers did you read from beginning to end?"),
        choices=[("offered", _("the offer")), ("signed", _("the signed contract"))],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only in a paper that was read whole, a term that is not filled in counts as missing."),
    )
    clauses = forms.MultipleChoiceField(
        label=_("Clauses that must not be there"), required=False, widget=forms.CheckboxSelectMultiple
    )
    signs = forms.MultipleChoiceField(
        label=_("Signs that it was swapped"), required=False, widget=forms.CheckboxSelectMultiple
    )
    scans = FilesField(label=_("Scans"), help_text=_("PDF or photos, up to 25 MB each. Cover names."))
    ABOUT = ("corridor", "source_kind", "source_ref", "contract_language", "worker_language", "language_understood",
             "explained", "copy_given_on", "signed_on", "departed_on", "read_whole")  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contract = standard("contract")
        for name, entries in (("clauses", contract.clauses), ("signs", contract.substitution_signs)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
            field.choices = [(entry.code, gettext(entry.label)) for entry in entries]
        for version in VERSIONS:
            for term in FIELDS:
                for part, field_ in _parts(term):
                    self.fields[f"{version}-{term.name}-{part}"] = field_
        self.terms: dict[str, dict[str, Value]] = {}

    def clean(self) -> dict[str, Any]:
        """Read every term, and name each that cannot be read."""
        cleaned = super().clean() or {}
        for version in VERSIONS:
            found: dict[str, Value] = {}
            for term in FIELDS:
                names = {part: f"{version}-{term.name}-{part}" for part, _field in _parts(term)}
                try:
                    value = read(term, {part: cleaned.get(name, "") for part, name in names.items()})
                except Unreadable as wrong:
                    part = {"currency": "currency", "unit": "unit", "per": "per"}.get(str(wrong))
                    self.add_error(names.get(part or "", next(iter(names.values()))), WRONG[str(wrong)])
                    continue
                if value is not None:
                    found[term.name] = value
            self.terms[version] = found
        return cleaned

    def about(self) -> list[BoundField]:
        """Return the fields about the paper itself."""
        return [self[name] for name in self.ABOUT]

    def rows(self) -> Iterator[TermRow]:
        """Yield each term with its cells, one for each version."""
        for term in FIELDS:
            cells = [
                Cell(
                    str(ContractTerm.Version(version).label),
                    [self[f"{version}-{term.name}-{part}"] for part, _field in _parts(term)],
                )
                for version in VERSIONS
            ]
            yield TermRow(field_label(term), term.element, cells)


def _parts(term: Field) -> Iterator[tuple[str, forms.Field]]:
    label = field_label(term)
    if term.kind is Kind.MONEY:
        number = forms.TextInput(attrs={"inputmode": "decimal"})
        yield "amount", forms.CharField(label=f"{label}: {gettext('amount')}", required=False, widget=number)
        letters = forms.TextInput(attrs={"maxlength": 3, "size": 4, "autocapitalize": "characters"})
        yield "currency", forms.CharField(label=f"{label}: {gettext('currency')}", required=False, widget=letters)
        per = [(code, PER_WORDS[code]) for code in ("month", *(p for p in PER if p != "month"))]
        yield "per", forms.ChoiceField(label=f"{label}: {gettext('how often')}", required=False, choices=per)
    elif term.kind is Kind.NUMBER:
        number = forms.TextInput(attrs={"inputmode": "decimal"})
        yield "number", forms.CharField(label=label, required=False, widget=number)
        if len(term.units) > 1:
            units = [(unit, UNITS[unit]) for unit in term.units]
            yield "unit", forms.ChoiceField(label=f"{label}: {gettext('unit')}", required=False, choices=units)
    elif term.kind is Kind.CHOICE:
        options = [("", "–"), *((code, CHOICES[code]) for code in term.choices)]
        yield "choice", forms.ChoiceField(label=label, required=False, choices=options)
    else:
        yield "text", forms.CharField(label=label, required=False, max_length=200)
