"""Idle jobs cost the same however much there is; what they find to do, they find once."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import deletions, due, keypairs
from core.actors import SYSTEM
from core.models import AuditEntry, Membership
from core.roles import Role
from grievances import services
from grievances.models import Disposal, Grievance, Hold
from grievances.services import deleting, following, regranting
from parties import services as parties
from parties.models import Relationship
from tests.factories import make_party, make_user
from tests.grievances.builders import make_case, make_grievance

pytestmark = pytest.mark.django_db
JOBS = ("escalate", "purge", "certificates", "keys", "clawback", "instalments", "safety", "respondents", "texts")
SILVER = "Silver Gate Manpower"


@pytest.fixture(autouse=True)
def own_list(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    deletions.append([deletions.Deletion(date(2020, 1, 1), "test", "0" * 32)])


def a_share_of_work(nadia, number: int) -> None:
    """Let grievances wait, be accepted, end, be held and be emptied; let their handlers be tied to somebody."""
    make_grievance(("WAG",), recruiter=SILVER)
    make_case(nadia, make_grievance(("FEE",)))
    for rest in range(3):
        ended = make_grievance(("WAG",))
        following.withdraw(ended)
        services.close_withdrawn(ended, freely=True, actor=nadia)
        if rest == 0:
            services.hold(ended, Hold.Reason.LEGAL_CLAIM, actor=nadia)
        if rest == 1:
            deleting.empty(Grievance.objects.get(pk=ended.pk), timezone.localdate(), actor=SYSTEM)
    officer = make_user(f"officer{number}", Role.CASE_OFFICER)
    person = make_party(f"Officer {number}", kind="person", user=officer)
    parties.relate(person, Relationship.Is.WORKS_FOR, make_party(f"Firm {number}"), actor=SYSTEM)


def asked(name: str) -> int:
    due.run_one(name, timezone.now())  # whatever there is to do is done now
    with CaptureQueriesContext(connection) as caught:
        due.run_one(name, timezone.now())
    return len(caught)


def test_a_job_with_nothing_to_do_asks_as_often_of_many_grievances_and_handlers_as_of_few(nadia) -> None:
    make_party(SILVER)
    a_share_of_work(nadia, 0)
    few = {name: asked(name) for name in JOBS}
    for number in range(1, 5):
        a_share_of_work(nadia, number)
    assert {name: asked(name) for name in JOBS} == few
    assert max(few.values()) <= 25


def test_keys_are_dropped_of_whoever_left_stepped_back_or_became_tied_and_of_nobody_else(nadia) -> None:
    accused = make_party(SILVER)
    left, tied, backed, other = (make_user(name, Role.CASE_OFFICER) for name in ("lena", "tara", "bela", "omid"))
    named, unnamed = make_grievance(), make_grievance()
    services.link_accused(named, accused, part="recruiter", actor=nadia)
    publics = {user.username: keypairs.live_pair(user).public for user in (nadia, left, tied, backed, other)}

    def holders_of(grievance: Grievance) -> set[str]:
        keys = set(grievance.strongbox.keys.values_list("recipient", flat=True))
        return {name for name, public in publics.items() if public in keys}

    assert holders_of(named) == holders_of(unnamed) == set(publics)
    Membership.objects.filter(user=left).update(until=timezone.localdate() - timedelta(days=1))
    person = make_party("Tara", kind="person", user=tied)
    parties.relate(person, Relationship.Is.DIRECTOR, accused, actor=SYSTEM)
    unnamed.recusals.create(user=backed, reason="knows_worker")
    assert regranting.prune(actor=SYSTEM) == 2
    assert holders_of(named) == {"nadia", "bela", "omid"}
    assert holders_of(unnamed) == {"nadia", "tara", "omid"}
    assert regranting.prune(actor=SYSTEM) == 0


def test_the_last_keys_of_several_who_left_stay_and_nothing_is_written_about_it_hour_after_hour(nadia) -> None:
    grievance = make_grievance()
    asha = make_user("asha", Role.CASE_OFFICER)
    services.recuse(make_grievance(), reason="knows_worker", actor=asha)
    grievance.strongbox.keys.filter(kind="recovery").delete()
    Membership.objects.filter(user__in=[nadia, asha]).update(until=timezone.localdate() - timedelta(days=1))
    written = AuditEntry.objects.count()
    for _hour in range(3):
        assert regranting.prune(actor=SYSTEM) == 0
    assert AuditEntry.objects.count() == written
    assert keypairs.live_pair(nadia).public in set(grievance.strongbox.keys.values_list("recipient", flat=True))


def test_a_deletion_that_a_crash_left_off_the_list_is_put_there_by_its_kind(nadia) -> None:
    grievance = make_grievance()
    with connection.cursor():  # nothing commits in this test: as if the machine stopped between commit and list
        deleting.empty(grievance, date(2026, 5, 1), actor=SYSTEM)
    assert deleting.note_certificates() == 1
    assert deleting.note_certificates() == 0
    mark = deletions.mark_of(grievance.ref)
    assert [each.kind for each in deletions.entries() if each.mark == mark] == [deleting.WORDS]
    # The words were listed long ago; that it is gone whole is another line, or a restored backup would keep its codes.
    deleting.delete(Grievance.objects.get(pk=grievance.pk), date(2026, 6, 1), actor=SYSTEM)
    assert deleting.note_certificates() == 1
    assert [each.kind for each in deletions.entries() if each.mark == mark] == [deleting.WORDS, deleting.WHOLE]


def test_a_list_that_was_lost_is_written_anew_at_once_and_one_that_was_shortened_within_a_day() -> None:
    Disposal.objects.create(
        subject_ref="GRV-A", on=date(2026, 5, 1), rule="case_facts", records=1, files=0, listed=True
    )
    assert deleting.note_certificates() == 0
    deletions.place().unlink()
    assert deleting.note_certificates() == 1
    deletions.place().write_text("")
    assert deleting.note_certificates() == 0
    assert due.run_one("certificates", timezone.now()).startswith("1 ")
    assert len(deletions.entries()) == 1
