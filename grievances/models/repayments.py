"""Repayment of fees: what was taken, what it counts for, by when it is due, what came back, in the worker's word."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import EvidenceFile
from grievances.models.cases import RemedyStep
from grievances.models.handling import Clock
from grievances.remedy import Word
from grievances.repayment import Method, Payee, Way

METHODS = [
    (Method.DOCUMENTED, _("Receipts, transfers or an agent's ledger")),
    (Method.DECLARATION, _("The worker's own word")),
    (Method.BAND, _("Band for the corridor")),
    (Method.FLAT, _("Flat rate")),
    (Method.NEGOTIATED, _("Agreed with the workers")),
]
PAYEES = [
    (Payee.CURRENT, _("Works there now")),
    (Payee.LEFT, _("Has left the job")),
    (Payee.REPATRIATED, _("Has left the country")),
    (Payee.FAMILY, _("Has died: the family is paid")),
]
WAYS = [
    (Way.OWN_ACCOUNT, _("To the worker's own account")),
    (Way.OWN_WALLET, _("To the worker's own phone wallet")),
    (Way.CASH, _("Cash, with a witness")),
    (Way.ESCROW, _("Into independent escrow")),
    (Way.FAMILY_ACCOUNT, _("To the family's account")),
]


class Repayment(models.Model):
    """What is owed for fees under one step of remedy, in the currency in which it is paid back."""

    step = models.OneToOneField(RemedyStep, on_delete=models.CASCADE, related_name="repayment")
    currency = models.CharField(max_length=3)
    reckoned_on = models.DateField()
    payee = models.CharField(max_length=16, choices=PAYEES)
    interest_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    interest_source = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.step}"


class RepaymentItem(models.Model):
    """One fee or cost that was taken, by whom and when; struck off, it remains as history."""

    class Collector(models.TextChoices):
        """Who took it."""

        RECRUITER = "recruiter", _("Recruiter or agency")
        SUBAGENT = "subagent", _("Sub-agent or broker")
        EMPLOYER = "employer", _("Employer")
        LENDER = "lender", _("Lender")
        OFFICIAL = "official", _("Official")
        SERVICE = "service", _("Clinic, training centre or other service")

    repayment = models.ForeignKey(Repayment, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=10)
    collector = models.CharField(max_length=10, choices=Collector.choices)
    currency = models.CharField(max_length=3)
    paid_on = models.DateField()
    loan = models.BooleanField(default=False)
    chosen = models.CharField(max_length=24, choices=METHODS, blank=True)
    proof = models.ForeignKey(EvidenceFile, null=True, on_delete=models.PROTECT, related_name="+")
    struck_on = models.DateField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["repayment", "number"], name="one_fee_per_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.category}"


class RepaymentEstimate(models.Model):
    """One way in which an amount is known."""

    item = models.ForeignKey(RepaymentItem, on_delete=models.CASCADE, related_name="estimates")
    method = models.CharField(max_length=24, choices=METHODS)
    amount = models.DecimalField(max_digits=15, decimal_places=3)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "method"], name="one_estimate_per_method")]

    def __str__(self) -> str:
        return f"{self.method} {self.amount}"


class RepaymentRate(models.Model):
    """What one unit of a currency was worth on a day in the currency of the repayment, and who says so."""

    repayment = models.ForeignKey(Repayment, on_delete=models.CASCADE, related_name="rates")
    currency = models.CharField(max_length=3)
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=8)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["currency", "on"]
        constraints = [
            models.UniqueConstraint(fields=["repayment", "currency", "on"], name="one_rate_per_day"),
            models.CheckConstraint(condition=models.Q(value__gt=0), name="a_rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.on}"


class RepaymentPart(models.Model):
    """One instalment of the plan that holds; a replaced plan remains as history."""

    repayment = models.ForeignKey(Repayment, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    amount = models.DecimalField(max_digits=15, decimal_places=3)
    # What had come back already when it was planned: a fee that is found later takes nothing away from a part paid.
    came_before = models.DecimalField(max_digits=15, decimal_places=3, null=True)
    replaced_on = models.DateField(null=True)
    # Runs since its day was over and money was missing; a later one takes its place where money goes missing again.
    clock = models.OneToOneField(Clock, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["due_on"], condition=models.Q(replaced_on=None), name="parts_that_hold")]

    def __str__(self) -> str:
        return f"{self.number} {self.due_on}"


class RepaymentPayment(models.Model):
    """One payment back to the worker, how it reached her, and its proof."""

    repayment = models.ForeignKey(Repayment, on_delete=models.CASCADE, related_name="payments")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    amount = models.DecimalField(max_digits=15, decimal_places=3)
    currency = models.CharField(max_length=3)
    way = models.CharField(max_length=16, choices=WAYS)
    proof = models.ForeignKey(EvidenceFile, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["repayment", "number"], name="one_payment_per_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.on}"


class PaymentWord(models.Model):
    """What the worker says of a payment: all, a part or none of it; the newest row holds."""

    payment = models.ForeignKey(RepaymentPayment, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=4, choices=[(word, word) for word in Word])
    received = models.DecimalField(max_digits=15, decimal_places=3, null=True)
    channel = models.CharField(max_length=12)
    on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.word} {self.on}"


class ClawbackCheck(models.Model):
    """That somebody must ask, or asked, whether the money was taken back or new fees were asked for."""

    class Result(models.TextChoices):
        """What the worker said."""

        KEPT = "kept", _("She kept it, and nobody asked for it")
        ASKED = "asked_back", _("She was asked to give it back")
        NEW_FEE = "new_fee", _("A new fee was asked for")
        NOT_REACHED = "not_reached", _("She could not be reached")

    repayment = models.ForeignKey(Repayment, on_delete=models.CASCADE, related_name="checks")
    due_on = models.DateField()
    told_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    result = models.CharField(max_length=12, choices=Result.choices, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["done_on", "due_on"], name="clawback_due")]

    def __str__(self) -> str:
        return f"{self.due_on} {self.result}"
