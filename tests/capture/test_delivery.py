"""After the end, nothing."""

from threading import Event, Thread

import pytest

from duskreel.capture.delivery import Delivery, SourceThread
from duskreel.capture.sources import SourceEnd
from duskreel.errors import DiaryError


def test_nothing_comes_after_the_end() -> None:
    items: list[int] = []
    ends: list[SourceEnd] = []
    delivery = Delivery(items.append, ends.append)
    delivery.give(1)
    delivery.end(SourceEnd.FINISHED)
    delivery.give(2)
    delivery.end(SourceEnd.LOST)
    assert (items, ends) == ([1], [SourceEnd.FINISHED])
    assert delivery.is_closed


def test_closing_is_no_end() -> None:
    ends: list[SourceEnd] = []
    delivery = Delivery(lambda _item: None, ends.append)
    delivery.close()
    delivery.end(SourceEnd.LOST)
    assert ends == []


def test_closing_waits_for_what_is_being_handed_over() -> None:
    inside, go_on = Event(), Event()
    handed: list[int] = []

    def take(item: int) -> None:
        inside.set()
        go_on.wait(10)
        handed.append(item)

    delivery = Delivery(take, lambda _reason: None)
    giver = Thread(target=delivery.give, args=(1,))
    giver.start()
    assert inside.wait(10)
    closer = Thread(target=delivery.close)
    closer.start()
    assert closer.is_alive()
    go_on.set()
    closer.join(10)
    assert handed == [1]
    giver.join(10)


NO_ANSWER = DiaryError("The camera does not answer.", "Plug it in again.")


def test_a_device_that_does_not_answer_is_given_up_and_told_to_stop() -> None:
    stopped = Event()

    def hang(_delivery: Delivery[int], _opened: Event, stopping: Event) -> None:
        stopping.wait(10)
        stopped.set()

    thread: SourceThread[int] = SourceThread("device", 0.05, lambda: NO_ANSWER)
    with pytest.raises(DiaryError) as refused:
        thread.start(hang, lambda _item: None, lambda _reason: None)
    assert refused.value is NO_ANSWER
    assert stopped.wait(10)


def test_a_device_that_cannot_be_opened_says_why() -> None:
    busy = DiaryError("It is busy.", "Close other programs.")

    def refuse(_delivery: Delivery[int], _opened: Event, _stopping: Event) -> None:
        raise busy

    thread: SourceThread[int] = SourceThread("device", 10, lambda: NO_ANSWER)
    with pytest.raises(DiaryError) as refused:
        thread.start(refuse, lambda _item: None, lambda _reason: None)
    assert refused.value is busy


def test_what_a_device_delivers_comes_until_it_is_stopped() -> None:
    items: list[int] = []

    def deliver(delivery: Delivery[int], opened: Event, stopping: Event) -> None:
        delivery.give(1)
        opened.set()
        stopping.wait(10)
        delivery.give(2)

    thread: SourceThread[int] = SourceThread("device", 10, lambda: NO_ANSWER)
    thread.start(deliver, items.append, lambda _reason: None)
    thread.stop()
    assert items == [1]
