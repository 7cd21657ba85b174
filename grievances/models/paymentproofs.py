"""That a payment which was noted before has its proof: a row beside the payment, which itself stays as it was."""

from django.conf import settings
from django.db import models

from core.models import EvidenceFile
from grievances.models.repayments import PaymentWord, RepaymentPayment


class PaymentProof(models.Model):
    """One paper that proves a payment, added on a day by somebody; `after` is what she had said of it until then."""

    payment = models.ForeignKey(RepaymentPayment, on_delete=models.CASCADE, related_name="proofs")
    proof = models.OneToOneField(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(PaymentWord, null=True, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.on}"
