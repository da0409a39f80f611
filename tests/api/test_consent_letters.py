"""The letters behind an overview, as a counselling organisation gets them."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest

from letterbox.access import CitizenViewer
from letterbox.consent.rules import Permission
from letterbox.letters.own import add_letter
from letterbox.letters.service import PostRoom
from letterbox.logbook.rules import Act
from letterbox.shared.ports import Supplies, Unreadable
from tests.api.consenting import agreed, logbook, withdraw
from tests.builders import DEMAND, System
from tests.fakes import FakeReader

BOTH = (Permission.OVERVIEW, Permission.LETTERS)
OTHER = DEMAND.replace("De Wilg", "De Linde").replace("HU-2026-0417", "LI-2026-0099")
NEWSLETTER = "%PDF-1.7\nHallo buurt\nDatum: 21 februari 2026\n"


@pytest.fixture
def counsellor(connect: Callable[..., System]) -> System:
    return connect("Schuldhulp Zuid")


@pytest.fixture
def letter(connect: Callable[..., System], work: Callable[[], int]) -> str:
    """A letter that was read, and is a debt."""
    sent = connect("Woningstichting De Wilg").deliver().json()["id"]
    work()
    return str(sent)


def place(consent: UUID, letter: object = "") -> str:
    return f"/v1/consents/{consent}/letters" + (f"/{letter}/document" if letter else "")


class TestTheList:
    def test_names_every_letter_of_the_overview_newest_first(
        self,
        counsellor: System,
        letter: str,
        connect: Callable[..., System],
        work: Callable[[], int],
    ) -> None:
        other = connect("Buurthuis").deliver(NEWSLETTER).json()["id"]
        work()
        unread = connect("Waterbedrijf").deliver(OTHER).json()["id"]
        consent = agreed(counsellor, permissions=BOTH)

        listed = counsellor.get(place(consent)).json()["letters"]

        assert [each["id"] for each in listed] == [unread, other, letter]
        assert [each["status"] for each in listed] == ["received", "read", "read"]
        assert [each["kind"] for each in listed] == [None, "other", "demand"]
        assert "Wilg" in listed[2]["sender"]
        overview = counsellor.get(f"/v1/consents/{consent}/overview").json()
        assert listed[2]["debtId"] == overview["debts"][0]["id"]

    def test_marks_what_the_citizen_added(
        self, counsellor: System, supplies: Supplies, letter: str, work: Callable[[], int]
    ) -> None:
        consent = agreed(counsellor, permissions=BOTH)
        added = add(supplies, counsellor, consent, OTHER)
        work()

        listed = counsellor.get(place(consent)).json()["letters"]

        marked = {each["id"]: each["addedByCitizen"] for each in listed}
        assert marked == {letter: False, str(added): True}
        overview = counsellor.get(f"/v1/consents/{consent}/overview").json()
        lines = [line for debt in overview["debts"] for line in debt["history"]]
        assert {line["letterId"]: line["addedByCitizen"] for line in lines} == marked

    def test_leaves_out_what_the_citizen_left_out(
        self,
        counsellor: System,
        letter: str,
        connect: Callable[..., System],
        work: Callable[[], int],
    ) -> None:
        hidden = connect("Woningstichting De Linde").deliver(OTHER).json()["id"]
        work()
        consent = agreed(counsellor, permissions=BOTH, left_out=["Woningstichting De Linde"])

        listed = counsellor.get(place(consent)).json()["letters"]

        assert [each["id"] for each in listed] == [letter]
        assert counsellor.get(place(consent, hidden)).status_code == 404

    def test_begins_where_the_citizen_says(self, counsellor: System, letter: str) -> None:
        consent = agreed(counsellor, permissions=BOTH, letters_from=date(2026, 2, 21))

        assert counsellor.get(place(consent)).json()["letters"] == []
        assert counsellor.get(place(consent, letter)).status_code == 404

    def test_is_in_the_logbook(self, counsellor: System, letter: str) -> None:
        counsellor.get(place(agreed(counsellor, permissions=BOTH)))

        assert logbook(counsellor.supplies)[-1].act == Act.LETTERS_SEEN


class TestACopy:
    def test_is_a_file_that_says_on_it_who_took_it_and_when(
        self, counsellor: System, letter: str
    ) -> None:
        consent = agreed(counsellor, permissions=BOTH)

        copy = counsellor.get(place(consent, letter))

        assert copy.status_code == 200
        assert copy.headers["content-type"] == "application/pdf"
        disposition = copy.headers["content-disposition"]
        assert disposition == f'attachment; filename="letter-{letter}.pdf"'
        assert copy.text.startswith(DEMAND)
        assert copy.text.endswith(
            "Kopie uit Letterbox voor S. Okafor (Schuldhulp Zuid), 01-03-2026 13:00"
        )

    def test_is_in_the_logbook_with_its_letter(self, counsellor: System, letter: str) -> None:
        consent = agreed(counsellor, permissions=BOTH)

        counsellor.get(place(consent, letter))

        line = logbook(counsellor.supplies)[-1]
        assert (line.act, line.consent_id) == (Act.LETTER_TAKEN, consent)
        assert str(line.subject_id) == letter

    def test_of_a_letter_that_is_not_there_is_not_found_and_no_look(
        self, counsellor: System, letter: str
    ) -> None:
        consent = agreed(counsellor, permissions=BOTH)

        answer = counsellor.get(place(consent, uuid4()))

        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/no-such-letter")
        assert logbook(counsellor.supplies)[-1].act != Act.LETTER_TAKEN

    def test_that_cannot_be_marked_does_not_leave(
        self,
        counsellor: System,
        letter: str,
        reader: FakeReader,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def fail(pdf: bytes, *, mark: str) -> bytes:
            raise Unreadable("it is damaged")

        monkeypatch.setattr(reader, "marked", fail)

        answer = counsellor.get(place(agreed(counsellor, permissions=BOTH), letter))

        assert answer.status_code == 503
        assert "Wilg" not in answer.text


class TestAConsent:
    def test_without_letters_shows_none(self, counsellor: System, letter: str) -> None:
        consent = agreed(counsellor, permissions=(Permission.OVERVIEW,))

        answers = [counsellor.get(place(consent)), counsellor.get(place(consent, letter))]

        assert [answer.status_code for answer in answers] == [404, 404]

    def test_for_letters_alone_shows_no_overview(self, counsellor: System, letter: str) -> None:
        consent = agreed(counsellor, permissions=(Permission.LETTERS,))

        assert counsellor.get(place(consent)).status_code == 200
        assert counsellor.get(f"/v1/consents/{consent}/overview").status_code == 404

    def test_that_was_ended_shows_none(self, counsellor: System, letter: str) -> None:
        consent = agreed(counsellor, permissions=BOTH)
        assert counsellor.get(place(consent, letter)).status_code == 200
        withdraw(counsellor.supplies, consent)

        answers = [counsellor.get(place(consent)), counsellor.get(place(consent, letter))]

        assert [answer.status_code for answer in answers] == [404, 404]


def add(supplies: Supplies, counsellor: System, consent: UUID, pdf: str) -> UUID:
    """Add a letter as the citizen who gave this consent."""
    mailbox_id = logbook(supplies)[0].mailbox_id
    post = PostRoom(supplies.keys, supplies.files, supplies.reader, supplies.signer, supplies.jobs)
    with supplies.sessions.begin() as session:
        citizen, now = CitizenViewer(mailbox_id), supplies.clock()
        return add_letter(session, post, citizen, [pdf.encode()], now=now)
