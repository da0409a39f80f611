import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from api.forms.plain_json import plain, write_json
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro


@dataclass(frozen=True)
class Thing:
    due_on: object


class TestPlain:
    @pytest.mark.parametrize(
        ("value", "written"),
        [
            (Euro(-123_456), "-1234.56"),
            (date(2026, 2, 20), "2026-02-20"),
            (
                datetime(2026, 2, 20, 13, tzinfo=timezone(timedelta(hours=1))),
                "2026-02-20T12:00:00Z",
            ),
            (datetime(2026, 2, 20, 12, tzinfo=UTC), "2026-02-20T12:00:00Z"),
            (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
            (Kind.DEMAND, "demand"),
            (b"\x01\xff", "01ff"),
            (frozenset({"b", "a"}), ["a", "b"]),
            ((1, None, True, 0.5, "€"), [1, None, True, 0.5, "€"]),
            ({Kind.FINE: Thing(None)}, {"fine": {"dueOn": None}}),
        ],
    )
    def test_is_what_json_knows(self, value: object, written: object) -> None:
        assert plain(Thing(value)) == {"dueOn": written}
        assert json.loads(write_json(value)) == written

    def test_refuses_what_nobody_thought_of(self) -> None:
        with pytest.raises(TypeError, match="object"):
            plain(object())
