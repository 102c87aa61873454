"""The timeline of a take."""

from duskreel.capture.clock import NS_PER_MS, TakeClock

ZERO = 7_000_000 * NS_PER_MS


def at(ms: int) -> int:
    return ZERO + ms * NS_PER_MS


def test_time_runs_from_the_first_picture() -> None:
    clock = TakeClock()
    assert clock.take_ns(at(0)) is None
    clock.begin(at(0))
    assert clock.take_ms(at(0)) == 0
    assert clock.take_ms(at(1500)) == 1500
    assert clock.take_ms(at(-1)) is None


def test_a_pause_takes_no_time_and_leaves_no_hole() -> None:
    clock = TakeClock()
    clock.begin(at(0))
    clock.pause(at(1000))
    clock.resume(at(61_000))
    assert clock.take_ms(at(999)) == 999
    assert clock.take_ms(at(1000)) is None
    assert clock.take_ms(at(60_999)) is None
    assert clock.take_ms(at(61_000)) == 1000
    assert clock.length_ns(at(62_000)) == 2000 * NS_PER_MS


def test_the_past_can_be_asked_for_after_three_pauses() -> None:
    clock = TakeClock()
    clock.begin(at(0))
    for start in (1000, 3000, 5000):
        clock.pause(at(start))
        clock.resume(at(start + 1000))
    assert [clock.take_ms(at(ms)) for ms in (500, 2500, 4500, 6500)] == [500, 1500, 2500, 3500]


def test_nothing_belongs_to_the_take_after_its_end() -> None:
    clock = TakeClock()
    clock.begin(at(0))
    clock.pause(at(400))
    assert clock.take_ms(at(400)) is None
    assert clock.length_ns(at(9000)) == 400 * NS_PER_MS


def test_pausing_twice_is_pausing_once() -> None:
    clock = TakeClock()
    clock.resume(at(0))
    assert not clock.has_begun
    clock.begin(at(0))
    clock.pause(at(100))
    clock.pause(at(200))
    clock.resume(at(300))
    clock.resume(at(400))
    assert clock.take_ms(at(500)) == 300
