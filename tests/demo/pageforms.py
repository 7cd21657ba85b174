"""Forms as a page shows them, filled in by somebody in a hurry: what is there stays, the first choice is taken."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.utils import timezone


@dataclass
class PageForm:
    """One form of a page: how it is sent, and with what."""

    method: str
    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    offered: dict[str, set[str]] = field(default_factory=dict)

    def put(self, name: str, value: str) -> None:
        """Fill in one more value."""
        self.values.setdefault(name, []).append(value)

    def filled(self, **given: str) -> dict[str, list[str]]:
        """Return what is sent, with some fields changed."""
        return {**self.values, **{name: [value] for name, value in given.items()}}


class FormReader(HTMLParser):
    """Read every form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._open: PageForm | None = None
        self._select = self._area = ""
        self._options: list[tuple[str, bool]] = []
        self._written = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in a form, or what stands in one."""
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = PageForm(found.get("method", "get").lower(), found.get("action", ""))
            self.forms.append(self._open)
        if self._open is None:
            return
        name = found.get("name", "")
        if tag in ("input", "select", "textarea", "button") and name:
            self._open.names.add(name)
        if tag == "input" and name:
            self._put_input(name, found)
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option":
            self._options.append((found.get("value", ""), "selected" in found))
            self._open.offered.setdefault(self._select, set()).add(found.get("value", ""))
        elif tag == "textarea":
            self._area, self._written = name, ""

    def _put_input(self, name: str, found: dict[str, str]) -> None:
        assert self._open is not None
        kind, value = found.get("type", "text"), found.get("value", "")
        if kind in ("checkbox", "radio"):
            self._open.offered.setdefault(name, set()).add(value or "on")
            if "checked" in found:
                self._open.values[name] = [value or "on"]
            elif name not in self._open.values:
                self._open.put(name, value or "on")
        elif kind not in ("submit", "file", "button", "image"):
            self._open.put(name, value or _something(kind))

    def handle_data(self, data: str) -> None:
        """Take in what stands in a text field."""
        self._written += data

    def handle_endtag(self, tag: str) -> None:
        """Close a form, a choice or a text field."""
        if self._open is None:
            return
        if tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected and value]
            rest = [value for value, _selected in self._options if value]
            self._open.put(self._select, (chosen or rest or [""])[0])
            self._select = ""
        elif tag == "textarea" and self._area:
            self._open.put(self._area, self._written.strip() or "Words")
            self._area = ""
        elif tag == "form":
            self._open = None


def _something(kind: str) -> str:
    return {"date": timezone.localdate().isoformat(), "number": "1", "month": "2026-03"}.get(kind, "Words")


def forms_of(html: str) -> list[PageForm]:
    """Return every form of a page."""
    reader = FormReader()
    reader.feed(html)
    return reader.forms


def form_with(html: str, name: str) -> PageForm | None:
    """Return the form of a page that has this field."""
    return next((each for each in forms_of(html) if name in each.names), None)
