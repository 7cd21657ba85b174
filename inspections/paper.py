"""Put the internal report and the employer's letter on paper; content and words come from the pages' own data."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.documents import Document


def _day(value: Any) -> str:
    return date_format(value, "DATE_FORMAT") if value else "–"


def report_pdf(report: dict[str, Any], language: str) -> bytes:
    """Return the internal report as PDF; raises MissingFont naming the package that lacks."""
    paper = Document(_("Inspection report"), language, report["ref"], issuer=report["office"], subtitle=report["site"])
    paper.note(_("Internal. Not for the employer: the employer gets the letter."))
    paper.facts(_facts(report))
    paper.heading(_("Findings"))
    if not report["findings"]:
        paper.paragraph(_("No findings."))
    for finding in report["findings"]:
        paper.heading(f"{finding['ref']} · {finding['severity']}", 2)
        paper.paragraph(finding["statement"])
        paper.facts([(_("Legal basis"), finding["legal"]), (_("Checklist item"), finding["item"] or "–")])
        if finding["actions"]:
            rows = [[ref, what, _day(due), str(state)] for ref, what, due, state in finding["actions"]]
            paper.table([_("Action"), _("What must be done"), _("Due"), _("State")], rows, widths=[1.8, 4, 1.5, 1.5])
    paper.heading(_("Indicators of forced labour"))
    paper.paragraph(f"{report['outcome']}. " + " ".join(report["reasons"]))
    if report["could"]:
        paper.paragraph(_("What is not known could change this to: %(outcome)s.") % {"outcome": report["could"]})
    if report["signs"]:
        rows = [[code, label, items] for code, label, items in report["signs"]]
        paper.table([_("Code"), _("Indicator"), _("Fired by")], rows, widths=[1, 4, 4])
    paper.note(_("Indicators detect and lead to help. They decide neither about a person nor about a crime."))
    for section in report["sections"]:
        paper.heading(f"{section['title']} ({section['answered']}/{section['total']})")
        rows = [[row["code"], row["text"], _answer(row)] for row in section["rows"]]
        paper.table([_("Code"), _("Question"), _("Answer")], rows, widths=[1, 4.5, 3.5])
        if section["note"]:
            paper.paragraph(section["note"])
    if report["exhibits"]:
        paper.heading(_("Photos and files"))
        rows = [[ref, kind, item or "–", digest[:16]] for ref, kind, item, digest in report["exhibits"]]
        paper.table([_("File"), _("Kind"), _("Belongs to"), "SHA-256"], rows)
    return paper.render()


def _answer(row: dict[str, Any]) -> str:
    parts = [row["answer"]]
    if row["adverse"]:
        parts.append(f"({row['severity']})")
    if row["comment"]:
        parts.append(f"– {row['comment']}")
    return " ".join(parts)


def _facts(report: dict[str, Any]) -> list[tuple[str, str]]:
    agencies = [f"{name} ({_('leads')})" if led else str(name) for name, led in report["presences"]]
    return [
        (_("Visit"), report["ref"]),
        (_("Employer"), report["employer"]),
        (_("Place"), f"{report['site']}, {report['address']}"),
        (_("Planned for"), _day(report["planned_for"])),
        (_("Started"), _day(report["started"])),
        (_("Closed"), _day(report["closed"])),
        (_("Announced"), _("Yes") if report["announced"] else _("No")),
        (_("Team"), ", ".join(report["team"])),
        (_("Supervisor"), report["supervisor"]),
        (_("Other agencies present"), ", ".join(agencies) or _("none")),
        (_("Interviews with workers"), str(report["interviews"])),
        (_("Checklist"), f"{report['checklist']} ({report['digest'][:16]})"),
        (_("Not checked"), str(report["unchecked"])),
    ]


def letter_pdf(letter: dict[str, Any], ref: str, language: str) -> bytes:
    """Return an employer's letter as PDF, in the active language; raises MissingFont."""
    paper = Document(_("Result of the labour inspection"), language, ref, issuer=letter["office"])
    paper.facts(
        [
            (_("Addressed to"), letter["addressee"]),
            (_("Place"), ", ".join(part for part in (letter["site"], letter["address"]) if part)),
            (_("Inspected on"), _day(letter["visited"])),
            (_("Date of this letter"), _day(letter["dated_day"])),
            (_("Sent by"), letter["office"]),
            (_("Reference"), ref),
        ]
    )
    paper.paragraph(letter_opening())
    paper.heading(_("Findings"))
    if not letter["findings"]:
        paper.paragraph(_("Nothing was found that must be put right."))
    for finding in letter["findings"]:
        paper.heading(f"{finding['number']} · {finding['severity_label']}", 2)
        paper.paragraph(finding["statement"])
        paper.paragraph(_("Legal basis: %(law)s") % {"law": finding["legal_basis"]})
        number = count_words(finding["count"])
        if number:
            paper.paragraph(number)
        if finding["actions"]:
            rows = [
                [a["ref"], a["what"], a["responsible"] or "–", _day(a["due_day"]), a["proof"] or "–"]
                for a in finding["actions"]
            ]
            heads = [_("Action"), _("What must be done"), _("Responsible"), _("Due on"), _("Proof")]
            paper.table(heads, rows, widths=[1.8, 3.4, 1.6, 1.4, 2])
    paper.paragraph(letter_closing())
    return paper.render()


def letter_opening() -> str:
    """Return the letter's first sentence: the same for every visit, whatever led to it."""
    return _(
        "The labour inspectorate inspected this workplace under its power to enter and inspect at any time "
        "(C81 Art. 12). Inspections are part of its regular work. This letter says what was found, the law, and what "
        "must be done by when."
    )


def letter_closing() -> str:
    """Return the letter's last sentence, which protects workers from reprisal."""
    return _(
        "Nobody may suffer any disadvantage for speaking with an inspector or for using a grievance channel. "
        "Reprisals are a breach of their own. You may ask for more time, with reasons, before a deadline ends."
    )


def count_words(count: dict[str, Any] | None) -> str:
    """Return a finding's number in words; a small one is withheld."""
    if count is None:
        return ""
    if count["hidden"]:
        return _("The number is below five and is not given, so that it points at nobody.")
    return _("Number: %(number)s") % {"number": count["number"]}
