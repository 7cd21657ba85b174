"""Lead a talk by text messages: few short questions, numbers for answers, free words at any moment. Pure.

`hear` is given where the talk stands and what came in; it returns where it stands then, what to do and what to say, in
codes. Whoever calls it does it, and reports back with `after` where what is said next depends on the outcome. Nothing
that somebody wrote is ever dropped because it was no answer: it is kept as her own words, and the question asked again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from grievances.smslanguages import guesses, other_page, page
from grievances.smstext import ascii_digits, choices_in

# What the nine numbers of the first question mean, in the codes of the grievance standard.
WHAT = {1: "FEE", 2: "WAG", 3: "DOC", 4: "EXI", 5: "VIO", 6: "SEX", 7: "OSH", 8: "DEC", 9: "OTH"}
# Whether she lets herself be counted in public figures: asked like the others, and only a yes counts.
FIGURES = "statistics_anonymised"
CONSENTS = {
    1: ("investigate",),
    2: ("share_inspector",),
    3: ("share_union_or_ngo", "refer_to_services"),
    4: ("share_without_name_with_employer",),
    5: (FIGURES,),
}
FEWEST_WORDS = 4  # letters: below it, an answer is a slip of the finger
MOST_WRONG = 2
CHECKED_DIGITS = 4
RECEIPT_DIGITS = 27


class Step(StrEnum):
    """What was asked last."""

    NEW = "new"
    LANGUAGE = "language"
    WHAT = "what"
    DANGER = "danger"
    COUNTRY = "country"
    WORDS = "words"
    CONTACT = "contact"
    CONSENT = "consent"
    HANDING = "handing"
    CHECK = "check"
    RECEIPT = "receipt"
    INSIDE = "inside"
    SURE = "sure"
    OVER = "over"


class Deed(StrEnum):
    """What the caller is to do, before anything is said."""

    KEEP_WORDS = "keep_words"
    KEEP_PLACE = "keep_place"
    LODGE = "lodge"
    HAND_RECEIPT = "hand_receipt"
    LEAVE_RECEIPT = "leave_receipt"
    CHECK_RECEIPT = "check_receipt"
    OPEN = "open"
    WRITE = "write"
    WITHDRAW = "withdraw"
    STOP = "stop"
    FORGET = "forget"


@dataclass(frozen=True)
class Talk:
    """Where a talk stands: codes only."""

    step: Step = Step.NEW
    language: str = ""
    languages: tuple[str, ...] = ()  # those that were offered last, in their order
    purpose: str = "report"  # report, read or withdraw
    codes: tuple[str, ...] = ()
    danger: bool = False
    country: str = ""
    contact: bool = False
    consents: tuple[str, ...] = ()
    wrong: int = 0


@dataclass(frozen=True)
class Heard:
    """One message as it came in."""

    text: str = field(repr=False)

    @property
    def command(self) -> str:
        """Return the command that a message is, or nothing."""
        word = self.text.strip().strip(".!\"'").upper()
        return _COMMANDS.get(word, "")

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of an answer in numbers."""
        return choices_in(self.text)

    @property
    def has_words(self) -> bool:
        """Say whether it holds more than numbers and slips."""
        return sum(letter.isalpha() for letter in self.text) >= FEWEST_WORDS and not self.command


@dataclass(frozen=True)
class Turn:
    """What follows from a message: the new state, what to do, what to say (codes of sentences)."""

    talk: Talk
    deeds: tuple[Deed, ...] = ()
    says: tuple[str, ...] = ()


_COMMANDS = {
    **dict.fromkeys(("STOP", "STOPALL", "UNSUBSCRIBE", "QUIT", "END"), "stop"),
    **dict.fromkeys(("HELP", "INFO", "?"), "help"),
    **dict.fromkeys(("READ", "NEWS"), "read"),
    "WITHDRAW": "withdraw",
    "RECEIPT": "receipt",
    **dict.fromkeys(("LANG", "LANGUAGE"), "language"),
    "NEW": "new",
}
_QUESTIONS = {
    Step.WHAT: "what",
    Step.DANGER: "danger",
    Step.COUNTRY: "country",
    Step.WORDS: "words",
    Step.CONTACT: "contact",
    Step.CONSENT: "consent",
    Step.HANDING: "handing",
    Step.CHECK: "check",
    Step.RECEIPT: "ask_receipt",
    Step.INSIDE: "inside",
    Step.SURE: "sure",
}
_LODGED = frozenset({Step.HANDING, Step.CHECK})
_UNDER_WAY = frozenset({Step.DANGER, Step.COUNTRY, Step.WORDS, Step.CONTACT, Step.CONSENT})


def hear(talk: Talk, heard: Heard, *, offered: Sequence[str], countries: Mapping[str, str]) -> Turn:
    """Return what follows from a message; `countries` maps names in small letters to codes."""
    command = heard.command
    if command == "stop":
        return Turn(replace(talk, step=Step.OVER), (Deed.STOP,), ("stopped",))
    if command == "language" or not talk.language:
        return _language(talk, heard, offered)
    if command == "help":
        return Turn(talk, says=("help", *_question_of(talk)))
    if command in {"read", "withdraw"}:
        if talk.step in _LODGED or (command == "read" and talk.step in _UNDER_WAY):
            return Turn(talk, says=(_QUESTIONS[talk.step],))
        if talk.step in _UNDER_WAY:
            return Turn(replace(talk, step=Step.OVER), (Deed.FORGET,), ("ended",))
        return Turn(Talk(Step.RECEIPT, talk.language, purpose=command), (Deed.FORGET,), ("ask_receipt",))
    if command == "new" and talk.step not in _LODGED:
        return Turn(Talk(Step.WHAT, talk.language), (Deed.FORGET,), ("what",))
    if command == "receipt" and talk.step in _LODGED:
        return _hand(talk)
    return _ANSWERS.get(talk.step, _begin)(talk, heard, countries)


def _question_of(talk: Talk) -> tuple[str, ...]:
    question = _QUESTIONS.get(talk.step)
    return (question,) if question else ()


def _kept(heard: Heard) -> tuple[Deed, ...]:
    return (Deed.KEEP_WORDS,) if heard.has_words else ()


# --- the language -------------------------------------------------------------------------------------------------


def _language(talk: Talk, heard: Heard, offered: Sequence[str]) -> Turn:
    """Take the language that was chosen or that the letters decide; otherwise ask."""
    purpose = heard.command if heard.command in {"read", "withdraw"} else talk.purpose
    if heard.command == "language":
        shown = page((), offered)
        return Turn(replace(talk, language="", languages=shown), says=("languages",))
    if talk.languages:
        return _chosen_language(replace(talk, purpose=purpose), heard, offered)
    found = guesses(heard.text, offered) if not heard.command else ()
    if len(found) == 1:
        return _go_on(replace(talk, language=found[0], purpose=purpose), _kept(heard))
    shown = page(found, offered)
    if len(shown) == 1:
        return _go_on(replace(talk, language=shown[0], purpose=purpose), _kept(heard))
    return Turn(replace(talk, languages=shown, step=Step.LANGUAGE, purpose=purpose), _kept(heard), ("languages",))


def _chosen_language(talk: Talk, heard: Heard, offered: Sequence[str]) -> Turn:
    numbers = heard.numbers
    if len(numbers) == 1 and 1 <= numbers[0] <= len(talk.languages):
        return _go_on(replace(talk, language=talk.languages[numbers[0] - 1], languages=()), ())
    if numbers == (0,):
        return Turn(replace(talk, languages=other_page(talk.languages, offered)), says=("languages",))
    found = guesses(heard.text, offered)
    if len(found) == 1:
        return _go_on(replace(talk, language=found[0], languages=()), _kept(heard))
    return Turn(talk, _kept(heard), ("languages",))


def _go_on(talk: Talk, deeds: tuple[Deed, ...]) -> Turn:
    """Ask what comes next once the language is known."""
    if talk.step not in {Step.NEW, Step.LANGUAGE}:
        return Turn(talk, deeds, _question_of(talk))
    if talk.purpose in {"read", "withdraw"}:
        return Turn(replace(talk, step=Step.RECEIPT), (), ("ask_receipt",))
    return Turn(replace(talk, step=Step.WHAT), deeds, ("welcome", "what"))


# --- the report ---------------------------------------------------------------------------------------------------


def _begin(talk: Talk, heard: Heard, countries: Mapping[str, str]) -> Turn:
    del countries
    return Turn(Talk(Step.WHAT, talk.language), _kept(heard), ("welcome", "what"))


def _what(talk: Talk, heard: Heard, countries: Mapping[str, str]) -> Turn:
    del countries
    codes = tuple(WHAT[number] for number in heard.numbers if number in WHAT)
    if not codes:
        if talk.wrong + 1 < MOST_WRONG:
            return Turn(replace(talk, wrong=talk.wrong + 1), _kept(heard), ("what",))
        codes = ("OTH",)  # she wrote what happened, in words: a person reads them
    return Turn(replace(talk, codes=codes, step=Step.DANGER, wrong=0), _kept(heard), ("danger",))


def _danger(talk: Talk, heard: Heard, countries: Mapping[str, str]) -> Turn:
    del countries
    answer = _yes_or_no(heard)
    if answer is None and talk.wrong + 1 < MOST_WRONG:
        return Turn(replace(talk, wrong=talk.wrong + 1), _kept(heard), ("danger",))
    danger = bool(answer)
    says = ("danger_advice", "country") if danger else ("country",)
    return Turn(replace(talk, danger=danger, step=Step.COUNTRY, wrong=0), _kept(heard) if answer is None else (), says)


def _country(talk: Talk, heard: Heard, countries: Mapping[str, str]) -> Turn:
    name = " ".join(heard.text.split()).casefold().strip(".,!")
    if heard.numbers == (0,) or not name:
        return Turn(replace(talk, step=Step.WORDS), says=("words",))
    code = countries.get(name, "XX" if heard.has_words else "")
    # Whatever is no name of a country we know may be a town or a street: it is kept, sealed.
    deeds = (Deed.KEEP_PLACE,) if code in {"", "XX"} else ()
    return Turn(replace(talk, country=code, step=Step.WORDS), deeds, ("words",))


def _words(talk: Talk, heard: Heard, countries: Mapping[str, str]) -> Turn:
    del countries
    if heard.numbers == (0,):
        return Turn(replace(talk, step=Step.CONTACT), says=("contact",))
    return Turn(talk, (Deed.KEEP_WORDS,), ("words_more",))


def _contact(talk: Talk, heard: Heard, countries: Mapping[str, str]) -> Turn:
    del countries
    answer = _yes_or_no(heard)
    if answer is None and talk.wrong + 1 < MOST_WRONG:
        return Turn(replace(talk, wrong=talk.wrong + 1), _kept(heard), ("contact",))
    deeds = _kept(heard) if answer is None else ()
    return Turn(replace(talk, contact=bool(answer), step=Step.CONSENT, wrong=0), deeds, ("consent",))


def _consent(talk: Talk, heard: Heard, countries: Mapping[str, str]) -> Turn:
    del countries
    numbers = heard.numbers
    if not numbers and talk.wrong + 1 < MOST_WRONG:
        return Turn(replace(talk, wrong=talk.wrong + 1), _kept(heard), ("consent",))
    # Silence or confusion is never consent.
    given = tuple(purpose for number in numbers for purpose in CONSENTS.get(number, ()))
    return Turn(replace(talk, consents=given, step=Step.HANDING, wrong=0), (*_kept(heard), Deed.LODGE), ("handing",))


def _yes_or_no(heard: Heard) -> bool | None:
    answers: dict[tuple[int, ...], bool] = {(1,): True, (2,): False, (0,): False}
    return answers.get(heard.numbers)


# --- the receipt ----------------------------------------------------------------------------------------------------


def _handing(talk: Talk, heard: Heard, countries: Mapping[str, str]) -> Turn:
    del countries
    if heard.numbers == (1,):
        return _hand(talk)
    if heard.numbers == (2,):
        return Turn(talk, says=("later",))
    if heard.numbers == (3,):
        return Turn(replace(talk, step=Step.OVER), (Deed.LEAVE_RECEIPT,), ("left",))
    return Turn(talk, (Deed.WRITE,) if heard.has_words else (), ("handing",))


def _hand(talk: Talk) -> Turn:
    return Turn(replace(talk, step=Step.CHECK, wrong=0), (Deed.HAND_RECEIPT,), ("check",))


def _check(talk: Talk, heard: Heard, countries: Mapping[str, str]) -> Turn:
    del countries
    digits = digits_in(heard.text)
    if len(digits) in {CHECKED_DIGITS, RECEIPT_DIGITS}:
        return Turn(talk, (Deed.CHECK_RECEIPT,))
    return Turn(talk, (Deed.WRITE,) if heard.has_words else (), ("check",))


def _receipt(talk: Talk, heard: Heard, countries: Mapping[str, str]) -> Turn:
    del countries
    if heard.numbers == (0,):
        return Turn(replace(talk, step=Step.OVER), says=("ended",))
    if len(digits_in(heard.text)) < CHECKED_DIGITS:
        return Turn(talk, says=("ask_receipt",))
    return Turn(talk, (Deed.OPEN,))


def _inside(talk: Talk, heard: Heard, countries: Mapping[str, str]) -> Turn:
    del countries
    if heard.numbers == (0,):
        return Turn(replace(talk, step=Step.OVER), says=("ended",))
    return Turn(talk, (Deed.WRITE,), ("written",))


def _sure(talk: Talk, heard: Heard, countries: Mapping[str, str]) -> Turn:
    del countries
    answer = _yes_or_no(heard)
    if answer is None:
        return Turn(talk, says=("sure",))
    if answer:
        return Turn(replace(talk, step=Step.OVER), (Deed.WITHDRAW,), ("withdrawn",))
    return Turn(replace(talk, step=Step.OVER), says=("ended",))


_ANSWERS = {
    Step.WHAT: _what,
    Step.DANGER: _danger,
    Step.COUNTRY: _country,
    Step.WORDS: _words,
    Step.CONTACT: _contact,
    Step.CONSENT: _consent,
    Step.HANDING: _handing,
    Step.CHECK: _check,
    Step.RECEIPT: _receipt,
    Step.INSIDE: _inside,
    Step.SURE: _sure,
}


def digits_in(text: str) -> str:
    """Return the digits of a message, in any script, as ASCII digits."""
    return "".join(letter for letter in ascii_digits(text) if letter.isdigit() and letter.isascii())


def after(talk: Talk, deed: Deed, outcome: str) -> Turn:
    """Return what follows from what a deed came to: for OPEN found, unknown, mistyped or wait; else right or wrong."""
    if deed is Deed.CHECK_RECEIPT:
        if outcome == "right":
            return Turn(replace(talk, step=Step.OVER), (Deed.LEAVE_RECEIPT,), ("kept",))
        return Turn(replace(talk, wrong=talk.wrong + 1), says=("check_wrong",))
    if deed is Deed.OPEN:
        if outcome == "found":
            step = Step.SURE if talk.purpose == "withdraw" else Step.INSIDE
            return Turn(replace(talk, step=step), says=("sure",) if step is Step.SURE else ("inside",))
        return Turn(replace(talk, wrong=talk.wrong + 1), says=(outcome,))
    return Turn(talk)


def may_be_lodged(talk: Talk) -> bool:
    """Say whether an unfinished talk is lodged as it stands when she falls silent: only where somebody is in danger."""
    return talk.danger and bool(talk.codes) and talk.step in {Step.COUNTRY, Step.WORDS, Step.CONTACT, Step.CONSENT}
