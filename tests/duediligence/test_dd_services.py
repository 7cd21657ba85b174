"""A record's verbs: who may, what is kept, what is refused."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from core.actors import SYSTEM
from core.models import AuditEntry
from duediligence import services
from duediligence.gathering import check_of, current_answers, current_evidence, ranked_risks
from duediligence.models import Company, Engagement, Step6Entry, Supplier
from duediligence.refusals import Refused
from parties.models import Party, Site
from tests.duediligence.making import (
    END,
    START,
    answer_all,
    make_case,
    make_company,
    make_engagement,
    make_record,
    make_recruiter,
    make_risk,
    make_row,
    make_supplier,
)
from tests.factories import make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 2, 1)


def test_a_company_is_set_up_once_for_its_account(quentin: Any) -> None:
    first, again = make_company(quentin), make_company(quentin)
    assert first == again
    assert first.party.account == quentin.current_memberships[0].account


def test_a_second_record_may_not_overlap_the_first(quentin: Any) -> None:
    company = make_company(quentin)
    make_record(company)
    with pytest.raises(Refused):
        services.open_record(company, period_start=END, period_end=date(2026, 12, 31), actor=quentin)


def test_the_next_record_takes_over_risks_and_open_actions(quentin: Any) -> None:
    company = make_company(quentin)
    record = make_record(company)
    risk = make_risk(record)
    due = date(2026, 5, 1)
    services.plan_action(record, title="Repay", owner="HR", due_on=due, risk=risk, actor=quentin)
    done = services.plan_action(record, title="Ask", owner="HR", due_on=due, actor=quentin)
    services.move_action(done, "done", note="Asked.", actor=quentin)
    new = services.open_record(company, period_start=date(2026, 1, 1), period_end=date(2026, 12, 31), actor=quentin)
    assert [one.title for one in new.risks.all()] == [risk.title]
    assert ranked_risks(new)[0].priority == ranked_risks(record)[0].priority.__class__(
        **{**ranked_risks(record)[0].priority.__dict__, "ref": new.risks.get().ref}
    )
    assert [one.title for one in new.planned_actions.all()] == ["Repay"]
    assert new.planned_actions.get().risk == new.risks.get()


def test_an_answer_is_a_new_version_and_the_same_answer_is_not_stored_again(quentin: Any) -> None:
    record = make_record(make_company(quentin))
    services.answer_action(record, "1.1", state="not_done", reason="No time", actor=quentin)
    services.answer_action(record, "1.1", state="not_done", reason="No time", actor=quentin)
    services.answer_action(record, "1.1", state="under_way", text="Begun", owner="Me", actor=quentin)
    assert [one.state for one in record.answers.filter(action="1.1")] == ["not_done", "under_way"]
    assert current_answers(record)["1.1"].state == "under_way"


def test_an_answer_to_an_unknown_action_is_refused(quentin: Any) -> None:
    with pytest.raises(LookupError):
        services.answer_action(make_record(make_company(quentin)), "9.9", state="done", actor=quentin)


def test_evidence_is_sealed_and_taken_off_with_a_trace(quentin: Any) -> None:
    record = make_record(make_company(quentin))
    upload = SimpleUploadedFile("policy.txt", b"We never charge workers.")
    added = services.add_evidence(record, "1.1", upload, title="Policy", actor=quentin)
    assert current_evidence(record)["1.1"] == [added]
    services.remove_evidence(added, actor=quentin)
    assert current_evidence(record) == {}
    assert added.removed_by == quentin
    assert added.file.original.destroyed_on is None


def test_the_audit_trail_holds_no_word_of_an_answer(quentin: Any) -> None:
    record = make_record(make_company(quentin))
    services.answer_action(record, "1.1", state="done", text="Secretword", owner="Ownername", on=START, actor=quentin)
    told = str(list(AuditEntry.objects.values_list("facts", "subject", "verb")))
    assert "answer.given" in told
    assert "Secretword" not in told
    assert "Ownername" not in told


@pytest.mark.parametrize("who", ["stranger", "nadia", "auditor", "omar", "farah"])
def test_nobody_else_changes_a_record(who: str, request: Any, quentin: Any) -> None:
    record = make_record(make_company(quentin))
    with pytest.raises(PermissionDenied):
        services.answer_action(record, "1.1", state="none", reason="x", actor=request.getfixturevalue(who))


def test_a_member_of_another_company_changes_nothing(quentin: Any) -> None:
    from core.roles import AccountKind, Role

    other = make_user("clara", Role.COMPANY_MEMBER, account="Southwind", kind=AccountKind.COMPANY)
    company = make_company(quentin)
    record = make_record(company)
    for attempt in (
        lambda: services.prepare(record, actor=other),
        lambda: services.add_supplier(company, make_row(), actor=other),
        lambda: services.choose_laws(company, ["UK-MSA"], actor=other),
        lambda: services.assess_risk(
            make_risk(record), scale=1, scope=1, irremediability=1, likelihood=1, involvement="linked", why="x",
            actor=other,
        ),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            attempt()


def test_two_companies_share_a_factory_that_has_the_same_name_and_address(quentin: Any) -> None:
    from core.roles import AccountKind, Role

    other = make_user("clara", Role.COMPANY_MEMBER, account="Southwind", kind=AccountKind.COMPANY)
    one, two = make_supplier(make_company(quentin)), make_supplier(make_company(other))
    assert one.party == two.party
    assert Site.objects.filter(party=one.party).count() == 1
    assert Supplier.objects.visible_to(quentin).get() == one


def test_a_namesake_at_another_address_stays_another_factory(quentin: Any) -> None:
    company = make_company(quentin)
    make_supplier(company)
    from core.roles import AccountKind, Role

    other = make_user("clara", Role.COMPANY_MEMBER, account="Southwind", kind=AccountKind.COMPANY)
    make_supplier(make_company(other), address="Quite another street 9")
    assert Party.objects.filter(name="Lotus Dyeing").count() == 2


def test_ending_a_supplier_ends_the_engagements_there(quentin: Any) -> None:
    company = make_company(quentin)
    supplier, recruiter = make_supplier(company), make_recruiter()
    make_engagement(company, recruiter, supplier)
    services.end_supplier(supplier, on=date(2025, 6, 30), actor=quentin)
    assert Engagement.objects.get().ends == date(2025, 6, 30)
    assert not Engagement.objects.active(date(2025, 7, 1)).exists()
    assert Engagement.objects.active(date(2025, 6, 30)).exists()


def test_a_recruiter_is_not_listed_twice_for_the_same_time(quentin: Any) -> None:
    company, recruiter = make_company(quentin), make_recruiter()
    make_engagement(company, recruiter)
    with pytest.raises(Refused):
        make_engagement(company, recruiter, starts=date(2025, 2, 1))


def test_a_done_action_needs_a_note(quentin: Any) -> None:
    record = make_record(make_company(quentin))
    action = services.plan_action(record, title="Repay", owner="HR", due_on=END, actor=quentin)
    with pytest.raises(Refused):
        services.move_action(action, "done", note=" ", actor=quentin)


def test_choosing_laws_keeps_the_ones_given_up_as_history(quentin: Any) -> None:
    company = make_company(quentin)
    services.choose_laws(company, ["UK-MSA", "CA-S211"], actor=quentin)
    services.choose_laws(company, ["CA-S211", "NO-TA"], actor=quentin)
    assert set(company.laws.filter(until__isnull=True).values_list("regime", flat=True)) == {"CA-S211", "NO-TA"}
    assert company.laws.get(regime="UK-MSA").until is not None
    with pytest.raises(KeyError):
        services.choose_laws(company, ["XX-LAW"], actor=quentin)


def test_the_check_finds_what_a_new_record_lacks(quentin: Any) -> None:
    record = make_record(make_company(quentin))
    assert {issue.code for issue in check_of(record, TODAY).errors} == {"unanswered"}
    answer_all(record)
    assert check_of(record, TODAY).errors == ()
    assert {"evidence_missing", "no_suppliers", "no_risks"} <= {
        issue.code for issue in check_of(record, TODAY).warnings
    }


class TestCases:
    """Step 6: what a company's record learns of a case."""

    def test_a_case_on_a_suppliers_recruiter_reaches_the_record(self, quentin: Any) -> None:
        company = make_company(quentin)
        record, supplier, recruiter = make_record(company), make_supplier(company), make_recruiter()
        make_engagement(company, recruiter, supplier)
        entries = services.receive_case(make_case(recruiter))
        assert [(one.company, one.record, one.supplier) for one in entries] == [(company, record, supplier)]
        news = entries[0].news.get()
        assert (news.codes, news.severity) == (["DOC", "FEE"], "3")

    def test_the_same_news_twice_makes_one_entry_and_one_row(self, quentin: Any) -> None:
        company, recruiter = make_company(quentin), make_recruiter()
        make_engagement(company, recruiter)
        for _time in range(2):
            services.receive_case(make_case(recruiter))
        services.receive_case(make_case(recruiter, state="closed", changed_on=date(2025, 8, 1)))
        entry = Step6Entry.objects.get()
        assert [one.state for one in entry.news.all()] == ["opened", "closed"]

    def test_several_engagements_with_one_recruiter_make_one_entry(self, quentin: Any) -> None:
        company, recruiter = make_company(quentin), make_recruiter()
        make_engagement(company, recruiter)
        make_engagement(company, recruiter, make_supplier(company))
        assert len(services.receive_case(make_case(recruiter))) == 1

    def test_an_engagement_that_had_ended_brings_no_entry(self, quentin: Any) -> None:
        company, recruiter = make_company(quentin), make_recruiter()
        make_engagement(company, recruiter, ends=date(2025, 2, 1))
        assert services.receive_case(make_case(recruiter)) == []

    def test_a_company_that_is_accused_learns_nothing(self, quentin: Any) -> None:
        company, recruiter = make_company(quentin), make_recruiter()
        make_engagement(company, recruiter)
        case = make_case(recruiter, employers=frozenset({company.party_id}))
        assert services.receive_case(case) == []
        assert AuditEntry.objects.filter(verb="remedy.kept_back").exists()

    def test_a_company_owned_by_the_accused_recruiter_learns_nothing(self, quentin: Any) -> None:
        from parties.services import relate

        company, recruiter = make_company(quentin), make_recruiter()
        make_engagement(company, recruiter)
        relate(recruiter.party, "owner", company.party, actor=SYSTEM)
        assert services.receive_case(make_case(recruiter)) == []

    def test_a_case_before_any_record_joins_the_first_one(self, quentin: Any) -> None:
        company, recruiter = make_company(quentin), make_recruiter()
        make_engagement(company, recruiter)
        entry = services.receive_case(make_case(recruiter))[0]
        assert entry.record is None
        record = make_record(company)
        entry.refresh_from_db()
        assert entry.record == record

    def test_the_signal_of_grievances_reaches_the_record(self, quentin: Any) -> None:
        from grievances.signals import CaseNews, case_opened

        company, recruiter = make_company(quentin), make_recruiter()
        make_engagement(company, recruiter)
        news = CaseNews("CAS-1", ("FEE",), "4", (recruiter.party_id,), (), date(2025, 5, 1))
        case_opened.send(sender=None, news=news)
        assert Step6Entry.objects.get().case_ref == "CAS-1"

    def test_an_entry_has_no_place_for_a_person_or_a_word(self) -> None:
        from duediligence.models import Step6News

        kinds = {
            field.name: field.get_internal_type() for model in (Step6Entry, Step6News) for field in model._meta.fields
        }
        assert "TextField" not in kinds.values()
        longest = [field.max_length or 0 for model in (Step6Entry, Step6News) for field in model._meta.fields]
        assert max(longest) <= 30

    def test_members_are_told_that_something_waits_and_nothing_more(self, quentin: Any) -> None:
        from core.models import Notice

        company, recruiter = make_company(quentin), make_recruiter()
        make_engagement(company, recruiter)
        entry = services.receive_case(make_case(recruiter))[0]
        notice = Notice.objects.get(user=quentin)
        assert (notice.code, notice.subject_ref) == ("duediligence.case", entry.ref)

    def test_an_answer_needs_words_and_no_future_day(self, quentin: Any) -> None:
        company, recruiter = make_company(quentin), make_recruiter()
        make_engagement(company, recruiter)
        entry = services.receive_case(make_case(recruiter))[0]
        with pytest.raises(Refused):
            services.respond_to_case(entry, kind="provided", text=" ", actor=quentin)
        with pytest.raises(Refused):
            services.respond_to_case(entry, kind="provided", text="Yes", done_on=date(2999, 1, 1), actor=quentin)
        services.respond_to_case(entry, kind="provided", text="Yes", forms=["restitution"], actor=quentin)
        assert entry.responses.get().forms == ["restitution"]


def test_company_rows_are_seen_by_their_own_members_and_auditors_only(
    quentin: Any, auditor: Any, stranger: Any, nadia: Any, omar: Any
) -> None:
    company = make_company(quentin)
    make_record(company)
    make_supplier(company)
    make_engagement(company, make_recruiter())
    services.receive_case(make_case(Party.objects.get(name="Golden Bridge Manpower", account=None)))
    for model in (Company, Supplier, Engagement, Step6Entry):
        assert model.objects.visible_to(quentin).count() == 1
        assert model.objects.visible_to(auditor).count() == 1
        for other in (stranger, nadia, omar):
            assert model.objects.visible_to(other).count() == 0
