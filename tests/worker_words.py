"""Find every word that a worker may read: in templates, in programs, in the standards and in Django's own forms."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.template.base import Lexer, TokenType
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import override

from core.standards import standard
from core.standards.entries import CERTAINTY_NOTES
from grievances.forms.worker import ASKED_CONSENTS
from grievances.reasons import REMEDY_ITEMS
from grievances.rulebook import grievance_standard, worker_categories
from recruiters.countries import all_countries
from recruiters.selfcheck import QUESTIONS

ROOT = Path(__file__).resolve().parents[1]
# Files of which every word is read by workers; a folder stands for all that is in it, "file.py:name" for a part.
FILES: dict[str, tuple[str, ...]] = {
    "grievances": (
        "templates/grievances/report",
        "templates/grievances/followup",
        "templates/grievances/calendar.html",
        "forms/worker.py",
        "places.py",
        "services/drafts.py",
        "services/papers.py",
        "services/sending.py",
        "smswords.py",
        "paperform.py",
        "views/parts.py",
        "uploads.py",
        "views/report.py",
        "views/receipt.py",
        "views/followup.py",
        "views/exits.py",
        "views/standing.py",
    ),
    "core": (
        *(f"templates/{number}.html" for number in ("403_csrf", "404", "429", "503")),
        *(f"templates/core/{name}.html" for name in ("worker", "page", "plain", "held")),
        *(
            f"templates/core/parts/{name}.html"
            for name in ("languages", "demo", "errors", "retry", "ways_on", "unreviewed", "in_english")
        ),
        *(f"templates/core/parts/{name}.html" for name in ("public_header", "public_footer", "timeline", "empty")),
        "templates/core/public.html",
        "templates/core/listing.html",
        "listing",
        "templates/core/forms",
        "faults.py",
        "evidence.py",
        "uploads.py",
    ),
    "recruiters": (
        "templates/recruiters/worker_checks",
        "worker_checks",
        # The register as anybody reads it; a published rating stays in English, for its reasons are the standards'.
        *(f"templates/recruiters/public_{name}.html" for name in ("register", "recruiter", "mistyped", "withdrawn")),
        "public_views.py",
        "public_filters.py",
        "publicwording.py",
        "filters.py:GROUP_LABELS",
        "filters.py:PublicFilter",
        "presenting.py:history_event",
        "models/words.py:StatusCode",
        "models/words.py:Reason",
        "models/words.py:BandWord",
        "models/register.py:Sector",
    ),
    "cms": (
        *(f"templates/cms/{name}.html" for name in ("short_home", "statistics", "statistics_method")),
        *(f"templates/cms/verify{part}.html" for part in ("", "_certificate", "_licences")),
        "verifying.py",
        "forms.py",
        "destinations.py",
        "statistics",
    ),
}
# What Django's own forms and filters say here; for most languages Django brings it, for others core's catalogue does.
DJANGOS_OWN = (
    "This field is required.",
    "Enter a valid date.",
    "Enter a valid value.",
    "Enter a list of values.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    "Null characters are not allowed.",
    "No file was submitted.",
    "No file was submitted. Check the encoding type on the form.",
    "The submitted file is empty.",
    "%s KB",
    "%s MB",
)
DJANGOS_PLURALS = (
    (
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
    ("%(size)d byte", "%(size)d bytes"),
)
CALLS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), ("msgid",)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), ("msgid", "plural")),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ("context", "msgid")),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ("context", "msgid", "plural")),
}
TRANSLATE = re.compile(r"""^(?:translate|trans)\s+("|')(?P<msgid>.*?)\1(?:.*\bcontext\s+("|')(?P<context>.*?)\3)?""")


@dataclass(frozen=True, order=True)
class Word:
    """One entry of a catalogue: its app, its text, and where it was found first."""

    app: str
    msgid: str
    plural: str = ""
    context: str = ""
    where: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Return what a catalogue looks it up by."""
        return self.context, self.msgid


def words() -> list[Word]:
    """Return every word once, in the order of FILES, then the standards, countries and Django's own."""
    found: dict[tuple[str, str], Word] = {}
    for word in (*_in_files(), *_in_rulebooks(), *_djangos_own()):
        if word.msgid.strip():
            found.setdefault(word.key, word)
    return list(found.values())


def _in_files() -> Iterator[Word]:
    for app, places in FILES.items():
        for place, _colon, part in (each.partition(":") for each in places):
            path = ROOT / app / place
            assert path.exists(), f"{path} is gone: what took its place belongs into tests/worker_words.py"
            for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
                if file.suffix == ".html":
                    yield from _in_template(app, file)
                elif file.suffix == ".py":
                    yield from _in_program(app, file, part)


def _part_of(module: ast.Module, part: str) -> ast.AST:
    """Return a module, or the class, function or constant of that name in it."""
    if not part:
        return module
    for node in module.body:
        named = [each.id for each in getattr(node, "targets", ()) if isinstance(each, ast.Name)]
        if part in (getattr(node, "name", ""), *named):
            return node
    raise AssertionError(f"{part} is gone: what took its place belongs into tests/worker_words.py")


def _in_program(app: str, path: Path, part: str = "") -> Iterator[Word]:
    for node in ast.walk(_part_of(ast.parse(path.read_text(encoding="utf-8")), part)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            names = CALLS[node.func.id]
            texts = [each.value for each in node.args[: len(names)] if isinstance(each, ast.Constant)]
            if len(texts) == len(names):
                yield replace(Word(app, "", where=path.name), **dict(zip(names, map(str, texts), strict=True)))


def _in_template(app: str, path: Path) -> Iterator[Word]:
    block: list[str] | None = None
    plural: list[str] | None = None
    for token in Lexer(path.read_text(encoding="utf-8")).tokenize():
        text = token.contents
        if block is not None and token.token_type is TokenType.BLOCK and text == "plural":
            plural = []
        elif block is not None and token.token_type is TokenType.BLOCK:
            yield Word(app, "".join(block), "".join(plural or ()), where=path.name)
            block = plural = None
        elif block is not None:
            piece = f"%({text.partition('|')[0]})s" if token.token_type is TokenType.VAR else text.replace("%", "%%")
            (block if plural is None else plural).append(piece)
        elif token.token_type is TokenType.BLOCK and text.startswith("blocktranslate"):
            block = []
        elif token.token_type is TokenType.BLOCK and (simple := TRANSLATE.match(text)):
            yield Word(app, simple["msgid"], context=simple["context"] or "", where=path.name)


def _in_rulebooks() -> Iterator[Word]:
    rules, contract, fees = grievance_standard(), standard("contract"), standard("fees")
    asked = [consent for consent in rules.consents if consent.code in ASKED_CONSENTS]
    for each in (*worker_categories(), *asked, *rules.states, *fees.categories):
        yield Word("core", each.worker_label, where="standards")
    for code in dict.fromkeys(code for question in QUESTIONS for code in question.elements):
        yield Word("core", contract.element(code).label, where="standards")
    for text in (*CERTAINTY_NOTES.values(), contract.title, contract.caution or "", fees.title):
        yield Word("core", text, where="standards")
    figures = standard("statistics")
    for named in (*rules.categories, *rules.closure_reasons, *figures.sexes, *figures.age_bands):
        yield Word("core", named.label, where="standards")
    for label in REMEDY_ITEMS.values():
        with override("en"):
            yield Word("grievances", str(label), where="reasons.py")
    for _code, name in all_countries():
        yield Word("recruiters", name, where="countries.tsv")


def _djangos_own() -> Iterator[Word]:
    with override("en"):
        days = [str(name) for table in (MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR) for name in table.values()]
    for text in (*DJANGOS_OWN, *days):
        yield Word("core", text, where="django")
    for one, many in DJANGOS_PLURALS:
        yield Word("core", one, many, where="django")
