"""The recovery key: two parts on paper, two people, and only what the receiver may read."""

import io
from itertools import chain

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from core import keypairs, recoverykeys
from core.models import AuditEntry, KeyPair, RecoveryKey, User
from core.recoverykeys import BadPart, join, make_parts, read_part
from core.roles import AccountKind, Role
from grievances import services
from parties.models import Party
from tests.factories import make_party, make_user
from tests.grievances.builders import WORDS, make_grievance
from tests.keys import present

FRESH = "set by a link 4711"


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["", " ", "-", "\n"]), st.booleans())
def test_two_parts_make_the_key_however_they_are_typed(between: str, small: bool) -> None:
    pair, one, two = make_parts()
    texts = [between.join(part.groups) for part in (one, two)]
    if small:
        texts = [text.lower().replace("0", "o").replace("1", "l") for text in texts]
    parts = [read_part(text) for text in texts]
    assert join(*parts) == join(*parts[::-1]) == pair


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 63), st.integers(1, 31))
def test_one_wrong_letter_is_always_noticed(place: int, shift: int) -> None:
    alphabet = recoverykeys._ALPHABET
    text = "".join(make_parts()[1].groups)
    wrong = alphabet[(alphabet.index(text[place]) + shift) % 32]
    with pytest.raises(BadPart) as bad:
        read_part(text[:place] + wrong + text[place + 1 :])
    assert bad.value.code == "mistyped"


def test_one_part_twice_and_parts_of_two_keys_are_refused() -> None:
    (_pair, one, two), (_other, other_one, _other_two) = make_parts(), make_parts()
    with pytest.raises(BadPart, match="same"):
        join(one, one)
    with pytest.raises(BadPart, match="different"):
        join(other_one, two)
    for typed in ("", "1" * 63, "1" * 65, "1" * 100_000):
        with pytest.raises(BadPart, match="length"):
            read_part(typed)
    assert one.share.hex() not in repr(one)


def test_one_part_alone_tells_nothing_of_the_key() -> None:
    pair, one, two = make_parts()
    again = make_parts(pair)
    assert again[1].share != one.share
    assert again[2].share != two.share
    assert bytes(a ^ b for a, b in zip(one.share, two.share, strict=True)) == pair.private


def test_a_part_written_down_years_ago_is_still_read() -> None:
    part = recoverykeys.Part(1, b"abc", bytes(range(32)))
    assert " ".join(part.groups) == VECTOR
    assert read_part(VECTOR) == part


VECTOR = "05GP 4RR0 0410 6105 0R3G G28A 1C60 T3GF 208H 44RM 2MB1 E60S 38DH R78Y 3YTQ 5VRW"


@pytest.fixture
def parts(nadia, admin_user, auditor):
    """Return the two parts as the command prints them."""
    out = io.StringIO()
    call_command("make_recovery_key", first="admin", second="adaeze", stdout=out)
    lines = [line.split() for line in out.getvalue().splitlines() if line.startswith("    ")]
    texts = ["-".join(chain(*lines[:4])), " ".join(chain(*lines[4:]))]
    assert [read_part(text).number for text in texts] == [1, 2]
    return texts


def recover(parts, tmp_path, **options) -> str:
    files = []
    for place, text in enumerate(parts):
        files.append(str(tmp_path / f"part{place}"))
        (tmp_path / f"part{place}").write_text(text)
    out = io.StringIO()
    call_command(
        "recover_cases",
        **{"receiver": "nadia", "first": "admin", "second": "adaeze", "part_file": files, **options},
        stdout=out,
    )
    return out.getvalue()


@pytest.mark.django_db
def test_case_40_two_people_open_again_what_a_lost_key_locked(nadia, admin_user, auditor, parts, tmp_path) -> None:
    grievance = make_grievance()
    nadia.set_password(FRESH)
    nadia.save()
    keypairs.open_at_sign_in(nadia, FRESH)
    assert services.locked_for(nadia).count() == 1
    assert "1 grievances opened" in recover(parts, tmp_path)
    with present(nadia, password=FRESH):
        assert services.open_words(grievance, actor=nadia, reason="triage").words == WORDS
    entry = AuditEntry.objects.get(verb="key.recovered")
    assert entry.facts == {"first": admin_user.audit_code, "second": auditor.audit_code}


@pytest.mark.django_db
def test_recovery_opens_to_nobody_what_she_may_not_see(nadia, parts, tmp_path) -> None:
    tied = make_user("tied", Role.CASE_OFFICER, account="Silver Gate Manpower", kind=AccountKind.MINISTRY)
    party = make_party("Silver Gate Manpower")
    Party.objects.filter(pk=party.pk).update(account=tied.memberships.get().account)
    grievance = make_grievance(recruiter="Silver Gate Manpower")
    assert "0 grievances opened" in recover(parts, tmp_path, receiver="tied")
    assert not grievance.strongbox.keys.filter(recipient=keypairs.live_pair(tied).public).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"second": "admin"}, "Two different people"),
        ({"second": "nobody"}, "signs in as nobody"),
        ({"receiver": "admin"}, "cannot be one of the two"),
        ({"receiver": "rosa"}, "must be a case officer"),
        ({"receiver": "ghost"}, "Nobody signs in as ghost"),
    ],
)
def test_it_needs_two_people_and_an_entitled_third(options, why, parts, rosa, tmp_path) -> None:
    with pytest.raises(CommandError, match=why):
        recover(parts, tmp_path, **options)
    assert not AuditEntry.objects.filter(verb="key.recovered").exists()


@pytest.mark.django_db
def test_parts_of_another_installation_and_a_lone_part_open_nothing(parts, tmp_path) -> None:
    _pair, one, two = make_parts()
    with pytest.raises(CommandError, match="no recovery key of this installation"):
        recover(["".join(one.groups), "".join(two.groups)], tmp_path)
    with pytest.raises(CommandError, match="same part twice"):
        recover([parts[0], parts[0]], tmp_path)
    with pytest.raises(CommandError, match=r"second: A letter or digit"):
        recover([parts[0], parts[1].replace(parts[1][-1], "0" if parts[1][-1] != "0" else "1")], tmp_path)


@pytest.mark.django_db
def test_the_server_keeps_only_the_half_that_seals(parts) -> None:
    pair = join(*(read_part(text) for text in parts))
    row = RecoveryKey.objects.get()
    assert row.public == pair.public
    assert pair.private.hex() not in str(RecoveryKey.objects.values())
    assert pair.private not in b"".join(bytes(p.sealed_private) for p in KeyPair.objects.all())


@pytest.mark.django_db
def test_there_is_no_recovery_key_before_a_handler_has_one_and_never_two(admin_user, auditor) -> None:
    with pytest.raises(CommandError, match="No case officer has a key yet"):
        call_command("make_recovery_key", first="admin", second="adaeze", stdout=io.StringIO())
    make_user("nadia", Role.CASE_OFFICER)
    call_command("make_recovery_key", first="admin", second="adaeze", stdout=io.StringIO())
    with pytest.raises(CommandError, match="already"):
        call_command("make_recovery_key", first="admin", second="adaeze", stdout=io.StringIO())
    call_command("make_recovery_key", first="admin", second="adaeze", replace=True, stdout=io.StringIO())
    assert RecoveryKey.objects.filter(live=True).count() == 1


@pytest.mark.django_db
def test_what_was_there_before_is_sealed_for_the_recovery_key_by_one_press(client, nadia, admin_user, auditor) -> None:
    grievance = make_grievance()
    call_command("make_recovery_key", first="admin", second="adaeze", stdout=io.StringIO())
    assert not grievance.strongbox.keys.filter(kind="recovery").exists()
    client.force_login(User.objects.get(username="nadia"))
    assert "Seal all for the recovery key" in client.get("/workspace/grievances/keys/").content.decode()
    client.post("/workspace/grievances/keys/cover/")
    assert grievance.strongbox.keys.filter(kind="recovery").exists()
    assert "Seal all" not in client.get("/workspace/grievances/keys/").content.decode()
