"""Text messages: a phone's number apart from every grievance, a talk that lives a day, what waits to be sent."""

from django.db import models

from core.fields import ReferenceField
from core.models import SealedRecord
from grievances.models.grievances import Grievance


class PhoneLine(models.Model):
    """A number, sealed in a record of its own and found again by a keyed digest that nothing else uses."""

    digest = models.CharField(max_length=64, unique=True)
    number = models.ForeignKey(SealedRecord, null=True, on_delete=models.PROTECT, related_name="+")
    stopped = models.BooleanField(default=False)
    seen_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return "line"


class SmsReach(models.Model):
    """The worker of a grievance may be told by text that there is news; handlers see the alias and nothing else."""

    alias = ReferenceField(prefix="TEL")
    grievance = models.OneToOneField(Grievance, on_delete=models.CASCADE, related_name="sms_reach")
    line = models.ForeignKey(PhoneLine, on_delete=models.CASCADE, related_name="reaches")
    times = models.CharField(max_length=60, blank=True)
    news_at = models.DateTimeField(null=True, blank=True, db_index=True)

    def __str__(self) -> str:
        return self.alias


class SmsTalk(models.Model):
    """A talk that goes on: codes, and a random part of the key of its draft; the other part is the number itself."""

    line = models.OneToOneField(PhoneLine, on_delete=models.CASCADE, related_name="talk")
    nonce = models.BinaryField()
    state = models.JSONField()
    grievance = models.ForeignKey(Grievance, null=True, on_delete=models.CASCADE, related_name="+")
    quiet_at = models.DateTimeField(null=True, blank=True, db_index=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "talk"


class SmsPart(models.Model):
    """One part of a longer message whose other parts are still under way, sealed."""

    line = models.ForeignKey(PhoneLine, on_delete=models.CASCADE, related_name="parts")
    series = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "series", "number"], name="one_part_once")]

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


class SmsSeen(models.Model):
    """A message that was taken in, by a keyed digest of its gateway's number for it: its repetition does nothing."""

    digest = models.CharField(max_length=64, unique=True)
    on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return "seen"


class SmsOut(models.Model):
    """A message that waits to be sent, receiver and words sealed together; gone once the gateway has it."""

    line = models.ForeignKey(PhoneLine, null=True, on_delete=models.CASCADE, related_name="waiting")
    sealed = models.BinaryField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(db_index=True)
    claimed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return "message"
