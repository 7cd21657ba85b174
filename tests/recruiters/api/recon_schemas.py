"""What the Reconciliation Service API 0.2 asks of each answer, as compact JSON schemas of our own."""

from typing import Any

TEXT = {"type": "string"}
ID_NAME = {"type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT}}


def _object(required: list[str], properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, **more}


def _template(sign: str) -> dict[str, Any]:
    return {"type": "string", "pattern": sign}


SERVICE = _object([], {"service_url": TEXT, "service_path": TEXT, "flyout_service_url": TEXT,
                       "flyout_service_path": _template(r"\$\{id\}")})  # fmt: skip
MANIFEST = _object(
    ["versions", "name", "identifierSpace", "schemaSpace"],
    {
        "versions": {"type": "array", "items": TEXT, "contains": {"const": "0.2"}},
        "name": TEXT,
        "identifierSpace": _template("^https?://"),
        "schemaSpace": _template("^https?://"),
        "defaultTypes": {"type": "array", "items": ID_NAME, "uniqueItems": True},
        "view": _object(["url"], {"url": _template(r"\{\{id\}\}")}),
        "preview": _object(
            ["url", "width", "height"],
            {"url": _template(r"\{\{id\}\}"), "width": {"type": "integer"}, "height": {"type": "integer"}},
        ),
        "suggest": _object([], dict.fromkeys(("entity", "type", "property"), SERVICE)),
        "extend": _object(
            [],
            {
                "propose_properties": SERVICE,
                "property_settings": {
                    "type": "array",
                    "items": _object(
                        ["type", "label", "name"], {"type": {"enum": ["number", "text", "checkbox", "select"]}}
                    ),
                },
            },
        ),
        "batchSize": {"type": "integer", "minimum": 1},
    },
)
CANDIDATE = _object(
    ["id", "name", "score"],
    {
        "id": TEXT,
        "name": TEXT,
        "description": TEXT,
        "type": {"type": "array", "items": ID_NAME},
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "features": {
            "type": "array",
            "items": _object(["id", "value"], {"id": TEXT, "value": {"type": ["number", "boolean"]}}),
        },
    },
)
RESULT = _object(["result"], {"result": {"type": "array", "items": CANDIDATE}})
RESULTS = {"type": "object", "additionalProperties": RESULT}
MOMENT = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$"


def _exactly(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return _object([name], {name: schema}, additionalProperties=False)


VALUE = {
    "oneOf": [
        {"type": "object", "maxProperties": 0},
        _object(["id", "name"], {"id": TEXT, "name": TEXT, "description": TEXT}, additionalProperties=False),
        _exactly("str", TEXT),
        _exactly("float", {"type": "number"}),
        _exactly("int", {"type": "integer"}),
        _exactly("date", {"type": "string", "pattern": MOMENT}),
    ]
}
EXTENSION = _object(
    ["meta", "rows"],
    {
        "meta": {"type": "array", "items": ID_NAME},
        "rows": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": VALUE},
            },
        },
    },
)
SUGGESTED = _object(
    ["result"], {"result": {"type": "array", "items": ID_NAME | {"properties": ID_NAME["properties"] | {
        "description": TEXT, "notable": {"type": "array", "items": {"anyOf": [TEXT, ID_NAME]}}}}}},
)  # fmt: skip
PROPOSED = _object(["properties"], {"properties": {"type": "array", "items": ID_NAME}, "type": TEXT})
