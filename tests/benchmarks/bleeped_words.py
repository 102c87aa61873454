"""Whether a word that a short hides can be heard, measured or read in it, and whether all other words still can.

    python tests/benchmarks/bleeped_words.py [RECORDING WORD=bleep|mute…] [--frame FILE.png]

Exports the recording twice, as it is and with the words hidden, listens to both again with the bundled model, and
compares. Without a RECORDING, it takes the sample. Takes about as long as three times the recording.
"""

import argparse
import difflib
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import av
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from side_by_side import tell

from clips import make_clip
from duskreel.edit.concealing import MASK, Concealment, HiddenSound, HiddenWords, hidden_sounds
from duskreel.export.bleeping import EDGE_MS, TONE_HZ, conceal, covered
from duskreel.export.extras import Extras
from duskreel.export.loudness import Loudness, measure
from duskreel.export.render import ExportRequest, ExportResult, export_entry
from duskreel.export.sound_shaping import shaped
from duskreel.library.diary import Diary
from duskreel.library.entry import Transcript, Word
from duskreel.library.sound import Samples, decode_sound
from duskreel.library.values import Details, DiaryLocation
from duskreel.paths import places, resource
from duskreel.progress import CancelToken, unheard
from duskreel.speech.audio import decode_for_speech
from duskreel.speech.models import find_model
from duskreel.speech.transcriber import transcribe
from duskreel.timecode import Span
from hearing import plain_words

RATE_HZ = 48_000
USUAL = ("cardboard=bleep", "coffee=mute", "sister=bleep", "dinner=mute", "friend=bleep")
TONE_WIDTH_HZ = 60
"""what a Blackman window over a fifth of a second spreads a tone by, twice over"""
PICTURES = (".mp4", ".mov", ".mkv", ".webm")


@dataclass(frozen=True)
class Pair:
    """The same recording as a short, before and after."""

    clip: Samples
    plain: ExportResult
    hiding: ExportResult
    words: tuple[Word, ...]
    hidden: tuple[HiddenWords, ...]

    @property
    def sounds(self) -> tuple[HiddenSound, ...]:
        """What was to be hidden of the clip's sound."""
        return hidden_sounds(self.words, self.hidden)


def main() -> None:
    """Make both, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recording", type=Path, nargs="?", default=resource("sample.mp4"))
    parser.add_argument("wishes", nargs="*", default=list(USUAL), metavar="WORD=bleep|mute")
    parser.add_argument("--frame", type=Path, help="where to put a picture of the first masked caption")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        pair = _made(arguments.recording, arguments.wishes, Path(name))
        _tell_heard(pair)
        _tell_measured(pair)
        _tell_rest(pair)
        _tell_read(pair)
        if arguments.frame:
            _save_frame(pair, arguments.frame)


def _made(recording: Path, wishes: Sequence[str], folder: Path) -> Pair:
    clip = recording if recording.suffix in PICTURES else _clip_of(recording, folder / "clip.mp4")
    with Diary.open(DiaryLocation(folder / "diary", folder / "state")) as diary:
        entry = diary.import_clip(clip, Details(), progress=unheard, token=CancelToken())
        transcript = _listened(clip)
        diary.save_transcript(entry, transcript)
        words = tuple(transcript.words())
        hidden = _hidden(words, dict(wish.split("=") for wish in wishes))
        request = ExportRequest(
            location=diary.location,
            entry_id=entry.id,
            output=folder / "plain.mp4",
            length_ms=None,
            captions="calm",
            platform="tiktok",
            trims_pauses=False,
            framing="centre",
            may_replace=False,
            pause_before_ms=250,
            pause_after_ms=350,
            loudness=Loudness(-14.0, -1.5),
            extras=Extras(subtitle_files=("srt", "vtt"), has_subtitle_track=True),
        )
        plain = export_entry(request, progress=unheard, token=CancelToken())
        hiding = replace(request, output=folder / "hiding.mp4", concealment=Concealment(hidden))
        made = export_entry(hiding, progress=unheard, token=CancelToken())
    return Pair(_sound(clip), plain, made, words, hidden)


def _clip_of(recording: Path, clip: Path) -> Path:
    sound = _sound(recording)[:, 0].copy()
    return make_clip(clip, duration_s=len(sound) / RATE_HZ, sound=sound)


def _hidden(words: Sequence[Word], wishes: dict[str, str]) -> tuple[HiddenWords, ...]:
    found = []
    for word in words:
        for wish in plain_words(word.text):
            if wish in wishes:
                span = Span(word.start_ms, word.end_ms)
                found.append(HiddenWords(span, "bleep" if wishes[wish] == "bleep" else "mute"))
    return tuple(found)


def _listened(file: Path) -> Transcript:
    token = CancelToken()
    with file.open("rb") as opened:
        samples = decode_for_speech(opened, file.name, token=token)
    return transcribe(samples, find_model("base", places().models, token=token), language="en", token=token)


def _sound(file: Path) -> Samples:
    with file.open("rb") as opened:
        return decode_sound(opened, file.name, rate_hz=RATE_HZ, channels=2, progress=unheard, token=CancelToken())


def _tell_heard(pair: Pair) -> None:
    said = [(text, _is_hidden(word, pair.hidden)) for word in pair.words for text in plain_words(word.text)]
    for name, result in (("plain", pair.plain), ("hiding", pair.hiding)):
        heard = plain_words(_listened(result.file).text)
        matcher = difflib.SequenceMatcher(None, [text for text, _ in said], heard, autojunk=False)
        found = {index for block in matcher.get_matching_blocks() for index in range(block.a, block.a + block.size)}
        leaked = [text for index, (text, is_hidden) in enumerate(said) if is_hidden and index in found]
        missing = [text for index, (text, is_hidden) in enumerate(said) if not is_hidden and index not in found]
        count = sum(is_hidden for _, is_hidden in said)
        tell(
            f"{name:7} heard again: {len(leaked)} of {count} hidden words; not heard: {len(missing)} of "
            f"{len(said) - count} others ({' '.join(missing) or 'none'})"
        )
        tell(f"        {' '.join(heard)}")


def _is_hidden(word: Word, hidden: Sequence[HiddenWords]) -> bool:
    return any(each.span == Span(word.start_ms, word.end_ms) for each in hidden)


def _tell_measured(pair: Pair) -> None:
    """At each hidden place: before the codec and in the file."""
    plain, hiding = _sound(pair.plain.file), _sound(pair.hiding.file)
    raw = pair.clip.copy()
    conceal(raw, RATE_HZ, pair.sounds)
    for each in pair.sounds:
        place = covered(pair.clip, RATE_HZ, each)
        for name, before, after in (("samples", pair.clip, raw), ("file", plain, hiding)):
            left = _besides_tone_db(after[place]) - _besides_tone_db(before[place])
            level = _level_db(after[place]) - _level_db(before[place])
            tell(
                f"{each.sounding} {place.start / 48:.0f}-{place.stop / 48:.0f} ms, {name:7}: level {level:+.1f} dB, "
                f"besides the tone {left:+.1f} dB, correlation {_correlation(before[place], after[place]):.3f}"
            )
    levels = [measure(samples, RATE_HZ) for samples in (plain, hiding)]
    tell("loudness " + ", ".join(f"{each.integrated_lufs:.2f} LUFS {each.true_peak_dbtp:.2f} dBTP" for each in levels))


def _tell_rest(pair: Pair) -> None:
    """All samples but the hidden ones, as they go to the codec, and as they come out of it up to one gain."""
    raw = pair.clip.copy()
    conceal(raw, RATE_HZ, pair.sounds)
    is_rest = np.ones(len(raw), dtype=bool)
    for each in pair.sounds:
        place, edge = covered(pair.clip, RATE_HZ, each), EDGE_MS * RATE_HZ // 1000
        is_rest[max(place.start - edge, 0) : place.stop + edge] = False
    tell(f"the rest, as decoded: {'equal' if np.array_equal(raw[is_rest], pair.clip[is_rest]) else 'CHANGED'}")
    for reduces_noise in (False, True):
        one, other = (shaped(each, RATE_HZ, reduces_noise=reduces_noise) for each in (pair.clip, raw))
        distance_db = _distance_db(one[is_rest], other[is_rest])
        tell(f"the rest, shaped, noise reduction {reduces_noise}: differs by {distance_db:.1f} dB")
    one, other = _sound(pair.plain.file), _sound(pair.hiding.file)
    count = min(len(one), len(other), len(is_rest))
    rest = is_rest[:count]
    tell(f"the rest, in the file: differs by {_distance_db(one[:count][rest], other[:count][rest]):.1f} dB")


def _tell_read(pair: Pair) -> None:
    texts = sorted({text for word in pair.words if _is_hidden(word, pair.hidden) for text in plain_words(word.text)})
    for file in (pair.hiding.file, *pair.hiding.beside):
        content = file.read_bytes().lower()
        found = [text for text in texts if text.encode() in content]
        tell(f"{file.suffix}: {content.count(MASK.encode())} masks, hidden words in it: {' '.join(found) or 'none'}")


def _save_frame(pair: Pair, picture: Path) -> None:
    with av.open(str(pair.hiding.file)) as container:
        for frame in container.decode(video=0):
            if frame.time is not None and frame.time * 1000 >= pair.hidden[0].span.start_ms:
                frame.to_image().save(picture)
                return


def _besides_tone_db(samples: Samples) -> float:
    spectrum = np.fft.rfft(samples[:, 0] * np.blackman(len(samples)))
    frequencies = np.fft.rfftfreq(len(samples), 1 / RATE_HZ)
    power = np.square(np.abs(spectrum[np.abs(frequencies - TONE_HZ) > TONE_WIDTH_HZ])).sum()
    return float(10 * np.log10(power / len(samples) + 1e-20))


def _correlation(one: Samples, other: Samples) -> float:
    if not other.any():
        return 0.0
    return max(abs(float(np.corrcoef(np.roll(one[:, 0], shift), other[:, 0])[0, 1])) for shift in range(-960, 960, 7))


def _distance_db(one: Samples, other: Samples) -> float:
    """What is left of the second one when as much as there is of the first one is taken out."""
    first, second = one[:, 0].astype(np.float64), other[:, 0].astype(np.float64)
    left = second - first * (first @ second / (first @ first))
    return float(10 * np.log10((left @ left + 1e-20) / (second @ second)))


def _level_db(samples: Samples) -> float:
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-20))


if __name__ == "__main__":
    main()
