"""Say what the service is and where its parts are."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.api.description import VERSION
from recruiters.api.reconcile.vocabulary import VALID_ONLY, types

DATASET = "register"
BATCH = 50


def manifest(request: HttpRequest) -> dict[str, Any]:
    """Return the service's manifest."""
    service = request.build_absolute_uri(reverse("api:reconcile", args=[DATASET]))
    docs = request.build_absolute_uri(reverse("api:docs"))
    pages = f"{request.scheme}://{request.get_host()}/{get_language() or settings.LANGUAGE_CODE}/recruiters/"
    return {
        "versions": ["0.2"],
        "name": _("Public register of recruiters"),
        "identifierSpace": f"{settings.BASE_URL}/{settings.LANGUAGE_CODE}/recruiters/",
        "schemaSpace": f"{settings.BASE_URL}/api/v1/docs#reconcile",
        "documentation": docs,
        "serviceVersion": VERSION,
        "defaultTypes": types(),
        "view": {"url": pages + "{{id}}/"},
        "preview": {"url": f"{service}/preview/{{{{id}}}}", "width": 420, "height": 260},
        "suggest": {kind: _suggest(service, kind) for kind in ("entity", "type", "property")},
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/propose-properties"},
            "property_settings": [
                {
                    "name": VALID_ONLY,
                    "label": _("Only licences valid today"),
                    "type": "checkbox",
                    "default": False,
                    "help_text": _("Leaves out licences that ran out, were suspended or revoked."),
                }
            ],
        },
        "batchSize": BATCH,
    }


def _suggest(service: str, kind: str) -> dict[str, str]:
    told = {"service_url": service, "service_path": f"/suggest/{kind}"}
    return told | {"flyout_service_url": service, "flyout_service_path": f"/flyout/{kind}?id=${{id}}"}
