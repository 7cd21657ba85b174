"""Give every template what it needs to know about the product and its reader."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core import workspace
from core.models import Notice, User


def product(request: HttpRequest) -> dict[str, Any]:
    """Return the demo mark, the reader's places in the workspace and whether notices wait."""
    user = getattr(request, "user", None)

    def places() -> list[workspace.Entry]:
        return workspace.entries_for(user) if isinstance(user, User) else []

    def notices() -> int:
        return Notice.objects.filter(user=user, read_at__isnull=True).count() if isinstance(user, User) else 0

    return {
        "demo": settings.DEMO,
        "workspace_entries": SimpleLazyObject(places),
        "notice_count": SimpleLazyObject(notices),
    }
