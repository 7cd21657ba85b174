"""Bring ownership statements (BODS) in by the page: read, shown, and only then tied."""

import hashlib
from dataclasses import fields
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import access, audit, vault
from core.actors import SYSTEM
from core.models import User
from recruiters.exchange.bodsin import Ownership, read_statements
from recruiters.exchange.incoming import documents
from recruiters.models import RegisterLoad
from recruiters.services.ownership import Imported, import_ownership
from recruiters.services.staging import LoadRefused

State = RegisterLoad.State
FAULTS = 200


def receive_ownership(*, actor: User, source: str, data: bytes, file_name: str) -> RegisterLoad:
    """Keep statements (sealed) with the account of what they would add; the caller's right was checked."""
    name = slugify(source)[:60] or "ownership"
    ownership = read_statements(documents(data))
    if not ownership.ties:
        raise LoadRefused(_("These statements tie nobody to an organisation. Nothing was kept of them."))
    with transaction.atomic():
        would = import_ownership(ownership, source=name, actor=actor)
        transaction.set_rollback(True)
    load = RegisterLoad.objects.create(
        source=name, file_name=file_name[:200], sha256=hashlib.sha256(data).hexdigest(), loaded_by=actor,
        upload=vault.seal_file(data, purpose="recruiters.register"), state=State.STAGED, read=ownership.read,
        rejected=len(ownership.problems), report={"ownership": _account(would), "faults": _faults(ownership)},
    )  # fmt: skip
    audit.record("register.received", actor=actor, subject=load.ref, source=name, size=len(data))
    return load


@transaction.atomic
def confirm_ownership(load: RegisterLoad, *, actor: User) -> RegisterLoad:
    """Bring the statements of a load in that was looked at."""
    access.require(actor, "run", load)
    load = RegisterLoad.objects.select_for_update(of=("self",)).select_related("upload").get(pk=load.pk)
    if load.state != State.STAGED or load.upload is None:
        return load
    data = vault.open_bytes(load.upload, actor=SYSTEM, reason="register", subject=load.ref)
    done = import_ownership(read_statements(documents(data)), source=load.source, actor=actor)
    load.report["ownership"] = _account(done)
    load.state = State.APPLIED
    load.save()
    vault.destroy(load.upload, actor=SYSTEM)
    return load


def _account(done: Imported) -> dict[str, int]:
    return {each.name: getattr(done, each.name) for each in fields(done) if each.name != "party_of"}


def _faults(ownership: Ownership) -> list[dict[str, Any]]:
    return [
        {"place": each.place, "statement": each.statement_id, "path": each.path, "rule": each.rule}
        for each in ownership.problems[:FAULTS]
    ]
