"""Planning and carrying out visits: who may go, in what order things happen, what is kept."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from checklists.answers import Answer, State
from checklists.models import ChecklistVersion, Immutable, Sheet, StoredAnswer
from checklists.sheets import NO_WORDS, Words, standing, words_of
from checklists.sources import CLOSING
from core.actors import SYSTEM
from core.models import AuditEntry, Notice, SealedRecord
from core.roles import AccountKind, Role
from inspections.errors import ConflictOfInterest, NotNow
from inspections.models import Interest, Visit
from inspections.services import fieldwork, planning
from parties import services as parties
from parties.models import Relationship
from tests.factories import make_party, make_site, make_user
from tests.inspections.builders import answer, close, fresh, make_supervisor, make_visit

REC = "REC"


def section_answers(visit: Visit, **given: str) -> dict[str, Answer]:
    """Return yes/no answers of one section by item code."""
    return {
        name.replace("_", "-"): Answer(name.replace("_", "-"), State.ANSWERED, value) for name, value in given.items()
    }


def save(visit: Visit, actor: Any, base: int | None = None, words: Words = NO_WORDS, **given: str) -> Any:
    """Save the recruitment section."""
    return fieldwork.save_answers(
        visit, section=REC, answers=section_answers(visit, **given), words=words, base=base, actor=actor
    )


def test_a_visit_is_planned_started_and_closed_as_rows(rosa: Any) -> None:
    visit = make_visit(rosa, started=False)
    fieldwork.start(visit, actor=rosa, no_interest=True, presences=[("police", True)])
    close(fresh(visit), rosa)
    assert [row.state for row in fresh(visit).history] == ["planned", "under_way", "closed"]
    assert [(row.agency, row.led) for row in visit.presences.all()] == [("police", True)]


def test_nobody_starts_without_declaring_that_he_has_no_interest(rosa: Any) -> None:
    visit = make_visit(rosa, started=False)
    with pytest.raises(NotNow):
        fieldwork.start(visit, actor=rosa, no_interest=False)
    assert visit.standing == "planned"


def test_whoever_is_tied_to_the_employer_cannot_be_sent(rosa: Any) -> None:
    employer, person = make_party("Barwa Steel"), make_party("Rosa V.", kind="person")
    person.user = rosa
    person.save()
    parties.relate(person, Relationship.Is.OWNER, employer, actor=SYSTEM)
    with pytest.raises(ConflictOfInterest):
        make_visit(rosa, site=make_site(employer))
    assert not Visit.objects.exists()


def test_a_declared_interest_ends_the_assignment_and_forbids_the_next(visit: Visit, rosa: Any) -> None:
    planning.declare_interest(visit, actor=rosa)
    assert not Visit.objects.visible_to(rosa).exists()
    assert Notice.objects.filter(user=visit.supervisor, code="visit_needs_inspector").exists()
    assert Interest.objects.get().party == visit.party
    with pytest.raises(ConflictOfInterest):
        make_visit(rosa, site=visit.site)


def test_the_lead_passes_on_when_the_lead_leaves(rosa: Any) -> None:
    ibrahim = make_user("ibrahim", Role.INSPECTOR, account="Labour Inspectorate", kind=AccountKind.INSPECTORATE)
    visit = make_visit(rosa, others=[ibrahim])
    planning.declare_interest(visit, actor=rosa)
    assert fresh(visit).lead == ibrahim


def test_why_a_visit_is_made_is_sealed_and_its_audit_entry_says_nothing_of_it(visit: Visit) -> None:
    trail = json.dumps([[entry.verb, entry.subject, entry.facts] for entry in AuditEntry.objects.all()])
    assert "GRV-" not in trail
    assert "complaint" not in trail
    raw = b"".join(bytes(record.ciphertext or b"") for record in SealedRecord.objects.all())
    assert b"GRV-7K3M" not in raw


def test_only_lead_and_supervisor_read_why_and_each_reading_is_written_down(rosa: Any, farah: Any) -> None:
    ibrahim = make_user("ibrahim", Role.INSPECTOR, account="Labour Inspectorate", kind=AccountKind.INSPECTORATE)
    visit = make_visit(rosa, others=[ibrahim])
    for person in (rosa, make_supervisor()):
        assert planning.read_trigger(visit, actor=person).reference == "GRV-7K3M-9QX2-C"
    for person in (ibrahim, farah):
        with pytest.raises(PermissionDenied):
            planning.read_trigger(visit, actor=person)
    assert AuditEntry.objects.filter(verb="vault.opened", subject=visit.ref).count() == 2


def test_an_adverse_answer_without_a_comment_is_refused_and_nothing_is_stored(visit: Visit, rosa: Any) -> None:
    with pytest.raises(NotNow):
        save(visit, rosa, REC_04="yes")
    assert not Sheet.objects.exists()


def test_saving_again_adds_a_sheet_and_the_newest_stands(visit: Visit, rosa: Any) -> None:
    save(visit, rosa, REC_01="yes")
    save(visit, rosa, REC_01="no")
    assert Sheet.objects.filter(subject=visit.ref).count() == 2
    assert standing(visit.ref, visit.version).answer("REC-01").value == "no"


def test_what_was_not_answered_is_stored_as_not_checked(visit: Visit, rosa: Any) -> None:
    save(visit, rosa, REC_01="yes")
    stored = {row.code: row.data for row in StoredAnswer.objects.filter(sheet__subject=visit.ref)}
    assert stored["REC-02"] == "not_checked"
    assert len(stored) == 10


def test_words_are_sealed_and_come_back_for_the_team(visit: Visit, rosa: Any) -> None:
    save(visit, rosa, words=Words({"REC-04": "They paid in cash."}, {}, "Afraid."), REC_04="yes")
    sheet = Sheet.objects.get()
    assert b"cash" not in bytes(sheet.words.ciphertext)  # type: ignore[union-attr]
    assert words_of(sheet, actor=rosa, reason="test").comments == {"REC-04": "They paid in cash."}


def test_two_inspectors_in_one_section_keep_each_others_answers(rosa: Any) -> None:
    ibrahim = make_user("ibrahim", Role.INSPECTOR, account="Labour Inspectorate", kind=AccountKind.INSPECTORATE)
    visit = make_visit(rosa, others=[ibrahim])
    save(visit, rosa, base=0, REC_01="yes")
    both = save(visit, ibrahim, base=0, REC_02="yes")
    found = standing(visit.ref, visit.version)
    assert (found.answer("REC-01").value, found.answer("REC-02").value) == ("yes", "yes")
    assert both.overruled == ()


def test_an_answer_that_overrules_a_colleagues_is_named(rosa: Any) -> None:
    ibrahim = make_user("ibrahim", Role.INSPECTOR, account="Labour Inspectorate", kind=AccountKind.INSPECTORATE)
    visit = make_visit(rosa, others=[ibrahim])
    save(visit, rosa, base=0, REC_01="yes")
    assert save(visit, ibrahim, base=0, REC_01="no").overruled == ("REC-01",)


def test_published_versions_sheets_and_answers_never_change(visit: Visit, rosa: Any) -> None:
    save(visit, rosa, REC_01="yes")
    for row in (visit.version, Sheet.objects.get(), StoredAnswer.objects.first()):
        with pytest.raises(Immutable):
            row.save()  # type: ignore[union-attr]
        with pytest.raises(Immutable):
            row.delete()  # type: ignore[union-attr]
    with pytest.raises(Immutable):
        ChecklistVersion.objects.update(title="Another")


def test_answers_are_saved_only_while_the_visit_is_under_way(rosa: Any) -> None:
    visit = make_visit(rosa, started=False)
    with pytest.raises(NotNow):
        save(visit, rosa, REC_01="yes")


def test_it_cannot_close_while_the_answers_ask_for_a_referral(visit: Visit, rosa: Any) -> None:
    from inspections.services.screening import judge

    answer(visit, rosa, MOV_02="yes")
    with pytest.raises(NotNow):
        close(visit, rosa)
    with pytest.raises(NotNow):
        judge(visit, decided="indication", reason=" ", actor=rosa)
    judge(visit, decided="indication", reason="The lock is on an unused gate.", actor=rosa)
    close(visit, rosa)
    assert fresh(visit).standing == "closed"


def test_when_the_answers_ask_for_a_referral_the_supervisor_is_told_once(visit: Visit, rosa: Any) -> None:
    answer(visit, rosa, MOV_02="yes")
    answer(visit, rosa, MOV_04="yes")
    told = Notice.objects.filter(code="referral_advised")
    assert [notice.user for notice in told] == [visit.supervisor]


def test_a_screening_is_kept_with_its_ruleset_only_when_it_changed(visit: Visit, rosa: Any) -> None:
    answer(visit, rosa, REC_02="no")
    before = list(visit.screenings.all())
    answer(visit, rosa, REC_02="no")
    assert list(visit.screenings.all()) == before
    assert {row.ruleset.split(":")[0] for row in before} == {"eleven/1", "operational/1"}
    assert any("REC-02" in codes for row in before for codes in row.facts["fired"].values())


def test_closing_needs_a_reason_for_each_no(visit: Visit, rosa: Any) -> None:
    version = ChecklistVersion.objects.newest(CLOSING)
    assert version is not None
    said = {item.code: Answer(item.code, State.ANSWERED, "no") for item in version.questionnaire.items()}
    with pytest.raises(NotNow):
        fieldwork.close(visit, answers=said, words=NO_WORDS, actor=rosa)


def test_the_closing_list_does_not_mix_with_the_checklist(visit: Visit, rosa: Any) -> None:
    save(visit, rosa, REC_01="yes")
    close(visit, rosa)
    assert standing(visit.ref, visit.version).answer("REC-01").value == "yes"
    assert set(standing(visit.ref, visit.version).numbers) == {"REC"}


def test_a_closed_visit_goes_back_only_by_its_supervisor_and_with_a_reason(visit: Visit, rosa: Any) -> None:
    close(visit, rosa)
    closed = fresh(visit)
    with pytest.raises(PermissionDenied):
        fieldwork.reopen(closed, actor=rosa, reason="evidence_missing")
    with pytest.raises(NotNow):
        fieldwork.reopen(closed, actor=visit.supervisor, reason="")
    fieldwork.reopen(closed, actor=visit.supervisor, reason="evidence_missing")
    assert fresh(visit).standing == "under_way"
    assert Notice.objects.filter(user=rosa, code="visit_reopened").exists()


def test_a_visit_cannot_be_supervised_from_within_its_team(rosa: Any) -> None:
    with pytest.raises(NotNow):
        make_visit(rosa, supervisor=rosa)


def test_a_new_checklist_version_leaves_the_visit_under_the_old_one(visit: Visit, rosa: Any) -> None:
    from checklists.services import publish
    from checklists.sources import labour_inspection

    newer = publish(labour_inspection({"ACC-08": 6}), actor=SYSTEM)
    assert newer.number == visit.version.number + 1
    answer(visit, rosa, ACC_08=9)
    assert standing(visit.ref, visit.version).answer("ACC-08").value == 9
    assert visit.version.questionnaire.item("ACC-08").adverse == ""
