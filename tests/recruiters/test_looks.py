"""An assessment rests on looks: papers, management, clients, workers; gaps become actions, outcomes can be lost."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from checklists.answers import Answer, State, read
from checklists.models import StoredAnswer
from checklists.sheets import NO_WORDS, Words
from core.actors import SYSTEM
from core.models import AuditEntry, Notice
from core.standards import standard
from recruiters import services
from recruiters.assessing import Conclusion, Outcome, missing_looks, next_look
from recruiters.looking import KINDS, Voice, criterion_of, propose, questions
from recruiters.models import Assessment, Correction
from recruiters.services import corrections, looks
from recruiters.services.assessments import AssessmentClosed, criteria_of, decide_outcome, result_now
from recruiters.services.judging import judge
from tests.recruiters.making import belongs_to, make_licence

CODES = {criterion.code for criterion in standard("iris").criteria}


def test_every_question_is_for_a_criterion_of_the_standard_under_one_code():
    every = [question for kind in KINDS for question in questions(kind)]
    assert len({question.code for question in every}) == len(every)
    assert {question.criterion for question in every} <= CODES
    assert set(criterion_of().values()) == CODES - {code for code in CODES if code not in criterion_of().values()}
    assert all(question.adverse in ("yes", "no") for question in every)


def test_workers_outweigh_what_papers_and_management_say():
    heard = [Voice("documents", 0, 2, 0), Voice("management", 0, 1, 0), Voice("workers", 1, 0, 0)]
    proposal = propose(heard, critical=True)
    assert proposal.outcome == Outcome.MAJOR_GAP
    assert set(proposal.reasons) == {"workers_against", "voices_differ"}


def test_the_recruiters_own_word_proves_nothing():
    assert propose([Voice("management", 0, 3, 0)], critical=False).reasons == ("own_word_only",)
    assert propose([], critical=False).outcome == Outcome.NOT_ASSESSED


voices = st.lists(st.builds(Voice, st.sampled_from(KINDS), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)))


@given(voices, st.booleans())
def test_whatever_speaks_against_is_never_proposed_as_conforming(heard, critical):
    proposal = propose(heard, critical=critical)
    if any(voice.against for voice in heard):
        assert proposal.outcome in (Outcome.MINOR_GAP, Outcome.MAJOR_GAP)


def test_a_worse_conclusion_is_looked_at_again_sooner():
    day = date(2026, 1, 1)
    due = [next_look(c, None, day) for c in (Conclusion.NEGATIVE, Conclusion.POSITIVE_WITH_GAPS, Conclusion.POSITIVE)]
    assert due == sorted(due)
    assert next_look(Conclusion.POSITIVE, 3.5, day) > due[-1]
    assert next_look(Conclusion.POSITIVE, None, day, [day + timedelta(days=30)]) == day + timedelta(days=30)


def test_a_review_of_papers_alone_is_never_complete():
    assert missing_looks("documents", ["documents"]) == ("management", "workers")
    assert missing_looks("review", KINDS) == ()
    assert missing_looks("self", []) == ()


@pytest.fixture
def assessment(db, farah):
    """Return a review that was just begun."""
    return services.start_assessment(make_licence().recruiter, kind="review", actor=farah)


def hold(assessment, kind: str, actor, *, against: tuple[str, ...] = (), words: Words = NO_WORDS, **fields):
    """Hold and close a look; the named questions speak against, all others for."""
    given_fields = {"heard": 5, "without_employer": True} if kind == "workers" else {}
    stage = looks.begin_look(assessment, kind=kind, actor=actor, **{**given_fields, **fields})
    for section in stage.version.questionnaire.sections:
        answers = {
            item.code: read(item, item.adverse if item.code in against else {"yes": "no", "no": "yes"}[item.adverse])
            for item in section.items
        }
        looks.answer_look(stage, section.code, answers=answers, words=words, base=0, actor=actor)
    return looks.close_look(stage, actor=actor)


def conform(assessment, actor, **different):
    """Judge every criterion as conforming but the named ones."""
    answers = dict.fromkeys(CODES, ("conforms", "")) | {code: (o, "Shown.") for code, o in different.items()}
    services.answer_criteria(assessment, answers, levels=dict.fromkeys(CODES, 3), actor=actor)


def test_without_its_looks_a_review_is_incomplete_whatever_was_found(assessment, farah):
    conform(assessment, farah)
    result = result_now(assessment)
    assert result.conclusion == Conclusion.INCOMPLETE
    assert result.reasons[0].rule == "look_missing"
    for kind in ("documents", "management", "workers"):
        hold(assessment, kind, farah)
    done = services.complete_assessment(assessment, actor=farah)
    assert (done.conclusion, done.maturity) == ("positive", 3.0)
    assert done.next_look_on > timezone.localdate() + timedelta(days=365)


def test_the_looks_suggest_findings_and_a_person_decides(assessment, farah):
    hold(assessment, "documents", farah)
    hold(assessment, "workers", farah, against=("WRK-05",))
    found = looks.proposals_for(assessment, criteria_of(assessment))
    assert found["IRIS-1-1"].outcome == Outcome.MAJOR_GAP
    assert found["IRIS-2-1"].outcome == Outcome.CONFORMS
    assert not assessment.answers.exists()


def test_words_of_a_worker_are_sealed_and_no_name_has_a_place(assessment, farah):
    secret = "Sunita from room nine told it"
    stage = hold(assessment, "workers", farah, words=Words({"WRK-05": secret}, {}, secret))
    assert secret not in str(list(StoredAnswer.objects.values_list("data", flat=True)))
    assert secret not in str(list(AuditEntry.objects.values_list("facts", flat=True)))
    assert {f.name for f in stage._meta.fields} & {"name", "names", "worker", "workers", "phone"} == set()


@pytest.mark.parametrize(("heard", "alone"), [(2, True), (9, False), (9, None)])
def test_workers_are_heard_alone_and_never_so_few_that_one_can_be_traced(assessment, farah, heard, alone):
    with pytest.raises(looks.LookRefused):
        hold(assessment, "workers", farah, heard=heard, without_employer=alone)


def test_a_look_is_held_once_and_its_answers_are_kept_in_the_version_asked(assessment, farah):
    stage = hold(assessment, "documents", farah)
    with pytest.raises(looks.LookRefused):
        looks.begin_look(assessment, kind="documents", actor=farah)
    with pytest.raises(AssessmentClosed):
        looks.answer_look(stage, "A", answers={}, words=NO_WORDS, base=0, actor=farah)
    assert looks.version_for("documents", assessment) == stage.version


def test_an_open_answer_is_no_voice(assessment, farah):
    stage = looks.begin_look(assessment, kind="documents", actor=farah)
    looks.answer_look(stage, "A", answers={"DOC-01": Answer("DOC-01", State.ANSWERED, "yes")}, words=NO_WORDS, base=0,
                      actor=farah)  # fmt: skip
    heard = looks.voices_of(assessment)
    assert heard["IRIS-A-2"] == (Voice("documents", 0, 0, 1),)


def test_only_officers_hold_looks(assessment, omar, rosa, nadia):
    belongs_to(assessment.recruiter, omar)
    for user in (omar, rosa, nadia):
        with pytest.raises(PermissionDenied):
            looks.begin_look(assessment, kind="documents", actor=user)


def ask(assessment, actor, **fields):
    given_fields = {"criterion": "IRIS-1-1", "severity": "serious", "what": "Repay the fees.", "owner": "finance",
                    "due_on": timezone.localdate() + timedelta(days=30)}  # fmt: skip
    return corrections.ask_correction(assessment, actor=actor, **{**given_fields, **fields})


def test_a_corrective_action_is_asked_answered_returned_and_closed(assessment, farah, omar):
    belongs_to(assessment.recruiter, omar)
    conform(assessment, farah, **{"IRIS-1-1": "major_gap"})
    services.complete_assessment(assessment, actor=farah)
    before = judge(assessment.recruiter, timezone.localdate()).score
    action = ask(assessment, farah)
    assert Notice.objects.filter(user=omar, code="correction_open").exists()
    action = corrections.answer_correction(action, words="We repaid Ram.", actor=omar)
    later = timezone.localdate() + timedelta(days=60)
    action = corrections.decide_correction(action, accept=False, note="Show the receipts.", due_on=later, actor=farah)
    assert (action.state, action.due_on) == ("returned", later)
    action = corrections.answer_correction(action, words="Here they are.", actor=omar)
    action = corrections.decide_correction(action, accept=True, note="", actor=farah)
    assert [step.state for step in action.steps.all()] == ["open", "answered", "returned", "answered", "closed"]
    assert judge(assessment.recruiter, timezone.localdate()).score < before
    assert "Ram" not in str(list(action.steps.values_list("note", flat=True)))


def test_an_action_needs_a_day_to_come_and_a_known_criterion(assessment, farah):
    for fields in ({"due_on": timezone.localdate()}, {"criterion": "IRIS-9-9"}, {"what": " "}):
        with pytest.raises(corrections.CorrectionRefused):
            ask(assessment, farah, **fields)


def test_nobody_answers_for_another_or_decides_for_himself(assessment, farah, omar, rosa):
    action = ask(assessment, farah)
    with pytest.raises(PermissionDenied):
        corrections.answer_correction(action, words="Done", actor=omar)
    belongs_to(assessment.recruiter, omar)
    action = corrections.answer_correction(action, words="Done", actor=omar)
    for user in (omar, rosa):
        with pytest.raises(PermissionDenied):
            corrections.decide_correction(action, accept=True, note="", actor=user)


def test_overdue_actions_and_due_looks_are_told_once(assessment, farah):
    action = ask(assessment, farah)
    Correction.objects.filter(pk=action.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    Assessment.objects.filter(pk=assessment.pk).update(next_look_on=timezone.localdate())
    assert corrections.remind_due(timezone.now()) == (1, 1)
    assert corrections.remind_due(timezone.now()) == (0, 0)


def test_an_outcome_can_be_suspended_given_back_and_withdrawn_for_good(assessment, farah):
    for kind in ("documents", "management", "workers"):
        hold(assessment, kind, farah)
    conform(assessment, farah)
    done = services.complete_assessment(assessment, actor=farah)
    services.note_risk(done.recruiter, "FEE", "moderate", "FEE-1111-2222-3", timezone.localdate(), actor=SYSTEM)
    today = timezone.localdate()
    holding = judge(done.recruiter, today).score
    decide_outcome(done, state="suspended", reason="actions_overdue", actor=farah)
    assert judge(done.recruiter, today).score == holding + 10
    decide_outcome(done, state="restored", reason="put_right", actor=farah)
    assert judge(done.recruiter, today).score == holding
    decide_outcome(done, state="withdrawn", reason="false_evidence", actor=farah)
    with pytest.raises(AssessmentClosed):
        decide_outcome(done, state="restored", reason="put_right", actor=farah)


def test_a_follow_up_names_what_it_follows(assessment, farah):
    conform(assessment, farah, **{"IRIS-1-1": "major_gap"})
    services.complete_assessment(assessment, actor=farah)
    second = services.start_assessment(assessment.recruiter, kind="surveillance", actor=farah)
    assert second.follows == assessment
