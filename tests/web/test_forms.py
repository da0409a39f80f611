"""A form that changes something is taken only from a page of our own."""

from collections.abc import Callable

import pytest

from tests.builders import OTHER_BSN, System
from tests.conftest import PUBLIC_URL
from tests.web.browser import Browser, agree, ask, words

FORMS = (
    "/me/sharing/request",
    "/me/sharing/grant",
    "/me/sharing/decline",
    "/me/sharing/01890000-0000-7000-8000-000000000000/end",
    "/me/letters/add",
    "/me/letters/01890000-0000-7000-8000-000000000000/correct",
    "/me/letters/01890000-0000-7000-8000-000000000000/confirm",
    "/me/debts/01890000-0000-7000-8000-000000000000/correct",
    "/me/corrections/01890000-0000-7000-8000-000000000000/withdraw",
    "/logout",
)
FOREIGN = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none", "origin": PUBLIC_URL},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": f"{PUBLIC_URL}.evil.example"},
)


@pytest.mark.parametrize("path", FORMS)
class TestEveryForm:
    def test_needs_a_proof(self, browser: Browser, path: str) -> None:
        fields = {"days": "30", "code": "2222-2222"}

        assert browser.client.post(path, data=fields).status_code == 403

    def test_needs_the_proof_of_this_visit(
        self, browser: Browser, browse: Callable[[], Browser], path: str
    ) -> None:
        attacker = browse()
        attacker.log_in(OTHER_BSN)
        fields = {"days": "30", "code": "2222-2222", "proof": attacker.proof}

        page = browser.client.post(path, data=fields)

        assert page.status_code == 403
        assert "Deze pagina was te oud" in words(page)

    def test_is_refused_from_another_site(self, browser: Browser, path: str) -> None:
        fields = {"days": "30", "code": "2222-2222", "proof": browser.proof}

        for headers in FOREIGN:
            page = browser.client.post(path, data=fields, headers=headers)
            assert page.status_code == 403, headers

    @pytest.mark.parametrize(
        "headers", [{"sec-fetch-site": "same-origin"}, {"origin": PUBLIC_URL}, {}]
    )
    def test_is_taken_from_us(self, browser: Browser, path: str, headers: dict[str, str]) -> None:
        fields = {"days": "30", "code": "2222-2222", "proof": browser.proof}

        assert browser.client.post(path, data=fields, headers=headers).status_code != 403


def test_nothing_happens_by_a_link(browser: Browser, counsellor: System) -> None:
    place = agree(browser, ask(counsellor))

    pages = [browser.get(path) for path in (f"{place}/end", "/logout", "/me/sharing/grant")]

    assert [page.status_code for page in pages] == [405, 405, 404]
    assert "Mag nu meekijken" in words(browser.get(place))
