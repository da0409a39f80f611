"""A browser at the door for people who work for an organisation."""

from typing import Any

import httpx2

from letterbox.people.models import Organisation
from tests.web.browser import Browser, markup

OFFICE_COOKIE = "__Host-letterbox-office"
OKAFOR = "S. Okafor"


class Office(Browser):
    """Someone at work: logs in by the other door, and sends forms of the pages there."""

    @property
    def proof(self) -> str:
        page = self.get("/office")
        if page.status_code == 303:
            page = self.get(page.headers["location"])
        for tag in markup(page).named("input"):
            if tag.attributes.get("name") == "proof":
                return tag.attributes["value"] or ""
        raise AssertionError("there is no form on the page")

    @property
    def token(self) -> str | None:
        return self.client.cookies.get(OFFICE_COOKIE)

    def log_in_for(
        self, organisation: Organisation, name: str = OKAFOR, *, wish: str = "/office"
    ) -> httpx2.Response:
        return self.come_in(f"{organisation.number}|{name.lower()}|{name}", wish=wish)

    def come_in(self, code: str, *, wish: str = "/office", **changes: Any) -> httpx2.Response:
        """Go to the login provider and come back with this code."""
        self.get("/office/login", params={"next": wish})
        return self.get("/office/login/arrive", params={"code": code, "state": "S"} | changes)
