"""What a worker wrote opens for the people who hold a key, and for nobody else: not the server."""

import base64

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import due, keypairs, keyring, serverkey, unlocking, vault
from core.administration.services import end_role, set_active
from core.models import AuditEntry, KeyPair, Membership, SealedRecord, StrongboxKey, User
from core.roles import AccountKind, Role
from core.vault import Locked, VaultError
from grievances import services
from grievances.models import Accused, Grievance
from grievances.services import doors, following, locks
from parties.models import Party
from tests.factories import make_party, make_user
from tests.grievances.builders import WORDS, make_case, make_grievance, make_lodged, make_recruiter
from tests.grievances.walking import come_back, filed
from tests.keys import PASSWORD, hold_receipt, present

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha(db):
    """Return Asha, a second case officer with a key."""
    return make_user("asha", Role.CASE_OFFICER, display_name="Asha")


def opened_by(user: User, grievance: Grievance) -> str:
    with present(user):
        return services.open_words(grievance, actor=user, reason="triage").words


def holders(grievance: Grievance) -> set[str]:
    return {f"{key.kind}:{key.recipient[:8]}" for key in grievance.strongbox.keys.all()}


def test_the_server_alone_opens_nothing(nadia, asha) -> None:
    grievance = make_grievance(files=(b"a note",))
    for record in SealedRecord.objects.all():
        with pytest.raises(Locked):
            vault.open_bytes(record, actor=nadia, reason="triage")
        with pytest.raises(VaultError):
            vault.key_holder().unwrap(bytes(record.wrapped_key), f"{record.pk}:{record.purpose}".encode())
    with pytest.raises(Locked):
        services.open_words(grievance, actor=nadia, reason="triage")
    assert not StrongboxKey.objects.filter(kind="server").exists()
    assert opened_by(nadia, grievance) == opened_by(asha, grievance) == WORDS


def test_the_key_of_the_environment_opens_no_grievance(nadia) -> None:
    make_grievance(files=(b"a note",))
    key = serverkey.wrapping_key()
    for record in SealedRecord.objects.all():
        assert record.key_holder == "strongbox"
        for held in (bytes(record.wrapped_key), *(bytes(k.wrapped) for k in record.strongbox.keys.all())):
            with pytest.raises(VaultError):
                vault.EnvironmentKeyHolder(key).unwrap(held, f"{record.pk}:{record.purpose}".encode())


def test_whoever_is_tied_to_the_accused_never_gets_a_key(nadia) -> None:
    tied = make_user("tied", Role.CASE_OFFICER, account="Silver Gate Manpower", kind=AccountKind.MINISTRY)
    make_party("Silver Gate Manpower")
    Party.objects.filter(name="Silver Gate Manpower").update(account=tied.memberships.get().account)
    grievance = make_grievance(recruiter="Silver Gate Manpower")
    hers, his = keypairs.live_pair(nadia).public, keypairs.live_pair(tied).public
    recipients = set(grievance.strongbox.keys.values_list("recipient", flat=True))
    assert hers in recipients
    assert his not in recipients
    with present(nadia):
        services.open_words(grievance, actor=nadia, reason="triage")
    assert not grievance.strongbox.keys.filter(recipient=his).exists()


def test_a_conflict_found_later_takes_the_key_in_the_same_transaction(nadia) -> None:
    tied = make_user("tied", Role.CASE_OFFICER, account="Silver Gate Manpower", kind=AccountKind.MINISTRY)
    party = make_party("Silver Gate Manpower")
    Party.objects.filter(pk=party.pk).update(account=tied.memberships.get().account)
    grievance = make_grievance()
    assert opened_by(tied, grievance) == WORDS
    services.link_accused(grievance, party, part="recruiter", actor=nadia)
    assert not grievance.strongbox.keys.filter(recipient=keypairs.live_pair(tied).public).exists()
    with present(tied), pytest.raises(Locked):
        locks.strongboxes.private_of(grievance.strongbox)


def test_recusal_takes_the_key_in_the_same_transaction(nadia, asha) -> None:
    grievance = make_grievance()
    with present(nadia):
        services.recuse(grievance, reason="knows_party", actor=nadia)
    with present(nadia), pytest.raises(Locked):
        locks.strongboxes.private_of(grievance.strongbox)
    assert opened_by(asha, grievance) == WORDS
    assert AuditEntry.objects.filter(verb="grievance.key_taken", subject=grievance.ref).exists()


def test_the_last_holder_who_steps_back_leaves_it_with_the_server_and_nothing_is_lost(nadia) -> None:
    grievance = make_grievance()
    with present(nadia):
        services.recuse(grievance, reason="knows_party", actor=nadia)
    assert StrongboxKey.objects.filter(strongbox=grievance.strongbox, kind="server").exists()
    asha = make_user("asha", Role.CASE_OFFICER)
    assert opened_by(asha, grievance) == WORDS
    assert not StrongboxKey.objects.filter(strongbox=grievance.strongbox, kind="server").exists()


def test_a_role_that_ends_takes_every_key_but_never_the_last(nadia, asha, admin_user) -> None:
    grievance = make_grievance()
    end_role(nadia.memberships.get(), actor=admin_user)
    with present(nadia), pytest.raises(Locked):
        locks.strongboxes.private_of(grievance.strongbox)
    set_active(asha, active=False, actor=admin_user)
    assert StrongboxKey.objects.filter(strongbox=grievance.strongbox, kind="person").count() == 1
    entry = AuditEntry.objects.filter(verb="key.taken_away").latest("sequence")
    assert entry.facts == {"keys": 0, "last": 1}


def test_the_worker_s_receipt_opens_what_she_was_answered(nadia) -> None:
    lodged = make_lodged()
    services.send_message(lodged.grievance, "Come on Tuesday", actor=nadia)
    messages = list(lodged.grievance.messages.select_related("body"))
    assert [text for _m, text in following.read_messages(lodged.grievance, messages)] == [None]
    assert lodged.grievance.messages.get().read_on is None
    with hold_receipt(lodged.receipt):
        assert [text for _m, text in following.read_messages(lodged.grievance, messages)] == ["Come on Tuesday"]
        assert following.own_words(lodged.grievance)["words"] == WORDS
    other = make_lodged()
    with hold_receipt(other.receipt), pytest.raises(Locked):
        following.own_words(lodged.grievance)


def test_between_her_requests_neither_database_nor_cookie_alone_opens_her_words(nadia) -> None:
    phone = Client()
    receipt = filed(phone, "en")
    services.send_message(Grievance.objects.get(), "Come on Tuesday", actor=nadia)
    come_back(phone, receipt, "en")
    assert "Come on Tuesday" in phone.get("/en/report/follow-up/case/").content.decode()
    row = doors.WorkerSession.objects.get()
    assert receipt not in str(row.__dict__)
    row.sealed_key = bytes(len(row.sealed_key))
    row.save()
    page = phone.get("/en/report/follow-up/case/")
    assert page.status_code == 200
    assert "Come on Tuesday" not in page.content.decode()


def test_a_handler_signs_in_reads_and_signs_out(nadia) -> None:
    grievance, client = make_grievance(), Client()
    answer = client.post("/accounts/login/", {"login": "nadia", "password": PASSWORD})
    assert answer.status_code == 302
    cookie = client.cookies[unlocking.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    url = f"/workspace/grievances/{grievance.ref}/"
    client.post(f"{url}open/", {"reason": "triage"})
    assert WORDS in client.get(url).content.decode()
    kept = client.cookies[unlocking.COOKIE].value
    del client.cookies[unlocking.COOKIE]
    page = client.get(url)
    assert page.status_code == 200
    assert WORDS not in page.content.decode()
    assert "locked for you" in page.content.decode()
    client.cookies[unlocking.COOKIE] = kept
    assert WORDS in client.get(url).content.decode()
    gone = client.post("/accounts/logout/")
    assert gone.cookies[unlocking.COOKIE].value == ""


def test_the_session_row_holds_nothing_that_opens(nadia) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": "nadia", "password": PASSWORD})
    private = keypairs.unseal(keypairs.live_pair(nadia), PASSWORD).private
    stash = base64.b64decode(client.session[unlocking.SESSION_KEY]["sealed"])
    assert private not in stash
    assert base64.b64encode(private).decode() not in str(dict(client.session))
    other = Client()
    other.cookies["session"] = client.cookies["session"].value
    grievance = make_grievance()
    url = f"/workspace/grievances/{grievance.ref}/"
    other.post(f"{url}open/", {"reason": "triage"})
    assert WORDS not in other.get(url).content.decode()


@override_settings(REQUIRE_SECOND_FACTOR=True)
def test_without_the_second_factor_the_key_is_of_no_use(nadia, rf) -> None:
    grievance, client = make_grievance(), Client()
    client.post("/accounts/login/", {"login": "nadia", "password": PASSWORD})
    answer = client.get(f"/workspace/grievances/{grievance.ref}/")
    assert answer.status_code == 302
    request = rf.get("/")
    request.user, request.session, request.COOKIES = nadia, client.session, {
        unlocking.COOKIE: client.cookies[unlocking.COOKIE].value
    }  # fmt: skip
    assert unlocking.unlocked(request) == []


@override_settings(REQUIRE_SECOND_FACTOR=True)
def test_the_key_waits_through_the_second_factor_and_opens_after_it(nadia) -> None:
    secret = generate_totp_secret()
    TOTP.activate(nadia, secret)
    grievance, client = make_grievance(), Client()
    answer = client.post("/accounts/login/", {"login": "nadia", "password": PASSWORD})
    assert "2fa" in answer["Location"]
    url = f"/workspace/grievances/{grievance.ref}/"
    assert client.get(url).status_code == 302
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    client.post(f"{url}open/", {"reason": "triage"})
    assert WORDS in client.get(url).content.decode()


def test_an_over_long_password_is_refused_before_any_hash(nadia, monkeypatch) -> None:
    monkeypatch.setattr(User, "check_password", lambda *a: pytest.fail("hashed"))
    monkeypatch.setattr(User, "set_password", lambda *a: pytest.fail("hashed"))
    answer = Client().post("/accounts/login/", {"login": "nadia", "password": "x" * 1_000_000})
    assert answer.status_code == 200


def test_a_changed_password_opens_what_the_old_one_did(nadia) -> None:
    grievance, client = make_grievance(), Client()
    client.post("/accounts/login/", {"login": "nadia", "password": PASSWORD})
    fresh = "another long password 7"
    answer = client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
    )
    assert answer.status_code == 302
    assert KeyPair.objects.filter(user=nadia).count() == 1
    with present(nadia, password=fresh):
        assert services.open_words(grievance, actor=nadia, reason="triage").words == WORDS
    with pytest.raises(keypairs.Unfit):
        keypairs.unseal(keypairs.live_pair(nadia), PASSWORD)


def test_case_40_a_reset_password_locks_and_a_colleague_gives_access_again(nadia, asha) -> None:
    grievance, client = make_grievance(), Client()
    nadia.set_password("set by somebody else 9")
    nadia.save()
    client.post("/accounts/login/", {"login": "nadia", "password": "set by somebody else 9"})
    page = client.get("/workspace/grievances/").content.decode()
    assert "1 grievance is locked for you" in page
    url = f"/workspace/grievances/{grievance.ref}/"
    client.post(f"{url}open/", {"reason": "triage"})
    page = client.get(url).content.decode()
    assert "locked for you" in page
    assert "Asha" in page
    # Whoever set the password reads nothing new either, before a colleague has vouched.
    later = make_grievance(words="later words")
    assert opened_by(asha, grievance) == WORDS
    assert services.locked_for(nadia).count() == 2

    colleague = Client()
    colleague.force_login(asha)
    page = colleague.get("/workspace/grievances/keys/").content.decode()
    pair = keypairs.live_pair(nadia)
    assert keypairs.fingerprint(pair) in page
    colleague.post("/workspace/grievances/keys/give/", {"public": "0" * 64})
    assert services.locked_for(nadia).count() == 2
    colleague.post("/workspace/grievances/keys/give/", {"public": pair.public})
    assert services.locked_for(nadia).count() == 0
    with present(nadia, password="set by somebody else 9"):
        assert services.open_words(later, actor=nadia, reason="triage").words == "later words"
    assert AuditEntry.objects.filter(verb="key.trusted", subject=nadia.audit_code).exists()


def test_nobody_vouches_for_herself_or_without_a_key_at_hand(nadia, asha, admin_user) -> None:
    pair = keypairs.live_pair(nadia)
    KeyPair.objects.filter(pk=pair.pk).update(trusted_on=None)
    with present(nadia), pytest.raises(services.HandlingRefused):
        services.vouch_for(nadia, pair.public, actor=nadia)
    with pytest.raises(services.HandlingRefused):
        services.vouch_for(nadia, pair.public, actor=asha)
    with pytest.raises(Exception, match="role"):
        services.vouch_for(nadia, pair.public, actor=admin_user)


def test_a_new_case_officer_waits_for_a_colleague_s_word(nadia) -> None:
    grievance = make_grievance()
    newcomer = make_user("newcomer")
    Membership.objects.create(
        user=newcomer, account=nadia.memberships.get().account, role=Role.CASE_OFFICER, since=timezone.localdate()
    )
    newcomer = User.objects.get(pk=newcomer.pk)
    opened = keypairs.open_at_sign_in(newcomer, PASSWORD)
    assert opened is not None
    assert keypairs.live_pair(newcomer).trusted_on is None
    make_grievance(words="a second one")
    opened_by(nadia, grievance)
    assert services.locked_for(newcomer).count() == 2
    with present(nadia):
        services.vouch_for(newcomer, opened.public, actor=nadia)
    assert opened_by(newcomer, grievance) == WORDS


def test_without_any_handler_s_key_it_is_kept_by_the_server_until_the_first_signs_in(db) -> None:
    grievance = make_grievance()
    assert holders(grievance) & {"server:server"}
    nadia = make_user("nadia", Role.CASE_OFFICER)
    services.settle(actor=nadia)
    assert not holders(Grievance.objects.get()) & {"server:server"}
    with pytest.raises(Locked):
        services.open_words(grievance, actor=nadia, reason="triage")
    assert opened_by(nadia, grievance) == WORDS


def test_a_grievance_of_an_earlier_version_moves_into_a_strongbox(nadia) -> None:
    lodged = make_lodged()
    grievance = lodged.grievance
    box = grievance.strongbox
    with present(nadia):
        private = keyring.current().private_of(box.pk)
        records = SealedRecord.objects.filter(strongbox=box)
        for record in records:
            context = f"{record.pk}:{record.purpose}".encode()
            data_key = locks.strongboxes.keywork.unwrap_with(private, bytes(record.wrapped_key), context)
            record.wrapped_key = vault.key_holder().wrap(data_key, context)
            record.key_holder, record.strongbox = "environment", None
            record.save()
    Grievance.objects.update(strongbox=None)
    box.delete()
    assert services.settle(actor=nadia) == (1, 0)
    grievance = Grievance.objects.get()
    with pytest.raises(Locked):
        services.open_words(grievance, actor=nadia, reason="triage")
    # The worker returns before anybody opened it: her key waits, and she has it after the next opening.
    with hold_receipt(lodged.receipt), pytest.raises(Locked):
        following.own_words(grievance)
    assert opened_by(nadia, grievance) == WORDS
    with hold_receipt(lodged.receipt):
        assert following.own_words(grievance)["words"] == WORDS


def test_what_a_case_gathers_lies_in_the_same_strongbox(nadia) -> None:
    make_recruiter()
    case = make_case(nadia, files=(b"a note",))
    case = type(case).objects.get(pk=case.pk)
    services.send_message(case.grievance, "hello", actor=nadia)
    following.write(case.grievance, "answer")
    assert set(SealedRecord.objects.values_list("strongbox", flat=True)) == {case.grievance.strongbox_id}


def test_an_emptied_grievance_takes_its_strongbox_with_it(nadia) -> None:
    from datetime import timedelta

    grievance = make_grievance(files=(b"a note",))
    Grievance.objects.update(keep_until=timezone.localdate() - timedelta(days=2))
    services.purge(timezone.now())
    assert not StrongboxKey.objects.exists()
    assert not SealedRecord.objects.filter(destroyed_on=None).exists()
    grievance.refresh_from_db()
    assert grievance.strongbox is None


def test_the_hourly_job_takes_the_keys_of_whoever_became_tied_elsewhere(nadia, asha) -> None:
    grievance = make_grievance(recruiter="Silver Gate Manpower")
    party = make_party("Silver Gate Manpower")
    Accused.objects.create(
        grievance=grievance, party=party, part="recruiter", basis="confirmed", linked_on="2026-01-01"
    )
    recipient = keypairs.live_pair(asha).public
    assert due.run_one("keys", timezone.now()).startswith("keys dropped from 0 ")
    Party.objects.filter(pk=party.pk).update(user=asha)
    assert due.run_one("keys", timezone.now()).startswith("keys dropped from 1 ")
    assert not grievance.strongbox.keys.filter(recipient=recipient).exists()
    assert opened_by(nadia, grievance) == WORDS


def test_opening_asks_no_more_questions_with_many_handlers_than_with_few(nadia) -> None:
    for number in range(2):
        make_user(f"handler{number}", Role.CASE_OFFICER)
    grievance = make_grievance()

    def questions() -> int:
        with present(nadia), CaptureQueriesContext(connection) as asked:
            services.open_words(Grievance.objects.get(), actor=User.objects.get(pk=nadia.pk), reason="triage")
        return len(asked)

    few = questions()
    for number in range(2, 8):
        make_user(f"handler{number}", Role.CASE_OFFICER)
    opened_by(nadia, grievance)
    assert questions() == few
