"""Someone at a browser, who reads the pages in one language."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.builders import BSN
from web.languages import SOURCE, translations


@dataclass
class Person:
    """A page in a browser, and what to call things there.

    Texts are given in Dutch, as they stand in the templates, and looked for in the language of
    the page.
    """

    page: Page
    url: str
    language: str = SOURCE

    def says(self, text: str, **parts: object) -> str:
        """Return what this text of a template is on the page."""
        said = translations(self.language).gettext(text)
        return said % parts if parts else said

    def goes_to(self, path: str) -> None:
        self.page.goto(f"{self.url}{path}")

    def logs_in(self, bsn: str = BSN, path: str = "/me") -> None:
        """Log in as a citizen, having chosen the language."""
        self.goes_to(f"/language?to={self.language}")
        self.goes_to(path)
        self.page.get_by_role("button", name=bsn).click()
        self.page.wait_for_url(f"{self.url}/**")

    def logs_in_at_work(self, log_in: str, path: str = "/office") -> None:
        """Log in as an employee, having chosen the language."""
        self.goes_to(f"/language?to={self.language}")
        self.goes_to(path)
        self.page.locator("input[name=sub]").first.fill(log_in)
        self.page.locator("input[name=sub]").first.press("Enter")
        self.page.wait_for_url(f"{self.url}/**")

    def presses(self, button: str, **parts: object) -> None:
        self.page.get_by_role("button", name=self.says(button, **parts), exact=True).click()

    def follows(self, link: str, **parts: object) -> None:
        self.page.get_by_role("link", name=self.says(link, **parts)).first.click()

    def follows_exactly(self, name: str) -> None:
        """Follow the link with this very name."""
        self.page.get_by_role("link", name=name, exact=True).click()

    def field(self, label: str, **parts: object) -> Locator:
        return self.page.get_by_label(self.says(label, **parts), exact=True)

    def sees(self, text: str, **parts: object) -> None:
        """Expect this text of a template in the main part of the page."""
        expect(self.page.locator("main")).to_contain_text(self.says(text, **parts))

    def reads(self, text: str) -> None:
        """Expect these very words in the main part: a name, a number, what somebody wrote."""
        expect(self.page.locator("main")).to_contain_text(text)

    def does_not_read(self, text: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(text)
