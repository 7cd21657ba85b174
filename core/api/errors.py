"""Say what is wrong with a call: one status, one sentence, and each field that is at fault."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import JsonResponse


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, in words for people, and a code for programs."""

    field: str
    detail: str
    type: str = "invalid"


class Refusal(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """An answer that is not what was asked for; the message is for people."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        type: str = "",
        field: str = "",
        faults: Iterable[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.faults = list(faults) or [Fault(field, detail, type or TYPES.get(status, "error"))]
        self.headers = dict(headers or {})


TYPES = {
    400: "invalid",
    401: "not_authenticated",
    403: "permission_denied",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    422: "required",
    429: "throttled",
    500: "server_error",
    503: "unavailable",
}


def body_of(refusal: Refusal) -> dict[str, Any]:
    """Return the answer's body."""
    faults = [{"field": f.field, "detail": f.detail, "type": f.type} for f in refusal.faults]
    return {"detail": refusal.detail, "errors": faults}


def answer_to(refusal: Refusal) -> JsonResponse:
    """Return a refusal as it goes out."""
    response = JsonResponse(body_of(refusal), status=refusal.status, json_dumps_params={"ensure_ascii": False})
    for name, value in refusal.headers.items():
        response[name] = value
    response["Cache-Control"] = "no-store"
    return response
