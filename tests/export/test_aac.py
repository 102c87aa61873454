"""The sound of a short as AAC."""

import numpy as np

from clips import tone
from duskreel.export.aac import AAC_FRAME, encode_sound, has_aac


def test_encoded_sound_gives_back_as_many_samples_in_their_places() -> None:
    samples = np.stack([tone(1.0), tone(1.0)], axis=1)
    heard = encode_sound(samples).heard
    assert heard.shape == samples.shape
    assert np.abs(heard[2048:-2048] - samples[2048:-2048]).max() < 0.02


def test_packets_last_as_long_as_the_sound() -> None:
    packets = encode_sound(np.zeros((5 * AAC_FRAME + 100, 2), dtype=np.float32)).packets
    assert 0 <= sum(packet.duration for packet in packets) - (5 * AAC_FRAME + 100) < AAC_FRAME


def test_this_installation_can_encode_it() -> None:
    assert has_aac()
