"""What two people settle in a simulated year: an urgency that is lowered, reports that name one party; and files."""

import io
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scripts.year_office import Matter, Office

RANKS = ("normal", "high", "urgent")


class Seconds:
    """Officers who think a report less grave than the rule, or graver, and who see that two name the same party."""

    def __init__(self, office: "Office") -> None:
        self.office, self.rng, self.ledger = office, office.rng, office.ledger
        self.told: dict[int, str] = {}
        self.files: Counter[int] = Counter()
        self.proofs: Counter[int] = Counter()
        self.away: dict[int, Any] = {}
        self.photo = self._photo()

    def _photo(self) -> Any:
        from PIL import Image

        from grievances.services.papers import prepared

        sheet = io.BytesIO()
        Image.new("RGB", (16, 16), "teal").save(sheet, "PNG")
        return prepared(sheet.getvalue())

    # --- files ---

    def photos(self) -> list[Any]:
        """Return the photos of a report: mostly none."""
        return [self.photo] * self.rng.choice((0, 0, 0, 1, 2))

    def lodged(self, grievance: Any, told: str, files: int) -> None:
        """Note which party a report names in its own words, and how many files came with it."""
        if told:
            self.told[grievance.pk] = told
        self.added(grievance, files)

    def added(self, grievance: Any, files: int) -> None:
        """Note that files came."""
        self.files[grievance.pk] += files
        self.office.did("file", files)

    # --- urgency ---

    def wants_lower(self, matter: "Matter") -> str:
        """Return to which priority an officer wants to lower this one, now and then."""
        rank = RANKS.index(self.office.grievance(matter).priority)
        return RANKS[rank - 1] if rank and matter.rounds <= 0 and self.rng.random() < 0.12 else ""

    def ask_to_lower(self, matter: "Matter", priority: str, then: Any) -> None:
        """Ask a second person, who agrees or declines; one alone is refused. Go on with what comes then."""
        from grievances import services
        from grievances.triage import Priority

        grievance, before = self.office.grievance(matter), self.office.grievance(matter).priority
        word = services.ask_to_lower(grievance, Priority(priority), note="less grave", actor=matter.handler)
        self.office.did("lowering asked")
        try:
            services.answer_second(word, agree=True, actor=matter.handler)
            self.ledger.problems.append(f"{grievance.ref} was lowered by one person")
        except services.SecondRefused:
            pass
        agrees = self.rng.random() < 0.7

        def answer() -> None:
            services.answer_second(word, agree=agrees, actor=self.office.other(matter))
            self.office.did("lowered" if agrees else "lowering declined")
            now = self.office.grievance(matter).priority
            self.ledger.check_quietly(f"priority of {grievance.ref}", priority if agrees else before, now)
            then()

        self.office.later(0.1, self.rng.choice((1, 1, 6)), answer)

    def priority(self, grievance: Any, by_rule: str) -> str:
        """Return what an officer sets: what two lowered it to, what the rule says, or graver, now and then."""
        from grievances.services.seconding import agreed_lowering

        agreed = agreed_lowering(grievance, grievance.codes)
        if agreed is not None:
            self.office.did("decided below the rule", int(RANKS.index(agreed) < RANKS.index(by_rule)))
            return str(agreed)
        if by_rule != RANKS[-1] and self.rng.random() < 0.04:
            self.office.did("decided above the rule")
            return RANKS[RANKS.index(by_rule) + 1]
        return by_rule

    # --- reports that name one party ---

    def join(self, matter: "Matter") -> None:
        """See that every report known to name the same party is found; treat one of them as the same matter."""
        from grievances.models import Grievance
        from grievances.services import relating

        one = self.office.grievance(matter)
        known = {pk for pk, name in self.told.items() if name == self.told.get(matter.pk) and pk != matter.pk}
        visible = Grievance.objects.filter(pk__in=known, emptied_on=None)
        ours = {pk for pk in visible.values_list("pk", flat=True) if self.away.get(pk) != matter.handler}
        found = set(relating.others_naming_the_same(one, matter.handler).values_list("pk", flat=True))
        self.ledger.check_quietly(f"others that name the party of {one.ref}", set(), ours - found)
        if not ours:
            return
        self.office.did("names the same")
        if self.rng.random() < 0.5:
            other = Grievance.objects.get(pk=self.rng.choice(sorted(ours)))
            if self._joined(one, other):
                return
            relating.join(one, other, actor=matter.handler)
            self.office.did("joined")
            if self.rng.random() < 0.3:
                self.office.later(1, 30, lambda: self._part(matter, one.pk, other.pk))

    def _joined(self, one: Any, other: Any) -> bool:
        from grievances.models import RelatedLink

        pair = sorted((one.pk, other.pk))
        return RelatedLink.objects.filter(first=pair[0], second=pair[1], parted_on=None).exists()

    def _part(self, matter: "Matter", one_pk: int, other_pk: int) -> None:
        """Take a link back; each report keeps its own receipt and words."""
        from grievances.models import Grievance
        from grievances.services import relating

        one, other = (Grievance.objects.filter(pk=pk).first() for pk in (one_pk, other_pk))
        if one is None or other is None or self.away.get(other_pk) == matter.handler or matter.away == matter.handler:
            return
        if relating.part(one, other, actor=matter.handler):
            self.office.did("parted")
