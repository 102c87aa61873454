"""What goes into FFmpeg's filters comes out in its place."""

import numpy as np
import pytest

from clips import SOUND_RATE_HZ
from duskreel.export.filtering import BLOCK, filtered_samples
from duskreel.library.sound import Samples


def ramp(count: int) -> Samples:
    return np.linspace(-1, 1, 2 * count, dtype=np.float32).reshape(count, 2)


@pytest.mark.parametrize("count", [0, 1, BLOCK - 1, BLOCK, 3 * BLOCK + 7])
def test_a_filter_that_does_nothing_changes_nothing(count: int) -> None:
    np.testing.assert_array_equal(filtered_samples(ramp(count), SOUND_RATE_HZ, [("anull", "")]), ramp(count))


def test_what_the_filters_are_given_before_does_not_come_out() -> None:
    lead = np.ones((7_001, 2), dtype=np.float32)
    result = filtered_samples(ramp(BLOCK), SOUND_RATE_HZ, [("anull", "")], lead=lead)
    np.testing.assert_array_equal(result, ramp(BLOCK))


def test_a_known_delay_is_taken_back_and_the_end_is_not_lost() -> None:
    result = filtered_samples(ramp(BLOCK), SOUND_RATE_HZ, [("adelay", "delays=100S:all=1")], delay=100)
    np.testing.assert_array_equal(result, ramp(BLOCK))


def test_filters_that_give_too_little_leave_silence() -> None:
    result = filtered_samples(ramp(BLOCK), SOUND_RATE_HZ, [("atrim", "end_sample=1000")])
    np.testing.assert_array_equal(result[:1000], ramp(BLOCK)[:1000])
    assert not result[1000:].any()
