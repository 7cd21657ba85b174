"""Keep what was typed and not saved, sealed, per inspector and section; nothing typed is lost to an error."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from core import vault
from core.models import User
from inspections.models import Draft

LARGEST = 200_000
PASSED_OVER = {"csrfmiddlewaretoken", "form_key", "next"}


@transaction.atomic
def keep(user: User, subject: str, section: str, typed: QueryDict) -> None:
    """Keep what is typed into a section's form in place of what was kept before; each old one is destroyed."""
    values = {name: typed.getlist(name) for name in typed if name not in PASSED_OVER}
    text = json.dumps(values)
    if len(text) > LARGEST:
        return
    old = Draft.objects.filter(user=user, subject=subject, section=section).select_related("typed").first()
    sealed = vault.seal(text, purpose="inspections.draft")
    if old is None:
        Draft.objects.create(user=user, subject=subject, section=section, typed=sealed, kept_at=timezone.now())
        return
    before, old.typed, old.kept_at = old.typed, sealed, timezone.now()
    old.save(update_fields=["typed", "kept_at"])
    vault.destroy(before, actor=user)


def found(user: User, subject: str, section: str) -> Mapping[str, Any] | None:
    """Return what was typed and not saved, as initial values of the form."""
    draft = Draft.objects.filter(user=user, subject=subject, section=section).select_related("typed").first()
    if draft is None:
        return None
    values = json.loads(vault.open_text(draft.typed, actor=user, reason="own.draft", subject=subject))
    return {name: value[0] if len(value) == 1 else value for name, value in values.items()}


@transaction.atomic
def drop(user: User, subject: str, section: str) -> None:
    """Destroy what was kept, now that it is saved."""
    for draft in Draft.objects.filter(user=user, subject=subject, section=section).select_related("typed"):
        record = draft.typed
        draft.delete()
        vault.destroy(record, actor=user)
