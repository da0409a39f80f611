"""Whatever a PDF holds or was done to it, reading gives a result or a clear no, and in time.

A few hundred files here; thousands by hand, with `python -m tests.connectors.fuzz`.
"""

import random
import resource
from collections.abc import Iterator

import pytest

from connectors.pdf import PdfPool
from letterbox.shared.ports import PdfFacts, PdfRefused
from tests.connectors.asking import a_hasty_pool, open_with, read_on
from tests.connectors.fuzz import open_all
from tests.connectors.seeds import SEEDS
from tests.connectors.spoiling import MUTATIONS, Mutation
from tests.connectors.strange_pdfs import STRANGE, lying_on_its_side

MUTATIONS_OF_EACH = 5
MEMORY = 512 * 1024
"""In kB, that this process may grow by. The pool bounds that of its own processes."""

REFUSED = {
    "nothing": "not-a-pdf",
    "no pages": "no-pages",
    "a page too many": "too-many-pages",
    "a large file": "too-large",
    "a password": "encrypted",
    "a script": "active-content",
}


@pytest.fixture(scope="module")
def pool() -> Iterator[PdfPool]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with a_hasty_pool() as pool:
        yield pool
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEMORY


@pytest.mark.parametrize("letter", SEEDS.values(), ids=SEEDS.keys())
@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_spoiled_letter_gets_an_answer_in_time(
    pool: PdfPool, mutation: Mutation, letter: bytes
) -> None:
    spoiled = [
        mutation(random.Random(f"{mutation.__name__} {turn}"), letter)  # noqa: S311  # repeatable
        for turn in range(MUTATIONS_OF_EACH)
    ]

    for opened in open_all(pool, spoiled):
        read_on(opened)


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_file_gets_an_answer_in_time(pool: PdfPool, name: str) -> None:
    opened = open_with(pool, STRANGE[name]())

    read_on(opened)

    if name in REFUSED:
        assert isinstance(opened.inspected, PdfRefused)
        assert opened.inspected.code == REFUSED[name]


@pytest.mark.parametrize("letter", SEEDS.values(), ids=SEEDS.keys())
def test_a_whole_letter_is_let_in_and_read(pool: PdfPool, letter: bytes) -> None:
    opened = open_with(pool, letter)

    assert isinstance(opened.inspected, PdfFacts)
    assert read_on(opened) is not None


@pytest.mark.parametrize("angle", [90, 180, 270, -90, 450])
def test_a_page_that_is_turned_upright_says_the_same(pool: PdfPool, angle: int) -> None:
    upright, turned = (
        read_on(open_with(pool, pdf)) for pdf in (SEEDS["a tiny one"], lying_on_its_side(angle))
    )

    assert upright is not None
    assert turned is not None
    assert turned.outstanding == upright.outstanding
    assert turned.due_on == upright.due_on
