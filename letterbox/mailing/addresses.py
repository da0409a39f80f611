"""The e-mail address of a citizen: sealed, and used only after they proved that it is theirs.

The proof is a code of six digits that is mailed to the address. Whatever is wrong with a code
(another one, too late, tried too often), the answer is the same.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from letterbox.access import MailboxKey
from letterbox.mailing.leaving import leave_code
from letterbox.preferences import queries
from letterbox.preferences.models import Preferences
from letterbox.preferences.rules import MailKind, compact_address
from letterbox.shared.errors import Conflict
from letterbox.shared.ports import Jobs

CODE_DIGITS = 6
CODE_HOLDS = timedelta(minutes=10)
MOST_TRIES = 5
MOST_CODES = 5
CODES_WITHIN = timedelta(hours=24)


class TooManyMails(Conflict):
    """Someone has code after code mailed, perhaps to an address that is not theirs."""

    title = "Too many codes were mailed"


def ask_confirmation(
    session: Session, jobs: Jobs, key: MailboxKey, typed: str, *, now: datetime
) -> None:
    """Keep an address that is not confirmed yet, and leave a code to be mailed to it.

    :raises NotAnAddress: nothing can be mailed to what was typed
    :raises TooManyMails: five codes were mailed within a day
    """
    address = compact_address(typed)
    chosen = queries.preferences_to_change(session, key.mailbox_id)
    lately = queries.count_since(session, key.mailbox_id, MailKind.CODE, now - CODES_WITHIN)
    if lately >= MOST_CODES:
        raise TooManyMails("Try again tomorrow.")
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    chosen.sealed_address = key.seal(Preferences.__tablename__, "address", address.encode())
    chosen.sealed_code = key.seal(Preferences.__tablename__, "code", code.encode())
    chosen.code_made_at, chosen.confirmed_at, chosen.wrong_codes = now, None, 0
    session.flush()
    leave_code(session, jobs, key.mailbox_id, now=now)


def confirm_address(session: Session, key: MailboxKey, typed: str, *, now: datetime) -> bool:
    """Return whether the address is confirmed from now on. A wrong code is counted."""
    chosen = queries.preferences_to_change(session, key.mailbox_id)
    code = waiting_code(key, chosen, now=now)
    digits = "".join(each for each in typed if each in "0123456789")
    if code is None or chosen.wrong_codes >= MOST_TRIES:
        return False
    if not secrets.compare_digest(code, digits):
        chosen.wrong_codes += 1
        return False
    chosen.confirmed_at, chosen.sealed_code, chosen.code_made_at = now, None, None
    return True


def forget_address(session: Session, key: MailboxKey) -> None:
    """Forget the address, and mail nothing any more."""
    chosen = queries.preferences_to_change(session, key.mailbox_id)
    chosen.sealed_address = chosen.sealed_code = None
    chosen.confirmed_at = chosen.code_made_at = None
    chosen.notices = []


def address_of(key: MailboxKey, chosen: Preferences) -> str | None:
    """Return the address that a citizen gave, confirmed or not."""
    if chosen.sealed_address is None:
        return None
    return key.unseal(Preferences.__tablename__, "address", chosen.sealed_address).decode()


def waiting_code(key: MailboxKey, chosen: Preferences, *, now: datetime) -> str | None:
    """Return the code that confirms the address, while it holds."""
    if chosen.sealed_code is None or chosen.code_made_at is None:
        return None
    if now >= chosen.code_made_at + CODE_HOLDS:
        return None
    return key.unseal(Preferences.__tablename__, "code", chosen.sealed_code).decode()
