"""A tone or nothing in place of words: what is left of them, and of what stands around them."""

import numpy as np
import pytest

from clips import SOUND_RATE_HZ
from duskreel.edit.concealing import HiddenSound
from duskreel.export.bleeping import EDGE_MS, TONE_HZ, conceal, covered
from duskreel.export.loudness import Loudness, Uncoded, brought_to, measure
from duskreel.export.sound_shaping import shaped
from duskreel.library.sound import Samples
from duskreel.timecode import Span
from export.spoken_sound import both, level_db, noise, sample_speech

PER_MS = SOUND_RATE_HZ // 1000
SISTER = HiddenSound(Span(24_730, 25_110), "bleep", Span(24_490, 24_730), Span(25_110, 25_490))
"""“Then my sister called”, as Whisper hears it in the sample"""
MUTED = HiddenSound(SISTER.span, "mute", SISTER.before, SISTER.after)


@pytest.fixture(scope="module")
def speech() -> Samples:
    return sample_speech(28.0)


def concealed(samples: Samples, *hidden: HiddenSound) -> Samples:
    result = samples.copy()
    conceal(result, SOUND_RATE_HZ, hidden)
    return result


def without_tone(samples: Samples) -> Samples:
    """The first channel, with the tone's own frequency and what a window spreads of it taken out."""
    spectrum = np.fft.rfft(samples[:, 0] * np.blackman(len(samples)))
    frequencies = np.fft.rfftfreq(len(samples), 1 / SOUND_RATE_HZ)
    spectrum[np.abs(frequencies - TONE_HZ) < 60] = 0
    return both(np.fft.irfft(spectrum, len(samples)))


def alike(one: Samples, other: Samples) -> float:
    """The highest correlation of two sounds that may be shifted by up to 20 ms."""
    shifts = range(-20 * PER_MS, 20 * PER_MS, 7)
    return max(abs(float(np.corrcoef(np.roll(one[:, 0], shift), other[:, 0])[0, 1])) for shift in shifts)


def test_nothing_of_a_bleeped_word_is_left_beside_the_tone(speech: Samples) -> None:
    place = covered(speech, SOUND_RATE_HZ, SISTER)
    after = concealed(speech, SISTER)[place]
    assert place.start <= SISTER.span.start_ms * PER_MS
    assert place.stop >= SISTER.span.end_ms * PER_MS
    assert level_db(without_tone(after)) < level_db(without_tone(speech[place])) - 50
    assert alike(after, speech[place]) < 0.1
    assert np.array_equal(after[:, 0], after[:, 1]), "both channels"


def test_nothing_of_a_muted_word_is_left_but_the_room(speech: Samples) -> None:
    roomy = speech + noise("pink", len(speech), -60)
    place = covered(roomy, SOUND_RATE_HZ, MUTED)
    after = concealed(roomy, MUTED)[place]
    assert alike(after, roomy[place]) < 0.1
    assert level_db(after) == pytest.approx(-60, abs=4)


def test_where_no_room_was_ever_quiet_a_muted_word_is_silence() -> None:
    talk = noise("white", 4 * SOUND_RATE_HZ, -20)
    hidden = HiddenSound(Span(1_000, 1_500), "mute", Span(0, 1_000), Span(1_500, 4_000))
    assert not concealed(talk, hidden)[covered(talk, SOUND_RATE_HZ, hidden)].any()


@pytest.mark.parametrize("hidden", [SISTER, MUTED])
def test_neighbours_stay_to_the_sample(speech: Samples, hidden: HiddenSound) -> None:
    place = covered(speech, SOUND_RATE_HZ, hidden)
    after = concealed(speech, hidden)
    edge = EDGE_MS * PER_MS
    assert np.array_equal(after[: place.start - edge], speech[: place.start - edge])
    assert np.array_equal(after[place.stop + edge :], speech[place.stop + edge :])
    assert hidden.before is not None
    assert hidden.after is not None
    assert place.start / PER_MS > sum(hidden.before) / 2 - 1
    assert place.stop / PER_MS < sum(hidden.after) / 2 + 1


@pytest.mark.parametrize("hidden", [SISTER, MUTED])
def test_there_is_no_click(speech: Samples, hidden: HiddenSound) -> None:
    place = covered(speech, SOUND_RATE_HZ, hidden)
    edge = EDGE_MS * PER_MS
    around = slice(place.start - edge, place.stop + edge)
    steps = np.abs(np.diff(concealed(speech, hidden)[around], axis=0)).max()
    assert steps <= np.abs(np.diff(speech[around], axis=0)).max()


def test_the_tone_is_a_few_db_under_the_speech_however_loud_that_is(speech: Samples) -> None:
    place = covered(speech, SOUND_RATE_HZ, SISTER)
    for gain in (0.1, 1.0):
        quieter = speech * np.float32(gain)
        said = quieter[SISTER.span.start_ms * PER_MS - 10_000 : SISTER.span.start_ms * PER_MS]
        assert -12 < level_db(concealed(quieter, SISTER)[place]) - level_db(said) < 0


@pytest.mark.parametrize("error_ms", [-100, -50, 0, 50, 100])
def test_word_times_may_be_wrong(error_ms: int) -> None:
    """Three words of 400 ms with 60 ms of quiet between them, told too early or too late."""
    said = noise("pink", 2 * SOUND_RATE_HZ, -70)
    for start_ms in (140, 600, 1_060):
        said[start_ms * PER_MS : (start_ms + 400) * PER_MS] += noise("pink", 400 * PER_MS, -20)
    first, second, third = (Span(start + error_ms, start + 430 + error_ms) for start in (125, 585, 1_045))
    place = covered(said, SOUND_RATE_HZ, HiddenSound(second, "bleep", first, third))
    if error_ms >= 0:
        assert 540 <= place.start / PER_MS <= 605
    if error_ms <= 0:
        assert 995 <= place.stop / PER_MS <= 1_065


def test_the_burst_after_the_silence_of_a_last_consonant_is_covered() -> None:
    """As in “back”: 300 ms of vowel, 50 of closure, 20 of a weak burst, and a pause before anybody's next word."""
    said = noise("pink", 2 * SOUND_RATE_HZ, -70)
    said[500 * PER_MS : 800 * PER_MS] += noise("pink", 300 * PER_MS, -20)
    burst = slice(850 * PER_MS, 870 * PER_MS)
    said[burst] += noise("white", 20 * PER_MS, -40)
    hidden = HiddenSound(Span(490, 820), "bleep", Span(0, 400), Span(1_200, 1_500))
    assert covered(said, SOUND_RATE_HZ, hidden).stop >= burst.stop


def test_of_words_that_run_into_each_other_the_hidden_one_is_covered() -> None:
    said = noise("pink", 2 * SOUND_RATE_HZ, -20)
    place = covered(said, SOUND_RATE_HZ, HiddenSound(Span(600, 900), "mute", Span(300, 600), Span(900, 1_300)))
    assert place.start < 600 * PER_MS
    assert place.stop > 900 * PER_MS


@pytest.mark.parametrize("span", [Span(-50, 200), Span(900, 1_400), Span(3_000, 3_200), Span(500, 500)])
def test_any_time_can_be_hidden(span: Span) -> None:
    said = noise("pink", SOUND_RATE_HZ, -20)
    for sounding in ("bleep", "mute"):
        after = concealed(said, HiddenSound(span, sounding, None, None))
        inside = slice(max(span.start_ms, 0) * PER_MS, max(span.end_ms, 0) * PER_MS)
        assert after.shape == said.shape
        assert not after[inside].any() or alike(after[inside], said[inside]) < 0.1


def test_a_clip_without_sound_stays_without() -> None:
    silent = np.zeros((0, 2), dtype=np.float32)
    assert len(concealed(silent, SISTER, MUTED)) == 0


def test_what_comes_afterwards_brings_nothing_back(speech: Samples) -> None:
    """Noise reduction and limiting, with as little as possible left for them to spread."""
    noisy = speech + noise("fan", len(speech), -50)
    place = covered(noisy, SOUND_RATE_HZ, SISTER)
    clean = shaped(concealed(noisy, SISTER), SOUND_RATE_HZ, reduces_noise=True)
    made = brought_to(clean, SOUND_RATE_HZ, Loudness(-14.0, -1.5), Uncoded).heard
    assert alike(made[place], noisy[place]) < 0.1
    assert level_db(without_tone(made[place])) < level_db(made[place]) - 40


def test_the_loudness_of_the_whole_hardly_knows_of_a_tone(speech: Samples) -> None:
    before, after = (measure(each, SOUND_RATE_HZ) for each in (speech, concealed(speech, SISTER)))
    assert after.integrated_lufs == pytest.approx(before.integrated_lufs, abs=0.3)
    assert after.true_peak_dbtp <= before.true_peak_dbtp + 0.1
