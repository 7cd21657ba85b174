"""Remember which forms were already carried out, so that a retry returns the same receipt."""

from django.db import models


class FormSubmission(models.Model):
    """One form's own key and what came of it."""

    key = models.CharField(max_length=64)
    purpose = models.CharField(max_length=60)
    result = models.CharField(max_length=200)
    done_on = models.DateField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "purpose"], name="one_result_per_form_key")]

    def __str__(self) -> str:
        return f"{self.purpose}"
