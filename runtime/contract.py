"""The contract: `openapi.yaml` and the catalogue of problems, written from the code."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from fastapi import FastAPI, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from api.catalogue import catalogue
from api.dependencies import Anyone
from api.problems import MEDIA_TYPE
from schemas.letters import LetterIn

HOST = "https://letterbox.example"
"""Stands in `openapi.yaml`; what an installation serves names its own address."""

DESCRIPTION = """\
A personal digital letterbox for citizens with money worries. Creditors and public bodies
deliver a copy of every letter; debt counsellors pull the overview that follows from them, for
as long as the citizen agrees. Errors are problem documents (RFC 9457); every type is described
under `/problems`. Amounts are euros as text with two decimals; moments are in UTC.
"""
CONTACT = {
    "name": "Letterbox",
    "url": HOST,
    "email": "contact@letterbox.example",
}
VERSION_HEADER = {
    "API-Version": {
        "description": "The full version of this API.",
        "schema": {"type": "string", "examples": ["1.0.0"]},
    }
}
FOLDER = Path(__file__).parents[1]


def describe(door: FastAPI, *, server: str) -> None:
    """Serve the description of a door, open to everyone, as JSON and as YAML."""
    headers = {"Access-Control-Allow-Origin": "*"}

    @door.get("/openapi.json", include_in_schema=False, dependencies=[Anyone])
    def show_json() -> Response:
        return JSONResponse(door.openapi(), headers=headers)

    @door.get("/openapi.yaml", include_in_schema=False, dependencies=[Anyone])
    def show_yaml() -> Response:
        return Response(as_yaml(door.openapi()), headers=headers, media_type="application/yaml")

    def described() -> dict[str, Any]:
        door.openapi_schema = door.openapi_schema or schema_of(door, server=server)
        return door.openapi_schema

    door.openapi = described  # type: ignore[method-assign]


def schema_of(door: FastAPI, *, server: str) -> dict[str, Any]:
    """Return the OpenAPI document of a door, as the API rules want it."""
    schema = get_openapi(
        title=door.title,
        version=door.version,
        description=DESCRIPTION,
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        servers=[{"url": server}],
        routes=door.routes,
    )
    # Handed to FastAPI it would ask for a library to validate one address that never changes.
    schema["info"]["contact"] = CONTACT
    letter = LetterIn.model_json_schema(ref_template="#/components/schemas/{model}")
    schema["components"]["schemas"] |= letter.pop("$defs", {}) | {"LetterIn": letter}
    for name in ("HTTPValidationError", "ValidationError"):
        schema["components"]["schemas"].pop(name, None)
    for response in _responses(schema):
        _tidy(response)
    return schema


class _Plain(yaml.SafeDumper):
    """Writes everything out where it stands, and long texts as they are read."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Plain.add_representer(str, _text)


def as_yaml(schema: dict[str, Any]) -> str:
    """Return the document as YAML, in the order of the code."""
    return str(yaml.dump(schema, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100))


def as_page() -> str:
    """Return the catalogue of problems as a page of the documentation."""
    lines = [
        "# Problems",
        "",
        "Every problem document (RFC 9457) that the JSON door answers with has one of these types.",
        "The type is stable: programs may decide by it. Written by `make contract`.",
        "",
        "| Type | Status | What it says | What you can do |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| `/problems/{each.slug}` | {each.status} | {each.title} | {each.detail} |"
        for each in catalogue()
    ]
    return "\n".join([*lines, ""])


def write(door: FastAPI) -> None:
    """Write both files into the repository."""
    (FOLDER / "openapi.yaml").write_text(as_yaml(door.openapi()))
    (FOLDER / "docs" / "problems.md").write_text(as_page())


def _responses(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in schema["paths"].values():
        for operation in path.values():
            # FastAPI documents 422 by itself; we answer 400.
            operation["responses"].pop("422", None)
            yield from operation["responses"].items()


def _tidy(response: tuple[str, dict[str, Any]]) -> None:
    status, described = response
    if status[0] in "23":
        described["headers"] = VERSION_HEADER | described.get("headers", {})
    elif "application/json" in described.get("content", {}):
        described["content"] = {MEDIA_TYPE: described["content"].pop("application/json")}
