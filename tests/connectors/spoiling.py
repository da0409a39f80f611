"""Ways to spoil a PDF. Each is repeatable: the same chance spoils the same way."""

import re
import zlib
from collections.abc import Callable
from random import Random

from tests.connectors.seeds import SEEDS

Mutation = Callable[[Random, bytes], bytes]

_OBJECT = re.compile(rb"\d+ 0 obj\b.*?endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_HEAD = re.compile(rb"\d+ 0 obj")


def cut_off(chance: Random, pdf: bytes) -> bytes:
    return pdf[: chance.randrange(len(pdf))]


def cut_off_with_an_ending(chance: Random, pdf: bytes) -> bytes:
    return cut_off(chance, pdf) + b"\n%%EOF\n"


def flip_bits(chance: Random, pdf: bytes) -> bytes:
    changed = bytearray(pdf)
    for _ in range(chance.choice((1, 4, 16, 64))):
        changed[chance.randrange(min(8, len(pdf) - 1), len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def splice(chance: Random, pdf: bytes) -> bytes:
    other = chance.choice(list(SEEDS.values()))
    start = chance.randrange(len(other))
    piece = other[start : start + chance.randrange(1, 2000)]
    at = chance.randrange(8, len(pdf))
    return pdf[:at] + piece + pdf[at + chance.choice((0, len(piece))) :]


def inflate_numbers(chance: Random, pdf: bytes) -> bytes:
    numbers = list(re.finditer(rb"(?<=[ \[])\d+(?=[ \]/>])", pdf))
    several = chance.sample(numbers, min(3, len(numbers)))
    for number in sorted(several, key=lambda found: -found.start()):
        big = chance.choice((b"-1", b"0", b"99999999", b"2147483648", b"1" * 30))
        pdf = pdf[: number.start()] + big + pdf[number.end() :]
    return pdf


def nest(chance: Random, pdf: bytes) -> bytes:
    at = max(pdf.find(b"<<", chance.randrange(len(pdf) // 2 + 1)), 0)
    return pdf[:at] + chance.choice((b"[", b"<</A ", b"(")) * 20_000 + pdf[at:]


def swap_objects(chance: Random, pdf: bytes) -> bytes:
    """Let two objects change bodies: a font becomes a page, a page becomes a stream."""
    objects = list(_OBJECT.finditer(pdf))
    if len(objects) < 2:
        return pdf[::-1]
    first, second = sorted(chance.sample(objects, 2), key=re.Match.start)
    return (
        pdf[: first.start()]
        + _renumbered(second[0], first[0])
        + pdf[first.end() : second.start()]
        + _renumbered(first[0], second[0])
        + pdf[second.end() :]
    )


def damage_a_stream(chance: Random, pdf: bytes) -> bytes:
    """Change bytes of what is packed, so that unpacking it stops halfway."""
    return _in_a_stream(chance, pdf, lambda packed: flip_bits(chance, packed))


def repack_a_stream(chance: Random, pdf: bytes) -> bytes:
    """Unpack, spoil and pack again: it unpacks without a fault, and what comes out is wrong."""
    return _in_a_stream(chance, pdf, lambda packed: _spoiled_within(chance, packed))


MUTATIONS: tuple[Mutation, ...] = (
    cut_off,
    cut_off_with_an_ending,
    flip_bits,
    splice,
    inflate_numbers,
    nest,
    swap_objects,
    damage_a_stream,
    repack_a_stream,
)


def _renumbered(body: bytes, place: bytes) -> bytes:
    head = _HEAD.match(place)
    assert head is not None
    return _HEAD.sub(head[0], body, count=1)


def _in_a_stream(chance: Random, pdf: bytes, change: Callable[[bytes], bytes]) -> bytes:
    streams = [stream for stream in _STREAM.finditer(pdf) if len(stream[1]) > 20]
    if not streams:
        return flip_bits(chance, pdf)
    stream = chance.choice(streams)
    return pdf[: stream.start(1)] + change(stream[1]) + pdf[stream.end(1) :]


def _spoiled_within(chance: Random, packed: bytes) -> bytes:
    try:
        content = zlib.decompress(packed)
    except zlib.error:
        return _spoiled(chance, packed)
    return zlib.compress(_spoiled(chance, content))


def _spoiled(chance: Random, content: bytes) -> bytes:
    if len(content) < 20:
        return content * 1000
    way = chance.choice((flip_bits, cut_off, inflate_numbers, _repeat_a_piece))
    return way(chance, content)


def _repeat_a_piece(chance: Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + content[at : at + chance.randrange(1, 200)] * 500 + content[at:]
