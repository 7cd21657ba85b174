"""The sentences of a talk by text messages: short, plain, without our name and without a link."""

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grievances.places import COUNTRIES
from grievances.rulebook import grievance_standard
from grievances.smsdialogue import CONSENTS, FIGURES, Talk
from grievances.smslanguages import question

SENTENCES: dict[str, str | Promise] = {
    "welcome": _(
        "You can tell us what happened to you at work. You need not give your name. This phone keeps these messages: "
        "delete them at the end. Nothing is filed until we write that we have your report. STOP ends this."
    ),
    "what": _(
        "What happened? Write the numbers:\n1 I had to pay for the job\n2 Pay is missing\n3 Passport kept\n"
        "4 I cannot leave\n5 Hurt or threatened\n6 Sexual abuse\n7 Danger, illness, bad room\n"
        "8 Job is not as promised\n9 Something else"
    ),
    "danger": _("Is somebody in danger now? 1 yes 2 no"),
    "danger_advice": _(
        "If you can, call the emergency number of the country where you are. "
        "We read urgent reports first, but we may not reach you in minutes."
    ),
    "country": _("In which country do you work? Write its name, or 0 to leave it out."),
    "words": _(
        "Write what happened, who did it and where, in your own words. You can send several messages. Then write 0."
    ),
    "words_more": _("We have that. Write more, or write 0 to go on."),
    "contact": _("May we text this phone when there is news? The text says only that there is news. 1 yes 2 no"),
    "consent": _(
        "What may we do? Write the numbers:\n1 Look into it\n2 Tell a labour inspector\n"
        "3 Ask a union or services that can help\n4 Talk to the employer without your name\n0 Nothing yet"
    ),
    "handing": _(
        "We have your report. You get a receipt: 27 digits. Only with it can you read our answer. Have paper ready: "
        "the message stays on this phone until you delete it.\n1 Send it now\n2 Later: write RECEIPT within a day\n"
        "3 I do not want it"
    ),
    "check": _(
        "Write these 27 digits on paper and delete that message. To check your note, write back its last 4 digits."
    ),
    "check_wrong": _("That is not the same. Compare your note, or write RECEIPT to get the digits again."),
    "kept": _("Good. Now delete all these messages, those you sent too. To read our answer, write READ in a few days."),
    "later": _("Write RECEIPT within a day to get it."),
    "left": _(
        "Without the receipt you cannot read our answer. You can write again at any time. Delete these messages."
    ),
    "ask_receipt": _("Write the 27 digits of your receipt. Delete your message afterwards. 0 ends."),
    "unknown": _("This receipt does not open anything here. Please check each digit against your note."),
    "mistyped": _("One digit or more is wrong. Please check each digit against your note."),
    "wrong_length": _("A receipt has 27 digits. Please check whether some are missing or too many."),
    "wait": _("There were many tries. Write again in some minutes."),
    "no_news": _("No messages yet."),
    "inside": _("Write your answer now, or write 0 to end."),
    "written": _("Sent to the case officer. Write more, or write 0 to end."),
    "ended": _("Ended. Delete these messages. Write READ to come back."),
    "sure": _("Do you want to withdraw? We stop working on it. You can open it again with your receipt. 1 yes 2 no"),
    "withdrawn": _("Withdrawn. A case officer checks that nobody made you do this. Delete these messages."),
    "stopped": _("You get no more messages from us. You can write again at any time."),
    "help": _(
        "READ: read our answer. NEW: begin a new report. WITHDRAW: take a report back. LANG: another language. "
        "STOP: no more messages."
    ),
    "too_many": _("Too many messages came from this phone. Write again in an hour. What was answered is kept."),
    "news": _("There is news. Write READ to this number."),
    "renew": _("This receipt was given by telephone or on paper. Open it once on the web page to get your own."),
}
_OFFICIAL_NAMES = {"UAE": "AE", "KSA": "SA", "USA": "US", "UK": "GB", "DUBAI": "AE", "ABU DHABI": "AE", "KOREA": "KR"}


def sentence(code: str, talk: Talk) -> str:
    """Return one sentence in the talk's language; the choice of languages speaks all of them."""
    if code == "languages":
        return question(talk.languages, more=True)
    with translation.override(talk.language or "en"):
        text = str(SENTENCES[code])
        return _with_figures(text) if code == "consent" else text


def _with_figures(text: str) -> str:
    """Ask, before "nothing yet", whether she may be counted in public figures: in the words of the web page."""
    number = next(number for number, purposes in CONSENTS.items() if FIGURES in purposes)
    label = next(consent.worker_label for consent in grievance_standard().consents if consent.code == FIGURES)
    *choices, nothing = text.split("\n")
    return "\n".join([*choices, f"{number} {translation.gettext(label)}", nothing])


def country_names(language: str) -> dict[str, str]:
    """Return the names of countries in one language and in English, in small letters, with their codes."""
    found = {name.casefold(): code for name, code in _OFFICIAL_NAMES.items()}
    for each in ("en", language or "en"):
        with translation.override(each):
            found |= {str(name).casefold(): code for code, name in COUNTRIES}
    return found | {code.casefold(): code for code, _name in COUNTRIES}
