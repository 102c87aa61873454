"""The parts of a clip, and lengths that add up."""

from itertools import chain, combinations

from hypothesis import assume, given
from hypothesis import strategies as st

from duskreel.edit.pauses import Room
from duskreel.edit.sentences import sentences
from duskreel.edit.stretches import Stretches
from duskreel.library.entry import Word
from duskreel.timecode import Span, total_ms
from edit.spoken import rooms, speeches, steadily, voices


@steadily
@given(speeches(max_words=20), st.data(), rooms, st.booleans())
def test_lengths_add_up_to_what_is_shown(words: list[Word], data: st.DataObject, room: Room, with_ends: bool) -> None:
    parts = sentences(words)
    assume(len(parts) <= 6)
    duration_ms = words[-1].end_ms + 3000
    cuts = [Span(cut.start_ms, cut.end_ms) for cut in data.draw(voices(duration_ms, most=2))]
    stretches = Stretches(parts, duration_ms, cuts, room, with_ends=with_ends)
    own_ms, link_ms = stretches.own_ms(), stretches.link_ms()
    assert all(ms >= 0 for ms in link_ms)
    for choice in chain.from_iterable(combinations(range(len(parts)), size) for size in range(1, len(parts) + 1)):
        linked_ms = sum(link_ms[index] for index in choice if index + 1 in choice)
        assert total_ms(stretches.spans(choice)) == sum(own_ms[index] for index in choice) + linked_ms
