"""What lies beside a clip."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from duskreel.library.arrivals.companions import beside, cues
from duskreel.library.entry import Entry, Mood, Transcript
from duskreel.library.importing import Brought

SRT = """1
00:00:00,500 --> 00:00:02,500
Hello <i>there</i>

2
00:01:02,000 --> 01:00:00,250
two
lines
"""


def test_subtitles_become_words_within_the_times_of_their_cue() -> None:
    first, second = cues("\ufeff" + SRT.replace("\n", "\r\n"), escapes=False)
    assert [(word.text, word.start_ms, word.end_ms) for word in first.words] == [
        ("Hello", 500, 1500),
        ("there", 1500, 2500),
    ]
    assert (second.start_ms, second.end_ms, [word.text for word in second.words]) == (
        62_000,
        3_600_250,
        ["two", "lines"],
    )


def test_webvtt_is_unescaped_and_its_notes_are_not_said() -> None:
    text = (
        "WEBVTT\n\nNOTE made by hand\n\n00:01.000 --> 00:02.000 align:start\nsalt &amp; <c.loud>pepper</c>\n\nNOTE x\n"
    )
    (cue,) = cues(text, escapes=True)
    assert [word.text for word in cue.words] == ["salt", "&", "pepper"]


def test_a_text_beside_a_clip_is_its_note(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("  a süße note\n".encode())
    (tmp_path / "b.txt").write_bytes("süß".encode("cp1252"))
    assert beside(tmp_path / "a.mp4") == Brought(note="a süße note")
    assert beside(tmp_path / "b.mp4").note == "süß"
    assert beside(tmp_path / "c.mp4") == Brought()


def test_an_entry_beside_its_clip_brings_back_everything(
    tmp_path: Path, an_entry: Entry, said: Callable[[str], Transcript]
) -> None:
    known = replace(an_entry, title="Monday", mood=Mood.BAD, tags=("work",), starred=True, unknown={"newer": [1]})
    (tmp_path / "entry.json").write_text(json.dumps(known.to_json()), encoding="utf-8")
    (tmp_path / "transcript.json").write_text(json.dumps(said("so it was").to_json()), encoding="utf-8")
    brought = beside(tmp_path / "clip.mp4")
    assert brought.known == replace(known, folder="")
    assert brought.transcript == said("so it was")
    assert (brought.title, brought.mood, brought.tags, brought.starred) == ("Monday", Mood.BAD, ("work",), True)
    assert beside(tmp_path / "other.mp4").known is None


def test_an_entry_of_the_clips_own_name_is_found(tmp_path: Path, an_entry: Entry) -> None:
    (tmp_path / "talk.json").write_text(json.dumps(an_entry.to_json()), encoding="utf-8")
    assert beside(tmp_path / "talk.mp4").known == replace(an_entry, folder="")


def test_what_cannot_be_understood_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "entry.json").write_text('{"clip": "clip.mp4", "id": 3}', encoding="utf-8")
    (tmp_path / "clip.json").write_text('{"photoTakenTime": {"timestamp": "1"}}', encoding="utf-8")
    (tmp_path / "clip.srt").write_bytes(b"\xff\x00\x01 --> nothing")
    assert beside(tmp_path / "clip.mp4") == Brought()
