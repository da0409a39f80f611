"""Whole numbers side by side in one, so that a single addition adds each to its like.

A clue weighs for a score of questions, and a letter has hundreds of clues: added one by one
they took a fifth of all the time that reading takes. Python's numbers may be as long as one
likes, and adding two long ones takes hardly longer than adding short ones.
"""

_BITS, _PLACES = 24, 32
_HALF, _ALL = 1 << (_BITS - 1), (1 << _BITS) - 1


def pack(number: int, place: int) -> int:
    """Return a number in its place, counted from 0: add up what belongs side by side.

    A number, and any sum of such, lies within eight million of zero.
    """
    assert place < _PLACES
    return number << _BITS * place


def unpack(packed: int, place: int) -> int:
    """Return the number, or sum of such, in a place."""
    # Lifted above zero, so that none borrows from the one beside it.
    return (packed + _LIFT >> _BITS * place & _ALL) - _HALF


_LIFT = sum(pack(_HALF, place) for place in range(_PLACES))
