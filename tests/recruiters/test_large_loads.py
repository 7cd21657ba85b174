"""A large load is weighed by its task, not while somebody waits: the same page, the same agreement, resumable."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core import jobs
from core.models import Job
from recruiters import services
from recruiters.loadpreview import preview
from recruiters.models import Recruiter, RegisterLoad
from recruiters.services import confirming
from tests.recruiters.making import suspend

pytestmark = pytest.mark.django_db
HEAD = "Name,Country,Licence No,Status,Expiry\n"
AUTHORITY = "Department of Foreign Employment"


@pytest.fixture(autouse=True)
def _large(monkeypatch):
    """Take every load for a large one."""
    monkeypatch.setattr(confirming, "AT_ONCE", 0)


def work_on(load: RegisterLoad) -> RegisterLoad:
    """Do what a worker does."""
    jobs.work.call(job_id=load.job_id)
    return RegisterLoad.objects.select_related("job").get(pk=load.pk)


def rows(count: int, **status: str) -> list[str]:
    return [
        f"Agency {n} Overseas,NP,RL-{n:04d},{status.get(f'of_{n}', 'Valid License')},2099-01-01" for n in range(count)
    ]


def bring(farah, *lines: str) -> RegisterLoad:
    data = (HEAD + "\n".join(lines) + "\n").encode()
    return work_on(
        services.receive_register(
            actor=farah, source="dofe", data=data, file_name="register.csv", authority=AUTHORITY, country="NP"
        )
    )


@pytest.fixture
def first(farah):
    """Return the first edition, of forty, let in."""
    load = bring(farah, *rows(40))
    return work_on(services.confirm_load(load, actor=farah))


def test_confirming_a_large_load_weighs_nothing_while_the_officer_waits(farah, first, monkeypatch):
    load = bring(farah, *rows(40, of_3="Suspended"))
    monkeypatch.setattr(confirming, "_weighed", lambda *_: pytest.fail("weighed in the request"))
    load = services.confirm_load(load, actor=farah, graver=1)
    assert (load.state, load.job.state, load.job.total) == ("staged", "queued", 80)
    assert services.confirm_load(load, actor=farah, graver=1).job_id == load.job_id  # pressed twice


def test_the_task_swaps_in_what_was_agreed_to(farah, first):
    load = work_on(services.confirm_load(bring(farah, *rows(40, of_3="Suspended")), actor=farah, graver=1))
    assert (load.state, load.changed, load.job.state, load.job.percent) == ("applied", 1, "done", 100)
    assert Recruiter.objects.get(sort_name__startswith="agency 3 ").standing_group == "suspended"


def test_more_than_was_agreed_to_is_asked_about_and_nothing_was_changed(client, farah, first):
    load = work_on(services.confirm_load(bring(farah, *rows(40, of_3="Suspended", of_4="Suspended")), actor=farah,
                                         graver=1))  # fmt: skip
    assert (load.state, load.job.is_over) == ("staged", True)
    assert not Recruiter.objects.filter(standing_group="suspended").exists()
    client.force_login(farah)
    address = reverse("recruiters:load", args=[load.ref])
    shown = client.get(address).content.decode()
    assert "Look at the figures below, and tick those that are right." in shown
    assert "Licences that get a graver status: 2" in shown
    key = re.findall(r'name="form_key" value="([^"]+)"', shown)[0]
    answer = client.post(reverse("recruiters:load_confirm", args=[load.ref]), {"form_key": key, "graver_2": "on"})
    assert answer.status_code == 302
    load.refresh_from_db()
    assert work_on(load).state == "applied"
    assert Recruiter.objects.filter(standing_group="suspended").count() == 2
    assert "tick those that are right" not in client.get(address).content.decode()


def test_a_task_that_died_goes_on_after_the_weighing(farah, first, monkeypatch):
    load = services.confirm_load(bring(farah, *rows(40, of_3="Suspended")), actor=farah, graver=1)
    with monkeypatch.context() as broken:
        broken.setattr(confirming, "swap_in", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            work_on(load)
    job = Job.objects.get(pk=load.job_id)
    assert (job.state, job.done, "agreed" in job.payload) == ("failed", 40, False)
    monkeypatch.setattr(confirming, "_weighed", lambda *_: pytest.fail("weighed again"))
    jobs.resume(job)
    assert work_on(load).state == "applied"


def test_the_page_of_a_large_load_shows_what_that_of_a_small_one_would(farah, first, monkeypatch):
    suspend(Recruiter.objects.get(sort_name__startswith="agency 5 ").licences.get())
    lines = [line for line in rows(60, of_3="Suspended") if "Agency 7 " not in line and "Agency 8 " not in line]
    lines[9] = "Something Else Totally,NP,RL-0011,Valid License,2099-01-01"
    load = bring(farah, *lines)
    assert load.report["shown"]["gone"]
    day = timezone.localdate()
    shown = preview(load, day)
    whole = RegisterLoad.objects.get(pk=load.pk)
    del whole.report["shown"]
    assert shown == preview(whole, day)
    assert len(shown.gone) == 2
    assert len(shown.questions) == 1


def test_looking_at_a_large_load_reads_only_what_is_shown(farah):
    load = bring(farah, *rows(200))
    day = timezone.localdate()
    with CaptureQueriesContext(connection) as asked:
        shown = preview(load, day)
    assert len(shown.added) == 25
    assert len(asked) <= 12
    assert len(load.report["shown"]["keys"]) == 25
