"""Phrases are looked for only where their words stand, and so none may be missed."""

import re

import pytest

from letterbox.reading.phrases import Phrase, Phrases, any_phrase, words_in
from letterbox.reading.phrases.words import Words, standing_in, where_any
from letterbox.reading.plain import plain_text


class TestWordsInAPhrase:
    @pytest.mark.parametrize(
        ("phrase", "words"),
        [
            (r"\baanmaning\b", ("aanmaning",)),
            (r"(?:laatste |eerste )?aanmaning", ("aanmaning",)),
            (r"(?:geheel|helemaal) (?:betaald|voldaan)", ("betaald", "voldaan")),
            (
                r"uit handen gegeven|aan ons overgedragen",
                ("uit handen gegeven", "aan ons overgedragen"),
            ),
            (r"veel\b.{0,50}\b(?:uitkering|(?:zorg|huur)toeslag)", ("uitkering", "toeslag")),
            (r"ge[iï]ncasseerd", ("ncasseerd",)),
            (r"her+inner?ing", ("inne",)),
            (r"(?<!justitieel )incassobureau", ("incassobureau",)),
            (r"in de zaak(?! van iemand anders)", ("in de zaak",)),
            (r"EUR 0,00", ("eur 0,00",)),
            (r"rente[\]abc]\u00e9\x41", ("rente",)),
        ],
    )
    def test_are_the_longest_it_always_holds(self, phrase: str, words: tuple[str, ...]) -> None:
        assert words_in(phrase) == words

    @pytest.mark.parametrize("phrase", [r"\d{4}", r".*", r"(?:rente)?", r"[a-z]+", r"(?:\d|rente)"])
    def test_are_in_any_text_when_nothing_is_sure(self, phrase: str) -> None:
        assert "" in words_in(phrase)


class TestPhrases:
    @pytest.mark.parametrize("before", ["", "u", "uw", "uwe", "deze"])
    @pytest.mark.parametrize("word", ["boete", "sommatie", "slotsommatie"])
    def test_are_likely_wherever_in_a_text_they_stand(self, before: str, word: str) -> None:
        phrase = Phrase(re.compile(word), words_in(word))
        plain = f"{before}{word}."

        assert Phrases([phrase]).likely(standing_in([plain])) == [phrase]

    @pytest.mark.parametrize("pattern", [r"ten\sgunste", r"nog [^.]{0,9} open", r"groet\nnamens"])
    def test_run_on_where_they_may_match_the_end_of_a_line(self, pattern: str) -> None:
        assert Phrase(re.compile(pattern), ()).runs_on
        assert not Phrase(re.compile(r"nog .{0,9} open\b"), ()).runs_on

    def test_are_left_out_where_their_words_do_not_stand(self) -> None:
        phrases = Phrases([Phrase(re.compile("dagvaarding"), words_in("dagvaarding"))])
        plain = "een herinnering"

        assert phrases.likely(standing_in([plain])) == []

    def test_are_found_with_capitals_and_accents_too(self) -> None:
        phrase = any_phrase(["vóór of op", "uiterlijk"], before=r"\b")

        assert [bool(phrase.search(text)) for text in ("Vóór of op", "UITERLIJK", "later")] == [
            True,
            True,
            False,
        ]

    def test_are_likely_in_any_text_when_nothing_is_sure_of_them(self) -> None:
        phrase = Phrase(re.compile(r"\d"), words_in(r"\d"))

        assert Phrases([phrase]).likely(standing_in(["a text"])) == [phrase]


class TestWords:
    def test_tell_in_which_texts_any_of_them_stands(self) -> None:
        words = Words("Vóór", "incasso", "kosten")
        texts = ["uiterlijk dan", "incassokosten", "voor die dag", "kosten en nogmaals kosten"]

        assert [*where_any(words.plain, standing_in(texts))] == [1, 2, 3]

    def test_that_stand_nowhere_are_in_no_text(self) -> None:
        assert [*where_any(Words("dagvaarding").plain, standing_in(["een", "twee"]))] == []


class TestPlainText:
    @pytest.mark.parametrize(
        ("name", "plain"), [("Yıldız", "yildiz"), ("Łukasz", "lukasz"), ("Şahin", "sahin")]
    )
    def test_keeps_names_in_one_piece(self, name: str, plain: str) -> None:
        assert plain_text(name) == plain

    @pytest.mark.parametrize("text", ["İĞDIR", "Één café", "₂ €", "ﬁ"])
    def test_is_as_long_as_the_text(self, text: str) -> None:
        assert len(plain_text(text)) == len(text)
