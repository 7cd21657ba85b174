"""A recruiter tied to a revoked, banned or suspended one: the path, its strength, and why."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from core.actors import SYSTEM
from core.models import AuditEntry
from parties import services as parties
from parties.models import Contact, Relationship
from parties.paths import Tie
from recruiters import services
from recruiters.models import TieDecision
from recruiters.phoenix import Barred, find_ties
from recruiters.services import details, ties
from recruiters.services.register import relate_organisation
from recruiters.tiegraph import ties_of
from recruiters.tiewords import draw, ground_told, path_sentences, reason_sentence, tie_rows, tie_sentence, time_words
from tests.recruiters.making import make_licence, make_recruiter, suspend


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "1 day"), (22, "22 days"), (30, "30 days"), (31, "about 4 weeks"), (200, "about 7 months"),
        (365, "about 12 months"), (850, "about 2 years"), (3650, "about 10 years"),
    ],
)  # fmt: skip
def test_a_time_is_said_in_the_measure_that_people_use(days, said):
    assert time_words(days) == said
    assert said in reason_sentence({"rule": "left_before", "number": days})


NEW, OLD, PERSON = "party:1", "party:2", "party:3"
FALL = date(2023, 5, 1)


def owner(a, b, **days):
    return Tie(a, b, "owner", 0.95, **days)


def found(*ties_given, since=FALL, **more):
    return find_ties(ties_given, NEW, [Barred(OLD, "revoked", since)], **more)


def test_an_owner_who_held_both_on_the_day_of_the_fall_is_a_strong_tie():
    (tie,) = found(owner(PERSON, NEW, starts=date(2024, 1, 1)), owner(PERSON, OLD, starts=date(2015, 1, 1)))
    assert tie.band == "strong"
    assert [reason.rule for reason in tie.reasons] == ["held_on_the_day"]
    assert tie.grounds == ("owner",)


def test_an_owner_who_had_left_long_before_counts_for_less_and_it_says_why():
    (tie,) = found(owner(PERSON, NEW), owner(PERSON, OLD, starts=date(2010, 1, 1), ends=date(2021, 1, 1)))
    assert tie.band == "medium"
    assert [(reason.rule, reason.number) for reason in tie.reasons] == [("left_before", 850)]
    (older,) = found(owner(PERSON, NEW), owner(PERSON, OLD, ends=date(2012, 1, 1)))
    assert older.strength < tie.strength


def test_a_telephone_taken_over_years_later_counts_for_less_than_one_shared_at_the_time():
    def phone(party, **days):
        return Tie(party, "phone:1", "phone", 0.8, **days)

    (shared,) = found(phone(NEW, starts=date(2020, 1, 1)), phone(OLD, starts=date(2019, 1, 1)))
    (later,) = found(phone(NEW, starts=date(2023, 1, 1)), phone(OLD, ends=date(2021, 1, 1)), since=date(2020, 1, 1))
    assert shared.reasons[0].rule == "used_together"
    assert later.reasons[0].rule == "used_after"
    assert later.strength < shared.strength


def test_a_tie_of_only_alike_names_says_so_and_a_crowded_address_hardly_counts():
    alike = Tie(PERSON, "party:4", "same_name", 0.8)
    (tie,) = found(owner(PERSON, NEW), alike, owner("party:4", OLD))
    assert "only_alike" in [reason.rule for reason in tie.reasons]
    crowded = [Tie(NEW, "address:x", "address", 0.65), Tie(OLD, "address:x", "address", 0.65)]
    assert found(*crowded)
    assert found(*crowded, sharers={"address:x": 40}) == []


def test_circular_ownership_and_itself_are_no_tie_to_a_fall():
    circle = [owner(NEW, PERSON), owner(PERSON, NEW), owner(NEW, NEW)]
    assert found(*circle) == []
    assert find_ties(circle, NEW, [Barred(NEW, "revoked", FALL)]) == []


def fallen(name="Himchuli Overseas", **fields):
    """Return a recruiter whose licence was revoked a month ago."""
    licence = make_licence(make_recruiter(name, **fields))
    services.revoke_licence(
        licence, order_number="7", reason_code="fees_charged", actor=SYSTEM,
        effective_on=timezone.localdate() - timedelta(days=30),
    )  # fmt: skip
    return licence.recruiter


def person_behind(*recruiters, name="Hari Prasad Koirala", role="owner", **days):
    first = services.add_person(recruiters[0], name=name, role=role, actor=SYSTEM, **days)
    for other in recruiters[1:]:
        services.add_person(other, name="", person=first.source, role=role, actor=SYSTEM)
    return first.source


def kinds_of(recruiter):
    return [tie.path.kinds for tie in ties_of(recruiter).found]


@pytest.mark.django_db
class TestInTheRegister:
    """The same from the register's own rows."""

    def test_owner_director_and_officer_tie(self):
        old, new = fallen(), make_recruiter("New Himchuli")
        for role in ("owner", "director", "officer"):
            person_behind(old, new, name=f"Person {role}", role=role)
        assert sorted(kinds_of(new)) == [("director", "director"), ("officer", "officer"), ("owner", "owner")]

    def test_telephone_address_and_guarantee_tie_however_they_are_written(self):
        old, new = fallen(phone="+977 1 5550144"), make_recruiter("New", phone="01-5550144")
        for recruiter, text in ((old, "88 Station Road, Block C"), (new, "Blk C, Station Rd 88")):
            details.add_contact(recruiter, kind="address", value=text, city="Port City", actor=SYSTEM)
        for recruiter, reference in ((old, "HCB/2019-417"), (new, "hcb 2019 417")):
            details.add_guarantee(
                recruiter, amount=5, currency="NPR", issuer="Harbour Bank", reference=reference, actor=SYSTEM
            )
        assert sorted(kinds_of(new)) == [("address", "address"), ("guarantee", "guarantee"), ("phone", "phone")]

    def test_successor_sub_agent_and_number_tie(self):
        old, new = fallen(identifiers=[("registration:NP", "104882")]), make_recruiter("New")
        relate_organisation(new, old.party, Relationship.Is.SUCCESSOR, actor=SYSTEM)
        agent = person_behind(old, name="Bikram", role="sub_agent_of")
        services.add_person(new, name="", person=agent, role="sub_agent_of", actor=SYSTEM)
        parties.add_identifier(new.party, scheme="registration:NP", value="104882", actor=SYSTEM)
        assert set(kinds_of(new)) == {
            ("successor_of",), ("sub_agent_of", "sub_agent_of"), ("identifier", "identifier"),
        }  # fmt: skip

    def test_a_near_same_name_of_an_owner_ties_and_is_called_that(self):
        old, new = fallen(), make_recruiter("New")
        person_behind(old, name="Mohammad Abdul Karim Talukdar")
        person_behind(new, name="Md. Abdul Karim Talukder")
        (tie,) = ties_of(new).found
        assert tie.path.kinds == ("owner", "same_name", "owner")

    def test_suspended_ties_and_a_restored_or_valid_one_does_not(self):
        licence, new = make_licence(make_recruiter("Old")), make_recruiter("New")
        person_behind(licence.recruiter, new)
        assert ties_of(new).found == ()
        suspend(licence)
        assert ties_of(new).found[0].barred.code == "suspended_disciplinary"
        services.reinstate_licence(licence, order_number="2", reason_code="put_right", actor=SYSTEM)
        assert ties_of(new).found == ()

    def test_queries_do_not_grow_with_what_is_tied(self, django_assert_max_num_queries):
        new = make_recruiter("New", phone="+977 1 5550144")
        people = [person_behind(new, name=f"Owner {n}") for n in range(3)]
        for n in range(4):
            old = fallen(f"Fallen {n}", phone="+977 1 5550144")
            for person in people:
                services.add_person(old, name="", person=person, role="owner", actor=SYSTEM)
        with django_assert_max_num_queries(70):
            assert len(ties_of(new).found) == 4 * 4
        for n in range(4, 12):
            fallen(f"Fallen {n}", phone="+977 1 5550144")
        with django_assert_max_num_queries(70):
            assert len(ties_of(new).found) == 4 * 4 + 8, "that others of the fallen share it too does not weaken it"

    def test_further_phoenixes_do_not_weaken_a_shared_telephone_and_a_crowd_of_strangers_does(self):
        old, new = fallen(phone="+977 1 5550144"), make_recruiter("New", phone="01-5550144")
        person = person_behind(old, name="Hari")
        alone = ties_of(new).found[0].strength
        second = make_recruiter("Second", phone="+977 1 5550144")
        services.add_person(second, name="", person=person, role="owner", actor=SYSTEM)
        fallen("Third", phone="+977 1 5550144")
        found = [tie for tie in ties_of(new).found if tie.path.kinds == ("phone", "phone")]
        assert [tie.strength for tie in found] == [alone, alone]
        for n in range(2):
            make_recruiter(f"Stranger {n}", phone="+977 1 5550144")
        assert ties_of(new).found[0].strength < alone

    def test_each_side_is_quoted_as_it_wrote_the_number_itself(self):
        fallen(phone="+977 1 5550144")
        (row,) = tie_rows(ties_of(make_recruiter("New", phone="01-5550144")), {})
        assert "New used the telephone 01-5550144" in row.sentences[0]
        assert "+977 1 5550144" in row.sentences[1]
        assert "01-5550144" in [line for box in row.drawing.boxes for _y, line in box.lines]

    def test_the_drawing_and_the_list_say_the_same_and_the_applicant_hears_no_name_of_a_person(self):
        old, new = fallen(), make_recruiter("New")
        person_behind(old, new, name="Hari Prasad Koirala")
        shown = ties_of(new)
        (row,) = tie_rows(shown, {})
        assert [line for box in row.drawing.boxes for _y, line in box.lines] == [
            "New", "Hari Prasad Koirala", "Himchuli Overseas",
        ]  # fmt: skip
        assert len(row.sentences) == 3
        assert row.drawing == draw(ties.as_kept(shown.found[0], shown))
        told = ground_told(shown.found, shown)
        assert "Himchuli Overseas" in told
        assert "Koirala" not in told

    def test_a_decision_is_kept_with_its_path_and_audited_without_words(self, farah):
        old, new = fallen(), make_recruiter("New")
        person = person_behind(old, new)
        key = ties_of(new).found[0].key
        ties.decide_tie(new, key, relevant=False, reason_code="explained", note="He sold out.", actor=farah)
        Relationship.objects.filter(source=person, target=new.party).delete()
        assert ties_of(new).found == ()
        (kept,) = TieDecision.objects.all()
        assert "Himchuli Overseas" in " ".join(path_sentences(kept.path))
        entry = AuditEntry.objects.get(verb="tie.decided")
        assert entry.facts["other"] == old.ref
        assert "sold" not in str(entry.facts)

    def test_a_decision_needs_a_fitting_reason_an_officer_and_a_tie_that_is_there(self, farah, rosa, omar):
        old, new = fallen(), make_recruiter("New")
        person_behind(old, new)
        key = ties_of(new).found[0].key
        with pytest.raises(services.DecisionRefused):
            ties.decide_tie(new, key, relevant=True, reason_code="namesake", actor=farah)
        with pytest.raises(services.DecisionRefused):
            ties.decide_tie(new, key, relevant=True, reason_code="other", actor=farah)
        with pytest.raises(services.DecisionRefused):
            ties.decide_tie(new, "0" * 32, relevant=True, reason_code="same_people", actor=farah)
        for somebody in (rosa, omar):
            with pytest.raises(PermissionDenied):
                ties.decide_tie(new, key, relevant=True, reason_code="same_people", actor=somebody)

    def test_nobody_enters_without_a_role_so_no_blacklist_of_workers_can_be_made(self, farah):
        recruiter = make_recruiter()
        with pytest.raises(parties.PersonWithoutRole):
            parties.register_party(kind="person", name="A Worker", actor=farah)
        for role in ("works_for", "worker", "supplier_of"):
            with pytest.raises(parties.PersonWithoutRole):
                parties.register_person("A Worker", role, recruiter.party, actor=farah)
            with pytest.raises(ValidationError):
                services.add_person(recruiter, name="A Worker", role=role, actor=farah)

    def test_days_the_wrong_way_round_are_refused(self, farah):
        recruiter, today = make_recruiter(), timezone.localdate()
        late = {"starts": today, "ends": today - timedelta(days=1), "actor": farah}
        with pytest.raises(ValidationError):
            services.add_person(recruiter, name="Hari", role="owner", **late)
        with pytest.raises(ValidationError):
            details.add_contact(recruiter, kind="phone", value="+977 1 5550144", **late)
        with pytest.raises(ValidationError):
            details.add_guarantee(recruiter, amount=1, currency="NPR", issuer="Bank", **late)
        with pytest.raises(ValidationError):
            relate_organisation(recruiter, recruiter.party, "owner", actor=farah)
        assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("other", "says"), [("hari koirala", "the same name"), ("Hari Koyrala", "nearly the same name")]
)
def test_the_same_name_is_not_called_nearly_the_same(other, says):
    tie = {"kind": "same_name", "from_first": True}
    assert f"bear {says};" in tie_sentence(tie, "Hari Koirala", other)
