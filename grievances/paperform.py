"""Make the paper form: the same questions and codes as on the web page, with pictograms, for a pen and a letter box."""

from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core.documents import Document
from core.documents.boxes import Choice
from core.pictograms import PICTOGRAMS
from grievances.forms.worker import TIMES, ContactForm, WhatForm, WhereForm, consent_choices
from grievances.models import Grievance
from grievances.rulebook import worker_categories
from grievances.wording import worker_text

FORM_CODE = "GF-1"


def paper_form(language: str) -> bytes:
    """Return the form in one language; raises MissingFont, naming what to install. Equal words give equal bytes."""
    return _made(language, settings.OFFICE_ADDRESS, settings.OFFICE_PHONE)


@lru_cache(maxsize=40)
def _made(language: str, address: str, phone: str) -> bytes:
    with translation.override(language):
        return _compose(language, address, phone)


def _compose(language: str, address: str, phone: str) -> bytes:
    # No name of ours and no word of the subject in the title: the paper may lie about.
    paper = Document(_("Form"), language, FORM_CODE)
    paper.paragraph(_("Tell us what happened to you at work"))
    paper.note(
        " ".join(
            (
                _("You do not need to give your name."),
                _("Leave empty what you do not want to say."),
                _("Keep this paper where nobody looks."),
            )
        )
    )
    what, where = WhatForm(), WhereForm()
    paper.heading(_("What happened?"), 2)
    paper.paragraph(str(what.fields["codes"].label))
    paper.choices(
        [
            Choice(category.code, worker_text(category.worker_label), PICTOGRAMS.get(category.pictogram, ""))
            for category in worker_categories()
        ]
    )
    paper.heading(_("Is any of this so?"), 2)
    paper.choices([Choice("", str(what.fields[name].label)) for name in ("danger_now", "under_18", "time_closing")], 1)
    paper.heading(_("Where, and who?"), 2)
    for name in ("country", "place", "employer", "recruiter"):
        paper.blanks(str(where.fields[name].label))
    for name in ("people", "filed_by"):
        _options(paper, where, name)
    paper.heading(_("In your own words"), 2)
    paper.blanks(_("What happened, in your own words"), 9)
    _contact(paper)
    _ends(paper, address, phone)
    return paper.render()


def _options(paper: Document, form: WhereForm | ContactForm, name: str) -> None:
    field = form.fields[name]
    paper.paragraph(str(field.label))
    paper.choices([Choice("", str(label)) for _value, label in field.choices])  # type: ignore[attr-defined]


def _contact(paper: Document) -> None:
    form = ContactForm()
    paper.heading(_("How can we reach you?"), 2)
    modes = list(Grievance.ContactMode.values)
    labels = dict(form.fields["mode"].choices)  # type: ignore[attr-defined]
    paper.choices([Choice("", str(labels[mode])) for mode in modes], 1)
    paper.blanks(str(form.fields["value"].label))
    paper.blanks(str(form.fields["name"].label))
    paper.paragraph(str(form.fields["times"].label))
    paper.choices([Choice("", str(label)) for _value, label in TIMES], 3)
    paper.blanks(str(form.fields["caution"].label))
    paper.heading(_("What may we do?"), 2)
    paper.choices([Choice("", label) for _code, label in consent_choices()])


def _ends(paper: Document, address: str, phone: str) -> None:
    paper.heading(_("Where to bring it"), 2)
    if address:
        paper.paragraph(address)
    if phone:
        paper.facts([(_("Telephone"), phone)])
    paper.paragraph(
        _("Give it only to somebody you trust, or put it into the letter box. Whoever enters it gives you a receipt.")
    )
    paper.blanks(_("If you agree that it is entered for you: your sign, or a cross"))
