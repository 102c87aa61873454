"""What a reel keeps to of what was decided before sharing: what is heard, read and seen of it, and kept in its file."""

import getpass
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from clips import SOUND_RATE_HZ, make_clip
from duskreel.edit.concealing import MASK, HiddenWords
from duskreel.errors import DiaryError
from duskreel.export import recap_scenes
from duskreel.export.loudness import Loudness
from duskreel.export.recap import Moment, RecapRequest, RecapResult, render_recap
from duskreel.export.recap_decisions import Showable, showable
from duskreel.export.recap_sound import Soundtrack
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Segment, Transcript, Word
from duskreel.library.review_notes import Choice, Decision, ReviewNotes
from duskreel.library.sound import Samples
from duskreel.library.values import Details, DiaryLocation
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span
from export.people import two_people
from export.spoken_sound import noise
from export.test_hiding import alike, box_times, heard, spoken, tags

SAID = (
    Word("Call", 200, 600, 0.9),
    Word("Kaitlyn,", 700, 1_200, 0.9),
    Word("please.", 1_300, 1_700, 0.9),
    Word("Goodbye.", 2_600, 3_000, 0.9),
)
NAME, SENTENCE = Span(700, 1_200), Span(200, 1_700)
TRANSCRIPT = Transcript("base", "en", 1.0, datetime.now(UTC), (Segment(200, 3_000, SAID),))
RECORDED = datetime(2026, 11, 23, 18, 4, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Noise where something is said, and a quiet room."""
    sound = noise("pink", 3_200 * SOUND_RATE_HZ // 1000, -65)[:, 0].copy()
    for word in SAID:
        said = slice(*(time_ms * SOUND_RATE_HZ // 1000 for time_ms in (word.start_ms, word.end_ms)))
        sound[said] += noise("pink", said.stop - said.start, -20)[:, 0]
    return make_clip(
        tmp_path_factory.mktemp("clips") / "secret holiday.mp4", duration_s=3.2, sound=sound, size=(90, 160)
    )


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    with Diary.open(DiaryLocation(tmp_path / "my private diary", tmp_path / "state")) as opened:
        yield opened


@pytest.fixture
def entry(diary: Diary, clip: Path) -> Entry:
    details = Details(title="Fired by Kaitlyn", recorded_at=RECORDED)
    entry = diary.import_clip(clip, details, progress=unheard, token=CancelToken())
    diary.save_transcript(entry, TRANSCRIPT)
    return entry


@pytest.fixture
def reel(diary: Diary, entry: Entry, tmp_path: Path) -> Callable[..., RecapResult]:
    def reel(notes: ReviewNotes | None = None, span: Span = SENTENCE, **wishes: Any) -> RecapResult:
        diary.amend(entry.id, lambda known: replace(known, review=notes))
        moment = Moment(entry.recorded_at.date(), entry.id, span, "Call Kaitlyn, please.")
        request = RecapRequest(
            location=diary.location,
            moments=(moment,),
            name="recap 2026-11",
            output=tmp_path / "reel.mp4",
            shape="vertical",
            has_labels=True,
            is_muted=False,
            may_replace=True,
            loudness=Loudness(-14.0, -1.5),
        )
        return render_recap(replace(request, **wishes), progress=unheard, token=CancelToken())

    return reel


def decided(choice: Choice, span: Span = NAME, kind: str = "protected") -> ReviewNotes:
    return ReviewNotes((Decision(kind, span, "Kaitlyn", choice),))


def may(notes: ReviewNotes | None, entry: Entry, transcript: Transcript | None = TRANSCRIPT) -> Showable:
    return showable(replace(entry, review=notes), transcript)


def in_reel(span: Span, start_ms: int = SENTENCE.start_ms) -> Span:
    return Span(span.start_ms - start_ms, span.end_ms - start_ms)


@pytest.fixture
def sounding(diary: Diary, entry: Entry) -> Callable[..., Samples]:
    """The sound of a moment, as it goes into the reel."""

    def sounding(notes: ReviewNotes | None = None, span: Span = SENTENCE) -> Samples:
        diary.amend(entry.id, lambda known: replace(known, review=notes))
        moment = Moment(entry.recorded_at.date(), entry.id, span)
        file = BytesIO()
        scene = recap_scenes.scene_of(diary, moment, Fraction(9, 16), CancelToken())
        Soundtrack(file).add(diary, scene, is_muted=False, token=CancelToken())
        return np.frombuffer(file.getvalue(), dtype=np.float32)[::2]

    return sounding


def test_a_hidden_word_is_not_heard_in_a_reel_and_its_neighbours_are(
    reel: Callable[..., RecapResult], sounding: Callable[..., Samples]
) -> None:
    result = reel(decided("bleep"))
    plain, bleeped = sounding(), heard(result.file)
    name = in_reel(NAME)
    assert np.abs(np.fft.rfft(spoken(bleeped, name), 48_000)).argmax() == pytest.approx(1_000, abs=3)
    assert abs(alike(spoken(bleeped, name), spoken(plain, name))) < 0.1
    for word in (SAID[0], SAID[2]):
        span = in_reel(Span(word.start_ms, word.end_ms))
        assert alike(spoken(bleeped, span), spoken(plain, span)) > 0.95
    assert result.shown[0].text == f"Call {MASK}, please."


def test_of_a_muted_word_the_room_alone_is_heard(sounding: Callable[..., Samples]) -> None:
    name = in_reel(NAME)
    plain, muted = (spoken(sounding(notes), name) for notes in (None, decided("mute")))
    assert 0 < np.sqrt(np.mean(np.square(muted)) / np.mean(np.square(plain))) < 0.02
    assert abs(alike(muted, plain)) < 0.1


@pytest.mark.parametrize("choice", ["caption", "keep"])
def test_a_word_that_is_hidden_in_captions_alone_or_kept_is_heard_as_it_was(
    sounding: Callable[..., Samples], choice: Choice
) -> None:
    assert np.array_equal(sounding(decided(choice)), sounding())


def test_a_moment_that_begins_inside_a_hidden_word_has_nothing_of_it(sounding: Callable[..., Samples]) -> None:
    plain, bleeped = (sounding(notes, Span(900, 1_700)) for notes in (None, decided("bleep")))
    rest = in_reel(Span(900, 1_200), 900)
    assert abs(alike(spoken(bleeped, rest), spoken(plain, rest))) < 0.1


@pytest.mark.parametrize(("choice", "shown"), [("bleep", MASK), ("mute", MASK), ("caption", MASK), ("keep", "Kaitlyn")])
def test_captions_of_a_reel_are_masked(
    reel: Callable[..., RecapResult], monkeypatch: pytest.MonkeyPatch, choice: Choice, shown: str
) -> None:
    written: list[str] = []
    real = recap_scenes.Lettering.layers

    def layers(self: recap_scenes.Lettering, scene: recap_scenes.Scene, words: list[Word]) -> Any:
        written.extend(word.shown for word in words)
        return real(self, scene, words)

    monkeypatch.setattr(recap_scenes.Lettering, "layers", layers)
    reel(decided(choice), captions="calm", span=Span(600, 1_250), is_muted=True)
    assert written == ["Call", f"{shown},", "please.", "Goodbye."]


def test_a_moment_with_a_sentence_that_is_to_be_cut_is_left_out_whatever_was_planned(
    reel: Callable[..., RecapResult], tmp_path: Path
) -> None:
    with pytest.raises(DiaryError, match=r"None of these days.*2026-11-23 is left out\. Something in it was cut"):
        reel(decided("cut"), span=Span(1_300, 2_000))
    assert not (tmp_path / "reel.mp4").exists()
    assert reel(decided("cut"), span=Span(1_700, 3_000), is_muted=True).warnings == ()


def test_a_cut_takes_the_whole_sentence_and_without_words_its_own_time(entry: Entry) -> None:
    assert may(decided("cut"), entry).cuts == (SENTENCE,)
    assert may(decided("cut"), entry, None).cuts == (NAME,)
    mark = decided("cut", Span(2_600, 3_000), kind="marked")
    assert may(mark, entry).cuts == (Span(200, 3_000),), "a mark may mean what was said before"
    by_hand = replace(entry, cuts=(Span(0, 100),), review=decided("cut"))
    assert showable(by_hand, TRANSCRIPT).cuts == (Span(0, 100), SENTENCE)
    assert may(None, entry).cuts == ()


def test_a_word_that_was_listened_to_again_is_hidden_with_its_new_edges(entry: Entry) -> None:
    found = may(decided("bleep", Span(600, 1_100)), entry)
    assert found.concealment.words == (HiddenWords(Span(600, 1_200), "bleep"),)
    assert found.text_of(SENTENCE) == f"Call {MASK}, please."


def difference(one: Path, other: Path) -> np.ndarray:
    """By how much two reels differ, at the most, by pixel of the 4:2:0 picture's luma."""
    with av.open(str(one)) as first, av.open(str(other)) as second:
        pairs = zip(first.decode(video=0), second.decode(video=0), strict=True)
        changed = [np.abs(a.to_ndarray()[:1080].astype(int) - b.to_ndarray()[:1080]) for a, b in pairs]
    return np.asarray(np.max(changed, axis=0))


def test_other_people_and_the_background_are_blurred_in_a_reel_too(
    diary: Diary, reel: Callable[..., RecapResult], tmp_path: Path
) -> None:
    people = diary.import_clip(
        two_people(tmp_path / "two.mp4"), Details(recorded_at=RECORDED), progress=unheard, token=CancelToken()
    )
    moments = (Moment(RECORDED.date(), people.id, Span(1_200, 1_700)),)

    def made(name: str, notes: ReviewNotes) -> RecapResult:
        diary.amend(people.id, lambda known: replace(known, review=notes))
        return reel(moments=moments, output=tmp_path / name, has_labels=False, shape="landscape", is_muted=True)

    plain = made("plain.mp4", ReviewNotes()).file
    both = made("both.mp4", ReviewNotes(blurs_others=True, blurs_background=True))
    changed = difference(plain, both.file)
    # Pictures of 640 by 360 stand three times as large in the reel: the speaker is on the left.
    assert changed[120 * 3 : 230 * 3, 420 * 3 : 560 * 3].max() > 60
    assert changed[150 * 3 : 250 * 3, 110 * 3 : 190 * 3].mean() < 3, "the speaker's face"
    assert both.warnings == ()


def test_where_nobody_is_found_beside_the_background_that_is_told(reel: Callable[..., RecapResult]) -> None:
    result = reel(ReviewNotes(blurs_background=True), is_muted=True, span=Span(600, 1_100))
    assert result.warnings == (
        "2026-11-23: Your face was not found beside the background, so all of the picture is blurred.",
    )


def test_the_file_of_a_reel_tells_nothing_of_where_when_and_how_it_was_made(
    reel: Callable[..., RecapResult], diary: Diary, entry: Entry
) -> None:
    result = reel(decided("bleep"), captions="calm", output=None)
    personal = [
        entry.id,
        Path(entry.folder).name,
        diary.library_id,
        diary.location.folder.name,
        str(diary.location.folder),
        str(diary.location.state),
        str(Path.home()),
        socket.gethostname(),
        "secret holiday",
        entry.title,
        "aitlyn",
        "recap",
        "2026-11",
        *([getpass.getuser()] if len(getpass.getuser()) > 4 else []),
    ]
    tools = ["Lavf", "x264", "Duskreel", "duskreel", "Exif", "Photoshop"]
    content = result.file.read_bytes()
    assert [word for word in (*personal, *tools) if len(word) > 3 and word.encode() in content] == []
    times = box_times(content)
    assert len(times) == 5, "of the file, and two of each track"
    assert set(times) == {(0, 0)}
    assert tags(result.file) <= {
        "language",
        "handler_name",
        "vendor_id",
        "major_brand",
        "minor_version",
        "compatible_brands",
    }
