"""Cases 23 and 24: whoever is unknown is answered alike; guessing is slowed, noticed once, and locks nobody out."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from core.models import AuditEntry, Notice
from grievances import budgets, verifiers
from grievances.keys import new_token
from grievances.models import Grievance, GuessAlarm
from grievances.receipts import Receipt, check_digits, from_seed, read
from grievances.services import alarms
from grievances.services.doors import PleaseWait, let_in
from tests.grievances.walking import come_back, filed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def full_purse() -> None:
    budgets.purse.empty()


@pytest.fixture
def phone() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def hashes(monkeypatch) -> list[str]:
    """Count costly derivations instead of doing them, and stop the budgets' clock."""
    made: list[str] = []
    admit = verifiers.admit

    def counted(receipt, verifier):
        made.append(receipt.digits)
        return admit(receipt, verifier) if verifier else None

    monkeypatch.setattr("grievances.services.doors.verifiers.admit", counted)
    monkeypatch.setattr("grievances.budgets.time.monotonic", lambda: 1000.0)  # all at the same moment
    return made


def guess(number: int) -> Receipt:
    return from_seed(number.to_bytes(32, "big"))


def guess_often(*sources: str) -> int:
    """Guess once from each source; return how many tries were refused before any work."""
    refused = 0
    for number, source in enumerate(sources):
        try:
            assert let_in(guess(number), source=source) is None
        except PleaseWait:
            refused += 1
    return refused


def test_case_23_unknown_expired_deleted_and_half_right_receipts_get_the_same_bytes_for_the_same_work(
    phone, nadia, monkeypatch
) -> None:
    stretched: list[tuple[object, ...]] = []
    from core import keywork

    stretch = keywork.stretch
    monkeypatch.setattr(
        "grievances.verifiers.keywork.stretch", lambda *told: stretched.append(told[1:]) or stretch(*told)
    )
    expired, deleted, standing = filed(phone), filed(phone), filed(phone)
    first, second, _third = Grievance.objects.order_by("pk")
    yesterday = timezone.localdate() - timedelta(days=1)
    Grievance.objects.filter(pk=first.pk).update(keep_until=yesterday)
    Grievance.objects.filter(pk=second.pk).update(keep_until=yesterday, shell_until=yesterday)
    call_command("purge", stdout=io.StringIO())
    assert Grievance.objects.count() == 2
    digits = read(standing).digits
    half = digits[:10] + f"{(int(digits[10:25]) + 1) % 10**15:015d}"
    tried = {
        "unknown": new_token().receipt.digits,
        "expired": expired,
        "deleted": deleted,
        "only the locator is right": half + check_digits(half),
    }
    seen = set()
    for name, typed in tried.items():
        budgets.purse.empty()
        stretched.clear()
        response = come_back(phone, typed)
        page = response.content.decode().replace(typed, "X")
        seen.add((response.status_code, page, str(sorted(response.headers.items())).replace(typed, "X")))
        assert len(stretched) == 1, name
        assert stretched[0][1].memory == keywork.Cost(*verifiers.settings.RECEIPT_COST).memory, name
        assert response.status_code == 422, name
    assert len(seen) == 1


def test_case_24_two_thousand_guesses_from_one_and_a_thousand_addresses_cost_few_hashes_and_lock_nobody_out(
    phone, nadia, hashes
) -> None:
    receipt = filed(phone)
    hashes.clear()
    budgets.purse.empty()
    refused = guess_often(*["one"] * 1000, *(f"many-{number}" for number in range(1000)))
    assert len(hashes) == budgets.GUESSES_OF_ALL.burst
    assert refused == 2000 - len(hashes)
    assert come_back(Client(), receipt).status_code == 303


def test_case_24_an_attack_is_told_once_to_the_people_on_duty_and_holds_nothing_that_was_tried(
    admin_user, nadia, farah, hashes
) -> None:
    guess_often(*(f"many-{number}" for number in range(500)))
    budgets.purse.empty()  # another process of the server, which notices the same attack
    guess_often(*(f"others-{number}" for number in range(500)))
    told = Notice.objects.filter(code="receipts.guessed")
    assert {notice.user for notice in told} == {admin_user, nadia}
    assert told.count() == 2
    assert GuessAlarm.objects.count() == 1
    entry = AuditEntry.objects.get(verb="receipts.guessed")
    kept = str([(e.subject, e.facts) for e in [entry]]) + str(list(told.values())) + str(GuessAlarm.objects.values())
    assert not [number for number in range(500) if guess(number).digits[:9] in kept]


def test_case_24_the_alarm_is_read_as_a_sentence(admin_user, client, hashes) -> None:
    guess_often(*(f"many-{number}" for number in range(500)))
    client.force_login(admin_user)
    assert "guessing receipts" in client.get("/workspace/notices/").content.decode()


def test_case_24_a_few_mistakes_are_no_attack_and_a_later_attack_is_another(admin_user, hashes) -> None:
    guess_often(*["one"] * (budgets.GUESSES_OF_ONE_SOURCE.burst + budgets.REFUSED_BEFORE_ALARM.burst))
    assert not GuessAlarm.objects.exists()
    alarms.raise_alarm()
    assert not alarms.raise_alarm()
    GuessAlarm.objects.update(seen_at=timezone.now() - alarms.QUIET)
    assert alarms.raise_alarm()
    assert Notice.objects.filter(user=admin_user).count() == 2
