"""A browser without a screen: follows links and sends the forms that are on the page."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx2
from fastapi.testclient import TestClient

from tests.builders import BSN, System

COOKIE = "__Host-letterbox"


@dataclass
class Tag:
    """An element: its name, attributes, and the text inside it."""

    name: str
    attributes: dict[str, str | None]
    text: str = ""


VOID = {"meta", "link", "input", "br", "img"}
INLINE = {"a", "strong", "small", "code", "time"}


@dataclass
class Markup(HTMLParser):
    """The elements of a page in order."""

    tags: list[Tag] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(self.tags[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.handle_data(" ")
        assert self._open.pop().name == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        for tag in self._open:
            tag.text += data

    def named(self, name: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name == name]


def markup(page: httpx2.Response) -> Markup:
    parsed = Markup()
    parsed.feed(page.text)
    parsed.close()
    return parsed


def words(page: httpx2.Response) -> str:
    """Return what a reader sees in the main part, with single spaces."""
    return " ".join(markup(page).named("main")[0].text.split())


@dataclass
class Browser:
    client: TestClient

    def get(self, path: str, **more: Any) -> httpx2.Response:
        return self.client.get(path, **more)

    def send(self, path: str, **fields: Any) -> httpx2.Response:
        """Send a form with the proof that is on the citizen's pages."""
        return self.client.post(path, data={"proof": self.proof, **fields})

    @property
    def proof(self) -> str:
        for tag in markup(self.get("/me/logbook")).named("input"):
            if tag.attributes.get("name") == "proof":
                return tag.attributes["value"] or ""
        raise AssertionError("there is no form on the page")

    @property
    def token(self) -> str | None:
        return self.client.cookies.get(COOKIE)

    def log_in(self, bsn: str = BSN, *, wish: str = "/me") -> httpx2.Response:
        self.get("/login", params={"next": wish})
        return self.get("/login/arrive", params={"code": bsn, "state": "S"})


def ask(counsellor: System, **changes: Any) -> str:
    """Ask for consent and return the code."""
    wanted = {
        "purpose": "Samen een overzicht van uw schulden maken.",
        "permissions": ["overview", "letters"],
        "days": 180,
        "counsellor": {"name": "S. Okafor", "role": "schuldhulpverlener"},
    } | changes
    answer = counsellor.post("/v1/consent-requests", json=wanted)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def agree(browser: Browser, code: str, **changes: Any) -> str:
    """Grant a request as it was asked, and return the address of the consent."""
    chosen = {"code": code, "days": 180, "permissions": ["overview", "letters"]} | changes
    answer = browser.send("/me/sharing/grant", **chosen)
    assert answer.status_code == 303, words(answer)
    return answer.headers["location"].partition("?")[0]
