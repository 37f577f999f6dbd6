"""Qdrant's own description of its REST interface, and what a request or an answer has against it."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

TRIMMED = Path(__file__).parent / "qdrant-openapi-1.19.json"
COLLECTION = "/collections/{collection_name}"
OPERATIONS = (
    ("get", COLLECTION),
    ("put", COLLECTION),
    ("delete", COLLECTION),
    ("get", COLLECTION + "/exists"),
    ("put", COLLECTION + "/index"),
    ("put", COLLECTION + "/points"),
    ("post", COLLECTION + "/points/delete"),
    ("post", COLLECTION + "/points/query"),
    ("post", COLLECTION + "/points/count"),
    ("post", COLLECTION + "/facet"),
)
_REFERENCE = "#/components/schemas/"


def trimmed(description: Mapping[str, Any]) -> dict[str, Any]:
    """The operations that we use, with the schemas that they reach, without explanations and examples."""
    paths: dict[str, Any] = {}
    for method, path in OPERATIONS:
        paths.setdefault(path, {})[method] = description["paths"][path][method]
    schemas = description["components"]["schemas"]
    reached: set[str] = set()
    ahead = set(_references(paths))
    while ahead:
        name = ahead.pop()
        reached.add(name)
        ahead |= set(_references(schemas[name])) - reached
    kept = {name: schemas[name] for name in sorted(reached)}
    whole = {"openapi": description["openapi"], "paths": paths, "components": {"schemas": kept}}
    bare = _without_explanations(whole)
    assert isinstance(bare, dict)
    return bare


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(reference := value.get("$ref"), str):
            yield reference.removeprefix(_REFERENCE)
        for part in value.values():
            yield from _references(part)
    elif isinstance(value, list):
        for part in value:
            yield from _references(part)


def _without_explanations(value: object) -> object:
    if isinstance(value, dict):
        return {
            key: _without_explanations(part)
            for key, part in value.items()
            if not (key in ("description", "summary") and isinstance(part, str)) and key not in ("example", "examples")
        }
    if isinstance(value, list):
        return [_without_explanations(part) for part in value]
    return value


def _as_json_schema(value: object) -> object:
    """OpenAPI 3.0 as JSON Schema: `nullable` allows null, and alone is null; an object takes no unknown keys."""
    if isinstance(value, list):
        return [_as_json_schema(part) for part in value]
    if not isinstance(value, dict):
        return value
    if value.get("nullable") is True:
        rest = {key: part for key, part in value.items() if key != "nullable"}
        if not rest:
            return {"type": "null"}
        return {"anyOf": [_as_json_schema(rest), {"type": "null"}]}
    converted = {key: _as_json_schema(part) for key, part in value.items()}
    if isinstance(value.get("properties"), dict) and value.get("type") == "object":
        converted.setdefault("additionalProperties", False)
    return converted


class Description:
    """The trimmed description, ready to hold requests and answers against."""

    def __init__(self) -> None:
        self._paths: dict[str, Any] = json.loads(TRIMMED.read_text("utf-8"))["paths"]
        self._schemas = _as_json_schema(json.loads(TRIMMED.read_text("utf-8"))["components"]["schemas"])
        self._validator = cache(self._make_validator)

    def operation(self, method: str, path: str) -> tuple[str, str] | None:
        """The (template, collection) that a request is for; None when the description knows no such request."""
        for template, methods in self._paths.items():
            pattern = re.escape(template).replace(re.escape("{collection_name}"), "([^/]+)")
            if (match := re.fullmatch(pattern, path)) and method.lower() in methods:
                return template, match[1]
        return None

    def request_faults(self, method: str, template: str, query: str, body: bytes) -> list[str]:
        """What a request has against the description: query parameters and body."""
        operation = self._paths[template][method.lower()]
        return [*self._query_faults(operation, query), *self._body_faults(operation, body)]

    def answer_faults(self, method: str, template: str, answer: object) -> list[str]:
        """What an answer of status 200 has against the description."""
        schema = self._paths[template][method.lower()]["responses"]["200"]["content"]["application/json"]["schema"]
        return self._faults(schema, answer, "answer")

    def _query_faults(self, operation: Mapping[str, Any], query: str) -> Iterator[str]:
        known = {each["name"]: each["schema"] for each in operation.get("parameters", []) if each["in"] == "query"}
        for name, values in parse_qs(query, keep_blank_values=True).items():
            if name not in known:
                yield f"unknown query parameter {name}"
            elif len(values) > 1:
                yield f"query parameter {name} twice"
            else:
                yield from self._faults(known[name], _query_value(values[0]), f"query parameter {name}")

    def _body_faults(self, operation: Mapping[str, Any], body: bytes) -> Iterator[str]:
        described = operation.get("requestBody")
        if described is None:
            if body:
                yield "a body where none is described"
            return
        try:
            value = json.loads(body)
        except ValueError:
            yield "a body that is no JSON"
        else:
            yield from self._faults(described["content"]["application/json"]["schema"], value, "body")

    def _faults(self, schema: object, value: object, place: str) -> list[str]:
        error = best_match(self._validator(json.dumps(schema)).iter_errors(value))
        return [f"{place}{error.json_path[1:]}: {error.message[:300]}"] if error else []

    def _make_validator(self, schema: str) -> Draft202012Validator:
        converted = _as_json_schema(json.loads(schema))
        assert isinstance(converted, dict)
        return Draft202012Validator(
            {**converted, "components": {"schemas": self._schemas}},
            format_checker=Draft202012Validator.FORMAT_CHECKER,
        )


def _query_value(text: str) -> object:
    """A query parameter as the JSON value that it stands for: true, 3, or the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text
