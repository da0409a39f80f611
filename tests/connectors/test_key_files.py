from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.key_files import KEY_BYTES, KeyFiles, add_key, prepare
from letterbox.shared.sealing import BrokenSeal, new_data_key

MAILBOX = uuid4()
KINDS = st.sampled_from(["bsn", "code", "content", "file"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    prepare(tmp_path / "keys")
    return tmp_path / "keys"


class TestWrapping:
    def test_gives_back_the_data_key(self, folder: Path) -> None:
        data_key = new_data_key()

        wrapped = KeyFiles(folder).wrap(data_key, mailbox_id=MAILBOX)

        assert KeyFiles(folder).unwrap(wrapped, mailbox_id=MAILBOX) == data_key
        assert data_key not in wrapped

    def test_is_bound_to_its_mailbox(self, folder: Path) -> None:
        wrapped = KeyFiles(folder).wrap(new_data_key(), mailbox_id=MAILBOX)

        with pytest.raises(BrokenSeal):
            KeyFiles(folder).unwrap(wrapped, mailbox_id=uuid4())

    @pytest.mark.parametrize("wrapped", [b"", b":", b"kek-0009:x", b"kek-0001", b"kek-0001:\x01"])
    def test_does_not_open_what_it_did_not_wrap(self, folder: Path, wrapped: bytes) -> None:
        with pytest.raises(BrokenSeal):
            KeyFiles(folder).unwrap(wrapped, mailbox_id=MAILBOX)


class TestTheRing:
    def test_wraps_with_the_newest_and_unwraps_with_any(self, folder: Path) -> None:
        data_key = new_data_key()
        old = KeyFiles(folder).wrap(data_key, mailbox_id=MAILBOX)
        add_key(folder)
        ring = KeyFiles(folder)

        new = ring.wrap(data_key, mailbox_id=MAILBOX)

        assert (ring.is_newest(old), ring.is_newest(new)) == (False, True)
        assert ring.unwrap(old, mailbox_id=MAILBOX) == ring.unwrap(new, mailbox_id=MAILBOX)

    def test_learns_of_a_key_that_was_added_while_it_is_in_use(self, folder: Path) -> None:
        running, data_key = KeyFiles(folder), new_data_key()
        add_key(folder)

        wrapped = KeyFiles(folder).wrap(data_key, mailbox_id=MAILBOX)

        assert running.unwrap(wrapped, mailbox_id=MAILBOX) == data_key
        assert running.is_newest(wrapped)

    def test_opens_nothing_with_a_key_that_was_taken_away(self, folder: Path) -> None:
        wrapped = KeyFiles(folder).wrap(new_data_key(), mailbox_id=MAILBOX)
        add_key(folder)
        (folder / "kek-0001.key").unlink()

        with pytest.raises(BrokenSeal):
            KeyFiles(folder).unwrap(wrapped, mailbox_id=MAILBOX)

    def test_counts_on_from_the_last_when_the_first_was_taken_away(self, folder: Path) -> None:
        add_key(folder)
        (folder / "kek-0001.key").unlink()

        assert add_key(folder) == "kek-0003"

    def test_goes_on_past_nine(self, folder: Path) -> None:
        names = [add_key(folder) for _ in range(10)]

        assert KeyFiles(folder).wrap(b"k", mailbox_id=MAILBOX).startswith(b"kek-0011:")
        assert names == sorted(names)


class TestDigest:
    @given(st.lists(st.tuples(KINDS, st.text()), min_size=2, max_size=5, unique=True))
    def test_never_is_the_same_for_two_kinds_or_texts(
        self, tmp_path_factory: pytest.TempPathFactory, things: list[tuple[str, str]]
    ) -> None:
        folder = tmp_path_factory.getbasetemp() / "digest"
        prepare(folder)

        digests = {KeyFiles(folder).digest(kind, text) for kind, text in things}

        assert len(digests) == len(things)
        assert all(len(digest) == 64 for digest in digests)

    def test_is_the_same_after_a_restart_and_after_rotation(self, folder: Path) -> None:
        before = KeyFiles(folder).digest("bsn", "999990019")
        add_key(folder)

        assert KeyFiles(folder).digest("bsn", "999990019") == before

    def test_differs_between_installations(self, folder: Path, tmp_path: Path) -> None:
        prepare(tmp_path / "elsewhere")

        ours, theirs = KeyFiles(folder), KeyFiles(tmp_path / "elsewhere")

        assert ours.digest("bsn", "999990019") != theirs.digest("bsn", "999990019")


class TestTheFolder:
    def test_is_prepared_once(self, folder: Path) -> None:
        before = {path.name: path.read_bytes() for path in folder.iterdir()}

        prepare(folder)

        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
        assert set(before) == {"kek-0001.key", "hash.key"}

    def test_is_for_its_owner_only(self, folder: Path) -> None:
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}

    def test_never_loses_a_key_to_another(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = (folder / "kek-0001.key").read_bytes()
        # Somebody else adds the same key between our looking and our writing.
        monkeypatch.setattr(Path, "glob", lambda *_: iter(()))

        with pytest.raises(FileExistsError):
            add_key(folder)

        assert (folder / "kek-0001.key").read_bytes() == before

    @pytest.mark.parametrize("name", ["kek-0001.key", "hash.key"])
    @pytest.mark.parametrize("content", ["", "AAAA", "A" * 44 + "AAAA"])
    def test_is_refused_with_a_key_of_another_length(
        self, folder: Path, name: str, content: str
    ) -> None:
        (folder / name).write_text(content)

        with pytest.raises(ValueError, match=f"does not hold {KEY_BYTES} bytes"):
            KeyFiles(folder)

    def test_is_refused_when_empty(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError, match="letterbox keys new"):
            KeyFiles(tmp_path)
