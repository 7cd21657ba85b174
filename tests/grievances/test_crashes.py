"""Case 28: a server that dies at any moment leaves a grievance whole or absent, and answers nothing before the sync.

A child process lodges a grievance with a file and is killed (SIGKILL) at one chosen point: before or after a sync or
rename of a file, before or after the commit. `scripts/durability.py` does the same to a whole server, by chance.
"""

import os
import signal
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from core import keyring, vault
from core.actors import WORKER
from core.keyring import KeyRing
from grievances import verifiers
from grievances.keys import FormToken, new_token
from grievances.models import Draft, DraftFile, Grievance
from grievances.services import Report, drafts, lodge, papers, sending
from grievances.services.drafts import DraftContent

pytestmark = pytest.mark.django_db(transaction=True)
WORDS, FILE = "all of her words", b"a paper " * 4000


def dies_at(point: int, act: Callable[[], object]) -> bool:
    """Do something in a child that is killed at the n-th sync, rename or commit; return whether it was killed."""
    connection.close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            connection.connection = None  # what was inherited stays the parent's: a child has a connection of its own
            _be_killed_at(point)
            act()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _be_killed_at(point: int) -> None:
    passed = [0]

    def around(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            for step in (lambda: None, lambda: real(*args, **more)):
                result = step()
                passed[0] += 1
                if passed[0] == point:
                    os.kill(os.getpid(), signal.SIGKILL)
            return result

        return call

    os.fsync = around(os.fsync)
    Path.rename = around(Path.rename)  # type: ignore[method-assign]
    connection._commit = around(connection._commit)


def whole(token: FormToken) -> bool:
    """Say whether the form's grievance is there, and prove that it is whole if it is."""
    found = Grievance.objects.filter(form_digest=token.digest).first()
    if found is None:
        return False
    known = verifiers.admit(token.receipt, found.receipt_verifier)
    assert known is not None
    assert found.statement is not None
    with keyring.holding(KeyRing(lambda: [known.pair])):
        assert vault.open_text(found.statement, actor=WORKER, reason="test", subject=found.ref) == WORDS
        file = found.files.get().evidence
        data = vault.open_bytes(file.original, actor=WORKER, reason="test", subject=found.ref)
    assert data == FILE
    assert found.status == "received"
    return True


def drafted() -> FormToken:
    token = new_token()
    drafts.save_draft(token, DraftContent(words=WORDS))
    papers.add_bytes(token, FILE)
    return token


def send(token: FormToken) -> None:
    lodge(token, Report(codes=("FEE",), language="en"), drafts.read_draft(token), papers.papers(token))


@pytest.mark.parametrize(
    "points", [range(1, 9, 2), range(10, 17, 2), range(17, 60, 3)], ids=["first", "middle", "last"]
)
def test_case_28_a_server_killed_at_any_point_of_a_grievance_leaves_it_whole_or_absent(
    nadia: Any, points: range
) -> None:
    outcomes = []
    for point in points:
        token = drafted()
        killed = dies_at(point, lambda token=token: send(token))  # type: ignore[misc]
        outcomes.append(whole(token))
        if not killed:
            assert outcomes[-1]
            break
        # She sends the same form again, as her browser offers: one grievance, whole, under the same receipt.
        if not outcomes[-1]:
            send(token)
        assert whole(token)
        assert Grievance.objects.filter(form_digest=token.digest).count() == 1
    if points.start == 1:
        assert not any(outcomes)
    if points.start == 17:
        assert outcomes[-1]


def test_case_28_a_server_killed_at_any_point_of_a_piece_of_a_file_leaves_the_file_whole_or_to_be_sent_on(
    nadia: Any,
) -> None:
    for point in range(1, 90, 4):
        token, name = new_token(), "c" * 32
        sending.take_part(token, name, 0, len(FILE), FILE[:900])
        killed = dies_at(
            point,
            lambda token=token, name=name: sending.take_part(token, name, 900, len(FILE), FILE[900:]),  # type: ignore[misc]
        )
        kept = DraftFile.objects.filter(draft__locator=token.draft_locator).count()
        have = sending.take_part(token, name, 0, len(FILE), b"")
        assert kept or have.done or have.have in {0, 900}
        if not kept and not have.done:
            sending.take_part(token, name, have.have, len(FILE), FILE[have.have :])
        data, seen = papers.papers(token)[0].load()
        assert data == FILE
        assert seen.extension == "txt"
        assert Draft.objects.filter(locator=token.draft_locator).count() == 1
        if not killed:
            return
    raise AssertionError("There are more points than this test tries.")
