"""Say a tie in sentences and lay out its drawing: the list and the picture hold the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from parties.models import Provenance
from recruiters.isolating import isolated
from recruiters.models import TieDecision
from recruiters.models.words import StatusCode
from recruiters.phoenix import LISTED, THINGS, Band, JudgedPath, Reason
from recruiters.services.ties import as_kept
from recruiters.tiegraph import Ties

KINDS = {
    "owner": gettext_lazy("owner"),
    "director": gettext_lazy("director"),
    "officer": gettext_lazy("officer"),
    "sub_agent_of": gettext_lazy("sub-agent"),
    "successor_of": gettext_lazy("successor"),
    "identifier": gettext_lazy("number"),
    "guarantee": gettext_lazy("guarantee"),
    "email": gettext_lazy("e-mail"),
    "phone": gettext_lazy("telephone"),
    "website": gettext_lazy("web site"),
    "address": gettext_lazy("address"),
    "same_name": gettext_lazy("nearly the same name"),
}
GROUNDS = {
    "owner": gettext_lazy("an owner"),
    "director": gettext_lazy("a director"),
    "officer": gettext_lazy("an officer"),
    "sub_agent_of": gettext_lazy("a sub-agent"),
    "successor_of": gettext_lazy("a successor organisation"),
    "identifier": gettext_lazy("a registration number"),
    "guarantee": gettext_lazy("a guarantee"),
    "email": gettext_lazy("an e-mail address"),
    "phone": gettext_lazy("a telephone number"),
    "website": gettext_lazy("a web site"),
    "address": gettext_lazy("an address"),
    "same_name": gettext_lazy("people of nearly the same name"),
}
BANDS = {
    Band.STRONG: (gettext_lazy("strong tie"), "bad"),
    Band.MEDIUM: (gettext_lazy("medium tie"), "warn"),
    Band.WEAK: (gettext_lazy("weak tie"), "info"),
}
LINE = 30
"""So many characters fit on one line of a box; longer names are cut in the drawing and whole in the list."""
BOX, STEP = 52, 104


@dataclass(frozen=True)
class Box:
    """One box of the drawing."""

    top: int
    lines: tuple[tuple[int, str], ...]
    thing: bool
    barred: bool


@dataclass(frozen=True)
class Link:
    """One line between two boxes, with what it says."""

    top: int
    bottom: int
    label: str
    days: str
    dashed: bool


@dataclass(frozen=True)
class Drawing:
    """A path from top to bottom: it fits a telephone as well as a desk."""

    height: int
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    box: int = BOX


@dataclass(frozen=True)
class TieRow:
    """One path as its page shows it."""

    key: str
    band: str
    tone: str
    percent: int
    sentences: tuple[str, ...]
    why: tuple[str, ...]
    drawing: Drawing
    name: str
    decision: TieDecision | None
    other: Any
    listed: bool = False


def _day(text: str | None) -> str:
    return date_format(date.fromisoformat(text), "DATE_FORMAT") if text else ""


def _span(tie: Mapping[str, Any]) -> str:
    starts, ends = _day(tie["starts"]), _day(tie["ends"])
    if starts and ends:
        return _("from %(starts)s to %(ends)s") % {"starts": starts, "ends": ends}
    if starts:
        return _("since %(starts)s") % {"starts": starts}
    if ends:
        return _("until %(ends)s") % {"ends": ends}
    return _("dates not known")


def _source(tie: Mapping[str, Any]) -> str:
    return f" ({Provenance(tie['source']).label})" if tie["source"] in Provenance.values else ""


def tie_sentence(tie: Mapping[str, Any], left: str, right: str) -> str:
    """Return one tie as a sentence; ``left`` and ``right`` are its ends in the order of the path."""
    ends = (left, right) if tie["from_first"] else (right, left)
    first, second = map(isolated, ends)
    kind = tie["kind"]
    if kind == "same_name":
        names = {"first": first, "second": second}
        if left.casefold() == right.casefold():
            return _("“%(first)s” and “%(second)s” bear the same name; they may be two people.") % names
        return _("“%(first)s” and “%(second)s” bear nearly the same name; they may be two people.") % names
    if kind in THINGS:
        what = {"party": first, "thing": isolated(tie.get("told") or "") or second, "kind": str(KINDS[kind])}
        text = _("%(party)s used the %(kind)s %(thing)s, %(span)s%(source)s.")
        return text % {**what, "span": _span(tie), "source": _source(tie)}
    texts = {
        "owner": _("%(first)s is or was owner of %(second)s, %(span)s%(source)s."),
        "director": _("%(first)s is or was director of %(second)s, %(span)s%(source)s."),
        "officer": _("%(first)s is or was officer of %(second)s, %(span)s%(source)s."),
        "sub_agent_of": _("%(first)s is or was sub-agent of %(second)s, %(span)s%(source)s."),
        "successor_of": _("%(first)s is the successor of %(second)s, %(span)s%(source)s."),
    }
    return texts[kind] % {"first": first, "second": second, "span": _span(tie), "source": _source(tie)}


def time_words(days: int) -> str:
    """Return so many days as people say them: in days up to a month, then in weeks, months and years."""
    if days < 31:
        return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
    if days < 90:
        weeks = round(days / 7)
        return ngettext("about %(number)s week", "about %(number)s weeks", weeks) % {"number": weeks}
    if days < 730:
        months = round(days / 30.44)
        return ngettext("about %(number)s month", "about %(number)s months", months) % {"number": months}
    years = round(days / 365.25)
    return ngettext("about %(number)s year", "about %(number)s years", years) % {"number": years}


def reason_sentence(reason: Reason | Mapping[str, Any], label: str = "") -> str:
    """Return one remark about a path as a sentence."""
    rule = reason["rule"] if isinstance(reason, Mapping) else reason.rule
    number = reason["number"] if isinstance(reason, Mapping) else reason.number
    if rule == "left_before":
        text = _("This had been over for %(time)s when the order took effect, and so counts for less.")
        return text % {"time": time_words(number)}
    if rule == "used_after":
        return _("One took it over %(time)s after the other had given it up.") % {"time": time_words(number)}
    texts = {
        "used_together": _("Both used it at the same time."),
        "shared_by_many": _("%(number)s parties share it, and so it counts for less."),
        "began_after": _("It began only after the order had taken effect."),
        "held_on_the_day": _("It held on the day on which the order took effect."),
        "dates_not_known": _("It is not known from when to when it held."),
        "only_alike": _("The names are alike by %(number)s %%; the register does not say that it is one person."),
    }
    sentence = texts[rule] % {"number": number}
    return f"{isolated(label)}: {sentence}" if label and rule in ("used_together", "shared_by_many") else sentence


def _cut(text: str) -> list[str]:
    words, lines = text.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) + 1 <= LINE or not lines[-1]:
            lines[-1] = f"{lines[-1]} {word}".strip()
        else:
            lines.append(word)
    shown = [line if len(line) <= LINE else f"{line[: LINE - 1]}…" for line in lines[:2]]
    if len(lines) > 2:
        shown[1] = f"{shown[1][: LINE - 1]}…"
    return shown


def draw(path: Mapping[str, Any]) -> Drawing:
    """Return where the boxes and lines of a kept path lie, in the units of the drawing."""
    boxes, links = [], []
    last = len(path["nodes"]) - 1
    for place, (node, label) in enumerate(zip(path["nodes"], path["labels"], strict=True)):
        top = place * STEP + 2
        lines = _cut(label)
        middle = top + BOX // 2 + 5 - (len(lines) - 1) * 9
        boxes.append(
            Box(top, tuple((middle + 18 * n, line) for n, line in enumerate(lines)), node.split(":")[0] in THINGS,
                place == last)
        )  # fmt: skip
    for place, tie in enumerate(path["ties"]):
        top = place * STEP + BOX + 2
        links.append(Link(top, top + STEP - BOX, str(KINDS[tie["kind"]]),
                          "" if tie["kind"] == "same_name" else _span(tie), tie["kind"] == "same_name"))  # fmt: skip
    return Drawing(last * STEP + BOX + 4, tuple(boxes), tuple(links))


def path_sentences(path: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a kept path as sentences, in its order, ending with what became of the last one."""
    pairs = zip(path["ties"], path["labels"], path["labels"][1:], strict=False)
    said = [tie_sentence(tie, left, right) for tie, left, right in pairs]
    if path["status"] == LISTED:
        found = {"name": path["labels"][-1], "list": path.get("list", "")}
        return (*said, _("%(name)s: decided to be a true match with the watchlist %(list)s.") % found)
    status = StatusCode(path["status"]).label if path["status"] in StatusCode.values else path["status"]
    end = {"name": path["labels"][-1], "status": status, "day": _day(path["since"]) or "–"}
    said.append(_("%(name)s: %(status)s, since %(day)s.") % end)
    return tuple(said)


def tie_rows(ties: Ties, decisions: Mapping[str, TieDecision]) -> list[TieRow]:
    """Return every tie of a recruiter as its page shows it, with the newest decision on each."""
    return [_row(judged, ties, decisions.get(judged.key)) for judged in ties.found]


def _row(judged: JudgedPath, ties: Ties, decision: TieDecision | None) -> TieRow:
    path = as_kept(judged, ties)
    band, tone = BANDS[judged.band]
    return TieRow(
        key=judged.key,
        band=str(band),
        tone=tone,
        percent=round(judged.strength * 100),
        sentences=path_sentences(path),
        why=tuple(reason_sentence(reason, ties.labels.get(reason.node, "")) for reason in judged.reasons),
        drawing=draw(path),
        name=path["labels"][-1],
        decision=decision,
        other=ties.recruiters.get(judged.path.nodes[-1]),
        listed=judged.barred.code == LISTED,
    )


def ground_told(judged: Iterable[JudgedPath], ties: Ties) -> str:
    """Return what an applicant is told of ties: the kinds of tie and the organisation whose licence was taken away.

    Never through whom, never what a watchlist holds, and nothing of another party that is not public: enough to answer,
    and no more.
    """
    lines = []
    by_goal: dict[str, list[JudgedPath]] = {}
    for one in judged:
        if one.barred.code == LISTED:
            continue
        by_goal.setdefault(one.path.nodes[-1], []).append(one)
    for node, paths in by_goal.items():
        kinds = _listed([str(GROUNDS[kind]) for path in paths for kind in path.grounds])
        other = ties.recruiters[node]
        status = StatusCode(paths[0].barred.code).label
        lines.append(
            _("Your organisation appears to be tied, through %(kinds)s, to %(name)s (%(ref)s; %(status)s).")
            % {"kinds": kinds, "name": other.name, "ref": other.ref, "status": status}
        )
    if lines:
        lines.append(_("Please say whether this is so, since when, and what it means for your application."))
    return " ".join(lines)


def _listed(words: Sequence[str]) -> str:
    return _(" and ").join(dict.fromkeys(words))
