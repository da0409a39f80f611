"""From a pushed letter to a pulled overview, through the doors only."""

from collections.abc import Callable

from letterbox.shared.ports import Supplies
from tests.api.assertions import get_token
from tests.api.consenting import asked, grant
from tests.builders import System


def test_a_pushed_letter_becomes_a_line_in_the_overview(
    sender: System, counsellor: System, work: Callable[[], int], supplies: Supplies
) -> None:
    sender.deliver()
    assert work() == 2
    request = asked(counsellor)
    grant(supplies, request["code"])

    answered = counsellor.get(f"/v1/consent-requests/{request['id']}").json()
    overview = counsellor.get(f"/v1/consents/{answered['consentId']}/overview")

    assert overview.status_code == 200, overview.text
    (debt,) = overview.json()["debts"]
    assert debt["creditor"]["name"] == "De Wilg"
    assert debt["outstanding"] == "634.18"
    assert debt["dueDate"] == "2026-03-06"


def test_a_fresh_token_opens_all_of_it(counsellor: System) -> None:
    token = get_token(counsellor, counsellor.assertion()).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}

    for path in ("/v1/letters", "/v1/consents"):
        assert counsellor.client.get(path, headers=headers).status_code == 200
