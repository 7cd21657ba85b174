"""Suppliers, their lists, and recruiters."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from duediligence.countrynames import country_choices
from duediligence.forms.fields import day, line
from duediligence.models import Company, Supplier
from duediligence.models.suppliers import Tier
from duediligence.supplier_rows import SupplierRow, read_row
from duediligence.wording import PROBLEMS, say


class SupplierForm(KeyedForm):
    """A supplier with one site."""

    name = line(_("Name"), longest=300)
    country = forms.ChoiceField(label=_("Country"))
    address = line(_("Address of the site"), longest=500)
    sector = line(_("Sector"), required=False)
    products = line(_("Products or services"), required=False)
    tier = forms.TypedChoiceField(label=_("How near"), choices=Tier.choices, coerce=int, initial=1)
    workers = forms.IntegerField(label=_("Workers there"), required=False, min_value=0, max_value=9_999_999)
    os_id = line(_("Open Supply Hub number"), required=False, longest=15)
    starts = day(_("Supplies us since"), required=False, hint=_("Leave empty if you do not know."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "—"), *country_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Read the fields by the same rules as a row of a list."""
        found: dict[str, Any] = super().clean() or {}
        if self.errors:
            return found
        workers = found.get("workers")
        read = read_row(
            {
                "name": found["name"], "country": found["country"], "address": found["address"],
                "sector": found["sector"], "product_type": found["products"], "os_id": found["os_id"],
                "number_of_workers": "" if workers is None else str(workers),
                "tier": {1: "1", 2: "2", 3: "3+"}.get(found["tier"], ""),
            }
        )  # fmt: skip
        if isinstance(read, SupplierRow):
            found["row"] = read
            return found
        for problem in read:
            self.add_error(problem.column if problem.column in self.fields else None, say(PROBLEMS, problem.code))
        return found


class SupplierChangeForm(KeyedForm):
    """What may change about a supplier."""

    sector = line(_("Sector"), required=False)
    products = line(_("Products or services"), required=False)
    tier = forms.TypedChoiceField(label=_("How near"), choices=Tier.choices, coerce=int)
    workers = forms.IntegerField(label=_("Workers there"), required=False, min_value=0, max_value=9_999_999)
    starts = day(_("Supplies us since"), required=False)


class EndForm(KeyedForm):
    """The day on which something ends."""

    ends = day(_("Last day"), hint=_("The row stays as history."))


class SupplierListForm(KeyedForm):
    """A list of suppliers in Open Supply Hub's format."""

    file = forms.FileField(
        label=_("Supplier list"),
        help_text=_(
            "CSV, Excel or JSON Lines with the columns country, name and address; optional: sector, product_type, lat, "
            "lng, number_of_workers, parent_company, os_id, tier."
        ),
    )


class EngagementForm(KeyedForm):
    """Where a recruiter brings workers to, and since when."""

    supplier = forms.ModelChoiceField(
        label=_("Where"), queryset=Supplier.objects.none(), required=False, empty_label=_("Directly to us")
    )
    starts = day(_("Since"))
    ends = day(_("Until"), required=False, hint=_("Leave empty while it goes on."))
    workers = forms.IntegerField(label=_("About how many workers"), required=False, min_value=0, max_value=9_999_999)

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["supplier"]
        field.queryset = Supplier.objects.filter(company=company).active(timezone.localdate())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("starts") and found.get("ends") and found["ends"] < found["starts"]:
            self.add_error("ends", _("An engagement cannot end before it begins."))
        return found
