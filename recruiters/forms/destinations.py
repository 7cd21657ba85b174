"""Choose countries from two hundred and fifty on a small screen: those that recruiters send to most, and typed ones."""

from typing import Any

from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.translation import gettext as _

from recruiters.countries import country_code
from recruiters.filters import KEPT_SECONDS
from recruiters.models import Recruiter
from recruiters.vocabulary import country_choices, country_label

FREQUENT = 10
"""So many countries are offered to tick."""
TYPED = 3
"""So many boxes to type in; whoever needs more saves, and finds as many again."""
USUAL = ("SA", "AE", "QA", "KW", "OM", "BH", "MY", "SG", "JO", "KR")
"""What is offered beside while a register is young."""


def frequent_destinations() -> list[str]:
    """Return the countries that most recruiters send workers to; looked up every ten minutes."""
    sent = Recruiter.corridors.through.objects.values("corridor__destination")
    most: Any = cache.get_or_set(
        "recruiters.frequent_destinations",
        lambda: list(
            sent.annotate(n=Count("pk"))
            .order_by("-n", "corridor__destination")
            .values_list("corridor__destination", flat=True)[:FREQUENT]
        ),
        KEPT_SECONDS,
    )
    return list(dict.fromkeys([*most, *USUAL]))[:FREQUENT]


class CountriesInput(forms.Widget):
    """Boxes to tick and boxes to type in, all of one name: what is sent is a list of codes and of names."""

    template_name = "recruiters/widgets/countries.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> list[str]:
        """Return what was ticked and typed; one box may hold several, with commas between them."""
        given = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        return [part.strip() for text in given for part in str(text).replace("،", ",").replace(";", ",").split(",")]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002 - Django's signature
        """Return False: boxes that nobody ticked are not sent."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what is chosen, what is chosen often, and what was typed and not understood."""
        context = super().get_context(name, value, attrs)
        given = [each for each in value or [] if each]
        chosen = list(dict.fromkeys(code for each in given if (code := country_code(each))))
        typed = [each for each in given if not country_code(each)]
        offered = sorted(dict.fromkeys([*chosen, *frequent_destinations()]), key=country_label)
        context["widget"] |= {
            "ticks": [(code, country_label(code), code in chosen) for code in offered],
            "boxes": [*typed, *[""] * TYPED][: max(TYPED, len(typed))],
            "known": [label for _code, label in country_choices()],
        }
        return context


class CountriesField(forms.Field):
    """Several countries, as a list of codes in the order of the alphabet."""

    widget = CountriesInput

    def clean(self, value: Any) -> list[str]:
        """Return the codes; refuses, by its name, what is no country."""
        given = [each for each in value or [] if each]
        unknown = [each[:60] for each in given if not country_code(each)]
        if unknown:
            words = _("“%(text)s” is not a country that we know. Choose it from the list as you type.")
            raise ValidationError([words % {"text": each} for each in unknown])
        codes = sorted({country_code(each) for each in given})
        self.validate(codes)
        return codes
