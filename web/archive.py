"""A citizen's own copy of everything, as a ZIP that is made while it is sent.

In memory is one letter at a time, with its PDF of at most 20 MB, and the lists: overview,
spreadsheet, logbook, consents. Nothing is written to disk. Each letter is fetched in a
transaction of its own, closed before its bytes go out, because a citizen's line may be slow.
What cannot be fetched breaks the download off: half a copy must not look like a whole one.
"""

import json
from collections.abc import Iterator, Sequence
from uuid import UUID
from zipfile import ZIP_DEFLATED

from zipstream import ZipStream

from api.forms.negotiation import LANGUAGES
from api.forms.plain_json import plain, write_json
from api.forms.spreadsheet import write_spreadsheet
from api.forms.words import words_in
from letterbox.access import MailboxKey
from letterbox.export import service
from letterbox.export.facts import LetterHere
from letterbox.overview.listing import listing_of
from letterbox.overview.rules import for_citizen
from letterbox.overview.service import show_overview
from letterbox.shared.ports import Supplies
from web.pages import environment, vocabulary
from web.who import Here

MEDIA_TYPE = "application/zip"


def archive_of(here: Here, key: MailboxKey, language: str) -> Iterator[bytes]:
    """Return everything in a mailbox, a piece at a time. The lists are made at once."""
    names = vocabulary(language).COPY
    letters = service.letters_here(here.session, key, own=names["own_letter"])
    copy = ZipStream(compress_type=ZIP_DEFLATED)
    explained = environment(language).get_template("copy.html")
    copy.add(explained.render(here=here, letters=letters, now=here.now), f"{names['read_me']}.html")
    for name, content in _lists(here, key, language):
        copy.add(content, name)
    copy.add(_known_of(here.supplies, key.mailbox_id, letters), "letters.json")
    for letter in letters:
        pdf = _pdf(here.supplies, key.mailbox_id, letter.id)
        copy.add(pdf, f"{names['folder']}/{letter.file}")
    return iter(copy)


def _lists(here: Here, key: MailboxKey, language: str) -> Iterator[tuple[str, bytes]]:
    overview = for_citizen(show_overview(here.session, key, now=here.now))
    spoken = next((each for each in LANGUAGES if each == language), LANGUAGES[0])
    yield "overview.json", write_json(overview)
    yield "overview.xlsx", write_spreadsheet(listing_of(overview), words_in(spoken))
    yield "notices.json", write_json(service.notices_taken(here.session, key))
    yield "logbook.json", write_json(service.logbook_taken(here.session, key))
    yield "consents.json", write_json(service.consents_taken(here.session, key))
    yield "corrections.json", write_json(service.corrections_taken(here.session, key))
    yield "settings.json", write_json(service.settings_taken(here.session, key))


def _known_of(
    supplies: Supplies, mailbox_id: UUID, letters: Sequence[LetterHere]
) -> Iterator[bytes]:
    before = "["
    for letter in letters:
        with supplies.sessions() as session:
            known = service.letter_taken(session, supplies.keys, mailbox_id, letter)
        yield f"{before}\n{json.dumps(plain(known), ensure_ascii=False)}".encode()
        before = ","
    yield b"\n]\n" if letters else b"[]\n"


def _pdf(supplies: Supplies, mailbox_id: UUID, letter_id: UUID) -> Iterator[bytes]:
    with supplies.sessions() as session:
        pdf = service.pdf_taken(session, supplies.keys, supplies.files, mailbox_id, letter_id)
    yield pdf
