"""Take a file piece by piece while the page stays open, and say what is here, in a few bytes for a script."""

import math

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core.evidence import EvidenceRefused
from grievances import budgets
from grievances.guarding import came_from_us, private, source_of
from grievances.keys import BadToken, FormToken, read_token
from grievances.services import papers, sending
from grievances.services.sending import BadPart, Progress
from grievances.uploads import CappedFormUploadHandler


@private
def part(request: HttpRequest) -> HttpResponse:
    """Keep one piece, or say that the line works; a refusal is a sentence that the page shows."""
    if request.method != "POST":
        return HttpResponse(status=204)
    request.upload_handlers = [CappedFormUploadHandler(request)]
    try:
        token = read_token(request.POST.get("token", ""))
    except BadToken:
        return _refused(_("For your safety, please press the button again. Nothing that you entered is lost."), 403)
    if not came_from_us(request):
        return _refused(_("For your safety, please press the button again. Nothing that you entered is lost."), 403)
    wait = budgets.wait_for_part(source_of(request))
    if wait:
        return JsonResponse({"wait": math.ceil(wait)}, status=429)
    if "drop" in request.POST:
        sending.drop_file(token, request.POST.get("name", ""))
        return JsonResponse({})
    piece = request.FILES.get("part")
    try:
        start, total = (_number(request.POST.get(name, "")) for name in ("start", "total"))
        data = piece.read() if piece else b""
        progress = sending.take_part(token, request.POST.get("name", ""), start, total, data)
    except BadPart:
        return _refused(_("This file cannot be sent. Please choose it again."), 422)
    except EvidenceRefused as refusal:
        return _refused(str(refusal), 422)
    return JsonResponse({"have": progress.have, "kept": _kept(token, progress)})


def _kept(token: FormToken, progress: Progress) -> str:
    if not progress.done:
        return ""
    file = papers.kept_files(token)[-1]
    words = _("File %(number)s is kept (%(kind)s, %(size)s).")
    return words % {"number": file.number, "kind": file.extension, "size": filesizeformat(file.size)}


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise BadPart
    return int(text)


def _refused(why: str, status: int) -> HttpResponse:
    return JsonResponse({"why": why}, status=status)
