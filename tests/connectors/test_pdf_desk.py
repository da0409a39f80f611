"""What becomes of a process that hangs, crashes, or is killed while or before it works."""

import hashlib
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest
from pebble import ProcessExpired

from connectors.pdf_desk import PdfDesk

MEMORY = 512 * 1024 * 1024
HOUSE = Path(__file__).parents[2]


@pytest.fixture
def desk() -> Iterator[PdfDesk]:
    desk = PdfDesk(MEMORY)
    yield desk
    desk.clear()


class TestPdfDesk:
    def test_ends_what_takes_too_long(self, desk: PdfDesk) -> None:
        started = time.monotonic()

        with pytest.raises(TimeoutError):
            desk.run(0.3, time.sleep, 60)

        assert time.monotonic() - started < 3
        assert desk.run(5, len, b"abc") == 3

    def test_ends_what_takes_too_long_outside_python(self, desk: PdfDesk) -> None:
        desk.run(5, len, b"abc")
        started = time.monotonic()

        with pytest.raises(TimeoutError):
            desk.run(0.3, hashlib.pbkdf2_hmac, "sha256", b"", b"", 10**9)

        assert time.monotonic() - started < 2, "the handler for SIGTERM has to be the system's"

    def test_survives_a_crash(self, desk: PdfDesk) -> None:
        with pytest.raises(ProcessExpired):
            desk.run(5, os.abort)

        assert desk.run(5, len, b"abc") == 3

    def test_gives_a_second_chance_to_who_was_killed_by_accident(self, desk: PdfDesk) -> None:
        victim = desk.run(5, os.getpid)
        accident = Timer(0.2, os.kill, (victim, signal.SIGKILL))
        accident.start()

        assert desk.run(5, time.sleep, 1) is None
        accident.join()

    def test_replaces_a_process_that_was_killed_between_two_files(self, desk: PdfDesk) -> None:
        for pause in (0.0, 0.5):
            os.kill(desk.run(5, os.getpid), signal.SIGKILL)
            time.sleep(pause)

            assert desk.run(5, len, b"abc") == 3

    def test_replaces_a_process_that_was_frozen(self, desk: PdfDesk) -> None:
        os.kill(desk.run(5, os.getpid), signal.SIGSTOP)

        with pytest.raises(TimeoutError):
            desk.run(0.3, len, b"abc")

        assert desk.run(5, len, b"abc") == 3

    def test_bounds_memory(self, desk: PdfDesk) -> None:
        with pytest.raises(MemoryError):
            desk.run(5, bytes, MEMORY)

        assert desk.run(5, len, bytes(20 * 1024 * 1024)) == 20 * 1024 * 1024

    @pytest.mark.parametrize("limit", [resource.RLIMIT_CORE, resource.RLIMIT_FSIZE])
    def test_leaves_nothing_on_the_disk(self, desk: PdfDesk, limit: int) -> None:
        assert desk.run(5, resource.getrlimit, limit) == (0, 0)

    def test_bounds_processor_time_anew_for_each_file(self, desk: PdfDesk) -> None:
        used = desk.run(5, time.process_time)

        soft, _ = desk.run(7, resource.getrlimit, resource.RLIMIT_CPU)

        assert used + 7 <= soft <= used + 10


class TestTheProgramAround:
    """What a whole program sees of it, from its start to its end."""

    def run(self, folder: Path, last_line: str) -> tuple[str, str]:
        program = folder / "letterhead.py"
        program.write_text(
            "print('started')\n"
            "from connectors.pdf import PdfPool\n"
            "from tests.pdf_files import a_pdf\n"
            "pool = PdfPool(largest=10_000, most_pages=5)\n"
            "print(pool.inspect(a_pdf('een')).pages)\n" + last_line
        )
        done = subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-W", "error", program],
            env={"PYTHONPATH": str(HOUSE)},
            cwd=HOUSE,
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
        return done.stdout, done.stderr

    @pytest.mark.parametrize("last_line", ["", "pool.close()", "pool.paper(a_pdf('een'))"])
    def test_ends_in_silence(self, tmp_path: Path, last_line: str) -> None:
        assert self.run(tmp_path, last_line) == ("started\n1\n", "")

    def test_is_not_imported_again(self, tmp_path: Path) -> None:
        looking = (
            "from connectors.pdf_desk import PdfDesk\n"
            "desk = PdfDesk(10**9)\n"
            'print(desk.run(5, eval, \'sorted(set(__import__("sys").modules)'
            ' & {"connectors.pdf", "sqlalchemy", "fastapi"})\'))\n'
            "desk.clear(); pool.close()\n"
        )

        assert self.run(tmp_path, looking) == ("started\n1\n[]\n", "")
