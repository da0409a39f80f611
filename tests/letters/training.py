"""Learning how much each clue weighs, from letters with their truth.

Every letter is judged by weights that were learned without the bank it is from: letters of
another hand are what a choice will meet. One that builds on an earlier choice learns from such
judgements too. From them follows from which share on a field is shown as sure, depending on
what else in the letter backs it or casts doubt on it.

    python -m tests.letters.training [--seeds 4] [--cases FOLDER] [--dry]

writes `letterbox/reading/weights/learned.json` and prints how often each field was right.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import eq
from pathlib import Path
from typing import Any

from letterbox.reading import choosing, gathering, weights
from letterbox.reading.candidates import Candidate, Choice
from letterbox.reading.candidates.accounts import account_candidates
from letterbox.reading.candidates.parties import party_candidates
from letterbox.reading.doubting import LIMITS, limits_to_reach
from letterbox.reading.finders.events import EventKind
from letterbox.reading.found import Found
from letterbox.reading.kinds import signs_of_kind, words_of_kind
from letterbox.reading.parties import alike
from letterbox.reading.weights.sorter import counts_of
from letterbox.reading.whole_letter import clues_of_letter, clues_of_likely, clues_of_money
from letterbox.shared.kinds import Kind
from tests.letters.comparing import MONEY_AND_DAYS
from tests.letters.learning import (
    FEW_WRONG,
    MOST_WRONG,
    Judged,
    Question,
    learn_scale,
    learn_sorter,
)
from tests.letters.limits import limits_of
from tests.letters.questions import (
    plain_number,
    question_of,
    same_day,
    same_money,
    same_number,
    same_party,
    truth_of,
)
from tests.letters.samples import Sample, case_samples, printed_samples

BANKS = (
    *("tuning", "held_out_a", "held_out_b", "final", "resit", "newcomer"),
    *("plain_language", "chancery", "service_desk", "corner_shops", "household"),
    *("stranger", "passer_by"),
    *("terms_and_parts", "go_betweens", "bench_and_bar", "nothing_to_pay"),
    *("doorstep", "letter_slot", "paper_round", "kitchen_table", "hall_mat"),
    *("in_their_name", "to_the_cent", "what_is_this", "by_the_book"),
    *("brown_envelopes", "registered_mail", "second_post", "morning_mail"),
    *("expat_mail", "window_envelopes", "neighbours", "late_post"),
    *("poste_restante", "shoe_box", "no_slip", "letterheads", "pigeon_post"),
    *("mantelpiece", "biscuit_tin", "kitchen_drawer", "coat_pocket"),
    *("stairwell", "front_gate", "window_sill"),
    *("long_corridor", "tall_house", "river_dike", "harbour_street"),
    *("mine_town", "new_town", "border_farm", "ferry_quay"),
    *("old_mill", "glass_office", "court_house", "counter_nine"),
    *("school_yard", "night_shift", "market_hall", "unopened_bag"),
    *("attic_box", "garden_flat", "canal_belt", "tram_stop", "bakery_steps", "village_pump"),
    *("lock_keeper", "signed_by", "corner_table", "second_floor", "green_folder"),
    *("shift_work", "back_door", "tin_drum", "rainy_day"),
    *("paper_bag", "sorting_tray", "old_suitcase", "hat_stand"),
    *("oak_table", "stage_door", "gavel", "soup_kitchen", "greenhouse", "brass_plate"),
    *("terraced_row", "moving_box", "ledger", "harvest_barn", "corner_pub", "night_bus"),
    *("high_stoop", "pawn_ticket", "walled_garden", "copper_kettle", "third_window"),
    *("loose_change", "paper_kite", "slate_roof", "tea_caddy", "river_cabin"),
)
_MOST_WRONG = {
    **dict.fromkeys(MONEY_AND_DAYS, FEW_WRONG),
    "iban": 0.005,
    "payment_reference": 0.0075,
}
_PARTIES = ("creditor", "collector")
_LISTED_FROM = 0.09  # a missing number harms more than one too many
LEARNED = Path(weights.__file__).with_name("learned.json")


@dataclass
class Course:
    """All samples with what was found in them, and what was judged of them so far.

    :ivar claims: whether each seems to claim money at all: else nothing is shown, or nothing sure
    """

    samples: Sequence[Sample]
    found: Sequence[Found]
    claims: Sequence[bool] = ()
    judged: dict[str, list[Judged]] = field(default_factory=dict)
    weights: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        return [sample.template for sample in self.samples]

    @property
    def hands(self) -> list[str]:
        return [sample.bank for sample in self.samples]

    def truths(self, name: str) -> list[Any]:
        return [truth_of(name, sample) for sample in self.samples]

    def judge(
        self,
        name: str,
        candidates: Sequence[Sequence[Candidate[Any]]],
        letters: Sequence[frozenset[str]],
        same: Callable[[Any, Any], bool],
    ) -> list[Judged]:
        """Learn the weights of a field, and return what such that did not see them choose."""
        alike_too = alike if name in _PARTIES else eq
        questions = [
            question_of(each, letter, truth, same, alike_too)
            for each, letter, truth in zip(candidates, letters, self.truths(name), strict=True)
        ]
        self.judged[name], self.weights[name] = learn_scale(questions, self.texts, self.hands)
        return self.judged[name]

    def names_a_claim(self, at: int) -> bool:
        """Say whether a balance, an amount or a day to pay, or an account was chosen."""
        return any(self.judged[name][at].value is not None for name in choosing.OF_A_CLAIM)

    def scales(self, letters: Sequence[frozenset[str]]) -> dict[str, Any]:
        """Return the weights with their limits, each from choices of which as much is known."""
        groups = [self._groups(at, letter) for at, letter in enumerate(letters)]
        return {
            name: {"weights": self.weights[name], "limits": self._limits(name, groups)}
            for name in self.weights
        }

    def _groups(self, at: int, letter: frozenset[str]) -> dict[str, str]:
        """Return which limit each field of a letter must reach; none where it is never sure."""
        if not self.claims[at]:
            return {}
        choices = {
            name: Choice(judged[at].value, None, False, judged[at].share)
            for name, judged in self.judged.items()
        }
        return limits_to_reach(choices, self.found[at], letter)

    def _limits(self, name: str, groups: Sequence[dict[str, str]]) -> dict[str, float]:
        held: dict[str, list[Judged]] = {limit: [] for limit in LIMITS}
        for judged, group in zip(self.judged[name], groups, strict=True):
            if name in group:
                held[group[name]].append(judged)
        limits = limits_of(held, most_wrong=_MOST_WRONG.get(name, MOST_WRONG))
        within = ((each, limits[limit]) for limit, each_in in held.items() for each in each_in)
        sure = [each for each, lowest in within if each.known and each.share >= lowest]
        _report(name, self.judged[name], sure)
        return limits


def train(samples: Sequence[Sample]) -> dict[str, Any]:
    """Return all weights, as `learned.json` writes them."""
    found = [s.found(with_sender=at % 2 == 0) for at, s in enumerate(samples)]
    seen = [frozenset(clues_of_letter(each)) for each in found]
    kinds, sorter = learn_sorter(
        [
            counts_of(words_of_kind(each.layout), signs_of_kind(each) | letter)
            for each, letter in zip(found, seen, strict=True)
        ],
        [sample.truth["kind"] for sample in samples],
        [sample.template for sample in samples],
        [sample.bank for sample in samples],
    )
    claims = [max(likely, key=lambda kind: likely[kind]) != Kind.OTHER for likely in kinds]
    course = Course(samples, found, claims)
    letters = [
        letter | clues_of_likely({Kind(k): p for k, p in likely.items()})
        for letter, likely in zip(seen, kinds, strict=True)
    ]
    _learn_money_and_ways(course, letters)
    _learn_parties(course, letters)
    references = {"references": _learn_references(course)}
    sorter["sure_from"] = _limits_of_kinds(kinds, course)
    return {"kinds": sorter, "scales": {**course.scales(letters), **references}}


def _limits_of_kinds(likely: Sequence[Mapping[str, float]], course: Course) -> dict[str, float]:
    """Return by kind from which share on a letter is shown as surely of it.

    One that claims nothing has an allowance of its own, for of a claim in it nothing would be
    shown; and where it names what a claim has it is a question anyway.
    """
    seeming: dict[str, list[Judged]] = {}
    for at, (shares, truth) in enumerate(zip(likely, course.truths("kind"), strict=True)):
        kind = max(shares, key=lambda each: shares[each])
        judged = Judged(kind, kind == truth, truth in shares, shares[kind], known=True)
        if kind != Kind.OTHER or not course.names_a_claim(at):
            seeming.setdefault(str(kind), []).append(judged)
    limits = limits_of(seeming, most_wrong=MOST_WRONG)
    limits |= limits_of({Kind.OTHER: seeming.get(Kind.OTHER, [])}, most_wrong=MOST_WRONG)
    every = [each for held in seeming.values() for each in held]
    sure = [each for each in every if each.share >= limits[str(each.value)]]
    _report("kind", every, sure)
    return limits


def _learn_money_and_ways(course: Course, letters: Sequence[frozenset[str]]) -> None:
    found = course.found
    owed = [gathering.money_candidates(each) for each in found]
    balances = course.judge(choosing.BALANCE, owed, letters, same_money)
    beside = [
        gathering.beside_balance(candidates, balance.value, each)
        for candidates, balance, each in zip(owed, balances, found, strict=True)
    ]
    payable = course.judge("payable_now", beside, letters, same_money)
    for name in choosing.PARTS:
        course.judge(name, beside, letters, same_money)
    after = [
        letter | clues_of_money(balance.value, asked.value)
        for letter, balance, asked in zip(letters, balances, payable, strict=True)
    ]
    dues = [gathering.due_candidates(f, p.value) for f, p in zip(found, payable, strict=True)]
    course.judge("due_on", dues, after, same_day)
    days = [gathering.days_ahead(due, each) for due, each in zip(dues, found, strict=True)]
    for what in (*EventKind, choosing.OBJECTION):
        course.judge(str(what), days, letters, same_day)
    ibans = [account_candidates(each.accounts, each.layout) for each in found]
    course.judge("iban", ibans, after, same_number)
    quotes = [gathering.quoting_candidates(each) for each in found]
    course.judge("payment_reference", quotes, after, same_number)


def _learn_parties(course: Course, letters: Sequence[frozenset[str]]) -> None:
    names = [party_candidates(each.named, each.layout) for each in course.found]
    creditors = course.judge("creditor", names, letters, same_party)
    others = [
        gathering.collector_candidates(each, found, creditor.value)
        for each, found, creditor in zip(names, course.found, creditors, strict=True)
    ]
    course.judge("collector", others, letters, same_party)


def _learn_references(course: Course) -> dict[str, Any]:
    """Learn which number identifies the case: each is a question by itself."""
    numbers = [
        (at, candidate)
        for at, found in enumerate(course.found)
        for candidate in gathering.quoting_candidates(found)
    ]
    truths = [set(map(plain_number, truth)) for truth in course.truths("references")]
    right = [plain_number(candidate.value) in truths[at] for at, candidate in numbers]
    judged, learned = learn_scale(
        [
            Question([candidate], frozenset(), [so], none=not so)
            for (_, candidate), so in zip(numbers, right, strict=True)
        ],
        [course.texts[at] for at, _ in numbers],
        [course.hands[at] for at, _ in numbers],
    )
    _report_references(judged, right)
    return {"weights": learned, "limits": {"value": _LISTED_FROM}}


def _report_references(judged: Sequence[Judged], right: Sequence[bool]) -> None:
    listed = [_says_so(each) >= _LISTED_FROM for each in judged]
    missed = sum(so and not there for so, there in zip(right, listed, strict=True))
    needless = sum(there and not so for so, there in zip(right, listed, strict=True))
    print(  # noqa: T201
        f"{'references':18} {sum(right)} of {len(right)} numbers, missed {missed},"
        f" needlessly listed {needless}",
        file=sys.stderr,
    )


def _says_so(judged: Judged) -> float:
    return judged.share if judged.value is not None else 1 - judged.share


def _report(name: str, judged: Sequence[Judged], sure: Sequence[Judged]) -> None:
    known = [each for each in judged if each.known]
    print(  # noqa: T201  # a command talks
        f"{name:18} reachable {_share(known, lambda each: each.reachable)}"
        f"  right {_share(known, lambda each: each.right)}  sure {len(sure) / len(known):.3f},"
        f" of which wrong {sum(not each.right for each in sure)}",
        file=sys.stderr,
    )


def _share(judged: Sequence[Judged], holds: Callable[[Judged], bool]) -> str:
    return f"{sum(map(holds, judged)) / len(judged):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--banks", nargs="*", default=BANKS)
    parser.add_argument("--cases", type=Path, help="letters with their truth in case.json")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    asked = parser.parse_args()
    samples = [s for bank in asked.banks for s in printed_samples(bank, range(asked.seeds))]
    samples += case_samples(asked.cases) if asked.cases else ()
    print(f"{len(samples)} letters", file=sys.stderr)  # noqa: T201
    learned = train(samples)
    if not asked.dry:
        LEARNED.write_text(json.dumps(learned, separators=(",", ":"), sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
