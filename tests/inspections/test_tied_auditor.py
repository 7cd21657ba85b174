"""An auditor who is tied to anybody finds nothing of visits in the trail: one may be to whom he is tied."""

from typing import Any

import pytest
from django.test import Client

from core import audit
from core.actors import SYSTEM
from core.auditsight import entries_for
from core.models import User
from core.roles import Role
from inspections.auditsight import SUBJECTS, VERBS
from parties.models import Kind
from tests.factories import make_party, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail(db: Any) -> None:
    """Write what visits leave in the trail, and something else."""
    for number, (verb, subject) in enumerate(
        [*((f"{verb}done", "x-1") for verb in VERBS), *(("other.done", f"{ref}0000-0000-0") for ref in SUBJECTS)]
    ):
        audit.record(verb, actor=SYSTEM, subject=subject, number=number)
    audit.record("register.changed", actor=SYSTEM, subject="REC-0000-0000-0")


def _kept(user: User) -> set[str]:
    return set(entries_for(User.objects.get(pk=user.pk)).filter(actor=SYSTEM.audit_code).values_list("verb", flat=True))


def test_who_is_tied_to_nobody_reads_all_and_who_is_tied_reads_nothing_of_visits(trail: None, auditor: Any) -> None:
    assert {f"{verb}done" for verb in VERBS} < _kept(auditor)
    vera = make_user("vera", Role.AUDITOR)
    assert _kept(vera) == _kept(auditor)
    make_party("Vera herself", kind=Kind.PERSON, user=vera)
    assert _kept(vera) == {"register.changed"}


def test_the_page_and_its_files_keep_to_it(trail: None) -> None:
    vera = make_user("vera", Role.AUDITOR)
    make_party("Vera herself", kind=Kind.PERSON, user=vera)
    client = Client()
    client.force_login(vera)
    for asked in ("", "?format=csv", "?verb=visit.", "?subject=VIS-0000-0000-0"):
        answer = client.get(f"/workspace/audit/{asked}")
        text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()  # type: ignore[arg-type]
        assert "visit.done" not in text
        assert "other.done" not in text
