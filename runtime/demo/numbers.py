"""Invented numbers that pass their checks, so that the demo walks the same path as real post."""

from itertools import cycle

from stdnum import iban
from stdnum.nl import bsn

_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)


def bsn_for_tests(first_eight: str) -> str:
    """Return a citizen number from the test range.

    :raises ValueError: not in the test range, or no ninth digit makes these eight a valid number
    """
    number = f"{first_eight}{bsn.checksum(first_eight + '0')}"
    if not number.startswith("9999") or not bsn.is_valid(number):
        raise ValueError("no test number starts with these eight digits")
    return number


def oin_for_tests(nine_digits: str) -> str:
    """Return an organisation number with the prefix that is kept for tests."""
    return f"00000099{nine_digits}000"


def invented_iban(account: str) -> str:
    """Return a valid account number at DEMO, a bank that does not exist."""
    number = f"NL00DEMO{account}"
    return f"NL{iban.calc_check_digits(number)}{number[4:]}"


def payment_reference(fifteen_digits: str) -> str:
    """Return a betalingskenmerk of sixteen digits: its check digit goes in front (mod 11)."""
    weighed = zip(reversed(fifteen_digits), cycle(_WEIGHTS), strict=False)
    check = 11 - sum(int(digit) * weight for digit, weight in weighed) % 11
    return f"{ {10: 1, 11: 0}.get(check, check) }{fifteen_digits}"


def in_groups(number: str, *, of: int = 4) -> str:
    """Return the number as it is printed: `NL12 DEMO 0123 4567 89`."""
    return " ".join(number[at : at + of] for at in range(0, len(number), of))
