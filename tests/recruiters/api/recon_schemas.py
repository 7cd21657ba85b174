"""What the Reconciliation Service API 0.2 asks of each answer, as JSON schemas of our own.

They follow the report "Reconciliation Service API v0.2" (W3C Entity Reconciliation Community Group, 2023-04-10) member
by member, and are narrower: a member that the report does not name is refused, so that a misspelt one is noticed.
"""

from typing import Any

import jsonschema

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number"}
LENGTH: Schema = {"type": "integer", "minimum": 1}
WEB: Schema = {"type": "string", "pattern": "^https?://[^ ]+$"}


def _object(required: str, properties: Schema, **more: Any) -> Schema:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
        **more,
    }


def _list(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def _template(sign: str, start: str = "^") -> Schema:
    return {"type": "string", "pattern": f"{start}.*{sign}.*"}


NAMED = _object("id name", {"id": TEXT, "name": TEXT, "description": TEXT})
TYPE = _object("id name", {"id": TEXT, "name": TEXT, "description": TEXT, "broader": _list({"$ref": "#/$defs/type"})})
TYPE_OR_ID = {"oneOf": [_object("id", {"id": TEXT, "name": TEXT}), TEXT]}


def _setting(kind: str, default: Schema, required: str = "type label name", **more: Schema) -> Schema:
    told = {"type": {"const": kind}, "default": default, "label": TEXT, "name": TEXT, "help_text": TEXT}
    return _object(required, told | more)


SETTING = {
    "oneOf": [
        _setting("number", NUMBER),
        _setting("text", TEXT),
        _setting("checkbox", FLAG),
        _setting(
            "select",
            TEXT,
            "type label name choices",
            choices=_list(_object("value name", {"value": TEXT, "name": TEXT})),
        ),
    ]
}
SERVICE = _object(
    "service_url service_path",
    {
        "service_url": WEB,
        "service_path": TEXT,
        "flyout_service_url": WEB,
        "flyout_service_path": _template(r"\$\{id\}"),
    },
)
VIEW = _object("url", {"url": _template(r"\{\{id\}\}", "^https?://")})
MANIFEST = _object(
    "versions name identifierSpace schemaSpace",
    {
        "versions": _list(TEXT, contains={"const": "0.2"}),
        "name": TEXT,
        "identifierSpace": WEB,
        "schemaSpace": WEB,
        "documentation": WEB,
        "serviceVersion": TEXT,
        "logo": WEB,
        "authentication": {"type": "object"},
        "defaultTypes": _list({"$ref": "#/$defs/type"}, uniqueItems=True),
        "view": VIEW,
        "feature_view": VIEW,
        "preview": _object(
            "url width height",
            VIEW["properties"] | {"width": LENGTH, "height": LENGTH},
        ),
        "suggest": _object("", dict.fromkeys(("entity", "type", "property"), SERVICE)),
        "extend": _object(
            "",
            {
                "propose_properties": _object("service_url service_path", {"service_url": WEB, "service_path": TEXT}),
                "property_settings": _list(SETTING),
            },
        ),
        "batchSize": {"type": "integer", "minimum": 1},
    },
    **{"$defs": {"type": TYPE}},
)
CANDIDATE = _object(
    "id name score",
    {
        "id": TEXT,
        "name": TEXT,
        "description": TEXT,
        "type": _list(TYPE_OR_ID),
        "score": NUMBER | {"minimum": 0, "maximum": 100},
        "match": FLAG,
        "features": _list(_object("id value", {"id": TEXT, "value": {"oneOf": [FLAG, NUMBER]}})),
    },
)
RESULTS: Schema = {
    "type": "object",
    "additionalProperties": _object("result", {"result": _list(CANDIDATE)}),
}
MOMENT = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$"
VALUE = {
    "oneOf": [
        _object("", {}),
        NAMED,
        _object("str", {"str": TEXT}),
        _object("float", {"float": NUMBER}),
        _object("int", {"int": {"type": "integer"}}),
        _object("date", {"date": {"type": "string", "pattern": MOMENT}}),
    ]
}
EXTENSION = _object(
    "meta rows",
    {
        "meta": _list(_object("id name", {"id": TEXT, "name": TEXT, "type": TYPE_OR_ID["oneOf"][0], "service": WEB})),
        "rows": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": _list(VALUE)},
        },
    },
)
SUGGESTED_ENTITIES = _object(
    "result",
    {"result": _list(_object("id name", NAMED["properties"] | {"notable": _list(TYPE_OR_ID)}))},
)
SUGGESTED_TYPES = _object("result", {"result": _list({"$ref": "#/$defs/type"})}, **{"$defs": {"type": TYPE}})
SUGGESTED_PROPERTIES = _object("result", {"result": _list(NAMED)})
PROPOSED = _object("properties", {"properties": _list(NAMED), "type": TEXT, "limit": NUMBER})
FLYOUT = _object("id html", {"id": TEXT, "html": TEXT})
REFUSED = _object(
    "detail errors",
    {
        "detail": TEXT | {"minLength": 1},
        "errors": _list(
            _object("field detail type", {"field": TEXT, "detail": TEXT, "type": TEXT | {"minLength": 1}}), minItems=1
        ),
    },
)
PROPERTY_VALUE = {"oneOf": [TEXT, NUMBER, FLAG, _object("id", {"id": TEXT, "name": TEXT})]}
QUERIES: Schema = {
    "type": "object",
    "additionalProperties": _object(
        "",
        {
            "query": TEXT,
            "type": {"oneOf": [TEXT, _list(TEXT)]},
            "limit": NUMBER,
            "type_strict": {"enum": ["any", "should", "all"]},
            "properties": _list(
                _object("pid v", {"pid": TEXT, "v": {"oneOf": [PROPERTY_VALUE, _list(PROPERTY_VALUE)]}})
            ),
        },
        anyOf=[{"required": ["query"]}, {"required": ["properties"], "properties": {"properties": {"minItems": 1}}}],
    ),
}
EVERY = {
    "manifest": MANIFEST, "results": RESULTS, "extension": EXTENSION, "entities": SUGGESTED_ENTITIES,
    "types": SUGGESTED_TYPES, "properties": SUGGESTED_PROPERTIES, "proposed": PROPOSED, "flyout": FLYOUT,
    "refused": REFUSED, "queries": QUERIES,
}  # fmt: skip


def fits(data: Any, schema: Schema) -> Any:
    """Return the data; raises jsonschema.ValidationError when it does not fit."""
    jsonschema.validate(data, schema, cls=jsonschema.Draft202012Validator)
    return data
