"""Name the countries between which most workers move, in the reader's language; any other is "another country"."""

from django.utils.translation import gettext_lazy as _

from recruiters.countries import sort_key

COUNTRIES = (
    ("BH", _("Bahrain")),
    ("BD", _("Bangladesh")),
    ("BR", _("Brazil")),
    ("KH", _("Cambodia")),
    ("CA", _("Canada")),
    ("CN", _("China")),
    ("HR", _("Croatia")),
    ("CY", _("Cyprus")),
    ("EG", _("Egypt")),
    ("ET", _("Ethiopia")),
    ("DE", _("Germany")),
    ("GH", _("Ghana")),
    ("HK", _("Hong Kong")),
    ("IN", _("India")),
    ("ID", _("Indonesia")),
    ("IQ", _("Iraq")),
    ("IL", _("Israel")),
    ("IT", _("Italy")),
    ("JP", _("Japan")),
    ("JO", _("Jordan")),
    ("KE", _("Kenya")),
    ("KW", _("Kuwait")),
    ("LB", _("Lebanon")),
    ("MY", _("Malaysia")),
    ("MV", _("Maldives")),
    ("MU", _("Mauritius")),
    ("MM", _("Myanmar")),
    ("NP", _("Nepal")),
    ("NG", _("Nigeria")),
    ("OM", _("Oman")),
    ("PK", _("Pakistan")),
    ("PH", _("Philippines")),
    ("PL", _("Poland")),
    ("PT", _("Portugal")),
    ("QA", _("Qatar")),
    ("RO", _("Romania")),
    ("SA", _("Saudi Arabia")),
    ("SG", _("Singapore")),
    ("KR", _("South Korea")),
    ("ES", _("Spain")),
    ("LK", _("Sri Lanka")),
    ("TW", _("Taiwan")),
    ("TH", _("Thailand")),
    ("TR", _("Türkiye")),
    ("UG", _("Uganda")),
    ("AE", _("United Arab Emirates")),
    ("GB", _("United Kingdom")),
    ("US", _("United States")),
    ("VN", _("Viet Nam")),
)
ELSEWHERE = "XX"


def country_choices() -> list[tuple[str, str]]:
    """Return the choices in the order of the active language's names, an open choice first and last."""
    named = sorted(((code, str(name)) for code, name in COUNTRIES), key=lambda pair: sort_key(pair[1]))
    return [("", str(_("I prefer not to say"))), *named, (ELSEWHERE, str(_("Another country")))]


def country_name(code: str) -> str:
    """Return the name of a country in the active language, or the code where we have no name for it."""
    return str({**dict(COUNTRIES), ELSEWHERE: _("Another country")}.get(code, code))
