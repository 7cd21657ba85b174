"""Screenings are shared out among workers, with one result however many there are."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from core import jobs
from core.models import Job
from recruiters import engine, services
from recruiters.models import ScreeningHit, ScreeningPiece
from recruiters.services import sharing
from tests.recruiters.making import make_recruiter, make_watchlist

pytestmark = pytest.mark.django_db
NAMES = ("Meridian Crewing Holdings", "Himal Overseas", "Blue Lantern", "12 34", "مركز البحر")


@pytest.fixture
def lists(farah, tmp_path):
    make_recruiter("Himal Overseas")
    return make_watchlist(tmp_path, {"name": "Meridian Crewing Holdings", "topics": ["sanction"]})


@pytest.fixture
def screening(farah, lists, monkeypatch):
    monkeypatch.setattr(sharing, "PIECE", 7)
    rows = "\n".join(f'"{name}"' for name in NAMES * 10)
    made = services.receive_list(actor=farah, title="", data=b"name\n" + rows.encode(), file_name="list.csv")
    return services.confirm_columns(made, mapping={"name": "name"}, threshold=0.7, actor=farah)


def cut_up(screening):
    sharing.cut(screening)
    return list(screening.pieces.all())


def digest(screening):
    rows = screening.rows.order_by("number").values_list("number", "outcome", "reason", "score")
    hits = ScreeningHit.objects.filter(screening=screening).order_by("row__number", "target_key")
    told = [*rows, *hits.values_list("row__number", "target_key", "score", "verdict", "state")]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def test_one_worker_and_eight_come_to_the_same(screening):
    cut_up(screening)
    sharing.work.func(screening_id=screening.pk)
    alone = digest(screening)
    assert ScreeningHit.objects.filter(screening=screening, entry__isnull=False).count() == 10
    screening.refresh_from_db()
    assert screening.state == "done"
    ScreeningHit.objects.all().delete()
    screening.rows.update(outcome="not_screened", reason="waiting", score=0)
    screening.pieces.update(state="waiting", holder="")
    screening.state = "running"
    screening.save()
    held = [sharing.take(screening.pk) for _worker in range(8)]
    assert len({piece.pk for piece in held}) == 8  # no piece goes to two workers
    assert all(sharing.do(piece) for piece in reversed(held))
    sharing.work.func(screening_id=screening.pk)
    assert digest(screening) == alone


def test_the_job_shows_how_far_it_is_and_ends_once(screening):
    cut_up(screening)
    sharing.do(sharing.take(screening.pk))
    assert Job.objects.get(pk=screening.job_id).done == 7
    assert not sharing.close(screening.pk)  # pieces are left
    sharing.work.func(screening_id=screening.pk)
    job = Job.objects.get(pk=screening.job_id)
    assert (job.state, job.done) == ("done", job.total)
    assert not sharing.close(screening.pk)


def test_what_a_dead_worker_held_is_taken_again_and_its_late_answer_is_not_written(screening):
    cut_up(screening)
    lost = sharing.take(screening.pk)
    assert sharing.take(screening.pk).pk != lost.pk
    ScreeningPiece.objects.filter(pk=lost.pk).update(held_since=timezone.now() - timedelta(minutes=6))
    again = sharing.take(screening.pk)
    assert again.pk == lost.pk
    assert sharing.do(again)
    assert not sharing.do(lost)
    assert ScreeningHit.objects.filter(row__number__lte=again.last, entry__isnull=False).count() == 2


def test_a_screening_whose_workers_died_is_taken_up_again(screening, django_capture_on_commit_callbacks):
    cut_up(screening)
    Job.objects.filter(pk=screening.job_id).update(state="running")
    sharing.take(screening.pk)
    assert sharing.resume_abandoned() == 0  # somebody works on it
    screening.pieces.update(held_since=timezone.now() - timedelta(minutes=6))
    with django_capture_on_commit_callbacks(execute=True):
        assert sharing.resume_abandoned() == 1
    screening.refresh_from_db()
    assert screening.state == "done"


def test_an_error_gives_the_piece_back_and_says_that_the_job_stopped(screening, monkeypatch):
    cut_up(screening)

    def broken(*_args):
        raise RuntimeError

    monkeypatch.setattr(sharing, "compare_rows", broken)
    with pytest.raises(RuntimeError):
        sharing.work.func(screening_id=screening.pk)
    assert Job.objects.get(pk=screening.job_id).state == "failed"
    assert not screening.pieces.exclude(state="waiting").exists()
    monkeypatch.undo()
    jobs.resume(Job.objects.get(pk=screening.job_id))
    sharing.work.func(screening_id=screening.pk)
    screening.refresh_from_db()
    assert screening.state == "done"
    assert engine.current_engine().problems == ()
