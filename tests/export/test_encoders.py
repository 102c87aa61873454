"""Video encoders and how they are set."""

from fractions import Fraction

import pytest

from duskreel.export import encoders
from duskreel.export.encoders import HARDWARE, X264, VideoEncoder, hardware_encoder, has_x264

RATE = Fraction(30)
SIZE = (128, 96)


def test_x264_is_there() -> None:
    assert has_x264()


def test_an_encoder_that_ffmpeg_lists_but_the_machine_has_not_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(encoders, "HARDWARE", (VideoEncoder("h264_nothing", "Nothing", ()), *HARDWARE, X264))
    found = hardware_encoder(SIZE, RATE)
    assert found is not None, "x264 stands in for a device"
    assert capfd.readouterr() == ("", "")


def test_none_is_found_where_none_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoders, "HARDWARE", (VideoEncoder("h264_nothing", "Nothing", ()),))
    assert hardware_encoder(SIZE, RATE) is None
