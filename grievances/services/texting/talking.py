"""Carry a talk on: keep what was said, do what follows from it, queue the answer. All of it or nothing.

What she writes before she files lies in a draft whose key follows from her number and a random part in the talk's row:
the number itself is nowhere in the clear, so neither a dump nor a look at the talk opens it.
"""

import secrets
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation

from grievances import receipts
from grievances.keys import FormToken, derived
from grievances.models import Grievance, PhoneLine, SmsTalk
from grievances.receipts import BadReceipt, Receipt
from grievances.services import drafts, following
from grievances.services.lodging import Report, keep_receipt, lodge
from grievances.services.texting import behind
from grievances.services.texting.lines import forget_line
from grievances.services.texting.outbox import enqueue
from grievances.services.texting.reaching import set_reach
from grievances.smsdialogue import (
    CHECKED_DIGITS,
    CONSENTS,
    RECEIPT_DIGITS,
    Deed,
    Heard,
    Step,
    Talk,
    Turn,
    after,
    digits_in,
    hear,
)
from grievances.smslanguages import NAMES
from grievances.smswords import country_names, sentence

LIFE = timedelta(hours=24)
INSIDE_LIFE = timedelta(minutes=30)
QUIET = timedelta(minutes=15)
MOST_WORDS = 20_000
_TUPLES = ("languages", "codes", "consents")


def offered() -> tuple[str, ...]:
    """Return the languages that a talk can be in: those of this product that have a name for it."""
    return tuple(code for code, _name in settings.LANGUAGES if code in NAMES)


def talk_with(line: PhoneLine, number: str, text: str, *, at: datetime | None = None) -> None:
    """Answer one message of a line; the caller holds the line's lock and the transaction."""
    now = at or timezone.now()
    row = SmsTalk.objects.filter(line=line).first()
    if row is not None and row.expires_at <= now:
        drop_talk(row, number)
        row = None
    row = row or SmsTalk(line=line, nonce=secrets.token_bytes(32), state={})
    talk = read_state(row.state)
    heard = Heard(text)
    turn = hear(talk, heard, offered=offered(), countries=country_names(talk.language) if talk.language else {})
    if line.stopped and Deed.STOP not in turn.deeds:
        line.stopped = False  # she writes again of her own accord
        line.save(update_fields=["stopped"])
    _Carrying(line, number, row, heard, at).carry_out(turn)


def read_state(state: dict[str, object]) -> Talk:
    """Return a talk as its row keeps it."""
    values = {name: tuple(value) if name in _TUPLES else value for name, value in state.items()}  # type: ignore[arg-type]
    if "step" in values:
        values["step"] = Step(str(values["step"]))
    return Talk(**values)  # type: ignore[arg-type]


def token_of(row: SmsTalk, number: str) -> FormToken:
    """Return the form token of a talk: it follows from the number, so that only this phone continues the draft."""
    return FormToken(derived(b"sms-form", number.encode(), bytes(row.nonce)))


def drop_talk(row: SmsTalk, number: str) -> None:
    """Remove a talk and its draft for good."""
    drafts.drop_draft(token_of(row, number))
    if row.pk:
        row.delete()


class _Carrying:
    """One message's consequences, in order: deeds, then what they lead to, then the answer."""

    def __init__(self, line: PhoneLine, number: str, row: SmsTalk, heard: Heard, at: datetime | None) -> None:
        self.line, self.number, self.row, self.heard, self.at = line, number, row, heard, at
        self.token = token_of(row, number)
        self.extra: list[str] = []

    def carry_out(self, turn: Turn) -> None:
        """Do what a turn asks for and answer."""
        talk, says = turn.talk, list(turn.says)
        for deed in turn.deeds:
            more = self._do(deed, talk)
            if more is not None:
                talk, says = more.talk, [*says, *more.says]
                for next_deed in more.deeds:
                    self._do(next_deed, talk)
        texts = [sentence(code, talk) for code in says]
        # What was read from the case, and the receipt, come before the question that follows.
        enqueue(self.line, self.number, [*self.extra, *texts], at=self.at)
        self._keep(talk)

    def _keep(self, talk: Talk) -> None:
        now = self.at or timezone.now()
        if talk.step is Step.OVER:
            if self.row.pk:
                self.row.delete()
            drafts.drop_draft(self.token)
            self.line.refresh_from_db()
            forget_line(self.line, actor=behind.WORKER)
            return
        inside = talk.step in {Step.INSIDE, Step.SURE}
        self.row.state = asdict(talk)
        self.row.quiet_at = now + QUIET if talk.danger else None
        # A full hour, except inside a case: how long a talk lives must not tell at which minute she wrote.
        self.row.expires_at = (
            now + INSIDE_LIFE
            if inside
            else (now + LIFE).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        )
        self.row.save()

    def _do(self, deed: Deed, talk: Talk) -> Turn | None:
        act = {
            Deed.KEEP_WORDS: self._keep_words,
            Deed.KEEP_PLACE: self._keep_place,
            Deed.LODGE: self._lodge,
            Deed.HAND_RECEIPT: self._hand_receipt,
            Deed.LEAVE_RECEIPT: self._leave_receipt,
            Deed.CHECK_RECEIPT: self._check_receipt,
            Deed.OPEN: self._open,
            Deed.WRITE: self._write,
            Deed.WITHDRAW: self._withdraw,
            Deed.STOP: self._stop,
            Deed.FORGET: self._forget,
        }[deed]
        return act(talk)

    def _keep_words(self, talk: Talk) -> None:
        del talk
        content = drafts.read_draft(self.token)
        words = "\n".join(part for part in (content.words, self.heard.text.strip()) if part)[:MOST_WORDS]
        drafts.save_draft(self.token, replace(content, words=words))

    def _keep_place(self, talk: Talk) -> None:
        del talk
        content = drafts.read_draft(self.token)
        drafts.save_draft(self.token, replace(content, place=self.heard.text.strip()[:300]))

    def _lodge(self, talk: Talk) -> None:
        lodge_talk(self.token, talk, self.number, at=self.at)

    def _grievance(self) -> Grievance | None:
        if self.row.grievance is not None:
            return self.row.grievance
        return Grievance.objects.filter(form_digest=self.token.digest).first()

    def _hand_receipt(self, talk: Talk) -> None:
        del talk
        self.extra.append("\n".join(" ".join(line) for line in self.token.receipt.lines))

    def _leave_receipt(self, talk: Talk) -> None:
        del talk
        grievance = self._grievance()
        if grievance is not None:
            keep_receipt(grievance)

    def _check_receipt(self, talk: Talk) -> Turn:
        digits, right = digits_in(self.heard.text), self.token.receipt.digits
        same = digits == (right if len(digits) == RECEIPT_DIGITS else right[-CHECKED_DIGITS:])
        return after(talk, Deed.CHECK_RECEIPT, "right" if same else "wrong")

    def _open(self, talk: Talk) -> Turn:
        try:
            receipt: Receipt = receipts.read(self.heard.text)
        except BadReceipt as bad:
            return after(talk, Deed.OPEN, "mistyped" if bad.code == "mistyped" else "wrong_length")
        outcome, entrance = behind.find(receipt, self.line)
        if entrance is not None:
            self.row.grievance = entrance.grievance
            if talk.purpose == "read":
                with translation.override(talk.language):
                    self.extra += behind.read(entrance)
        return after(talk, Deed.OPEN, outcome)

    def _write(self, talk: Talk) -> None:
        del talk
        grievance = self._grievance()
        if grievance is not None:
            following.write(grievance, self.heard.text[:MOST_WORDS], at=self.at)

    def _withdraw(self, talk: Talk) -> None:
        del talk
        grievance = self._grievance()
        if grievance is not None:
            following.withdraw(grievance, at=self.at)

    def _stop(self, talk: Talk) -> None:
        del talk
        behind.stop(self.line)

    def _forget(self, talk: Talk) -> None:
        del talk
        drafts.drop_draft(self.token)
        self.row.nonce = secrets.token_bytes(32)
        self.row.grievance = None
        self.token = token_of(self.row, self.number)


def lodge_talk(token: FormToken, talk: Talk, number: str, *, at: datetime | None = None) -> Grievance:
    """File what a talk holds, once; the number goes to its line, never to the case."""
    mode = Grievance.ContactMode.SMS if talk.contact else Grievance.ContactMode.RECEIPT
    asked = [purpose for purposes in CONSENTS.values() for purpose in purposes]
    answered = talk.step not in {Step.COUNTRY, Step.WORDS, Step.CONTACT, Step.CONSENT}
    report = Report(
        codes=talk.codes,
        language=talk.language,
        danger_now=talk.danger,
        country=talk.country,
        contact_mode=mode,
        consents={**{purpose: purpose in talk.consents for purpose in asked}, "contact_me": talk.contact}
        if answered
        else {},
        channel=Grievance.Channel.SMS,
    )
    content = drafts.read_draft(token)
    lodged = lodge(token, report, content, at=at)
    if lodged.repeated:
        _add_what_came_later(lodged.grievance, report, content.words, at=at)
        drafts.drop_draft(token)
    if talk.contact:
        set_reach(lodged.grievance, number, actor=behind.WORKER)
    return lodged.grievance


def _add_what_came_later(grievance: Grievance, report: Report, words: str, *, at: datetime | None) -> None:
    """Add to a report that was filed for her in danger what she answered afterwards."""
    following.write(grievance, words, at=at)
    following.change_contact(grievance, report.contact_mode, report.contact, report.consents, language=report.language)
