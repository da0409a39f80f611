"""Schemathesis reads the contract and tries everything it allows, and much that it does not."""

from collections.abc import Callable
from typing import Any, TypeAlias
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from runtime.app import create_api
from runtime.contract import HOST
from tests.builders import BSN, DEMAND, System, parts

HONEST = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
CHECKS = [*HONEST, negative_data_rejection]
contract = schemathesis.openapi.from_dict(create_api(public_url=HOST).openapi())

deliveries = schemathesis.openapi.from_dict(create_api(public_url=HOST).openapi()).include(
    operation_id="deliverLetter"
)
deliveries.config.generation.update(modes=[schemathesis.GenerationMode.POSITIVE])

notices = schemathesis.openapi.from_dict(create_api(public_url=HOST).openapi()).include(
    operation_id="deliverClaimNotice"
)
notices.config.generation.update(modes=[schemathesis.GenerationMode.POSITIVE])

Case: TypeAlias = schemathesis.Case[Any]

few = settings(
    max_examples=25,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def system(connect: Callable[..., System]) -> System:
    return connect("De Wilg")


@contract.parametrize()
@few
def test_keeps_the_contract_for_those_who_have_a_token(case: Case, system: System) -> None:
    case.headers["Authorization"] = f"Bearer {system.token()}"

    answer = case.call(app=system.client.app, base_url=f"{HOST}/v1")

    case.validate_response(answer, checks=CHECKS)


@deliveries.parametrize()
@few
def test_takes_in_every_letter_that_is_as_described(case: Case, system: System) -> None:
    letter = within_reason(case.body)
    headers = {"Authorization": f"Bearer {system.token()}"}

    answer = system.client.post("/v1/letters", files=parts(letter, DEMAND), headers=headers)

    case.validate_response(answer, checks=HONEST)
    assert answer.status_code == 201, answer.text


@notices.parametrize()
@few
def test_takes_in_every_claim_notice_that_is_as_described(case: Case, system: System) -> None:
    recipient = {"scheme": "bsn", "value": BSN}
    assert isinstance(case.body, dict)
    notice = case.body | {"recipient": recipient, "messageId": uuid4().hex}

    answer = system.post("/v1/claim-notices", json=notice)

    case.validate_response(answer, checks=HONEST)
    assert answer.status_code == 201, answer.text


@contract.parametrize()
@few
def test_keeps_the_contract_for_strangers(case: Case, system: System) -> None:
    answer = case.call(app=system.client.app, base_url=f"{HOST}/v1")

    case.validate_response(answer, checks=CHECKS)
    assert answer.status_code in (400, 401, 405)


def within_reason(body: Any) -> dict[str, Any]:
    """Return the letter, with what no description can say: numbers that pass their tests."""
    recipient = {"scheme": "bsn", "value": BSN}
    letter = body["letter"] | {"recipient": recipient, "messageId": uuid4().hex}
    if letter.get("claim"):
        letter["claim"] |= {"iban": None}
    return dict(letter)
