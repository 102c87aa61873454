"""One hint at a time, and only one that stays."""

from pytestqt.qtbot import QtBot

from duskreel.capture.coach import Hint
from duskreel.capture.sources import Picture
from duskreel.errors import DiaryError
from duskreel.picture.planes import blank
from duskreel.ui.record.coaching import SAID_FOR_LOOKS, SEEN_BEFORE_SAID, Coaching, OneAtATime
from duskreel.ui.record.feed import Feed


def after(order: OneAtATime, found: list[Hint], looks: int) -> Hint | None:
    said = None
    for _ in range(looks):
        said = order.after(found)
    return said


def test_what_lasts_a_moment_is_not_worth_a_word() -> None:
    order = OneAtATime()
    assert after(order, [Hint.OFF_CENTRE], SEEN_BEFORE_SAID - 1) is None
    assert order.after([]) is None
    assert after(order, [Hint.OFF_CENTRE], SEEN_BEFORE_SAID - 1) is None


def test_what_stays_is_said_and_goes_when_it_is_mended() -> None:
    order = OneAtATime()
    assert after(order, [Hint.DARK], SEEN_BEFORE_SAID) is Hint.DARK
    assert after(order, [], SAID_FOR_LOOKS) is None


def test_a_sentence_can_be_read_to_its_end() -> None:
    order = OneAtATime()
    after(order, [Hint.DARK], SEEN_BEFORE_SAID)
    assert after(order, [], SAID_FOR_LOOKS - 1) is Hint.DARK


def test_the_most_useful_is_said_first_and_the_next_one_after_it() -> None:
    order = OneAtATime()
    assert after(order, [Hint.NO_SOUND, Hint.DARK], SEEN_BEFORE_SAID) is Hint.NO_SOUND
    assert after(order, [Hint.DARK], SAID_FOR_LOOKS) is Hint.DARK


def test_a_dark_picture_is_noticed_and_forgotten_at_the_end(qtbot: QtBot, failures: list[DiaryError]) -> None:
    feed = Feed()
    coach = Coaching(feed, failures.append)
    coach._timer.setInterval(10)
    feed.take_picture(Picture(blank(160, 90), 0))
    with qtbot.waitSignal(coach.hinted, check_params_cb=lambda sentence: sentence == Hint.DARK.value):
        coach.start()
    with qtbot.waitSignal(coach.hinted, check_params_cb=lambda sentence: sentence == ""):
        coach.stop()
    coach.close()


def test_while_somebody_talks_only_the_sound_matters(qtbot: QtBot, failures: list[DiaryError]) -> None:
    feed = Feed()
    coach = Coaching(feed, failures.append)
    coach.listens_only = True
    coach._timer.setInterval(10)
    feed.take_picture(Picture(blank(160, 90), 0))
    with qtbot.assertNotEmitted(coach.hinted, wait=300):
        coach.start()
    coach.close()
