"""Freeze, approve, publish: what the board saw is what is public, for ever."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from core.actors import SYSTEM
from core.roles import AccountKind, Role
from duediligence import services
from duediligence.content import digest, leaves
from duediligence.models import Publication, Report
from duediligence.models.publishing import ImmutableError
from duediligence.refusals import Refused
from tests.duediligence.making import (
    answer_all,
    make_approved,
    make_company,
    make_complete_record,
    make_published,
    make_record,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(quentin: Any) -> Any:
    return make_complete_record(make_company(quentin))


def test_errors_stop_the_preparation(quentin: Any) -> None:
    with pytest.raises(Refused):
        services.prepare(make_record(make_company(quentin)), actor=quentin)


def test_gaps_do_not_stop_it_and_stand_in_the_content(quentin: Any) -> None:
    record = make_record(make_company(quentin))
    answer_all(record)
    gaps = services.prepare(record, actor=quentin).data["gaps"]
    assert {"no_suppliers", "no_risks", "evidence_missing"} <= {gap["code"] for gap in gaps.values()}


def test_preparing_the_same_content_again_stores_nothing(record: Any, quentin: Any) -> None:
    assert services.prepare(record, actor=quentin) == services.prepare(record, actor=quentin)


def test_what_was_approved_is_published_even_if_the_record_moves_on(record: Any, quentin: Any) -> None:
    prepared = make_approved(record)
    services.answer_action(record, "1.1", state="not_done", reason="Changed our mind", actor=quentin)
    published = services.publish(prepared, actor=quentin)
    assert published.data["answers"]["1.1"]["state"] == "done"
    kept = {key: value for key, value in published.data.items() if key not in ("report", "approval")}
    assert kept == prepared.data


def test_nothing_is_published_without_approval(record: Any, quentin: Any) -> None:
    with pytest.raises(Refused):
        services.publish(services.prepare(record, actor=quentin), actor=quentin)


def test_newer_content_needs_an_approval_of_its_own(record: Any, quentin: Any) -> None:
    old = services.prepare(record, actor=SYSTEM)
    services.answer_action(record, "1.1", state="not_done", reason="No", actor=quentin)
    services.prepare(record, actor=SYSTEM)
    with pytest.raises(Refused):
        services.approve(
            old, approver_name="A", approver_title="B", body="board", approved_on=date(2026, 1, 1), actor=quentin
        )


def test_whoever_prepared_does_not_record_the_approval_if_there_is_a_colleague(record: Any, quentin: Any) -> None:
    colleague = make_user("petra", Role.COMPANY_MEMBER, account="Northwind Apparel", kind=AccountKind.COMPANY)
    prepared = services.prepare(record, actor=quentin)
    words = {"approver_name": "Ada", "approver_title": "Chair", "body": "board", "approved_on": date(2026, 1, 1)}
    with pytest.raises(Refused):
        services.approve(prepared, actor=quentin, **words)
    assert not services.approve(prepared, actor=colleague, **words).same_person


def test_who_is_alone_may_and_readers_are_told(record: Any, quentin: Any) -> None:
    prepared = services.prepare(record, actor=quentin)
    words = {"approver_name": "Ada", "approver_title": "Chair", "body": "board", "approved_on": date(2026, 1, 1)}
    approval = services.approve(
        prepared, actor=quentin, upload=SimpleUploadedFile("minutes.txt", b"Approved."), **words
    )
    assert approval.same_person
    published = services.publish(prepared, actor=quentin)
    assert published.data["approval"]["separate_person"] is False
    assert published.data["approval"]["evidence_sha256"] == approval.evidence.sha256


def test_versions_count_up_and_name_the_digest_they_replace(record: Any, quentin: Any) -> None:
    first = make_published(record)
    services.answer_action(record, "1.1", state="not_done", reason="We were wrong", actor=quentin)
    with pytest.raises(Refused):
        make_published(record)
    second = services.publish(record.prepared.last(), kind="correction", note="1.1 was wrong.", actor=quentin)
    assert (first.version, second.version) == (1, 2)
    assert second.data["report"]["replaces"] == first.digest
    assert second.data["report"]["ref"] == first.data["report"]["ref"]
    assert Report.objects.count() == 1
    assert Publication.objects.get(version=1).data["answers"]["1.1"]["state"] == "done"


def test_publishing_the_same_content_twice_makes_one_version(record: Any, quentin: Any) -> None:
    prepared = make_approved(record)
    assert services.publish(prepared, actor=quentin) == services.publish(prepared, actor=quentin)


def test_the_digest_is_that_of_the_stored_bytes(record: Any) -> None:
    published = make_published(record)
    assert published.digest == digest(published.content)
    assert json.loads(published.content) == published.data


def test_the_application_refuses_to_change_a_version(record: Any) -> None:
    published = make_published(record)
    published.note = "other"
    with pytest.raises(ImmutableError):
        published.save()
    with pytest.raises(ImmutableError):
        published.delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE duediligence_publication SET content = '{}'",
        "UPDATE duediligence_publication SET digest = 'x'",
        "DELETE FROM duediligence_publication",
        "DELETE FROM duediligence_withdrawal",
        "UPDATE duediligence_withdrawal SET note = ''",
    ],
)
def test_the_database_refuses_too(record: Any, quentin: Any, statement: str) -> None:
    published = make_published(record)
    services.withdraw(published.report, reason="filed_in_error", note="Wrong year.", actor=quentin)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Publication.objects.get().digest == published.digest


def test_a_bulk_update_is_refused_as_well(record: Any) -> None:
    make_published(record)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Publication.objects.update(note="quietly")


def test_a_withdrawn_answer_leaves_nothing_but_its_reason(quentin: Any) -> None:
    record = make_record(make_company(quentin))
    answer_all(record)
    services.answer_action(
        record, "2.3", state="withheld", text="Hidden text", decision="Hidden", owner="Hidden", reason="Under dispute",
        actor=quentin,
    )  # fmt: skip
    content = services.prepare(record, actor=quentin).content
    assert "Hidden" not in content
    assert "Under dispute" in content


def test_no_case_recruiter_or_answer_to_a_case_stands_in_the_content(record: Any) -> None:
    content = make_published(record).content
    for secret in ("CAS-0000", "Golden Bridge", "We asked the recruiter", "STX-", "2025-05-14"):
        assert secret not in content
    assert json.loads(content)["cases"]["total"] == "1–4"
    assert json.loads(content)["cases"]["kinds"] == {}


def test_a_supplier_is_never_named_beside_a_risk(record: Any, quentin: Any) -> None:
    risk = record.risks.get()
    published = make_published(record)
    assert risk.ref in published.content
    assert all(not leaf.path.endswith("supplier") for leaf in leaves(published.data))


def test_suppliers_are_counted_but_not_listed_if_the_company_wishes(record: Any, quentin: Any) -> None:
    services.change_record(record, language="en", publish_suppliers=False, actor=quentin)
    suppliers = make_published(record).data["suppliers"]
    assert suppliers["number"] == 1
    assert "list" not in suppliers


def test_a_withdrawal_is_open_and_hides_only_for_grave_reasons(record: Any, quentin: Any) -> None:
    report = make_published(record).report
    with pytest.raises(Refused):
        services.withdraw(report, reason="filed_in_error", note="x", hide=True, actor=quentin)
    with pytest.raises(Refused):
        services.withdraw(report, reason="court_order", note=" ", actor=quentin)
    services.withdraw(report, reason="court_order", note="Ordered.", hide=True, actor=quentin)
    with pytest.raises(Refused):
        services.withdraw(report, reason="court_order", note="Again", actor=quentin)
    assert report.withdrawn


def test_labels_are_in_the_language_of_the_report(quentin: Any) -> None:
    record = make_record(make_company(quentin), language="ar")
    answer_all(record)
    label = services.prepare(record, actor=quentin).data["answers"]["1.1"]["label"]
    assert any("\u0600" <= sign <= "\u06ff" for sign in label)
