"""Risks to people and what is done about them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formkeys import KeyedForm
from core.standards import choices, standard
from duediligence.countrynames import country_choices
from duediligence.forms.fields import choice, day, ladder, line, not_in_future, prose
from duediligence.models import Record, Risk, Supplier
from duediligence.models.remedy import ResponseKind
from duediligence.models.risks import ActionStateChoice, InvolvementChoice
from duediligence.wording import IRREMEDIABILITY, LIKELIHOOD, SCALE, SCOPE


class RiskForm(KeyedForm):
    """What may happen to whom, and where."""

    title = line(
        _("What may happen, or happened, to whom"),
        hint=_("For example: Migrant workers at dyeing mills pay recruitment fees and go into debt. It is published."),
    )
    description = prose(
        _("What you know about it"), hint=_("Sources, figures, limits of your knowledge. It is published."), rows=5
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    supplier = forms.ModelChoiceField(
        label=_("Supplier"),
        queryset=Supplier.objects.none(),
        required=False,
        empty_label=_("No single supplier"),
        help_text=_("For your own work. A supplier is never published beside a risk, to protect its workers."),
    )

    def __init__(self, *args: Any, record: Record, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suppliers = Supplier.objects.filter(company=record.company)
        self.fields["supplier"].queryset = suppliers.during(record.period_start, record.period_end)  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", "—"), *country_choices()]  # type: ignore[attr-defined]


class AssessmentForm(KeyedForm):
    """How a risk is judged; the order is worked out from this, with reasons."""

    scale = ladder(_("How grave is the harm?"), SCALE)
    scope = ladder(_("How many people does it reach?"), SCOPE)
    irremediability = ladder(
        _("Can it be put right?"), IRREMEDIABILITY, hint=_("And how fast does the time for that run out?")
    )
    likelihood = ladder(_("How likely is it?"), LIKELIHOOD)
    involvement = choice(
        _("How has your company to do with it?"),
        list(InvolvementChoice.choices),
        hint=_("It decides what you owe, never how high the risk ranks. Look at your own purchasing practices too."),
    )
    why = prose(_("Why do you judge it so?"), required=True, hint=_("Facts and whom you asked. It is published."))


class ActionForm(KeyedForm):
    """What will be done by whom by when."""

    title = line(_("What will be done"))
    risk = forms.ModelChoiceField(
        label=_("Against which risk"), queryset=Risk.objects.none(), required=False, empty_label=_("No single risk")
    )
    owner = line(_("Who is responsible"), hint=_("The role, and a name if you like. It is published."))
    due_on = day(_("By when"))
    indicator = line(
        _("How you will see that it worked"),
        required=False,
        longest=300,
        hint=_("A result for workers, such as fees repaid, rather than a number of audits."),
    )

    def __init__(self, *args: Any, record: Record, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["risk"].queryset = Risk.objects.filter(record=record)  # type: ignore[attr-defined]


class ActionMoveForm(KeyedForm):
    """How far an action is."""

    state = choice(_("How far is it?"), list(ActionStateChoice.choices))
    note = prose(_("What came of it"), hint=_("Needed when it was carried out or given up. It is published."), rows=3)
    due_on = day(_("By when"))
    owner = line(_("Who is responsible"))

    def clean(self) -> dict[str, Any]:
        """Ask for a note where the action ends."""
        found: dict[str, Any] = super().clean() or {}
        ended = found.get("state") in (ActionStateChoice.DONE, ActionStateChoice.DROPPED)
        if ended and not found.get("note", "").strip():
            self.add_error("note", _("Please say what came of it, or why it was given up."))
        return found


class ResponseForm(KeyedForm):
    """What the company did about a case."""

    kind = choice(_("What did you do?"), list(ResponseKind.choices))
    forms = forms.MultipleChoiceField(
        label=_("Form of remedy"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("If there was remedy."),
    )
    text = prose(
        _("In your words"),
        required=True,
        hint=_("Never try to find out who complained, and never write down who it may be. Readers see only counts."),
        rows=5,
    )
    done_on = day(_("When"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forms"].choices = choices(standard("remedy").forms)  # type: ignore[attr-defined]
        self.fields["done_on"].validators.append(not_in_future)
