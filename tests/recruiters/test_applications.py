"""Applications: part by part, returned field by field, decided by one officer or by two; and appeals."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.actors import SYSTEM
from core.formkeys import new_key
from core.roles import AccountKind, Role
from parties.models import Contact, Relationship
from recruiters import services
from recruiters.appealterms import AGAINST, Term, appeal_terms
from recruiters.applying import FIELDS, REQUIRED, SECTIONS, gravity_of, missing, sections
from recruiters.forms.own import ApplicationAnswerForm
from recruiters.models import Application, Licence, LicenceTerm
from recruiters.services import applications, ties
from recruiters.services.appeals import Verdict, decide_appeal, lodge_appeal, withdraw_appeal
from recruiters.tiegraph import ties_of
from tests.factories import make_user
from tests.recruiters.making import belongs_to, make_licence, make_recruiter, suspend

CONTENT = {
    "legal_name": "New Himchuli",
    "registration_number": "555 001",
    "address": "12 Lakeside Road",
    "city": "Pokhara",
    "phone": "+977 61 555 0100",
    "people": [{"name": "Deepa Rana", "role": "owner", "starts": "2026-01-05"}],
    "sub_agents": [{"name": "Bikram Lama", "is_person": True}],
    "destinations": ["QA", "MY"],
    "sectors": ["construction"],
    "workers_a_year": 200,
    "guarantee_issuer": "Harbour Bank",
    "guarantee_reference": "HB-2026-1",
    "guarantee_amount": "3000000",
    "guarantee_currency": "NPR",
    "guarantee_until": "2030-01-01",
    "charges_no_fees": True,
    "no_barred_person": True,
}
GRANT = {"grant": True, "number": "RL-900", "authority": "Department"}
REFUSE = {"grant": False, "note": "The guarantee is false.", "order_number": "R-1", "reason_code": "false_statement"}


def paper():
    return SimpleUploadedFile("paper.txt", b"A paper.")


def handed_in(recruiter, actor, **content):
    return services.submit_application(
        recruiter, content=CONTENT | content, papers=[("registration", paper())], actor=actor
    )


def in_a_year():
    return timezone.localdate() + timedelta(days=365)


def test_every_field_belongs_to_one_part_and_what_is_missing_is_named_in_order():
    assert len(FIELDS) == len(set(FIELDS))
    assert set(FIELDS) >= REQUIRED
    assert missing({}, papers=0) == tuple(field for field in FIELDS if field in REQUIRED)
    assert missing(CONTENT, papers=1) == ()
    assert missing(CONTENT | {"charges_no_fees": False}, papers=0) == ("papers", "charges_no_fees")


@given(st.sets(st.sampled_from(FIELDS)))
def test_a_part_is_filled_only_when_nothing_of_it_is_missing(left_out):
    content = {field: value for field, value in CONTENT.items() if field not in left_out}
    for part in sections(content, papers=0 if "papers" in left_out else 1):
        wanted = set(SECTIONS[part.code]) & REQUIRED & left_out
        assert (part.state == "begun") == bool(wanted)


def test_two_people_decide_where_a_tie_an_order_or_very_many_workers_say_so():
    plain = {"grant": True, "bands": [], "relevant_ties": 0, "was_barred": False, "workers": 200}
    assert not gravity_of(**plain).two_people
    assert gravity_of(**plain | {"bands": ["strong"]}).reasons == ("tie_open",)
    assert gravity_of(**plain | {"relevant_ties": 1, "grant": False}).reasons == ("tie_relevant",)
    assert gravity_of(**plain | {"was_barred": True, "workers": 5000}).reasons == ("was_barred", "many_workers")


@pytest.fixture
def recruiter(omar):
    """Return Omar's recruiter, without a licence."""
    return belongs_to(make_recruiter("New Himchuli"), omar)


@pytest.fixture
def layla(db):
    """Return a second officer."""
    return make_user("layla", Role.MINISTRY_OFFICER)


@pytest.fixture
def rival(db):
    """Return somebody of another recruiter."""
    user = make_user("kamal", Role.RECRUITER_MEMBER, account="Kamal Overseas", kind=AccountKind.RECRUITER)
    belongs_to(make_recruiter("Kamal Overseas"), user)
    return user


@pytest.mark.django_db
class TestApplying:
    """The applicant's side and the officers' answers."""

    def test_a_draft_is_saved_part_by_part_and_seen_by_nobody_else(self, recruiter, omar, farah, rival):
        draft = services.start_application(recruiter, actor=omar)
        services.save_section(draft, "work", {"destinations": ["QA"], "legal_name": "not of this part"}, actor=omar)
        assert services.start_application(recruiter, actor=omar) == draft
        draft.refresh_from_db()
        assert draft.content["destinations"] == ["QA"]
        assert draft.content["legal_name"] == "New Himchuli"
        for somebody in (farah, rival):
            assert not Application.objects.visible_to(somebody).exists()
        with pytest.raises(services.DecisionRefused):
            services.hand_in(draft, actor=omar)

    def test_what_was_declared_enters_the_register_as_declared(self, recruiter, omar):
        application = handed_in(recruiter, omar)
        relations = recruiter.party.relations_in.values_list("source__name", "kind", "provenance", "provenance_ref")
        assert set(relations) == {
            ("Deepa Rana", "owner", "application", application.ref),
            ("Bikram Lama", "sub_agent_of", "application", application.ref),
        }
        assert set(recruiter.party.contacts.values_list("kind", flat=True)) == {"phone", "address"}
        assert recruiter.guarantees.get().reference_key == "hb20261"

    def test_it_comes_back_field_by_field_and_goes_in_only_when_every_finding_is_answered(self, recruiter, omar, farah):
        application = handed_in(recruiter, omar)
        services.return_application(
            application, findings={"address": "Which floor?", "people": "Who else?"}, actor=farah
        )
        application.refresh_from_db()
        findings = applications.open_findings(application)
        assert {finding.field for finding in findings} == {"address", "people"}
        applications.answer_finding(findings[0], "The third.", actor=omar)
        with pytest.raises(services.DecisionRefused):
            services.hand_in(application, actor=omar)
        services.save_section(application, "people", {"people": [], "sub_agents": []}, actor=omar)
        services.save_section(application, "people", {"people": [{"name": "Asha Rai", "role": "owner"}]}, actor=omar)
        applications.answer_finding(findings[1], "Deepa sold to Asha.", actor=omar)
        application = services.hand_in(application, actor=omar)
        assert application.state == "submitted"
        gone = Relationship.objects.get(source__name="Deepa Rana")
        assert gone.ends is not None, "who is no longer named stays as history"

    def test_granting_gives_a_licence_with_what_it_covers(self, recruiter, omar, farah):
        application = handed_in(recruiter, omar)
        services.decide_application(application, expires_on=in_a_year(), actor=farah, **GRANT)
        licence = Licence.objects.get()
        assert licence.valid_on(timezone.localdate())
        covered = sorted(licence.terms.values_list("kind", "code", "amount"))
        assert covered == [
            ("corridor", "MY", None), ("corridor", "QA", None), ("sector", "construction", None),
            ("workers_a_year", "", 200),
        ]  # fmt: skip
        assert recruiter.guarantees.get().licence == licence
        assert LicenceTerm.objects.current(timezone.localdate() - timedelta(days=1)).count() == 0

    def test_a_refusal_has_no_term_and_its_words_reach_the_applicant(self, recruiter, omar, farah, client):
        application = handed_in(recruiter, omar)
        client.force_login(farah)
        address = reverse("recruiters:application_answer", args=[application.ref])
        given = {"answer": "refuse", "expires_on": "2030-01-01", "order_number": "R-1", "reason_code": "other"}
        client.post(address, {**given, "note": "The office does not exist.", "form_key": new_key()})
        application.refresh_from_db()
        assert application.state == "refused"
        officer = client.get(reverse("recruiters:application", args=[application.ref])).content.decode()
        assert "Two officers decide this" not in officer, "there is nothing to decide any more"
        form = ApplicationAnswerForm({**given, "note": "No.", "form_key": new_key()}, renewal=False)
        assert form.is_valid()
        assert form.cleaned_data["expires_on"] is None
        client.force_login(omar)
        own = client.get(reverse("recruiters:own_application", args=[application.ref])).content.decode()
        assert "The office does not exist." in own

    def test_a_refusal_needs_an_order_and_a_reason(self, recruiter, omar, farah):
        application = handed_in(recruiter, omar)
        with pytest.raises(services.DecisionRefused):
            services.decide_application(application, grant=False, note="No.", actor=farah)
        application = services.decide_application(application, actor=farah, **REFUSE)
        assert (application.state, application.reason_code) == ("refused", "false_statement")

    def test_a_grave_decision_is_proposed_by_one_and_taken_by_another(self, recruiter, omar, farah, layla):
        application = handed_in(recruiter, omar, workers_a_year=5000)
        application = services.decide_application(application, expires_on=in_a_year(), actor=farah, **GRANT)
        assert application.state == "submitted"
        proposal = application.proposals.get()
        with pytest.raises(services.DecisionRefused):
            services.answer_proposal(proposal, agree=True, actor=farah)
        with pytest.raises(services.DecisionRefused):
            services.decide_application(application, actor=layla, **REFUSE)
        assert services.answer_proposal(proposal, agree=True, actor=layla).state == "granted"
        assert Licence.objects.count() == 1

    def test_a_tied_applicant_is_decided_by_two_unless_the_tie_was_set_aside(self, recruiter, omar, farah):
        old = suspend(make_licence(make_recruiter("Old"))).licence.recruiter
        person = services.add_person(old, name="Hari Koirala", role="owner", actor=SYSTEM).source
        services.add_person(recruiter, name="", person=person, role="owner", actor=SYSTEM)
        application = handed_in(recruiter, omar)
        assert services.decide_application(application, actor=farah, **REFUSE).state == "submitted"
        services.answer_proposal(application.proposals.get(), agree=False, actor=farah)
        key = ties_of(recruiter).found[0].key
        ties.decide_tie(recruiter, key, relevant=False, reason_code="explained", actor=farah)
        assert services.decide_application(application, actor=farah, **REFUSE).state == "refused"

    def test_nobody_reaches_the_application_of_others(self, recruiter, omar, rival, rosa, client):
        application = handed_in(recruiter, omar)
        draft = services.start_application(make_licence(recruiter).recruiter, licence=Licence.objects.get(), actor=omar)
        file = application.papers.get().file.ref
        for user in (rival, rosa):
            client.force_login(user)
            for name, *args in (
                ("own_application", application.ref), ("own_application", draft.ref),
                ("own_section", draft.ref, "work"), ("application", application.ref),
                ("application_file", application.ref, file), ("application_answer", application.ref),
            ):  # fmt: skip
                assert client.get(reverse(f"recruiters:{name}", args=args)).status_code == 404, name
            assert client.post(reverse("recruiters:own_hand_in", args=[draft.ref])).status_code == 404
        with pytest.raises(PermissionDenied):
            services.save_section(draft, "work", {"workers_a_year": 1}, actor=rival)
        with pytest.raises(PermissionDenied):
            services.return_application(application, findings={"city": "?"}, actor=rosa)

    def test_a_returned_application_keeps_ties_out_of_sight_but_tells_the_ground(self, recruiter, omar, farah, client):
        old = suspend(make_licence(make_recruiter("Old Agency"))).licence.recruiter
        person = services.add_person(old, name="Hari Koirala", role="owner", actor=SYSTEM).source
        services.add_person(recruiter, name="", person=person, role="owner", actor=SYSTEM)
        application = handed_in(recruiter, omar)
        client.force_login(farah)
        officer = client.get(reverse("recruiters:application", args=[application.ref])).content.decode()
        assert "<svg" in officer
        assert "Hari Koirala is or was owner of Old Agency" in officer
        proposed = client.get(reverse("recruiters:application_return", args=[application.ref])).content.decode()
        assert "appears to be tied, through an owner, to Old Agency" in proposed
        assert str(application.content["address"]) in proposed, "what was entered stands beside what is asked of it"
        assert "(optional)" not in proposed
        services.return_application(application, findings={"ties": "You appear to be tied to Old Agency."}, actor=farah)
        client.force_login(omar)
        own = client.get(reverse("recruiters:own_application", args=[application.ref])).content.decode()
        assert "You appear to be tied to Old Agency." in own
        assert "Koirala" not in own
        assert "<svg" not in own.split("<main")[1]


@pytest.mark.django_db
class TestAppeals:
    """Appeals against orders and refusals."""

    @pytest.fixture
    def resting(self, monkeypatch):
        """Let a law of Nepal lift orders while an appeal is open."""
        law = Term("NP-1", frozenset(AGAINST), 30, date(2000, 1, 1), "A law that was read", "found", "NP", lifts=True)
        monkeypatch.setattr("recruiters.services.appeals.appeal_terms", lambda: (*appeal_terms(), law))

    def order(self, recruiter, actor=SYSTEM, **fields):
        return suspend(make_licence(recruiter), actor=actor, **fields)

    def test_an_order_that_does_not_hold_meanwhile_is_stayed_and_comes_back_if_the_appeal_is_dismissed(
        self, recruiter, omar, farah, resting
    ):
        decision = self.order(recruiter, holds_pending_appeal=False)
        appeal = lodge_appeal(decision=decision, ground="too_harsh", words="We put it right.", actor=omar)
        assert decision.licence.standing().valid
        decide_appeal(appeal, Verdict(upheld=False, answer="It was grave.", order_number="A-2"), actor=farah)
        assert decision.licence.standing().code == "suspended_disciplinary"
        codes = list(decision.licence.history.order_by("pk").values_list("code", "appeal_ref"))
        assert codes == [
            ("active", ""), ("suspended_disciplinary", ""), ("active", appeal.ref),
            ("suspended_disciplinary", appeal.ref),
        ]  # fmt: skip

    def test_an_order_that_holds_stays_until_the_appeal_is_upheld(self, recruiter, omar, farah, layla):
        decision = self.order(recruiter, actor=farah)
        appeal = lodge_appeal(decision=decision, ground="facts_wrong", words="It was not us.", actor=omar)
        assert not decision.licence.standing().valid
        verdict = Verdict(upheld=True, answer="It was another.", order_number="A-3", order_authority="Appeals Board")
        with pytest.raises(services.DecisionRefused):
            decide_appeal(appeal, verdict, actor=farah)
        decide_appeal(appeal, verdict, actor=layla)
        row = decision.licence.history.order_by("-pk").first()
        assert (row.code, row.reason_code, row.order_authority) == ("active", "appeal_upheld", "Appeals Board")

    def test_an_appeal_lifts_no_order_where_no_law_says_so_and_the_public_reads_of_it(self, recruiter, omar, client):
        decision = self.order(recruiter, holds_pending_appeal=False)
        lodge_appeal(decision=decision, ground="too_harsh", words="Please.", actor=omar)
        assert decision.licence.standing().code == "suspended_disciplinary"
        for address in (f"/en/recruiters/{recruiter.ref}/", f"/en/verify/?code={decision.licence.ref}"):
            shown = client.get(address).content.decode()
            assert "An appeal is open. The order holds until it is decided." in shown

    def test_an_order_that_rests_under_appeal_is_named_in_every_public_headline(self, recruiter, omar, resting, client):
        decision = self.order(recruiter, holds_pending_appeal=False)
        lodge_appeal(decision=decision, ground="too_harsh", words="Please.", actor=omar)
        assert decision.licence.standing().valid
        for address in (f"/en/recruiters/{recruiter.ref}/", f"/en/verify/?code={decision.licence.ref}"):
            shown = client.get(address).content.decode()
            word = re.search(r'class="answer-word">.*?(<span>|<strong>)(.*?)(</span>|</strong>)', shown, re.S)[2]
            assert "An appeal is open, and the order does not hold meanwhile." in word
            assert "answer--good" not in shown

    def test_a_withdrawn_appeal_brings_a_stayed_order_back(self, recruiter, omar, resting):
        decision = self.order(recruiter, holds_pending_appeal=False)
        appeal = lodge_appeal(decision=decision, ground="too_harsh", words="Please.", actor=omar)
        withdraw_appeal(appeal, actor=omar)
        assert not decision.licence.standing().valid

    def test_an_appeal_is_lodged_once_and_only_by_whom_it_concerns(self, recruiter, omar, rival, farah):
        decision = self.order(recruiter)
        with pytest.raises(PermissionDenied):
            lodge_appeal(decision=decision, ground="too_harsh", words="Me too.", actor=rival)
        appeal = lodge_appeal(decision=decision, ground="too_harsh", words="Please.", actor=omar)
        with pytest.raises(services.DecisionRefused):
            lodge_appeal(decision=decision, ground="too_harsh", words="Again.", actor=omar)
        decide_appeal(appeal, Verdict(upheld=False, answer="No.", order_number="A-4"), actor=farah)
        with pytest.raises(services.DecisionRefused):
            lodge_appeal(decision=decision, ground="too_harsh", words="Again.", actor=omar)

    def test_an_order_dated_in_the_future_is_refused(self, recruiter, farah):
        with pytest.raises(services.DecisionRefused):
            self.order(recruiter, actor=farah, decided_on=timezone.localdate() + timedelta(days=2))

    def test_an_entry_is_disputed_and_corrected(self, recruiter, omar, farah):
        with pytest.raises(services.DecisionRefused):
            services.dispute_entry(recruiter, about="fact", ground="other", words="Wrong.", actor=omar)
        dispute = services.dispute_entry(
            recruiter, about="contact", ground="wrong_fact", words="Not our telephone.", actor=omar
        )
        answered = services.answer_dispute(dispute, accept=True, answer="Corrected.", actor=farah)
        assert answered.state == "accepted"
        assert Contact.objects.count() == 0
