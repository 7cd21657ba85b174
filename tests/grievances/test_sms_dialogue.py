"""The talk by text messages as rules: questions, free words, commands, and nothing that is dropped."""

from hypothesis import given
from hypothesis import strategies as st

from grievances.smsdialogue import FIGURES, Deed, Heard, Step, Talk, Turn, after, hear, may_be_lodged

OFFERED = ("en", "ar", "ne", "hi", "bn")
COUNTRIES = {"qatar": "QA", "कतार": "QA"}


def say(talk: Talk, text: str) -> Turn:
    return hear(talk, Heard(text), offered=OFFERED, countries=COUNTRIES)


def walk(*texts: str) -> list[Turn]:
    turns, talk = [], Talk()
    for text in texts:
        turns.append(say(talk, text))
        talk = turns[-1].talk
    return turns


def test_six_short_answers_lead_to_a_report() -> None:
    turns = walk("আমার পাসপোর্ট", "13", "2", "qatar", "0", "1", "12")
    talk = turns[-1].talk
    assert talk.language == "bn"
    assert talk.codes == ("FEE", "DOC")
    assert (talk.country, talk.danger, talk.contact) == ("QA", False, True)
    assert talk.consents == ("investigate", "share_inspector")
    assert Deed.LODGE in turns[-1].deeds
    assert turns[-1].says == ("handing",)


def test_a_script_of_two_languages_is_asked_about_once() -> None:
    turns = walk("मेरो राहदानी", "1")
    assert turns[0].talk.languages == ("ne", "hi")
    assert turns[1].talk.language == "ne"
    assert turns[1].says == ("welcome", "what")


def test_free_words_are_kept_whenever_they_come() -> None:
    for step in (Step.WHAT, Step.DANGER, Step.CONTACT, Step.CONSENT, Step.WORDS):
        turn = say(Talk(step=step, language="en", codes=("FEE",)), "they took my passport")
        assert Deed.KEEP_WORDS in turn.deeds, step


def test_words_instead_of_numbers_twice_are_a_report_for_a_person_to_read() -> None:
    turns = walk("আমার", "১ নয়, আমার বেতন দেয়নি", "তারা আমার বেতন দেয়নি")
    assert turns[-1].talk.codes == ("OTH",)
    assert turns[-1].talk.step is Step.DANGER


def test_she_is_asked_whether_she_may_be_counted_and_only_a_five_says_yes() -> None:
    for answer, counted in (("5", True), ("1345", True), ("134", False), ("0", False), ("9", False), ("55", True)):
        talk = walk("আমার পাসপোর্ট", "13", "2", "qatar", "0", "1", answer)[-1].talk
        assert (FIGURES in talk.consents) is counted, answer


def test_silence_and_confusion_are_never_consent() -> None:
    talk = Talk(step=Step.CONSENT, language="en", codes=("FEE",))
    turn = say(say(talk, "what do you mean").talk, "I do not know")
    assert turn.talk.consents == ()
    assert Deed.LODGE in turn.deeds


def test_stop_ends_it_at_any_step_and_in_any_spelling() -> None:
    for step in Step:
        for word in ("STOP", "stop", " Stop. "):
            turn = say(Talk(step=step, language="en"), word)
            assert turn.deeds == (Deed.STOP,)
            assert turn.talk.step is Step.OVER


def test_reading_and_withdrawing_ask_for_the_receipt_first() -> None:
    for word, purpose in (("READ", "read"), ("withdraw", "withdraw")):
        turn = say(Talk(language="en"), word)
        assert turn.talk.step is Step.RECEIPT
        assert turn.talk.purpose == purpose
        assert say(turn.talk, "1234567").deeds == (Deed.OPEN,)


def test_withdrawing_asks_once_more_before_it_is_done() -> None:
    turn = after(Talk(step=Step.RECEIPT, language="en", purpose="withdraw"), Deed.OPEN, "found")
    assert turn.says == ("sure",)
    assert say(turn.talk, "2").deeds == ()
    assert say(turn.talk, "1").deeds == (Deed.WITHDRAW,)


def test_a_wrong_receipt_lets_nobody_in() -> None:
    talk = Talk(step=Step.RECEIPT, language="en", purpose="read")
    for outcome in ("unknown", "mistyped", "wrong_length", "wait", "renew"):
        assert after(talk, Deed.OPEN, outcome).talk.step is Step.RECEIPT


def test_read_in_the_middle_of_a_report_loses_nothing() -> None:
    talk = Talk(step=Step.WORDS, language="en", codes=("FEE",))
    assert say(talk, "READ") == Turn(talk, says=("words",))


def test_the_receipt_is_sent_only_when_she_says_now() -> None:
    talk = Talk(step=Step.HANDING, language="en", codes=("FEE",))
    assert say(talk, "1").deeds == (Deed.HAND_RECEIPT,)
    assert say(talk, "2").deeds == ()
    assert say(say(talk, "2").talk, "RECEIPT").deeds == (Deed.HAND_RECEIPT,)
    assert say(talk, "3").deeds == (Deed.LEAVE_RECEIPT,)


def test_only_a_talk_about_danger_is_filed_when_it_falls_silent() -> None:
    assert may_be_lodged(Talk(step=Step.WORDS, language="en", codes=("VIO",), danger=True))
    assert not may_be_lodged(Talk(step=Step.WORDS, language="en", codes=("FEE",)))
    assert not may_be_lodged(Talk(step=Step.HANDING, language="en", codes=("VIO",), danger=True))


USUAL = ["0", "1", "2", "3", "13", "qatar", "READ", "NEW", "HELP", "LANG"]
ANSWERS = st.lists(st.one_of(st.sampled_from(USUAL), st.text(max_size=60)), max_size=12)


@given(ANSWERS)
def test_whatever_is_answered_there_is_always_something_said_and_a_step_to_stand_on(texts: list[str]) -> None:
    talk = Talk()
    for text in texts:
        turn = say(talk, text)
        assert turn.says or set(turn.deeds) & {Deed.OPEN, Deed.CHECK_RECEIPT}
        assert not (turn.talk.consents and turn.talk.step not in {Step.HANDING, Step.CHECK, Step.OVER, Step.LANGUAGE})
        talk = turn.talk


@given(ANSWERS)
def test_nothing_with_words_is_dropped_on_the_way_to_a_report(texts: list[str]) -> None:
    talk = Talk(step=Step.WHAT, language="en")
    for text in texts:
        heard = Heard(text)
        if talk.step in {Step.RECEIPT, Step.OVER, Step.LANGUAGE} or not talk.language:
            break
        turn = say(talk, text)
        named = text.strip().casefold() in COUNTRIES
        if heard.has_words and not named:
            assert set(turn.deeds) & {Deed.KEEP_WORDS, Deed.KEEP_PLACE, Deed.WRITE}, (talk.step, text)
        talk = turn.talk
