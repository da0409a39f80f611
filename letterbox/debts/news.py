"""Claim notices: to which claim each belongs, and how its history tells of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from letterbox.debts.facts import ClaimNotice, HistoryLine, ReadLetter, Told
from letterbox.debts.links import comes_from
from letterbox.debts.marks import Marked, all_marked, meaningful, sharing
from letterbox.letters.rules import NoticeType
from letterbox.shared.kinds import Kind

_LIKE: Mapping[NoticeType, Kind] = MappingProxyType(
    {
        NoticeType.PAYMENT_RECEIVED: Kind.PAYMENT_CONFIRMATION,
        NoticeType.PAID_IN_FULL: Kind.PAYMENT_CONFIRMATION,
        NoticeType.WITHDRAWN: Kind.WITHDRAWAL,
        NoticeType.REMITTED: Kind.WITHDRAWAL,
        NoticeType.DISPUTED_UPHELD: Kind.WITHDRAWAL,
        NoticeType.PAYMENT_PLAN_AGREED: Kind.PAYMENT_PLAN,
        NoticeType.TRANSFERRED: Kind.TRANSFER_NOTICE,
    }
)
"""The kind of letter that a notice takes the place of."""

News = Mapping[int, Sequence[ClaimNotice]]


def by_claim(
    groups: Sequence[Sequence[ReadLetter]], notices: Iterable[ClaimNotice]
) -> tuple[News, tuple[ClaimNotice, ...]]:
    """Return the notices by the number of the group they are about, and those about none.

    By the reference and its sender, or the buyer, as letters are. A number of the case comes
    before a number of the customer. Where there is a choice no guess is made.
    """
    heard = list(notices)
    if not heard:
        return {}, ()
    group_of = {x.letter_id: number for number, group in enumerate(groups) for x in group}
    letters = all_marked(letter for group in groups for letter in group)
    strong = sharing(letters, lambda letter: letter.strong)
    weak = sharing(letters, lambda letter: letter.customers)
    found: dict[int, list[ClaimNotice]] = defaultdict(list)
    unlinked = []
    for notice in heard:
        number = meaningful(notice.reference)
        about = _about(notice, strong.get(number, ())) or _about(notice, weak.get(number, ()))
        claims = {group_of[each.letter.letter_id] for each in about}
        found[claims.pop()].append(notice) if len(claims) == 1 else unlinked.append(notice)
    return found, tuple(unlinked)


def line_of(notice: ClaimNotice) -> HistoryLine:
    """Return how the history of a debt tells of a notice."""
    return HistoryLine(
        letter_id=notice.notice_id,
        on=notice.on,
        kind=_LIKE[notice.type],
        source=Told.NOTICE,
        what=notice.type.value,
        amount=notice.amount,
    )


def _about(notice: ClaimNotice, letters: Iterable[Marked]) -> list[Marked]:
    return [letter for letter in letters if comes_from(letter, notice)]
