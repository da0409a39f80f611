"""The contract: the file equals the code, and keeps the rules the linter cannot see."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from runtime.app import create_api
from runtime.contract import HOST, as_yaml

HOUSE = Path(__file__).parents[2]
METHODS = {"get", "post", "put", "patch", "delete"}
DOCUMENT = create_api(public_url=HOST).openapi()
OPERATIONS = {
    f"{method} {path}": operation
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
    if method in METHODS
}
SHAPES: dict[str, Any] = DOCUMENT["components"]["schemas"]
SINGULAR = {"overview", "document"}
"""A consent has one."""

PERSONAL = re.compile(r"bsn|name|surname|address|birth|postcode|iban|subject", re.IGNORECASE)
VERBS = {"get", "create", "deliver", "send", "show", "list", "ask", "search", "update", "delete"}

every_operation = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)


class TestTheFile:
    def test_equals_the_code(self) -> None:
        assert (HOUSE / "openapi.yaml").read_text() == as_yaml(DOCUMENT), "run `make contract`"

    def test_describes_every_operation(self) -> None:
        # Looking at nothing proves nothing.
        assert {"post /letters", "get /consents/{consentId}/overview"} <= OPERATIONS.keys()

    @pytest.mark.parametrize(
        ("path", "media_type"),
        [("/v1/openapi.json", "application/json"), ("/v1/openapi.yaml", "application/yaml")],
    )
    def test_is_served_to_everyone_but_for_the_server(
        self, client: TestClient, path: str, media_type: str
    ) -> None:
        answer = client.get(path)

        assert answer.headers["content-type"].startswith(media_type)
        assert answer.headers["access-control-allow-origin"] == "*"
        served = yaml.safe_load(answer.text)
        assert served.pop("servers") == [{"url": "https://letterbox.example/v1"}]
        assert served == {name: value for name, value in DOCUMENT.items() if name != "servers"}


class TestAnAddress:
    @pytest.mark.parametrize("path", DOCUMENT["paths"])
    def test_is_made_of_plural_nouns_in_kebab_case(self, path: str) -> None:
        for word in (part for part in path.strip("/").split("/") if not part.startswith("{")):
            assert re.fullmatch(r"[a-z]+(-[a-z]+)*", word)
            assert word.endswith("s") or word in SINGULAR
            assert not VERBS & {*word.split("-")}

    @pytest.mark.parametrize("path", DOCUMENT["paths"])
    def test_names_one_thing_by_an_id_after_its_collection(self, path: str) -> None:
        parts = path.strip("/").split("/")
        for before, part in pairwise(parts):
            if part.startswith("{"):
                (noun,) = re.findall(r"([a-z]+)s$", before)
                assert part == f"{{{noun}Id}}"

    @every_operation
    def test_carries_no_personal_data(self, operation: dict[str, Any]) -> None:
        in_address = [each["name"] for each in parameters(operation, "path", "query")]

        assert not [name for name in in_address if PERSONAL.search(name)]

    @every_operation
    def test_has_parameters_in_camel_case(self, operation: dict[str, Any]) -> None:
        names = [each["name"] for each in parameters(operation, "path", "query")]

        assert all(re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", name) for name in names)


class TestAnOperation:
    def test_has_a_name_of_its_own_that_starts_with_a_verb(self) -> None:
        names = [operation["operationId"] for operation in OPERATIONS.values()]

        assert len({*names}) == len(names)
        assert {re.findall(r"[a-z]+", name)[0] for name in names} <= VERBS

    @every_operation
    def test_documents_what_it_answers_to_a_stranger(self, operation: dict[str, Any]) -> None:
        assert {"400", "401", "403", "503"} <= operation["responses"].keys()
        assert operation["security"][0]["organisation"]

    @every_operation
    def test_documents_too_large_and_not_found_where_they_can_happen(
        self, operation: dict[str, Any]
    ) -> None:
        responses = operation["responses"].keys()

        assert ("requestBody" in operation) == ("413" in responses)
        assert bool([*parameters(operation, "path")]) == ("404" in responses)

    @every_operation
    def test_documents_every_refusal_as_a_problem(self, operation: dict[str, Any]) -> None:
        for status, response in operation["responses"].items():
            if status >= "400":
                (media_type,) = response["content"]
                assert media_type == "application/problem+json"
                problem = response["content"][media_type]["schema"]
                assert problem == {"$ref": "#/components/schemas/Problem"}

    @every_operation
    def test_never_answers_with_what_fastapi_would(self, operation: dict[str, Any]) -> None:
        assert "422" not in operation["responses"]
        assert not {"HTTPValidationError", "ValidationError"} & SHAPES.keys()

    @every_operation
    def test_says_which_version_answers(self, operation: dict[str, Any]) -> None:
        answers = [each for status, each in operation["responses"].items() if status < "400"]

        assert answers
        assert all("API-Version" in answer["headers"] for answer in answers)


class TestAMember:
    @pytest.mark.parametrize("shape", SHAPES)
    def test_is_in_camel_case(self, shape: str) -> None:
        members = SHAPES[shape].get("properties", {})

        assert all(re.fullmatch(r"[a-z]+([A-Z][a-z]+)*|sha256", member) for member in members)

    @pytest.mark.parametrize("shape", [name for name in SHAPES if name.endswith("In")])
    def test_that_is_unknown_is_refused(self, shape: str) -> None:
        assert SHAPES[shape]["additionalProperties"] is False

    @pytest.mark.parametrize("shape", [name for name in SHAPES if name.endswith("Out")])
    def test_of_an_answer_is_always_there(self, shape: str) -> None:
        assert {*SHAPES[shape]["required"]} == SHAPES[shape]["properties"].keys()

    def test_that_is_a_day_is_named_and_written_as_one(self) -> None:
        for name, schema in every_member():
            if name.endswith(("On", "Date")) or name == "asOf":
                assert (name, schema.get("format")) == (name, "date")
            if name.endswith("At") or name.startswith("valid"):
                assert "date-time" in str(schema), name


def parameters(operation: dict[str, Any], *places: str) -> Iterator[dict[str, Any]]:
    return (each for each in operation.get("parameters", ()) if each["in"] in places)


def every_member() -> Iterator[tuple[str, dict[str, Any]]]:
    for shape in SHAPES.values():
        yield from shape.get("properties", {}).items()
