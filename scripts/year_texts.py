"""The phones of a simulated year: workers who report by text message, are told once that there is news, and read it."""

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scripts.year_office import Matter, Office

NOON = 12
# In English: fees and papers, no danger, Qatar, one line of words and no more.
TALK = ("hello", "1", "13", "2", "Qatar", "fictional words by text", "0")
ALL_CONSENTS = "1345"
ALL_BUT_FIGURES = "134"


class Phone:
    """One phone: what was sent to it, and what it is owed."""

    def __init__(self, number: str, *, reachable: bool) -> None:
        self.number, self.reachable = number, reachable
        self.got: list[str] = []
        self.receipt = ""
        self.pk = 0
        self.owed: datetime | None = None
        self.hour_kept: datetime | None = None  # of news that was read before it was told
        self.stopped = False


class Phones:
    """Every phone of the year, and the gateway that carries texts to and from them."""

    def __init__(self, office: "Office") -> None:
        self.office, self.rng, self.year = office, office.rng, office.year
        self.by_number: dict[str, Phone] = {}
        self.of: dict[int, Phone] = {}
        self.sent = 0

    # --- the gateway ---

    def send(self, number: str, text: str, reference: str) -> None:
        """Carry a text to a phone; news is what the phone is owed, on a later day and once."""
        del reference
        from django.utils import translation

        from grievances.smswords import SENTENCES

        phone = self.by_number[number]
        phone.got.append(text)
        with translation.override("en"):
            if text == str(SENTENCES["news"]):
                self._news(phone)

    def _news(self, phone: Phone) -> None:
        if phone.owed is None or self.year.now < phone.owed:
            self.office.ledger.problems.append(f"{self.year.now}: a phone was told of news that it was not owed then")
            return
        phone.owed = None
        self.office.did("news by text")
        chance = self.rng.random()
        if chance < 0.7:
            self.office.later(0.1, 3, lambda: self._read(phone))
        elif chance < 0.8:
            self.office.later(0.1, 3, lambda: self._stop(phone))

    def write(self, phone: Phone, text: str) -> list[str]:
        """Let a phone write; return what came back."""
        from django.utils import timezone

        from grievances.services.texting import outbox, receiving

        before, self.sent = len(phone.got), self.sent + 1
        taken = receiving.receive(receiving.Incoming(f"sim-{self.sent}", phone.number, text))
        if taken != "taken":
            self.office.ledger.problems.append(f"{self.year.now}: a text was {taken}")
        outbox.deliver(timezone.now())
        return phone.got[before:]

    # --- what people do with them ---

    def report(self) -> Any:
        """Report by text message, and return the grievance that came of it."""
        from grievances.models import Grievance

        self.counts = len(self.by_number) % 5 != 1  # some say no to being counted
        phone = Phone(f"+97455{len(self.by_number):06d}", reachable=self.rng.random() < 0.75)
        self.by_number[phone.number] = phone
        for text in (*TALK, "1" if phone.reachable else "2", ALL_CONSENTS if self.counts else ALL_BUT_FIGURES):
            self.write(phone, text)
        grievance = Grievance.objects.latest("pk")
        phone.pk, self.of[grievance.pk] = grievance.pk, phone
        if self.rng.random() < 0.9:
            phone.receipt = re.sub(r"\D", "", self.write(phone, "1")[0])
            self.write(phone, phone.receipt[-4:])
        else:
            self.write(phone, "2")
        self.office.did("by text")
        self.office.did("reachable by text", int(phone.reachable))
        return grievance

    def wrote_to(self, matter: "Matter") -> None:
        """Note that an officer wrote: a phone that may be reached is owed news from noon of the next day, once."""
        phone = self.of.get(matter.pk)
        if phone is None or not phone.reachable or phone.stopped or phone.owed is not None:
            return
        if phone.hour_kept is not None and phone.hour_kept > self.year.now:
            phone.owed, phone.hour_kept = phone.hour_kept, None
            return
        tomorrow = self.year.now.astimezone(UTC).date() + timedelta(days=1)
        phone.owed = datetime(tomorrow.year, tomorrow.month, tomorrow.day, NOON, tzinfo=UTC)

    def _read(self, phone: Phone) -> None:
        """Ask for the answer with the receipt: the officer's words come."""
        from grievances.models import Grievance
        from grievances.statuses import ENDED

        grievance = Grievance.objects.filter(pk=phone.pk, emptied_on=None).first()
        if grievance is None or not phone.receipt or phone.stopped or grievance.status in ENDED:
            return
        self.write(phone, "READ")
        self.write(phone, "1")  # a talk lives a day: she is asked for her language again
        if not any("simulated answer" in text for text in self.write(phone, phone.receipt)):
            self.office.ledger.problems.append(f"{self.year.now}: {grievance.ref} was not read out by text")
        self.office.did("read by text")
        phone.hour_kept, phone.owed = phone.owed, None

    def _stop(self, phone: Phone) -> None:
        """Stop every text to this phone."""
        self.write(phone, "STOP")
        phone.stopped, phone.owed = True, None
        self.office.did("stopped texts")

    # --- the reckoning ---

    def owed_now(self) -> int:
        """Return how many phones are still owed news that should have come."""
        return sum(1 for phone in self.of.values() if phone.owed is not None and phone.owed <= self.year.now)

    def to_keep(self, left: set[int]) -> int:
        """Return how many numbers may still be known when only these grievances are left."""
        return sum(1 for phone in self.of.values() if phone.pk in left and phone.reachable and not phone.stopped)
