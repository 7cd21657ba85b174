"""Set a screening certificate as a PDF, in the reader's language. It says "clear" of nothing that was not compared."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.documents import Document
from recruiters.certificateletters import lettered
from recruiters.certifying import Facts
from recruiters.models import HitDecision, ScreeningCertificate, ScreeningHit, ScreeningRow
from recruiters.screening import REGISTER
from recruiters.vocabulary import country_label
from recruiters.wording import VERDICTS, problem_sentence, row_reason

OUTCOMES = dict(ScreeningRow.OUTCOMES)
STATES = dict(ScreeningHit.STATES)
REASONS = dict(HitDecision.Reason.choices)
ANSWERS = {
    "true": STATES["true"],
    "false": STATES["false"],
    "unsure": STATES["unsure"],
}


def paper_of(certificate: ScreeningCertificate, facts: Facts, *, issuer: str) -> bytes:
    """Return the certificate as a PDF in the active language; raises MissingFont where that language has no font."""
    title = _("Screening certificate")
    facts, on_letters = lettered(facts)
    paper = Document(title, certificate.language, certificate.ref, issuer=issuer, subtitle=facts["title"])
    paper.facts(_heads(certificate, facts))
    paper.heading(_("What this certificate says"))
    for sentence in statement(facts):
        paper.paragraph(sentence)
    if on_letters:
        paper.note(on_letters)
    names = {each["code"]: _list_name(each["name"]) for each in facts["lists"]}
    for problem in facts["problems"]:
        paper.note(problem_sentence(problem, names))
    paper.heading(_("Outcomes"))
    paper.facts([(OUTCOMES[code], number_format(count, force_grouping=True)) for code, count in _counted(facts)])
    paper.heading(_("Compared with"))
    paper.table(
        [_("List"), _("Edition of"), _("Entries"), _("May be so many days old"), _("Digest of the edition")],
        [
            [
                _list_name(each["name"]),
                _day(each["list_date"]),
                number_format(each["entries"], force_grouping=True),
                number_format(each["max_age_days"]),
                (each.get("checksum") or "")[:16] or "–",
            ]
            for each in facts["lists"]
        ],
        widths=[4, 2, 1.4, 1.4, 2.6],
    )
    _missed(paper, facts["rows"])
    _hits(paper, facts["rows"])
    _clear(paper, facts)
    paper.heading(_("To check this paper"))
    paper.facts(
        [
            (_("Reference"), certificate.ref),
            (_("Digest of what it states"), facts_digest(certificate)),
            (_("Digest of the list that was brought"), facts["input_sha256"] or "–"),
        ]
    )
    paper.paragraph(
        _("Officers of the ministry check it in the workspace by its reference, by a digest, or with the file itself.")
    )
    return paper.render()


def facts_digest(certificate: ScreeningCertificate) -> str:
    """Return the digest in groups that can be read aloud."""
    text = certificate.facts_digest
    return " ".join(text[start : start + 8] for start in range(0, len(text), 8))


def statement(facts: Facts) -> list[str]:
    """Return what is certified and what is not, in sentences."""
    counts = facts["counts"]
    said = [
        _(
            "%(clear)s of %(total)s rows were compared with every list named below, each of the day given there, and "
            "nothing as alike as the threshold was found. Only these rows are called clear."
        )
        % {"clear": number_format(counts["clear"]), "total": number_format(facts["total"])}
    ]
    if counts["not_screened"]:
        said.append(
            ngettext(
                "%(count)s row was not screened. Nothing is said about it; it is named below, with why.",
                "%(count)s rows were not screened. Nothing is said about them; they are named below, with why.",
                counts["not_screened"],
            )
            % {"count": number_format(counts["not_screened"])}
        )
    said.append(
        _(
            "It says nothing about lists that are not named, about later editions, about other names of the same "
            "person or organisation, or about any later day."
        )
    )
    again = sum(1 for row in facts["rows"] if row["again"])
    if again:
        said.append(
            _("%(count)s rows were screened again since, as a list changed; what came of it stands with them.")
            % {"count": number_format(again)}
        )
    return said


def _heads(certificate: ScreeningCertificate, facts: Facts) -> list[tuple[str, str]]:
    pairs = [
        (_("Screening"), facts["screening"]),
        (_("List that was brought"), facts["file"] or "–"),
        (_("Screened by"), facts["screened_by"] or "–"),
        (_("Screened on"), _moment(facts["finished_at"])),
        (_("Threshold"), number_format(facts["threshold"], decimal_pos=2)),
        (_("Method"), facts["algorithm"] or "–"),
        (_("Issued by"), str(certificate.issued_by)),
        (_("Issued on"), date_format(timezone.localtime(certificate.issued_at), "DATETIME_FORMAT")),
    ]
    if facts["row"] is not None and facts["rows"]:
        row = facts["rows"][0]
        pairs = [(_("Name"), row["name"] or "–"), (_("Row"), number_format(row["number"])), *pairs]
    return pairs


def _counted(facts: Facts) -> Iterable[tuple[str, int]]:
    return ((code, facts["counts"][code]) for code in OUTCOMES)


def _missed(paper: Document, rows: Iterable[Facts]) -> None:
    missed = [row for row in rows if row["outcome"] == "not_screened"]
    if not missed:
        return
    paper.heading(_("Not screened"))
    paper.table(
        [_("Row"), _("Name"), _("Why")],
        [[number_format(row["number"]), row["name"] or "–", row_reason(row["reason"])] for row in missed],
        widths=[1, 4, 6],
    )


def _hits(paper: Document, rows: Iterable[Facts]) -> None:
    found = [(row, hit) for row in rows for hit in row["hits"]]
    if not found:
        return
    paper.heading(_("Hits and decisions"))
    paper.table(
        [_("Row"), _("Name"), _("On the other side"), _("Comparison"), _("Decision")],
        [[number_format(row["number"]), _row_name(row), _side(hit), _compared(hit), _decided(hit)]
         for row, hit in found],
        widths=[0.9, 3, 3.4, 2, 3.7],
    )  # fmt: skip


def _row_name(row: Facts) -> str:
    return "\n".join(filter(None, (row["name"], country_label(row["country"]), row["licence_number"], _again(row))))


def _again(row: Facts) -> str:
    if not row["again"]:
        return ""
    return _("Screened again on %(day)s: %(outcome)s") % {
        "day": _day(row["again"]["at"]),
        "outcome": OUTCOMES[row["again"]["outcome"]],
    }


def _side(hit: Facts) -> str:
    return "\n".join((hit["name"], f"{_list_name(hit['list'])}, {_day(hit['list_date'])}"))


def _compared(hit: Facts) -> str:
    return f"{VERDICTS.get(hit['verdict'], hit['verdict'])} ({number_format(hit['score'], decimal_pos=2)})"


def _decided(hit: Facts) -> str:
    lines = [str(STATES.get(hit["state"], hit["state"]))]
    for each in hit["decisions"]:
        why = ": ".join(filter(None, (str(REASONS.get(each["reason"], "")), each["words"])))
        lines.append(f"{ANSWERS[each['answer']]}, {each['by']}, {_day(each['at'])}. {why}")
    return "\n".join(lines)


def _clear(paper: Document, facts: Facts) -> None:
    clear = [row for row in facts["rows"] if row["outcome"] == "clear"]
    if not facts["clear_listed"]:
        paper.heading(_("Clear"))
        paper.paragraph(
            _("The rows called clear are too many to be listed here. They are the rows of the list with the digest "
              "below that are named neither as hits nor as not screened.")
        )  # fmt: skip
    if not clear:
        return
    paper.heading(_("Clear"))
    paper.table(
        [_("Row"), _("Name"), _("Country"), _("Licence number")],
        [
            [
                number_format(row["number"]),
                "\n".join(filter(None, (row["name"], _again(row)))),
                country_label(row["country"]) or "–",
                row["licence_number"] or "–",
            ]
            for row in clear
        ],
        widths=[1, 6, 2.5, 2.5],
    )


def _list_name(name: str) -> str:
    return _("the register") if name == REGISTER else name


def _day(text: str | None) -> str:
    return date_format(date.fromisoformat(text[:10]), "DATE_FORMAT") if text else "–"


def _moment(text: str) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(text)), "DATETIME_FORMAT") if text else "–"
