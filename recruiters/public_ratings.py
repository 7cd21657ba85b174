"""The public page of a rating that a person has published: its band, its day, its reasons. Nothing else is public."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from recruiters.models.publications import published_for
from recruiters.models.words import Origin
from recruiters.queries import public_recruiter
from recruiters.rulesets import rulesets
from recruiters.wording import line_sentence, relief_sentence

SHOWN = frozenset({Origin.LICENCE, Origin.ASSESSMENT, Origin.FEE, Origin.CONTRACT, Origin.INSPECTION, ""})


def published_rating(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the published rating of a recruiter, or that there is none by 404."""
    recruiter = public_recruiter(ref)
    found = published_for(recruiter) if recruiter else None
    if recruiter is None or found is None:
        raise Http404
    context = {
        "recruiter": recruiter,
        "publication": found,
        "sentences": [
            line_sentence(line, show_source=False) for line in found.lines if line["points"] and line["origin"] in SHOWN
        ],
        "relief": [relief_sentence(each) for each in found.relief],
        "rules": rulesets().get(found.ruleset),
    }
    return render(request, "recruiters/public_rating.html", context)
