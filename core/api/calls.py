"""Hold one call of the interface: who calls, and what was sent, read once and checked."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _

from core.api.errors import Refusal
from core.models import ApiKey

MOST_BYTES = 2 * 1024 * 1024
DEEPEST = 32


@dataclass(frozen=True)
class Call:
    """One call: the request, and the key it came with, if any."""

    request: HttpRequest
    key: ApiKey | None = None

    def may(self, scope: str) -> bool:
        """Tell whether the caller's key allows this."""
        return self.key is not None and scope in self.key.scopes

    @property
    def query(self) -> QueryDict:
        """Return what stands after the question mark."""
        return self.request.GET

    def text(self, name: str, default: str = "", *, most: int = 400) -> str:
        """Return one text parameter, cut to a sensible length and free of characters that no name holds."""
        return sound(self.query.get(name, default))[:most].strip()

    def texts(self, name: str, *, most: int = 100) -> list[str]:
        """Return a parameter that may be given more than once; raises Refusal (400) past ``most``."""
        found = [sound(value).strip() for value in self.query.getlist(name)]
        if len(found) > most:
            raise Refusal(400, _("At most %(most)d values of %(name)s.") % {"most": most, "name": name}, field=name)
        return [value for value in found if value]

    def number(self, name: str, default: int, *, least: int = 0, most: int) -> int:
        """Return a whole number; raises Refusal (400) for anything else or out of bounds."""
        given = self.query.get(name)
        if given is None or given == "":
            return default
        if not (given.isascii() and given.isdigit() and len(given) < 10) or not least <= int(given) <= most:
            words = _("%(name)s is a whole number from %(least)d to %(most)d.")
            raise Refusal(400, words % {"name": name, "least": least, "most": most}, field=name)
        return int(given)

    def share(self, name: str, default: float) -> float:
        """Return a number between 0 and 1; raises Refusal (400) for anything else."""
        given = self.query.get(name)
        if given is None or given == "":
            return default
        try:
            value = float(given)
        except ValueError:
            value = -1.0
        if not 0.0 <= value <= 1.0:
            raise Refusal(400, _("%(name)s is a number from 0 to 1.") % {"name": name}, field=name)
        return value

    def json(self) -> Any:
        """Return the body as JSON; raises Refusal (400, 413) for anything that is not."""
        return decoded(self.raw(), "body")

    def raw(self) -> bytes:
        """Return the body; raises Refusal (413) when it is too large."""
        try:
            length = int(self.request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > MOST_BYTES:
            raise too_large()
        try:
            body = self.request.body
        except RequestDataTooBig:
            raise too_large() from None
        except (OSError, RawPostDataException):
            raise Refusal(400, _("The body could not be read."), field="body") from None
        if len(body) > MOST_BYTES:
            raise too_large()
        return body

    def form(self) -> QueryDict:
        """Return the fields of a posted form; raises Refusal (400, 413) for one that cannot be read."""
        self.raw()
        try:
            return self.request.POST
        except RequestDataTooBig:
            raise too_large() from None
        except (MultiPartParserError, SuspiciousOperation, OSError, ValueError, LookupError):
            raise Refusal(400, _("The form could not be read."), field="body") from None


def too_large() -> Refusal:
    """Return the refusal of a body that is too large."""
    return Refusal(413, _("The body is larger than %(most)d bytes.") % {"most": MOST_BYTES}, field="body")


def sound(text: str) -> str:
    """Return text that every database can take: without NUL and without halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def decoded(raw: bytes | str, field: str) -> Any:
    """Return JSON as data, its texts sound; raises Refusal (400) for what is not JSON or nested too deep."""
    try:
        text = raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw
        data = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Refusal(400, _("This is not JSON."), field=field, type="parse_error") from None
    return _checked(data, field, DEEPEST)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _checked(data: Any, field: str, depth: int) -> Any:
    if depth == 0:
        raise Refusal(400, _("This JSON is nested too deeply."), field=field, type="parse_error")
    if isinstance(data, str):
        return sound(data)
    if isinstance(data, list):
        return [_checked(item, field, depth - 1) for item in data]
    if isinstance(data, dict):
        return {sound(name): _checked(item, field, depth - 1) for name, item in data.items()}
    return data
