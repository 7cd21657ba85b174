"""What the two rules say about a visit: which answers fired, what is unknown, what people decided."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext

from checklists.questions import FALLBACK
from core.access import staff
from core.roles import Role
from core.standards import standard
from inspections.forms import JudgeForm
from inspections.indicators import ElevenResult, OperationalResult, Reading, Signal
from inspections.models import Screening, Visit
from inspections.screening import screen
from inspections.services.screening import judge, undecided
from inspections.views.gate import carry_out, get_visit, reader
from inspections.words import (
    OUTCOME_TONES,
    OUTCOMES,
    STRENGTHS,
    combination_words,
    dimension_counts,
    indicator_words,
    reason_words,
    threshold_words,
)

STAFF = (Role.INSPECTOR, Role.MINISTRY_OFFICER)


@staff(*STAFF)
def indicators(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Show both rules with every answer that fired, and take a decision on them."""
    visit = get_visit(request, ref, "words")
    user = reader(request)
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def decide() -> str:
            return str(judge(visit, decided=data["decided"], reason=data["reason"], actor=user).pk)

        if carry_out(form, f"judge.{ref}", decide):
            messages.success(request, gettext("The decision is recorded."))
            return redirect("inspections:indicators", ref)
    found = screen(visit)
    context = {
        "visit": visit,
        "form": form,
        "outcome": OUTCOMES[found.outcome],
        "tone": OUTCOME_TONES[found.outcome],
        "could": OUTCOMES[found.could_become] if found.could_become != found.outcome else "",
        "eleven": _eleven(found.eleven, visit),
        "results": [_operational(found.workplace, gettext("The workplace, for adults"), visit)]
        + ([_operational(found.child, gettext("The workplace, for children"), visit)] if found.child else [])
        + [
            _operational(
                each.result,
                gettext("Interview %(number)s, %(person)s")
                % {"number": each.interview.number, "person": each.interview.get_person_display()},
                visit,
            )
            for each in found.interviews
        ],
        "judgements": [
            (row, OUTCOMES[row.computed], OUTCOMES[row.decided]) for row in visit.judgements.select_related("by")
        ],
        "asks": undecided(visit),
        "cautions": [standard("forced_labour").combination_caution, *standard("forced_labour").rules],
        "history": [
            (row, OUTCOMES[row.outcome])
            for row in Screening.objects.filter(visit=visit, subject=visit.ref).order_by("-pk")[:12]
        ],
    }
    return render(request, "inspections/indicators.html", context, status=422 if form.errors else 200)


def _because(reading: Reading, visit: Visit) -> dict[str, Any]:
    """Return an answer with the question as it was asked."""
    language = get_language() or FALLBACK
    try:
        text = visit.version.questionnaire.item(reading.item).text.read(language)
    except KeyError:
        text = indicator_words(reading.item)
    said = {"yes": gettext("Yes"), "no": gettext("No"), "not_checked": gettext("Not checked")}
    return {
        "code": reading.item,
        "text": text,
        "answer": said.get(reading.answer, reading.answer),
        "where": "" if reading.source == visit.ref else reading.source,
    }


def _eleven(result: ElevenResult, visit: Visit) -> dict[str, Any]:
    return {
        "outcome": OUTCOMES[result.outcome],
        "tone": OUTCOME_TONES[result.outcome],
        "ruleset": result.ruleset,
        "reasons": [reason_words(reason) for reason in result.reasons],
        "could": OUTCOMES[result.could_become] if result.is_open else "",
        "unknown_count": len(result.unknown),
        "signs": [
            {
                "code": sign.code,
                "label": indicator_words(sign.code),
                "fired": [_because(reading, visit) for reading in sign.fired],
                "unknown": [_because(reading, visit) for reading in sign.unknown if reading.source == visit.ref],
                "signal": sign.signal.value,
                "asked": bool(sign.fired or sign.clear or sign.unknown),
            }
            for sign in result.signs
        ],
    }


def _operational(result: OperationalResult, title: str, visit: Visit) -> dict[str, Any]:
    counts = dimension_counts(result)
    return {
        "title": title,
        "ruleset": result.ruleset,
        "outcome": OUTCOMES[result.outcome],
        "tone": OUTCOME_TONES[result.outcome],
        "combination": combination_words(result.combination),
        "reasons": [reason_words(reason) for reason in result.reasons],
        "could": OUTCOMES[result.could_become] if result.is_open else "",
        "dimensions": [
            {
                "code": dimension.code,
                "label": indicator_words(dimension.code),
                "positive": dimension.positive,
                "why": threshold_words(dimension.threshold),
                "counts": counts[dimension.code],
                "could_turn": dimension.could_turn,
                "fired": [
                    {
                        "code": weight.code,
                        "label": indicator_words(weight.code),
                        "strength": STRENGTHS[weight.strength],
                        "because": [_because(reading, visit) for reading in weight.sign.fired],
                    }
                    for weight in dimension.fired
                ],
                "unknown": sum(1 for weight in dimension.weights if weight.sign.signal == Signal.UNKNOWN),
            }
            for dimension in result.dimensions
        ],
    }
