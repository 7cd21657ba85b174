"""Hand out the paper form as a PDF in the page's language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from core.documents import MissingFont
from grievances.guarding import private
from grievances.paperform import paper_form


@private
def paper(request: HttpRequest) -> HttpResponse:
    """Return the form under a name that says nothing; where a font is missing, say which one to install."""
    try:
        content = paper_form(get_language() or "en")
    except MissingFont as missing:
        return render(request, "grievances/report/no_paper.html", {"why": str(missing)}, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="form.pdf"'
    return response
