"""Describe what the recruiters' floor answers to programs."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.api.description import Operation, Parameter
from recruiters.api.datasets import MATCH_REGISTER
from recruiters.api.lookup import MOST
from recruiters.api.matching import CUTOFF, LIMIT, MOST_EXCLUDED, THRESHOLD
from recruiters.api.reconcile.manifest import BATCH

MATCHING = _("Match names")
RECONCILE = _("Reconcile a table with the register")
REGISTER = _("Download the register")
ABOUT = _("About the interface")

TEXT: dict[str, Any] = {"type": "string"}
TEXTS: dict[str, Any] = {"type": "array", "items": TEXT}
SHARE: dict[str, Any] = {"type": "number", "minimum": 0, "maximum": 1}
OBJECT: dict[str, Any] = {"type": "object"}
PATH_DATASET = Parameter(
    "dataset", _("register, watchlists, the code of one watchlist, or default for all that the key may ask."), "path",
    example="register",
)  # fmt: skip
RECON_DATASET = Parameter(
    "dataset", _("Always register."), "path", {"type": "string", "enum": ["register"]}, example="register"
)
REF = Parameter("ref", _("Reference of a recruiter, such as REC-1234-5678-9."), "path", example="REC-1234-5678-9")
ENTITY = {
    "type": "object",
    "required": ["id", "caption", "schema", "properties"],
    "properties": {
        "id": TEXT,
        "caption": TEXT,
        "schema": TEXT,
        "properties": {"type": "object", "additionalProperties": {"type": "array"}},
        "datasets": TEXTS,
        "referents": TEXTS,
        "target": {"type": "boolean"},
    },
}
SCORED = {
    "allOf": [
        ENTITY,
        {
            "type": "object",
            "required": ["score", "match", "explanations"],
            "properties": {"score": SHARE, "match": {"type": "boolean"}, "explanations": OBJECT},
        },
    ]
}
MATCH_BODY = {
    "type": "object",
    "required": ["queries"],
    "properties": {
        "queries": {
            "type": "object",
            "maxProperties": 100,
            "additionalProperties": {
                "type": "object",
                "required": ["schema", "properties"],
                "properties": {"id": TEXT, "schema": TEXT, "properties": OBJECT},
            },
        },
    },
}
MATCH_EXAMPLE = (
    '{"queries": {"q1": {"schema": "Company", "properties": {"name": ["Golden Bridge Manpower"], "country": ["np"]}}}}'
)
MATCH_ANSWER = {
    "type": "object",
    "required": ["responses", "limit"],
    "properties": {
        "limit": {"type": "integer"},
        "algorithm": TEXT,
        "responses": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["status", "results", "total", "query"],
                "properties": {
                    "status": {"type": "integer"},
                    "results": {"type": "array", "items": SCORED},
                    "total": OBJECT,
                    "query": OBJECT,
                },
            },
        },
    },
}


def operations() -> Iterator[Operation]:
    """Yield every operation, in the order of the page."""
    yield from _matching()
    yield from _entities()
    yield from _reconciliation()
    yield from _files()
    yield from _about()


def _matching() -> Iterator[Operation]:
    yield Operation(
        "/match/{dataset}", "POST", "match", MATCHING, _("Match example entities with lists"),
        _("Up to 100 example entities at a time. The wire form is that of yente, so that its clients work here: give "
          "them this address and your key. Each result says why: every feature with its number, weight and a sentence. "
          "A result whose identifier contradicts the query is never a match."),
        (PATH_DATASET,
         Parameter("limit", _("At most so many results for each query."),
                   schema={"type": "integer", "minimum": 0, "maximum": MOST, "default": LIMIT}),
         Parameter("threshold", _("From this score on a result is a match."), schema=SHARE | {"default": THRESHOLD}),
         Parameter("cutoff", _("Results below this score are left out."), schema=SHARE | {"default": CUTOFF}),
         Parameter("algorithm", _("best, or the name of a version of the matcher.")),
         Parameter("topics", _("Only entities with one of these topics."), schema=TEXTS),
         Parameter("include_dataset", _("Ask these lists too; beside default, ask only these."), schema=TEXTS),
         Parameter("exclude_dataset", _("Leave these lists out."), schema=TEXTS),
         Parameter("exclude_schema", _("Leave entities of these schemata out."), schema=TEXTS),
         Parameter("exclude_entity_ids", _("Leave these entities out, also by an id that was merged into them."),
                   schema=TEXTS | {"maxItems": MOST_EXCLUDED}),
         Parameter("changed_since", _("Only entities that changed since this day."))),
        MATCH_BODY,
        body_example=MATCH_EXAMPLE,
        answer=MATCH_ANSWER, statuses=(200, 400, 404, 413, 422, 429, 503), scope=MATCH_REGISTER,
    )  # fmt: skip
    yield Operation(
        "/catalog", "GET", "catalog", MATCHING, _("List the datasets that the key may ask"),
        _("Without a key, the public register alone."), statuses=(200, 401, 429),
    )  # fmt: skip
    yield Operation(
        "/algorithms", "GET", "algorithms", MATCHING, _("List the versions of the matcher"), statuses=(200, 401, 429)
    )


def _entities() -> Iterator[Operation]:
    ident = Parameter("id", _("Id of an entity, as a result gives it."), "path", example="REC-1234-5678-9")
    yield Operation(
        "/entities/{id}", "GET", "entity", MATCHING, _("Fetch one entity"),
        _("An old id leads to the entity that it went into."),
        (ident, Parameter("nested", _("false leaves licences and measures out."), schema={"type": "boolean"})),
        answer=ENTITY, statuses=(200, 308, 404, 429), scope=MATCH_REGISTER,
    )  # fmt: skip
    yield Operation(
        "/entities/{id}/adjacent", "GET", "adjacent", MATCHING, _("List what belongs to an entity"), "", (ident,),
        statuses=(200, 308, 404, 429), scope=MATCH_REGISTER,
    )  # fmt: skip
    yield Operation(
        "/search/{dataset}", "GET", "search", MATCHING, _("Search as a person types"),
        _("For looking things up. For a decision about a name, use matching."),
        (PATH_DATASET, Parameter("q", _("Words of a name.")), Parameter("countries", _("Country codes."), schema=TEXTS),
         Parameter("schema", _("Only entities of this schema: Company or Person."), example="Company"),
         Parameter("topics", _("Only entities with one of these topics."), schema=TEXTS),
         Parameter("exclude_schema", _("Leave entities of these schemata out."), schema=TEXTS),
         Parameter("changed_since", _("Only entities that changed since this day.")),
         Parameter("fuzzy", _("true: names that sound alike too. They are also told where no name holds the words."),
                   schema={"type": "boolean"}),
         Parameter("limit", _("Results on a page.")), Parameter("offset", _("Results to pass over."))),
        statuses=(200, 400, 404, 429), scope=MATCH_REGISTER, example="?q=golden",
    )  # fmt: skip


def _reconciliation() -> Iterator[Operation]:
    yield Operation(
        "/reconcile/{dataset}", "GET", "reconcile_manifest", RECONCILE, _("The service's manifest"),
        _("Give this address to OpenRefine (Reconcile, Start reconciling, Add standard service). It speaks the "
          "Reconciliation Service API 0.2. It holds what the public register shows, and nothing else."),
        (RECON_DATASET,), statuses=(200, 404, 429),
    )  # fmt: skip
    yield Operation(
        "/reconcile/{dataset}", "POST", "reconcile", RECONCILE, _("Find candidates, or extend a table"),
        _("A form field queries holds up to %(most)d queries, or a form field extend holds ids and properties. At most "
          "one candidate of each query is called a match. The text of a query may be a reference or a licence number.")
        % {"most": BATCH},
        (RECON_DATASET,),
        {"type": "object", "properties": {"queries": TEXT, "extend": TEXT}}, "application/x-www-form-urlencoded",
        'queries={"q0": {"query": "Golden Bridge Manpower", "properties": [{"pid": "country", "v": "NP"}]}}',
        statuses=(200, 400, 404, 413, 429),
    )  # fmt: skip
    for kind, title in (
        ("entity", _("Complete the name of a recruiter")),
        ("type", _("Complete the name of a type")),
        ("property", _("Complete the name of a property")),
    ):
        yield Operation(
            f"/reconcile/{{dataset}}/suggest/{kind}", "GET", f"reconcile_suggest_{kind}", RECONCILE, title, "",
            (RECON_DATASET, Parameter("prefix", _("What is typed so far.")),
             Parameter("cursor", _("Results to pass over."))),
            statuses=(200, 404, 429), example="?prefix=go",
        )  # fmt: skip
    yield Operation(
        "/reconcile/{dataset}/propose-properties", "GET", "reconcile_properties", RECONCILE,
        _("List the properties that a table can be extended with"), "",
        (RECON_DATASET, Parameter("type", _("Id of a type.")), Parameter("limit", _("At most so many."))),
        statuses=(200, 404, 429),
    )  # fmt: skip
    yield Operation(
        "/reconcile/{dataset}/preview/{ref}", "GET", "reconcile_preview", RECONCILE, _("A small page for a frame"), "",
        (RECON_DATASET, REF), answer=TEXT, answer_type="text/html", statuses=(200, 404, 429),
    )  # fmt: skip


def _files() -> Iterator[Operation]:
    whole = _("The whole public register as it stands today. Send If-None-Match with the ETag that you have.")
    for name, path, kind, title in (
        ("csv", "recruiters.csv", "text/csv", _("As a table (CSV)")),
        (
            "csvw",
            "recruiters.csv-metadata.json",
            "application/csvm+json",
            _("The table's description (CSV on the Web)"),
        ),
        ("licences", "licences.csv", "text/csv", _("The licences as a table (CSV), a row for each")),
        (
            "licences_csvw",
            "licences.csv-metadata.json",
            "application/csvm+json",
            _("The description of the licences' table"),
        ),
        (
            "both_csvw",
            "csv-metadata.json",
            "application/csvm+json",
            _("Both tables described together (CSV on the Web)"),
        ),
        ("jsonl", "recruiters.jsonl", "application/x-ndjson", _("As JSON Lines, with all licences")),
        ("ftm", "recruiters.ftm.jsonl", "application/x-ndjson", _("As FollowTheMoney entities")),
        ("bods", "recruiters.bods.jsonl", "application/x-ndjson", _("As BODS 0.4 statements; no person is named")),
    ):
        answer = OBJECT if name.endswith("csvw") else TEXT
        yield Operation(
            f"/register/{path}", "GET", f"register_{name}", REGISTER, title, whole, answer=answer, answer_type=kind,
            statuses=(200, 304, 429),
        )  # fmt: skip
    yield Operation(
        "/register/changes.atom", "GET", "register_changes", REGISTER, _("Changes of licences, as an Atom feed"), "",
        answer=TEXT, answer_type="application/atom+xml", statuses=(200, 304, 429),
    )  # fmt: skip
    yield Operation(
        "/register/{ref}.json", "GET", "register_recruiter", REGISTER, _("One recruiter"), "", (REF,),
        statuses=(200, 404, 429),
    )  # fmt: skip
    yield Operation(
        "/register/{ref}/changes.atom", "GET", "recruiter_changes", REGISTER, _("Changes of one recruiter's licences"),
        "", (REF,), answer=TEXT, answer_type="application/atom+xml", statuses=(200, 304, 404, 429),
    )  # fmt: skip


def _about() -> Iterator[Operation]:
    yield Operation("/healthz", "GET", "healthz", ABOUT, _("Is the process up?"), statuses=(200,))
    yield Operation("/readyz", "GET", "readyz", ABOUT, _("Can it answer?"), statuses=(200, 503))
    yield Operation(
        "/openapi.json", "GET", "openapi", ABOUT, _("This description for programs (OpenAPI 3.1)"), statuses=(200, 429)
    )
