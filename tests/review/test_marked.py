"""Which sentences a mark means."""

import pytest

from duskreel.review.findings import Kind
from duskreel.review.marked import meant
from duskreel.review.phrases import find
from review.measuring import spoken as heard


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("en", "It rained. I cried a lot. Delete that last bit.", (1, 2)),
        ("en", "It rained. I cried a lot. Um, sorry, cut that.", (1, 2)),
        ("en", "It rained. Don't post this, but I cried a lot all day. It rained.", (1,)),
        ("en", "Cut that. It rained.", (0,)),
        ("de", "Es regnet. Ich war wütend. Den letzten Satz rausschneiden.", (1, 2)),
        ("fr", "Il pleut. J'étais en colère. Coupe ça.", (1, 2)),
    ],
)
def test_a_mark_means_its_sentence_and_maybe_the_one_before(
    language: str, text: str, sentences: tuple[int, ...]
) -> None:
    spoken = heard(text, language)
    marks = [match for match in find(spoken) if match.kind is Kind.MARKED]
    assert [meant(spoken, match) for match in marks] == [sentences]
