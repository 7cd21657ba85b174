"""Turn a section of a checklist into a form: large choices, a note beside each, nothing lost on an error."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from checklists.answers import Answer, Money, Per, State, Unreadable, is_adverse, not_checked, read
from checklists.questions import FALLBACK, Item, Kind, Section
from checklists.sheets import NO_WORDS, Words
from core.formkeys import KeyedForm

YES_NO_NA = [("yes", _("Yes")), ("no", _("No")), ("na", _("Does not apply")), ("not_checked", _("Not checked"))]
PERS = [
    (Per.ONCE, _("once")),
    (Per.DAY, _("a day")),
    (Per.WEEK, _("a week")),
    (Per.MONTH, _("a month")),
    (Per.YEAR, _("a year")),
]
NOTE_LENGTH = 4000


@dataclass(frozen=True)
class Row:
    """One item as the page shows it."""

    item: Item
    text: str
    answer: list[forms.BoundField]
    note: forms.BoundField | None
    adverse: bool
    open: bool
    errors: list[str]


class SectionForm(KeyedForm):
    """Answers and notes of one section; build it with `section_form`."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    section: Section
    with_notes: bool

    def __init__(self, section: Section, *args: Any, with_notes: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section, self.with_notes = section, with_notes
        language = get_language() or FALLBACK
        for item in section.items:
            for name, field in _fields(item, item.text.read(language)):
                self.fields[name] = field
            if with_notes and item.kind != Kind.TEXT:
                self.fields[f"{item.field}_note"] = forms.CharField(
                    required=False,
                    max_length=NOTE_LENGTH,
                    label=format_lazy("{}: {}", item.code, _("What you saw or heard")),
                    widget=forms.Textarea(attrs={"rows": 2}),
                )
        self.fields["note"] = forms.CharField(
            required=False,
            max_length=NOTE_LENGTH,
            label=_("Anything else about this section"),
            help_text=_("What fits no question: impressions, mood, what was not said. No names."),
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean(self) -> dict[str, Any]:
        """Read every answer and ask for a note beside each adverse one."""
        cleaned = super().clean() or {}
        self.answers: dict[str, Answer] = {}
        for item in self.section.items:
            try:
                answer = read(item, _raw(item, cleaned))
            except Unreadable as wrong:
                self.add_error(_names(item)[0], SENTENCES.get(str(wrong), SENTENCES["other"]))
                answer = not_checked(item)
            self.answers[item.code] = answer
            name = f"{item.field}_note"
            if name in self.fields and is_adverse(item, answer) and not cleaned.get(name, "").strip():
                self.add_error(name, gettext("Please say what you saw or heard."))
        self.words = Words(
            comments={
                item.code: cleaned.get(f"{item.field}_note", "").strip()
                for item in self.section.items
                if cleaned.get(f"{item.field}_note", "").strip()
            },
            texts={
                item.code: str(cleaned.get(item.field, "")).strip()
                for item in self.section.items
                if item.kind == Kind.TEXT and str(cleaned.get(item.field, "")).strip()
            },
            note=cleaned.get("note", "").strip(),
        )
        return cleaned

    def rows(self) -> Iterator[Row]:
        """Yield the items in order, with their fields as bound."""
        language = get_language() or FALLBACK
        for item in self.section.items:
            note = self[f"{item.field}_note"] if f"{item.field}_note" in self.fields else None
            given = [self[name] for name in _names(item)]
            errors = [str(error) for field in [*given, *([note] if note else [])] for error in field.errors]
            yield Row(
                item=item,
                text=item.text.read(language),
                answer=given,
                note=note,
                adverse=bool(item.adverse),
                open=bool(note is not None and (note.value() or note.errors)),
                errors=errors,
            )


SENTENCES = {
    "count": _("Please give a whole number, such as 12."),
    "money": _("Please give an amount, such as 1200."),
    "currency": _("Please give the currency by its three letters, such as NPR."),
    "select_many": _("Please choose from the list."),
    "date": _("Please give a date."),
    "other": _("Please choose one of the answers."),
}


def _names(item: Item) -> list[str]:
    if item.kind == Kind.MONEY:
        return [f"{item.field}_amount", f"{item.field}_currency", f"{item.field}_per"]
    return [item.field]


def _fields(item: Item, text: str) -> Iterator[tuple[str, forms.Field]]:
    match item.kind:
        case Kind.YES_NO_NA:
            widget = forms.RadioSelect()
            yield item.field, forms.ChoiceField(required=False, label=text, choices=YES_NO_NA, widget=widget)
        case Kind.COUNT:
            number = forms.NumberInput(attrs={"inputmode": "numeric", "min": 0})
            yield item.field, forms.IntegerField(required=False, label=text, min_value=0, widget=number)
        case Kind.MONEY:
            amount = forms.TextInput(attrs={"inputmode": "decimal"})
            yield f"{item.field}_amount", forms.CharField(required=False, label=_("Amount"), widget=amount)
            currency = forms.TextInput(attrs={"maxlength": 3, "autocapitalize": "characters", "size": 4})
            yield f"{item.field}_currency", forms.CharField(required=False, label=_("Currency"), widget=currency)
            yield f"{item.field}_per", forms.ChoiceField(required=False, label=_("How often"), choices=PERS)
        case Kind.SELECT_MANY:
            language = get_language() or FALLBACK
            options = [(choice.code, choice.label.read(language)) for choice in item.choices]
            yield (
                item.field,
                forms.MultipleChoiceField(
                    required=False, label=text, choices=options, widget=forms.CheckboxSelectMultiple
                ),
            )
        case Kind.TEXT:
            area = forms.Textarea(attrs={"rows": 3})
            yield item.field, forms.CharField(required=False, label=text, max_length=NOTE_LENGTH, widget=area)
        case Kind.DATE:
            day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            yield item.field, forms.DateField(required=False, label=text, widget=day)


def _raw(item: Item, cleaned: Mapping[str, Any]) -> Any:
    if item.kind != Kind.MONEY:
        return cleaned.get(item.field)
    amount = str(cleaned.get(f"{item.field}_amount") or "").strip().replace(",", "")
    if not amount:
        return None
    currency, per = cleaned.get(f"{item.field}_currency"), cleaned.get(f"{item.field}_per")
    return {"amount": amount, "currency": currency or "", "per": per}


def initial_of(section: Section, answers: Mapping[str, Answer], words: Words = NO_WORDS) -> dict[str, Any]:
    """Return a section form's initial values from the answers that stand."""
    initial: dict[str, Any] = {"note": words.note}
    for item in section.items:
        answer = answers.get(item.code, not_checked(item))
        initial[f"{item.field}_note"] = words.comments.get(item.code, "")
        if item.kind == Kind.YES_NO_NA:
            initial[item.field] = answer.value if answer.state == State.ANSWERED else answer.state.value
        elif item.kind == Kind.TEXT:
            initial[item.field] = words.texts.get(item.code, "")
        elif isinstance(answer.value, Money):
            initial |= {
                f"{item.field}_amount": str(answer.value.amount),
                f"{item.field}_currency": answer.value.currency,
                f"{item.field}_per": answer.value.per.value,
            }
        else:
            initial[item.field] = answer.value
    return initial
