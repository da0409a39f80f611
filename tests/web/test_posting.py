"""A letter that someone at work sends by hand: filled in, looked at, sent once."""

from collections.abc import Callable

from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy import Engine, text

from letterbox.shared.ports import Unreadable
from tests.builders import BSN, DEMAND, OTHER_BSN, System
from tests.fakes import FakeReader
from tests.web.browser import Browser, markup, words
from tests.web.office import Office
from tests.web.page_rules import broken
from tests.web.posting import CHECK, SEND, deliveries, fields, file, post
from web.handed import LARGEST_CARRIED

AtWork = Callable[[], Office]
Connect = Callable[..., System]


class TestTheForm:
    def test_is_filled_in_as_far_as_can_be(self, mien: Office) -> None:
        form = fields(mien.get("/office/letters/new"))

        assert form["sent_on"] == "2026-03-01"
        assert form["subject"] == "Brief van Tandarts Kiezel"
        assert form["bsn"] == form["outstanding"] == ""

    def test_is_another_letter_each_time_it_is_opened(self, mien: Office) -> None:
        marks = {fields(mien.get("/office/letters/new"))["mark"] for _ in range(3)}

        assert len(marks) == 3

    def test_is_not_there_without_a_legal_ground(self, office: AtWork, connect: Connect) -> None:
        browser = office()
        browser.log_in_for(connect("Zonder grond", ground=None).organisation)

        form = browser.get("/office/letters/new")
        answers = [form, post(browser, CHECK), post(browser, SEND)]

        assert [answer.status_code for answer in answers] == [403, 403, 403]
        assert "Vraag de beheerder van Letterbox om dat te doen." in words(form)
        assert "geen burgerservicenummers gebruiken" in words(browser.get("/office/letters"))


class TestSeeingWhatWillBeRead:
    def test_shows_values_with_their_quotes(self, mien: Office) -> None:
        page = post(mien, CHECK)

        assert page.status_code == 200
        assert "De brief is nog niet verstuurd." in words(page)
        assert "634,18" in words(page)
        assert "In de brief: “Het openstaande bedrag is € 634,18.”, bladzijde 1" in words(page)
        assert "6 maart 2026" in words(page)

    def test_shows_where_the_letter_says_something_else(self, mien: Office) -> None:
        page = post(mien, CHECK, outstanding="64,18", sent_on="2026-02-21")

        assert "De brief zegt iets anders dan u invulde." in words(page)
        assert "U gaf zelf op: €\N{NO-BREAK SPACE}64,18" in markup(page).named("main")[0].text
        assert "U gaf zelf op: 21 februari 2026" in words(page)
        assert words(page).count("Verschilt") == 2

    def test_says_nothing_differs_where_it_does_not(self, mien: Office) -> None:
        page = post(mien, CHECK, outstanding="634,18", sent_on="20-2-2026")

        assert "Verschilt" not in words(page)
        assert "zegt iets anders" not in words(page)

    def test_names_what_is_not_found(self, mien: Office) -> None:
        page = post(mien, CHECK, pdf="%PDF-1.7\nBeste patiënt,\nTot ziens in onze praktijk.")

        assert "Betalen uiterlijk op Niet gevonden in de brief" in words(page)

    def test_says_when_no_machine_can_read_it(self, mien: Office, reader: FakeReader) -> None:
        reader.failure = Unreadable("needs OCR")

        page = post(mien, CHECK)

        assert page.status_code == 200
        assert "De computer kan deze brief niet lezen." in words(page)

    def test_keeps_nothing(self, mien: Office, owner: Engine, dentist: System) -> None:
        post(mien, CHECK)

        assert deliveries(owner) == 0
        with owner.begin() as connection:
            assert connection.scalar(text("SELECT count(*) FROM mailboxes")) == 0

    def test_carries_the_letter_on_to_be_sent(self, mien: Office, owner: Engine) -> None:
        checked = post(mien, CHECK, reference="F-17")

        sent = mien.client.post(SEND, data=fields(checked), files={"document": ("", b"")})

        assert sent.status_code == 200, words(sent)
        assert "Uw brief is bezorgd" in words(sent)
        assert deliveries(owner) == 1

    def test_carries_no_large_letter_but_asks_for_it_again(
        self, mien: Office, owner: Engine
    ) -> None:
        large = DEMAND.encode() + b"\n" * LARGEST_CARRIED
        checked = post(mien, CHECK, pdf=large)
        assert "Kies uw bestand nog een keer" in words(checked)

        forgotten = mien.client.post(SEND, data=fields(checked), files={"document": ("", b"")})
        sent = mien.client.post(SEND, data=fields(checked), files=file(large))

        assert "Kies de PDF van de brief." in words(forgotten)
        assert (sent.status_code, deliveries(owner)) == (200, 1)

    def test_never_says_the_number_in_full_but_in_the_field(self, mien: Office) -> None:
        page = post(mien, CHECK)

        assert BSN not in words(page)
        assert "••••••019" in words(page)
        assert BSN not in markup(page).named("title")[0].text

    def test_takes_a_file_that_was_chosen_instead(self, mien: Office) -> None:
        checked = post(mien, CHECK)

        other = DEMAND.replace("634,18", "712,05").encode()
        again = mien.client.post(CHECK, data=fields(checked), files=file(other))

        assert "712,05" in words(again)
        assert "634,18" not in words(again)


class TestSending:
    def test_delivers_the_letter_and_what_was_declared(
        self, mien: Office, dentist: System, work: Callable[[], int]
    ) -> None:
        sent = post(mien, SEND, reference="F 17", outstanding="€ 600,00", payment_reference="F17")
        work()

        [letter] = dentist.get("/v1/letters").json()["letters"]
        shown = dentist.get(f"/v1/letters/{letter['id']}").json()
        assert sent.status_code == 200
        assert letter["messageId"].startswith("F-17-")
        assert letter["messageId"] in words(sent)
        [contradiction] = [x for x in shown["contradictions"] if x["field"] == "outstanding"]
        assert (contradiction["declared"], contradiction["read"]) == ("600.00", "634.18")

    def test_gives_the_receipt(self, mien: Office, dentist: System) -> None:
        sent = post(mien, SEND)

        [shown] = [tag.text for tag in markup(sent).named("code")]
        keys = KeySet.import_key_set(dentist.client.get("/.well-known/jwks.json").json())
        signed = jwt.decode(shown, keys, ["ES256"])
        [letter] = dentist.get("/v1/letters").json()["letters"]
        assert signed.claims["id"] == letter["id"]

    def test_twice_delivers_once(self, mien: Office, owner: Engine) -> None:
        first, again = post(mien, SEND), post(mien, SEND)

        assert deliveries(owner) == 1
        assert "U had deze brief al verstuurd." in words(again)
        assert markup(first).named("code")[0].text == markup(again).named("code")[0].text

    def test_something_else_by_the_same_form_is_refused(self, mien: Office, owner: Engine) -> None:
        post(mien, SEND)

        page = post(mien, SEND, outstanding="12,00")

        assert (page.status_code, deliveries(owner)) == (409, 1)
        assert "U verstuurde al een brief met dit formulier" in words(page)

    def test_the_same_letter_by_another_form_says_that_it_may_be_double(self, mien: Office) -> None:
        post(mien, SEND)

        assert "U stuurde precies deze brief al eerder." in words(post(mien, SEND, mark="BBBBBBBB"))

    def test_answers_alike_whether_or_not_the_citizen_ever_looked(
        self, mien: Office, browser: Browser
    ) -> None:
        browser.get("/me")

        pages = [
            post(mien, SEND, bsn=bsn, mark=mark)
            for bsn, mark in ((BSN, "AAAAAAAA"), (OTHER_BSN, "BBBBBBBB"))
        ]

        looked, never = (words(page).split(" Laat het")[0] for page in pages)
        assert looked.replace("AAAAAAAA", "") == never.replace("BBBBBBBB", "")

    def test_names_the_sender_in_the_logbook_once(self, mien: Office, browser: Browser) -> None:
        post(mien, CHECK)
        post(mien, SEND)

        page = words(browser.get("/me/logbook"))
        assert page.count("Mien Tolsma (Tandarts Kiezel) bezorgde een brief.") == 1
        assert page.count("Tandarts Kiezel") == 1


def test_every_page_keeps_to_the_rules(mien: Office, work: Callable[[], int]) -> None:
    pages = {
        "new": mien.get("/office/letters/new"),
        "mistakes": post(mien, CHECK, bsn="1", outstanding="veel"),
        "no file": post(mien, CHECK, pdf=b""),
        "check": post(mien, CHECK, outstanding="12,00"),
        "too large to carry": post(mien, CHECK, pdf=DEMAND + "\n" * LARGEST_CARRIED),
        "delivered": post(mien, SEND, outstanding="12,00"),
        "delivered again": post(mien, SEND, outstanding="12,00"),
        "taken": post(mien, SEND),
        "list": mien.get("/office/letters"),
        "no letter": mien.get("/office/letters/check"),
    }
    work()
    [link] = [x for x in markup(pages["delivered"]).named("a") if x.text == "Bekijk deze brief"]
    pages["letter"] = mien.get(str(link.attributes["href"]))
    assert broken(pages) == []
