"""What sentences are worth."""

from dataclasses import replace

from duskreel.edit.scoring import Scorer
from duskreel.edit.sentences import sentences
from edit.spoken import corrected, spoken


def test_content_counts_more_than_grammar_and_a_topic_most() -> None:
    scorer = Scorer(spoken("I lost the dog and the dog was all that I had"))
    lost, dog, the = (scorer.points(spoken(f"{text} {text} {text}")) for text in ("lost", "dog", "the"))
    assert dog > lost > the


def test_words_that_were_hardly_understood_count_less_until_corrected() -> None:
    clear = spoken("grandmother arrived")
    unclear = [replace(word, probability=0.2) for word in clear]
    scorer = Scorer(clear)
    assert scorer.points(unclear) < scorer.points(clear)
    assert scorer.points(corrected(corrected(unclear, 0, "grandmother"), 1, "arrived")) >= scorer.points(clear)


def test_every_sentence_is_worth_something() -> None:
    assert Scorer([]).points(corrected(spoken("um"), 0, "")) == 1


def test_fragment_is_worth_its_points_only_after_the_sentence_before_it() -> None:
    parts = sentences(
        spoken("Work ended my project yesterday. Just like that. Nobody asked me anything. Bye everyone now.")
    )
    scores = Scorer([word for part in parts for word in part.words]).scores(parts)
    assert scores.sentences[1] == 0
    assert scores.links[0] > scores.links[1]
    assert scores.total([0, 1]) > scores.total([0])
    assert scores.total([1, 2]) - scores.total([2]) < scores.total([0, 1]) - scores.total([0])


def test_sentence_that_points_back_is_worth_less_alone() -> None:
    parts = sentences(spoken("Mother called me yesterday. But mother never calls me. Mother always calls me."))
    scores = Scorer([word for part in parts for word in part.words]).scores(parts)
    assert scores.sentences[1] < scores.sentences[0]
    assert scores.links[0] > scores.links[1]


def test_beginning_and_end_of_the_clip_are_worth_more() -> None:
    parts = sentences(spoken("Mother always calls me. " * 4))
    first, second, third, last = Scorer([word for part in parts for word in part.words]).scores(parts).sentences
    assert first == last > second == third
