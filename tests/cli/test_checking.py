"""``duskreel check``, and what ``export`` and ``recap`` say about findings, as a user has it."""

import json
import signal
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from cli.conftest import Command
from clips import make_clip
from duskreel.library.diary import Diary
from duskreel.library.entry import Segment, Transcript, Word
from duskreel.library.values import DiaryLocation
from duskreel.paths import Places

TEXT = "I worked at Nordwind. Then it rained so much. Write to jane@example.com please."
WORD_MS = 300


@pytest.fixture
def diary(duskreel: Command, places: Places, tmp_path: Path) -> DiaryLocation:
    """With one entry in which an employer and an address are named."""
    clip = make_clip(tmp_path / "talk.mp4", size=(90, 160), fps=10, duration_s=4.2)
    assert duskreel("import", clip, "--date", "2026-11-03T18:00").code == 0
    location = DiaryLocation(places.default_diary, places.state)
    words = tuple(Word(each, n * WORD_MS, (n + 1) * WORD_MS, 0.9) for n, each in enumerate(TEXT.split()))
    with Diary.open(location) as opened:
        opened.protect("Nordwind", "employer")
        transcript = Transcript("base", "en", 1.0, datetime.now(UTC), (Segment(0, 4_200, words),))
        opened.save_transcript(opened.find("latest"), transcript)
    return location


def kept_notes(location: DiaryLocation) -> object:
    (sidecar,) = location.folder.glob("entries/*/*/*/entry.json")
    return json.loads(sidecar.read_text(encoding="utf-8")).get("review")


@pytest.mark.usefixtures("diary")
def test_findings_are_numbered_with_time_sentence_and_reason(duskreel: Command) -> None:
    said = duskreel("check", "latest")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "  1  0:00  “Nordwind” (protected): not decided"
    assert lines[1].strip() == "I worked at Nordwind."
    assert "Nordwind" in lines[2]
    assert lines[3] == "  2  0:03  “jane@example.com” (email): not decided"
    assert "2 things found, 2 not decided." in lines


@pytest.mark.usefixtures("diary")
def test_json_has_everything_about_a_finding(duskreel: Command) -> None:
    told = duskreel("check", "latest", "--json").data
    assert told["findings"][1] == {
        "number": 2,
        "kind": "email",
        "text": "jane@example.com",
        "start_ms": 3_300,
        "end_ms": 3_600,
        "sentence": "Write to jane@example.com please.",
        "sentence_start_ms": 2_700,
        "sentence_end_ms": 3_900,
        "why": told["findings"][1]["why"],
        "choice": None,
        "in_short": True,
    }
    assert (told["undecided"], told["picture"], told["ask_again_on"]) == (2, None, None)
    assert told["limits"]


def test_decisions_are_kept_in_the_entry(duskreel: Command, diary: DiaryLocation) -> None:
    said = duskreel(
        "check", "latest", "--decide", "1=mute", "--decide", "2=cut", "--blur-others", "--tell-time", "--json"
    )
    assert [finding["choice"] for finding in said.data["findings"]] == ["mute", "cut"]
    assert said.data["undecided"] == 0
    assert kept_notes(diary) == {
        "decisions": [
            {"kind": "protected", "span": [900, 1_200], "text": "Nordwind.", "choice": "mute"},
            {"kind": "email", "span": [3_300, 3_600], "text": "jane@example.com", "choice": "cut"},
        ],
        "blurs_others": True,
        "tells_time": True,
    }
    plan = duskreel("export", "latest", "--plan", "--json").data["sentences"]
    assert [line["kept"] for line in plan] == [True, True, False]


def test_numbers_stay_the_same_whatever_is_decided_or_left_out(duskreel: Command, diary: DiaryLocation) -> None:
    duskreel("check", "latest", "--decide", "1=cut")
    findings = duskreel("check", "latest", "--length", "1.4", "--json").data["findings"]
    assert [(each["number"], each["kind"]) for each in findings] == [(1, "protected"), (2, "email")]
    duskreel("check", "latest", "--decide", "1=keep")
    notes = kept_notes(diary)
    assert isinstance(notes, dict)
    assert [each["choice"] for each in notes["decisions"]] == ["keep"]


@pytest.mark.parametrize("wish", ["1", "1=hide", "0=keep", "x=keep", "=keep"])
def test_an_unclear_decision_is_wrong_usage(duskreel: Command, diary: DiaryLocation, wish: str) -> None:
    assert duskreel("check", "latest", "--decide", wish).code == 2
    assert kept_notes(diary) is None


def test_a_number_that_is_not_there_changes_nothing(duskreel: Command, diary: DiaryLocation) -> None:
    said = duskreel("check", "latest", "--decide", "1=keep", "--decide", "7=cut")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "no finding 7; there are 2" in said.err
    assert kept_notes(diary) is None


def test_thinking_about_it_again_has_a_day_to_come(duskreel: Command, diary: DiaryLocation) -> None:
    assert duskreel("check", "latest", "--again-on", "2020-01-01").code == 2
    assert duskreel("check", "latest", "--again-on", "soon").code == 2
    assert duskreel("check", "latest", "--again-on", "9999-12-31", "--json").data["ask_again_on"] == "9999-12-31"
    assert duskreel("check", "latest", "--again-on", "tomorrow").code == 0
    notes = kept_notes(diary)
    assert isinstance(notes, dict)
    assert datetime.fromisoformat(notes["ask_again_on"]).date() > datetime.now().astimezone().date()


@pytest.mark.usefixtures("diary")
def test_what_the_short_leaves_out_is_shown_on_request(duskreel: Command) -> None:
    short = duskreel("check", "latest", "--length", "1.5").out
    assert "more in what it leaves out: --all" in short
    assert duskreel("check", "latest", "--length", "1.5", "--all").out.count("(left out of the short)") >= 1


@pytest.mark.usefixtures("diary")
def test_the_title_is_looked_through(duskreel: Command) -> None:
    said = duskreel("check", "latest", "--title", "Bye Nordwind")
    assert "“Bye Nordwind” is written there, with “Nordwind” in it." in said.out


def test_an_entry_without_words_says_so(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk)
    said = duskreel("check", "latest")
    assert said.code == 0
    assert "has not been transcribed yet" in said.out


@pytest.mark.usefixtures("diary")
def test_the_picture_is_looked_at_on_request(duskreel: Command) -> None:
    told = duskreel("check", "latest", "--picture", "--json").data
    assert told["picture"] == {"others": [], "pages": []}


# ---- export and recap


@pytest.mark.usefixtures("diary")
def test_export_says_what_to_look_at_before_any_work(duskreel: Command, tmp_path: Path) -> None:
    taken = tmp_path / "mine.mp4"
    taken.touch()
    said = duskreel("export", "latest", "-o", taken)
    assert said.code == 1
    assert "Note: 2 things to look at first: “Nordwind”, “jane@example.com”. `duskreel check latest`" in said.err
    assert "Note" not in duskreel("export", "latest", "-o", taken, "--no-check").err


@pytest.mark.usefixtures("diary")
def test_export_does_what_was_decided_also_without_a_check(duskreel: Command) -> None:
    duskreel("check", "latest", "--decide", "1=cut")
    said = duskreel("export", "latest", "--no-check", "--captions", "off", "--json")
    assert said.code == 0
    assert said.data["left_out"] == ["I worked at Nordwind."]
    assert [finding["text"] for finding in said.data["undecided"]] == ["jane@example.com"]


def test_export_asks_on_a_terminal_and_does_what_is_answered(
    duskreel: Command, diary: DiaryLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("duskreel.cli.sharing.can_ask", lambda _session: True)
    monkeypatch.setattr("sys.stdin", StringIO("caption\nlater\n"))
    said = duskreel("export", "latest", "--srt")
    assert said.code == 0
    assert "I worked at Nordwind." in said.out
    assert "Note: 1 thing to look at first: “jane@example.com”." in said.err
    notes = kept_notes(diary)
    assert isinstance(notes, dict)
    assert [each["choice"] for each in notes["decisions"]] == ["caption"]
    (subtitles,) = (diary.folder / "shorts").glob("*.srt")
    written = subtitles.read_text(encoding="utf-8")
    assert "jane@example.com" in written
    assert "Nordwind" not in written


def test_ctrl_c_ends_a_question_at_once(
    duskreel: Command, diary: DiaryLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr("duskreel.cli.sharing.can_ask", lambda _session: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: signal.raise_signal(signal.SIGINT) or "keep")
    said = duskreel("export", "latest", "--captions", "off")
    assert (said.code, kept_notes(diary)) == (1, None)
    assert "Stopped." in said.err
    assert signal.getsignal(signal.SIGINT) is usual
    assert list(diary.folder.glob("shorts/*")) == []


@pytest.mark.usefixtures("diary")
def test_a_reel_says_which_moment_to_look_at(duskreel: Command, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    duskreel("recap", "2026-11", "--plan-only", "-o", plan)
    data = json.loads(plan.read_text(encoding="utf-8"))
    data["days"][0].update(start_ms=800, end_ms=1_300)
    plan.write_text(json.dumps(data), encoding="utf-8")
    said = duskreel("recap", "--plan", plan)
    assert said.code == 0
    assert "Note: the moment of 2026-11-03 says “Nordwind”." in said.err
    assert "Nordwind" not in duskreel("recap", "--plan", plan, "--sound", "mute", "--replace").err
