"""What the matcher must get right, case by case, with its verdicts and reasons."""

from __future__ import annotations

from itertools import combinations

import pytest

from parties.matching import ALERT, CERTAIN, Match, Subject, Verdict, match
from parties.matching.align import HOPELESS, nearest, too_far
from parties.matching.fictional import make_agencies
from parties.matching.fictional_people import people_pairs
from parties.matching.wordtoken import word_token


def compare(query: str, candidate: str, kind: str = "organisation", **facts: object) -> Match:
    return match(Subject(query, kind), Subject(candidate, kind))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "candidate", "kind"),
    [
        ("Md. Abdul Karim", "Mohammad Abdul Karim", "person"),
        ("Sk. Rafiqul Islam", "Sheikh Rafiqul Islam", "person"),
        ("Mst. Rahima Khatun", "Mosammat Rahima Khatun", "person"),
        ("M/S Eastern Overseas", "Eastern Overseas", "organisation"),
        ("Al-Amin Overseas", "Al Ameen Overseas", "organisation"),
        ("Himal Overseas Pvt. Ltd.", "Himal Overseas Private Limited", "organisation"),
        ("Sagarmatha Manpower Pvt Ltd", "सगरमाथा म्यानपावर प्रा. लि.", "organisation"),
    ],
)
def test_case_3_the_seven_domain_variants_match(query: str, candidate: str, kind: str) -> None:
    found = compare(query, candidate, kind)
    assert found.score >= CERTAIN
    assert found.verdict is Verdict.MATCH


@pytest.mark.parametrize(
    ("query", "candidate", "kind"),
    [
        ("Md Shahidul Islam", "Mohammed Shahidul Islam", "person"),
        ("Kh. Abdul Mannan", "Khandakar Abdul Mannan", "person"),
        ("Nur-ud-Din Ahmed", "Nooruddin Ahmad", "person"),
        ("Begum Rokeya", "Rokeya Begum", "person"),
        ("Late Abdul Karim", "Abdul Karim", "person"),
        ("Ram Bdr. Thapa", "Ram Bahadur Thapa", "person"),
        ("Mrs. Laxmi Gurung", "Lakshmi Gurung", "person"),
        ("S. M. Kamal Hossain", "Shah Mohammad Kamal Hussain", "person"),
        ("Siti Nurhaliza binti Tarudin", "Siti Nurhaliza Tarudin", "person"),
        ("Jose dela Cruz", "José de la Cruz", "person"),
        ("Meghna Int. Services", "Meghna International Services", "organisation"),
        ("Al-Noor International", "Al Nur Int'l Ltd.", "organisation"),
        ("Rahman Overseas", "Rehman Overseas", "organisation"),
        ("Mabrooka Manpower Supply Co. L.L.C.", "Mabrooka Manpower Supply Company", "organisation"),
        ("Al Sadd Recruitment Co. W.L.L.", "Al Sadd Recruitment", "organisation"),
        ("وكالة الأمين مانباور سيرفيسز", "Al-Amin Manpower Services", "organisation"),
        ("شركة الأمين لخدمات القوى العاملة", "Al-Amin Manpower Services", "organisation"),
        ("مكتب الأمين مانباور", "Al-Amin Manpower Services", "organisation"),
        ("Agency Al-Amin Manpower Services", "Al-Amin Manpower Services", "organisation"),
        ("Al-Madina Travels", "مدينة للسفريات", "organisation"),
    ],
)
def test_it_matches_what_registers_write_in_many_ways(query: str, candidate: str, kind: str) -> None:
    assert compare(query, candidate, kind).alert


@pytest.mark.parametrize(
    ("query", "candidate"),
    [
        ("WONG Kwok-keung", "黃國強"),
        ("LEE Wing-tat", "李永達"),
        ("KIM Young-hwan", "金永煥"),
        ("PARK Geun-hye", "朴槿惠"),
        ("Rhee Sang-hee", "이상희"),
        ("Pak Chol-su", "박철수"),
        ("Tan Siew Sin", "陈修信"),
        ("Kim Il Sung", "김일성"),
        ("CHAN Wai-kuen", "陳慧娟"),
        ("Shin Heung-beom", "申興範"),
        ("Kwok Ka Chun", "郭家駿"),
        ("Seo Jae-pil", "徐載弼"),
        ("Abdul Aziz Ismail", "阿都阿兹依斯迈"),
        ("Michael Peterson", "迈克尔·彼得森"),
    ],
)
def test_it_reads_han_and_hangul_as_each_community_does(query: str, candidate: str) -> None:
    assert compare(query, candidate, "person").score >= ALERT


@pytest.mark.parametrize(
    ("query", "candidate"),
    [
        ("محمد عبد الرحمن", "Mohammed Abdul Rahman"),
        ("نور الدين", "Noureddine"),
        ("انتصار احمد", "Intisar Ahmed"),
        ("মোঃ রফিকুল ইসলাম", "Md Rafiqul Islam"),
        ("राम बहादुर थापा", "Ram Bahadur Thapa"),
        ("Владимир Петров", "Vladimir Petrov"),
        ("김정은", "Kim Jong Un"),
        ("陈光诚", "Chen Guangcheng"),
        ("ジョン・タワー", "John Tower"),
        ("איסמעיל קמאלי", "Ismail Kamali"),
        ("ጌታሁን አበበ", "Getahun Abebe"),
        ("ராஜேந்திரன்", "Rajendran"),
        ("Αλέξανδρος Παπαδόπουλος", "Alexandros Papadopoulos"),
    ],
)
def test_it_reads_a_name_in_another_script(query: str, candidate: str) -> None:
    assert compare(query, candidate, "person").score >= ALERT


@pytest.mark.parametrize(
    ("query", "candidate", "kind"),
    [
        ("PT Sumber Jaya", "PT Rejeki Abadi", "organisation"),
        ("Eastern Overseas", "Western Overseas", "organisation"),
        ("A-B-C Company", "XYZ Company", "organisation"),
        ("A B C Company", "Company", "organisation"),
        ("ABC Manpower Services", "XYZ Manpower Services", "organisation"),
        ("Sadia International Ltd", "Nadia International Ltd", "organisation"),
        ("Orchard International", "Richard International", "organisation"),
        ("Khaled", "Khaled Jedan", "person"),
        ("Abdul Karim", "Abdul Rahim", "person"),
        ("Maria Santos", "Maria Cruz", "person"),
        ("Nepal Overseas", "Pvt. Ltd.", "organisation"),
    ],
)
def test_it_does_not_match_what_shares_only_common_words(query: str, candidate: str, kind: str) -> None:
    assert compare(query, candidate, kind).verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    "namesake",
    [
        "Md. Kamal Khan",
        "Md. Kamal Akter",
        "Mohammad Kamal Pasha",
        "Md. Kamal Uddin",
        "Md. Jamal Mia",
        "Md. Kamal Hossain",
    ],
)
def test_a_namesake_with_another_last_name_is_never_called_a_match(namesake: str) -> None:
    found = compare("Md. Kamal Mia", namesake, "person")
    assert found.verdict is not Verdict.MATCH
    assert found.score < CERTAIN


def test_few_namesakes_of_the_corridors_raise_an_alert_and_spellings_of_one_person_do() -> None:
    same, other = [], []
    for query, candidate, label in people_pairs(300, seed=11):
        (same if label else other).append(compare(query, candidate, "person").alert)
    assert sum(same) >= 0.99 * len(same)
    assert sum(other) <= 0.08 * len(other)


def test_the_same_name_in_another_country_is_left_to_a_person() -> None:
    here, there = Subject("Golden Bridge Manpower", country="NP"), Subject("Golden Bridge Manpower", country="PH")
    found = match(here, there)
    assert found.verdict is Verdict.POSSIBLE
    assert ALERT <= found.score < CERTAIN


def test_it_finds_the_alias_written_in_brackets() -> None:
    assert compare("Khalid (a.k.a. Khaled) Qaddur", "Khaled Qaddour", "person").score >= ALERT


def test_it_undoes_letters_that_only_look_latin() -> None:
    assert compare("Yеlena Mizulina", "Yelena Mizulina", "person").score >= CERTAIN


def test_it_compares_every_name_that_a_subject_has() -> None:
    found = match(Subject("Blue Horizon", names=("Karnali Overseas",)), Subject("Karnali Overseas Pvt. Ltd."))
    assert found.verdict is Verdict.MATCH
    assert found.query_name == "Karnali Overseas"


def licensed(name: str, number: str, country: str = "") -> Subject:
    return Subject(name, country=country, identifiers=(("licence:BD-BMET", number),))


def test_case_4_a_namesake_with_another_licence_of_the_same_authority_is_contradicted() -> None:
    found = match(licensed("Gulf Associate", "RL-0010"), licensed("Gulf Associate", "RL-0110"))
    assert found.verdict is Verdict.CONTRADICTED
    assert found.score < CERTAIN
    assert any("RL-0110" in reason for reason in found.reasons)


def test_case_4_the_same_licence_under_another_name_is_renamed() -> None:
    found = match(licensed("Gulf Associate", "RL-0010"), licensed("Padma Tower", "RL 10"))
    assert found.verdict is Verdict.RENAMED
    assert found.alert


def test_the_same_name_in_two_countries_is_less_than_in_one() -> None:
    left, right = Subject("Gulf Associate", country="BD"), Subject("Gulf Associate", country="NP")
    assert match(left, right).score < match(left, Subject("Gulf Associate", country="BD")).score


def test_the_same_licence_confirms_a_name() -> None:
    found = match(licensed("Gulf Associate", "RL-0010"), licensed("Gulf Associates Ltd", "rl 0010"))
    assert found.verdict is Verdict.MATCH
    assert found.score >= 0.97


def test_two_phone_numbers_contradict_nothing() -> None:
    query = Subject("Gulf Associate", identifiers=(("phone", "+977 1 400"),))
    assert match(query, Subject("Gulf Associate", identifiers=(("phone", "+977 1 500"),))).verdict is Verdict.MATCH


def test_one_identifier_that_agrees_and_one_that_does_not_leave_it_to_a_person() -> None:
    left = Subject("Gulf Associate", identifiers=(("licence:BD", "1"), ("tax:BD", "77")))
    right = Subject("Gulf Associate", identifiers=(("licence:BD", "1"), ("tax:BD", "78")))
    assert match(left, right).verdict is Verdict.POSSIBLE


def test_another_country_takes_from_the_score_and_the_same_adds() -> None:
    here, there = Subject("Karnali Overseas", country="NP"), Subject("Karnali Overseas Ltd", country="BD")
    plain = match(Subject("Karnali Overseas"), Subject("Karnali Overseas Ltd")).score
    assert match(here, there).score < plain < match(here, Subject("Karnali Overseas Ltd", country="np")).score


def test_it_says_what_agreed_what_was_left_and_what_was_absent() -> None:
    found = match(Subject("Crystal Recruiting Agency"), Subject("Crystal Star Overseas"))
    names = {feature.name for feature in found.features}
    assert {"words_agree", "country_absent", "identifier_absent"} <= names
    assert any("crystal" in reason for reason in found.reasons)
    assert all("%" not in reason for reason in found.reasons)


@pytest.mark.parametrize("empty", ["", "   ", "!!!", "\u200b", "…"])
def test_a_name_that_cannot_be_read_is_never_clear(empty: str) -> None:
    for left, right in ((empty, "Karnali"), ("Karnali", empty), (empty, empty)):
        found = compare(left, right)
        assert found.verdict is Verdict.NOT_SCREENED
        assert not found.alert


def test_each_result_names_the_version_that_judged_it() -> None:
    left, right = Subject("Karnali Overseas"), Subject("Karnali Overseas")
    assert match(left, right).algorithm == "name/1"
    assert match(left, right, algorithm="plain/1").algorithm == "plain/1"
    with pytest.raises(KeyError):
        match(left, right, algorithm="name/0")


def test_words_told_apart_early_would_be_told_apart_late() -> None:
    texts = {word for name in make_agencies(80) for word in name.lower().split()} | {"হোসেন", "محمد", "حسن", "иванов"}
    found = [token for text in sorted(texts) if (token := word_token(text, "person")) is not None]
    words = [token for token in found if not (token.number or token.initial)]
    early = [pair for pair in combinations(words, 2) if too_far(*pair)]
    assert len(early) > len(words)
    assert [pair for pair in early if nearest(*pair, HOPELESS + 0.1)] == []
