"""Show checklist versions as they were asked, what changed between them, and the exact content behind a digest."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from checklists.models import ChecklistVersion
from checklists.questions import FALLBACK, Item, Kind
from checklists.versions import changes
from checklists.words import CHANGE_WORDS, KIND_WORDS, SEVERITY_TONES, SEVERITY_WORDS, adverse_words
from core.access import fetch, staff
from core.listing import Column, ListingView
from core.roles import Role

READERS = (Role.INSPECTOR, Role.MINISTRY_OFFICER, Role.AUDITOR)


def _address(version: ChecklistVersion) -> str:
    return reverse("checklists:version", args=[version.code, version.number])


def _title(version: ChecklistVersion) -> str:
    return version.questionnaire.title.read(get_language() or FALLBACK)


class VersionList(ListingView[ChecklistVersion]):
    """Every version of every checklist, the newest of each first."""

    model = ChecklistVersion
    roles = READERS
    title = _("Checklists")
    lede = _("A published version never changes. Each visit keeps the version it was answered under.")
    default_sort = "checklist"
    export_name = "checklists"
    columns = (
        Column("checklist", _("Checklist"), sort=("code", "-number"), value=_title, link=_address),
        Column("number", _("Version"), kind="number"),
        Column("edition", _("Edition")),
        Column("item_count", _("Questions"), kind="number"),
        Column("published_at", _("Published"), sort="published_at", kind="date"),
    )


def _get(request: HttpRequest, code: str, number: int) -> ChecklistVersion:
    return fetch(request.user, ChecklistVersion, code=code, number=number)


@staff(*READERS)
def version_page(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Show every question of a version in one of its languages, with what it rests on."""
    version = _get(request, code, number)
    found = version.questionnaire
    asked = request.GET.get("words", "")
    language = asked if asked in found.languages() else (get_language() or FALLBACK)
    context: dict[str, Any] = {
        "version": version,
        "title": found.title.read(language),
        "words": language,
        "rtl": get_language_info(language)["bidi"],
        "languages": [(code_, get_language_info(code_)["name_local"]) for code_ in found.languages()],
        "sections": [
            {
                "code": section.code,
                "title": section.title.read(language),
                "applies_if": section.applies_if.read(language) if section.applies_if else "",
                "items": [_shown(item, language) for item in section.items],
            }
            for section in found.sections
        ],
        "earlier": ChecklistVersion.objects.filter(code=code, number__lt=number).exists(),
    }
    return render(request, "checklists/version.html", context)


def _shown(item: Item, language: str) -> dict[str, Any]:
    return {
        "code": item.code,
        "text": item.text.read(language),
        "kind": KIND_WORDS[item.kind],
        "severity": SEVERITY_WORDS[item.severity],
        "tone": SEVERITY_TONES[item.severity] if item.adverse else "",
        "adverse": adverse_words(item),
        "judged": bool(item.adverse) or item.kind not in (Kind.COUNT, Kind.MONEY),
        "legal": ", ".join(item.legal),
        "indicators": ", ".join(item.indicators),
        "replaces": ", ".join(item.replaces),
    }


@staff(*READERS)
def changes_page(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Show what is different from the version before."""
    version = _get(request, code, number)
    before = ChecklistVersion.objects.filter(code=code, number__lt=number).order_by("-number").first()
    found = changes(before.questionnaire, version.questionnaire) if before else ()
    rows = [(change.code, CHANGE_WORDS[change.kind], change.detail) for change in found]
    return render(
        request,
        "checklists/changes.html",
        {"version": version, "title": _title(version), "before": before, "rows": rows},
    )


@staff(*READERS)
def version_json(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Answer with the exact bytes whose SHA-256 is the version's digest."""
    version = _get(request, code, number)
    response = HttpResponse(version.content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{version.ref}.json"'
    return response
