"""The contract check: a worker answers plain questions and learns what is missing, what is worse, what to do."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.standards import standard
from recruiters.selfcheck import BY_CODE, CLAUSES, PROMISES, QUESTIONS, judge
from recruiters.worker_checks.unstored import unstored

YES_NO = [("yes", _("Yes")), ("no", _("No")), ("", _("I do not know"))]
SAME = [("same", _("As promised")), ("worse", _("Worse")), ("better", _("Better")), ("", _("I do not know"))]

ASKED = {
    "copy": _("Do you have a copy that you keep yourself?"),
    "language": _("Is it in a language that you read well?"),
    "read_before": _("Could you read it in peace before you signed?"),
    "passport": _("Do you keep your own passport?"),
    "pay": _("Does it say how much you are paid, how often and in which money?"),
    "hours": _("Does it say your working hours and your weekly day of rest?"),
    "overtime": _("Does it say what you are paid for extra hours?"),
    "deductions": _("Does it say everything that may be taken from your pay?"),
    "leave": _("Does it say your days of paid leave?"),
    "employer": _("Does it say who your employer is, with an address?"),
    "work": _("Does it say what work you do, and where?"),
    "duration": _("Does it say when it begins and how long it lasts?"),
    "board": _("Does it say who pays for food and for your room?"),
    "travel": _("Does it say who pays for the journey there and back?"),
    "ending": _("Does it say how you can end it, and how many days before?"),
    "complaints": _("Does it say where you can complain?"),
}
LACKING = {
    "copy": _("You have no copy. Ask for one, or take a photo of every page."),
    "language": _("You do not read this language well. Do not sign it before somebody whom you trust reads it."),
    "read_before": _("You had no time to read it. You may ask for time; nobody may rush you."),
    "passport": _("Your passport is yours. Nobody may keep it against your will."),
    "pay": _("It does not say your pay clearly."),
    "hours": _("It does not say your hours and your day of rest."),
    "overtime": _("It does not say what extra hours are paid."),
    "deductions": _("It does not say what may be taken from your pay."),
    "leave": _("It does not say your paid leave."),
    "employer": _("It does not say who your employer is."),
    "work": _("It does not say your work and your place of work."),
    "duration": _("It does not say when it begins and how long it lasts."),
    "board": _("It does not say who pays for food and room."),
    "travel": _("It does not say who pays for the journey."),
    "ending": _("It does not say how you can end it."),
    "complaints": _("It does not say where you can complain."),
}
CLAUSE_WORDS = {
    "fee_or_deposit": _("I must pay a fee or leave a deposit"),
    "no_resignation": _("I may not leave, or must pay when I leave"),
    "passport_custody": _("Somebody else keeps my passport"),
    "gag_or_waiver": _("I may not complain or speak about my work"),
    "no_pregnancy": _("I may not marry or become pregnant"),
    "transfer": _("I can be sent to another employer without being asked"),
}
PROMISE_WORDS = {
    "pay": _("My pay"),
    "hours": _("My hours and days of rest"),
    "work": _("My work and my place of work"),
    "employer": _("My employer"),
    "board": _("What I pay for food and room"),
    "deductions": _("What is taken from my pay"),
}


class ContractCheckForm(forms.Form):
    """Short questions; every one may be left open."""

    hide_optional = True  # all of them are, and the page says so once

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.code] = forms.ChoiceField(
                label=ASKED[question.code], choices=YES_NO, required=False, widget=forms.RadioSelect
            )
        self.fields["clauses"] = forms.MultipleChoiceField(
            label=_("Does it say one of these? Tick what it says."),
            choices=[(code, CLAUSE_WORDS[code]) for code in CLAUSES],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        for code in PROMISES:
            self.fields[f"promised_{code}"] = forms.ChoiceField(
                label=PROMISE_WORDS[code], choices=SAME, required=False, widget=forms.RadioSelect
            )

    @property
    def questions(self) -> list[forms.BoundField]:
        """Return the fields about the paper."""
        return [self[question.code] for question in QUESTIONS]

    @property
    def promises(self) -> list[forms.BoundField]:
        """Return the fields that compare with what was promised."""
        return [self[f"promised_{code}"] for code in PROMISES]


@dataclass(frozen=True)
class Lack:
    """One thing that the contract lacks, with what the standard calls it and how sure that is."""

    sentence: str
    elements: tuple[str, ...]
    required: bool
    sureness: tuple[str, ...]


def _lack(code: str) -> Lack:
    contract = standard("contract")
    elements = [contract.element(each) for each in BY_CODE[code].elements]
    return Lack(
        sentence=str(LACKING[code]),
        elements=tuple(gettext(element.label) for element in elements),
        required=any(element.required for element in elements),
        sureness=tuple(
            dict.fromkeys(gettext(element.certainty_note) for element in elements if element.certainty_note)
        ),
    )


@unstored
def contract_check(request: HttpRequest) -> HttpResponse:
    """Show the questions, or what the answers come to with the answers below."""
    if request.method != "POST":
        return render(request, "recruiters/worker_checks/contract.html", {"form": ContractCheckForm()})
    form = ContractCheckForm(request.POST)
    if not form.is_valid():
        return render(request, "recruiters/worker_checks/contract.html", {"form": form}, status=422)
    told = form.cleaned_data
    verdict = judge(
        {question.code: told[question.code] for question in QUESTIONS},
        told["clauses"],
        {code: told[f"promised_{code}"] for code in PROMISES},
    )
    contract = standard("contract")
    context = {
        "form": form,
        "verdict": verdict,
        "lacking": [_lack(code) for code in verdict.lacking],
        "unsure": [ASKED[code] for code in verdict.unsure],
        "clauses": [CLAUSE_WORDS[code] for code in verdict.clauses],
        "worse": [PROMISE_WORDS[code] for code in verdict.worse],
        "better": [PROMISE_WORDS[code] for code in verdict.better],
        "pay_or_employer": bool({"pay", "employer"} & set(verdict.worse)),
        "source": f"{gettext(contract.title)} ({contract.edition})",
        "caution": gettext(contract.caution) if contract.caution else "",
        "early_end": contract.early_end.max_notice_days if "ending" in (*verdict.lacking, *verdict.unsure) else 0,
    }
    return render(request, "recruiters/worker_checks/contract_answer.html", context)
