"""After the end, nothing."""

from threading import Event, Thread

from duskreel.capture.delivery import Delivery
from duskreel.capture.sources import SourceEnd


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
