"""Note in the log when a form holds fields that nobody asked for: somebody tries to set what is not hers to set.

What no view looks at has no effect. How many there were and at which address is logged; neither names nor values,
which whoever sent them could have chosen to be somebody's words.
"""

import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

# What every form of ours may carry, whether this answer had to look at it or not.
ALWAYS = {"csrfmiddlewaretoken", "guard", "token", "step", "form_key", "next"}
_log = logging.getLogger("core.unasked")


class WatchedFields(QueryDict):
    """The fields of a form, which remember what was asked of them."""

    def __init__(self, fields: QueryDict) -> None:
        super().__init__("", mutable=True, encoding=fields.encoding)
        for name, values in fields.lists():
            self.setlist(name, values)
        self._mutable = False
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        """Return a field's last value and remember that it was asked for."""
        self.asked.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        """Say whether a field is there and remember that it was asked for."""
        self.asked.add(str(name))
        return super().__contains__(name)

    def getlist(self, key: str, default: Any = None) -> Any:
        """Return a field's values and remember that they were asked for."""
        self.asked.add(key)
        return super().getlist(key, default)

    def __copy__(self) -> QueryDict:  # type: ignore[override]
        """Return a plain copy; whoever makes one asks for everything."""
        made = QueryDict("", mutable=True, encoding=self.encoding)
        for name, values in self.lists():
            made.setlist(name, values)
        return made

    def __deepcopy__(self, memo: Any) -> QueryDict:  # type: ignore[override]
        """Return a plain copy; values are texts and need none."""
        return self.__copy__()

    def lists(self) -> Iterator[tuple[str, list[Any]]]:
        """Return everything; whoever takes all asks for all."""
        self.asked.update(self.keys())
        return super().lists()  # type: ignore[return-value]

    def unasked(self) -> int:
        """Return how many fields nobody looked at."""
        return len(set(self.keys()) - self.asked - ALWAYS)


class WatchFields:
    """Watch which fields of a form are looked at; the site editor's own forms are left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then count what nobody asked for; a refused request asked for nothing and is not counted."""
        if request.method == "POST" and not request.path.startswith("/cms/"):
            self._watch(request)
        response = self.get_response(request)
        fields = request.__dict__.get("_post")
        if isinstance(fields, WatchedFields) and response.status_code not in REFUSED:
            count, match = fields.unasked(), request.resolver_match
            if count:
                _log.warning("%s fields that nobody asked for, sent to %s", count, match.view_name if match else "-")
        return response

    def _watch(self, request: HttpRequest) -> None:
        load = request._load_post_and_files

        def load_and_watch() -> None:
            load()
            request._post = WatchedFields(request._post)  # type: ignore[attr-defined]

        request._load_post_and_files = load_and_watch  # type: ignore[method-assign]


REFUSED = {400, 403, 404, 405, 413, 429, 500, 503}
