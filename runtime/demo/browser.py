"""What the citizen does in a browser, done by program: log in, read the request, agree."""

from html.parser import HTMLParser
from http.cookies import SimpleCookie
from types import TracebackType
from typing import Self

import httpx2


class Form(HTMLParser):
    """The fields of the form on a page that goes to one address."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self._action, self._inside = action, False
        self.fields: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self._inside = said.get("action") == self._action
        unticked = said.get("type") in ("checkbox", "radio") and "checked" not in said
        if self._inside and tag == "input" and said.get("name") and not unticked:
            self.fields.append((str(said["name"]), said.get("value") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


class Browser:
    """A citizen's browser, without a screen."""

    def __init__(self, url: str) -> None:
        self._host, self._cookies = httpx2.URL(url).netloc, SimpleCookie()
        self._http = httpx2.Client(
            base_url=url,
            event_hooks={"request": [self._show_cookies], "response": [self._keep_cookies]},
            follow_redirects=True,
            timeout=30,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def log_in(self, bsn: str) -> None:
        """Follow the link to the login provider and say who we are.

        :raises httpx2.HTTPStatusError: that did not work
        """
        provider = self._http.get("/login").raise_for_status()
        self._http.post(provider.url, data={"sub": bsn}).raise_for_status()

    def grant(self, code: str) -> None:
        """Look at the request with this code and agree to all of it.

        :raises httpx2.HTTPStatusError: that did not work
        """
        page = self._http.get("/me/sharing", params={"code": code}).raise_for_status()
        form = Form("/me/sharing/grant")
        form.feed(page.text)
        fields: dict[str, list[str]] = {}
        for name, value in form.fields:
            fields.setdefault(name, []).append(value)
        self._http.post("/me/sharing/grant", data=fields).raise_for_status()

    # Browsers take http://localhost for a secure place and keep `Secure` cookies there; the
    # client's own jar does not.
    def _show_cookies(self, request: httpx2.Request) -> None:
        if request.url.netloc == self._host:
            pairs = (f"{name}={cookie.value}" for name, cookie in self._cookies.items())
            request.headers["Cookie"] = "; ".join(pairs)

    def _keep_cookies(self, response: httpx2.Response) -> None:
        if response.url.netloc == self._host:
            for line in response.headers.get_list("Set-Cookie"):
                self._cookies.load(line)
