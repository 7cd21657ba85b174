"""Describe the interface once: the OpenAPI document and the page for people are both made from this."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Words = str | Promise
VERSION = "1.0.0"


@dataclass(frozen=True)
class Parameter:
    """One parameter of an operation."""

    name: str
    words: Words
    where: str = "query"
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    required: bool = False
    example: str = ""


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked for. ``example`` is what follows the address in the page's curl line."""

    path: str
    method: str
    name: str
    group: Words
    title: Words
    words: Words = ""
    parameters: tuple[Parameter, ...] = ()
    body: Mapping[str, Any] | None = None
    body_type: str = "application/json"
    body_example: str = ""
    answer: Mapping[str, Any] = field(default_factory=lambda: {"type": "object"})
    answer_type: str = "application/json"
    statuses: tuple[int, ...] = (200, 400, 429)
    scope: str = ""
    example: str = ""

    @property
    def anchor(self) -> str:
        """Return the name of its place on the page."""
        return self.name.replace("_", "-")


STATUS_WORDS: dict[int, Words] = {
    200: gettext_lazy("What was asked for."),
    304: gettext_lazy("Nothing has changed since the copy that you have."),
    308: gettext_lazy("The record was merged: it is at another address now."),
    400: gettext_lazy("Something in the request is wrong; the answer names the field."),
    401: gettext_lazy("A key is needed, or the one sent opens nothing."),
    403: gettext_lazy("The key lacks the right for this."),
    404: gettext_lazy("There is nothing of this name."),
    413: gettext_lazy("Too much at once; the answer names the limit."),
    422: gettext_lazy("Something that is needed is missing; the answer names the field."),
    429: gettext_lazy("Too many calls; the header Retry-After says how many seconds to wait."),
    503: gettext_lazy("Busy or not ready; the header Retry-After says how many seconds to wait."),
}
_providers: dict[str, Callable[[], Iterable[Operation]]] = {}
ERROR_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["detail", "errors"],
    "properties": {
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "detail", "type"],
                "properties": {name: {"type": "string"} for name in ("field", "detail", "type")},
            },
        },
    },
}


def describe(name: str, operations: Callable[[], Iterable[Operation]]) -> None:
    """Add an app's operations to the description; called from its ready(). The same name replaces the earlier one."""
    _providers[name] = operations


def operations() -> list[Operation]:
    """Return every operation, in the order in which the apps gave them."""
    return [operation for provider in _providers.values() for operation in provider()]


def document(server: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document for a server's address, in the language of the call."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations():
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": str(_("Safeconduct for programs")),
            "version": VERSION,
            "description": str(_("Match names, reconcile lists with the public register, and download the register.")),
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "ApiKey": {"type": "apiKey", "in": "header", "name": "Authorization", "description": "ApiKey sc_…"}
            },
            "schemas": {"Error": ERROR_SCHEMA},
        },
    }


def _described(operation: Operation) -> dict[str, Any]:
    statuses = sorted({*operation.statuses, *((401, 403) if operation.scope else ())})
    answer: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [str(operation.group)],
        "summary": str(operation.title),
        "description": str(operation.words),
        "responses": {str(status): _response(operation, status) for status in statuses},
    }
    if operation.parameters:
        answer["parameters"] = [_parameter(parameter) for parameter in operation.parameters]
    if operation.body is not None:
        answer["requestBody"] = {
            "required": True,
            "content": {operation.body_type: {"schema": dict(operation.body)}},
        }
    answer["security"] = [{"ApiKey": []}] if operation.scope else []
    return answer


def _parameter(parameter: Parameter) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": parameter.where,
        "required": parameter.required or parameter.where == "path",
        "description": str(parameter.words),
        "schema": dict(parameter.schema),
    }
    if parameter.schema.get("type") == "array":
        described["style"], described["explode"] = "form", True
    if parameter.example:
        described["example"] = parameter.example
    return described


def _response(operation: Operation, status: int) -> dict[str, Any]:
    words = {"description": str(STATUS_WORDS.get(status, status))}
    if status == 200:
        return words | {"content": {operation.answer_type: {"schema": dict(operation.answer)}}}
    if status < 400:
        return words
    return words | {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
