"""Show a value of a report in the reader's language; the page and the paper both show it through here."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, get_language_info, gettext

from core.standards import standard
from duediligence import labels, wording
from duediligence.countrynames import country_label
from duediligence.layout import Value
from duediligence.suppression import OTHER
from duediligence.wording import Words, say
from parties.sectors import sector_label


@dataclass(frozen=True)
class Reader:
    """For whom values are shown: the report's own language tells whether its labels may stand as they are."""

    report_language: str

    def show(self, value: Value) -> str:
        """Return what a reader sees."""
        raw = value.raw
        if value.kind == "words":
            return say(table_of_words(value.words), str(raw))
        if value.kind == "date":
            return date_format(date.fromisoformat(str(raw)), "DATE_FORMAT")
        if value.kind == "number":
            return number_format(raw, use_l10n=True, force_grouping=True)
        if value.kind == "yes_no":
            return gettext("Yes") if raw else gettext("No")
        if value.kind == "country":
            return country_label(str(raw))
        if value.kind == "sector":
            return sector_label(str(raw))
        if value.kind == "language":
            return str(get_language_info(str(raw))["name_local"])
        if value.kind == "harm":
            return harm_label(str(raw))
        if value.kind in ("action", "law"):
            return self._label(value)
        if value.kind == "item":
            return _item(value.words, str(raw))
        return str(raw)

    def machine(self, value: Value) -> str:
        """Return the day behind a shown date, for `<time datetime>`; empty for everything else."""
        return str(value.raw) if value.kind == "date" else ""

    def language_of(self, value: Value) -> str:
        """Return the report's language where its own words are shown to a reader of another one."""
        own_words = value.kind in ("text", "prose") or (value.kind == "sector" and self.show(value) == value.raw)
        own_words = own_words or (value.kind in ("action", "law") and self._as_written(value))
        return self.report_language if own_words and self.report_language != get_language() else ""

    def _as_written(self, value: Value) -> bool:
        return self._label(value) == value.raw

    def _label(self, value: Value) -> str:
        """Return a standard's label in the reader's language, or as it was written where there is none."""
        written, code = str(value.raw), value.path.split("/")[1]
        if get_language() == self.report_language:
            return written
        try:
            entry = standard("oecd").action(code) if value.kind == "action" else standard("regimes").regime(code)
        except KeyError:
            return written
        return gettext(entry.label)


def table_of_words(name: str) -> Words:
    """Return the table of words of a name; raises AttributeError for a name that neither module has."""
    found: Words = getattr(labels, name, None) or getattr(wording, name)
    return found


def harm_label(code: str) -> str:
    """Return the words for a kind of harm."""
    if code == OTHER:
        return gettext("Other kinds of harm")
    try:
        return gettext(standard("grievance").category(code).label)
    except KeyError:
        return code


def _item(regime: str, code: str) -> str:
    try:
        items = {item.item_code: item for item in standard("regimes").regime(regime).items}
        return f"{code} · {gettext(items[code].label)}"
    except KeyError:
        return code
