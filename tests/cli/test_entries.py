"""Commands about entries, from what is typed to what is printed."""

import json
from pathlib import Path

import pytest

from cli.conftest import Command


def test_import_keeps_the_clip_and_what_was_said_about_it(duskreel: Command, talk: Path) -> None:
    said = duskreel("import", talk, "--mood", 2, "--feeling", "drained", "--feeling", "hopeful", "--tag", "job search",
                    "--title", "Monday", "--json")  # fmt: skip
    assert said.code == 0
    (entry,) = said.data
    assert (entry["mood"], entry["feelings"], entry["tags"]) == (2, ["drained", "hopeful"], ["job search"])
    assert entry["title"] == "Monday"
    assert entry["recorded_at"].startswith("2026-11-20")
    assert Path(entry["clip"]).read_bytes() == talk.read_bytes()


def test_import_says_in_one_line_what_it_kept(duskreel: Command, talk: Path) -> None:
    said = duskreel("import", talk, "--mood", 2)
    assert said.out.count("\n") == 1
    assert "Kept talk.mp4 as 2026-11-20" in said.out
    assert "bad" in said.out
    assert said.err == ""


def test_one_bad_file_does_not_keep_the_others_out(duskreel: Command, talk: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.mp4"
    notes.write_text("not a film")
    said = duskreel("import", notes, talk)
    assert said.code == 1
    assert "notes.mp4" in said.err
    assert len(duskreel("list", "--json").data) == 1


def test_a_bad_file_alone_is_one_sentence(duskreel: Command, tmp_path: Path) -> None:
    notes = tmp_path / "notes.mp4"
    notes.write_text("not a film")
    said = duskreel("import", notes)
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert said.out == ""


@pytest.mark.parametrize("mood", ["0", "6", "sad", "2.5"])
def test_a_mood_that_is_none_is_wrong_usage(duskreel: Command, talk: Path, mood: str) -> None:
    said = duskreel("import", talk, "--mood", mood)
    assert said.code == 2
    assert "1 (awful) to 5 (great)" in said.err


def test_list_filters_by_day_mood_feeling_and_tag(duskreel: Command, talk: Path, other_talk: Path) -> None:
    duskreel("import", talk, "--mood", 2, "--feeling", "drained", "--tag", "work")
    duskreel("import", other_talk, "--mood", 4)

    def titles(*options: object) -> list[str]:
        return [entry["original"]["name"] for entry in duskreel("list", *options, "--json").data]

    assert titles() == ["talk.mp4", "other.mp4"]
    assert titles("--mood", 1, "--mood", 2) == ["talk.mp4"]
    assert titles("--from", "2026-11-01") == ["talk.mp4"]
    assert titles("--to", "2026-10-31") == ["other.mp4"]
    assert titles("--feeling", "drained") == titles("--tag", "work") == ["talk.mp4"]
    assert titles("--mood", 5) == []


def test_an_empty_list_is_said_not_shown(duskreel: Command, talk: Path) -> None:
    assert duskreel("list").out == "No entries.\n"
    duskreel("import", talk)
    assert duskreel("list", "--mood", 5).out == "No entries match.\n"


def test_list_cuts_nothing_off_when_a_script_reads_it(duskreel: Command, talk: Path) -> None:
    title = "A title that is longer than any terminal would be wide, " * 4
    duskreel("import", talk, "--title", title.strip())
    assert title.strip() in duskreel("list").out


def test_brackets_in_a_title_are_only_brackets(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk, "--title", "[bold]Monday[/] :smile:")
    assert "[bold]Monday[/] :smile:" in duskreel("list").out
    assert "[bold]Monday[/] :smile:" in duskreel("show", "latest").out


def test_the_prefix_that_list_shows_names_the_entry(duskreel: Command, talk: Path, other_talk: Path) -> None:
    duskreel("import", talk, other_talk)
    for line in duskreel("list").out.splitlines()[1:]:
        assert duskreel("show", line.split()[0]).code == 0


def test_search_finds_titles_and_notes_and_shows_the_place(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk, "--title", "The day I lost my job", "--note", "rain all day")
    assert "»lost«" in duskreel("search", "lost my job").out
    assert duskreel("search", "RAIN", "--json").data[0]["title"] == "The day I lost my job"
    assert duskreel("search", "sunshine").out == "Nothing found for “sunshine”.\n"


@pytest.mark.parametrize("text", ['"', "*", "a-b", "NEAR(", "'; DROP TABLE entries;--", "", "()", "^", "день"])
def test_no_text_breaks_the_search(duskreel: Command, talk: Path, text: str) -> None:
    duskreel("import", talk)
    assert duskreel("search", "--", text).code == 0


def test_show_tells_what_is_missing(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk)
    assert "Not transcribed yet" in duskreel("show", "latest").out


def test_show_tells_the_series_and_the_question_of_an_entry(duskreel: Command, talk: Path) -> None:
    entry = duskreel("import", talk, "--json").data[0]
    lines = duskreel("show", "latest").out.splitlines()
    assert not [line for line in lines if line.startswith(("Series", "Question"))], "nothing is said of nothing"
    sidecar = Path(entry["folder"]) / "entry.json"
    said = {"prompt": "What went well?", "series": {"id": "a-hard-week", "day": 3}}
    sidecar.write_text(json.dumps({**json.loads(sidecar.read_text()), **said}))
    lines = duskreel("show", "latest").out.splitlines()
    assert "Series     A hard week, day 3" in lines
    assert "Question   What went well?" in lines


def test_show_tells_what_was_marked_while_recording(duskreel: Command, talk: Path) -> None:
    entry = duskreel("import", talk, "--json").data[0]
    assert not [line for line in duskreel("show", "latest").out.splitlines() if line.startswith("Marked")]
    sidecar = Path(entry["folder"]) / "entry.json"
    sidecar.write_text(json.dumps({**json.loads(sidecar.read_text()), "marks": [400, 65_000]}))
    assert "Marked     0:00, 1:05: not for sharing" in duskreel("show", "latest").out.splitlines()
    assert duskreel("show", "latest", "--json").data["marks"] == [400, 65_000]


def test_show_by_day_and_unknown_entries(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk)
    assert duskreel("show", "2026-11-20").code == 0
    unknown = duskreel("show", "zzz")
    assert (unknown.code, unknown.err.count("\n")) == (1, 1)


def test_edit_changes_only_what_is_named(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk, "--mood", 2, "--feeling", "drained", "--title", "Monday")
    entry = duskreel("edit", "latest", "--mood-after", 4, "--star", "--cut", "0.5-1.25", "--json").data
    assert (entry["mood"], entry["mood_after"], entry["title"]) == (2, 4, "Monday")
    assert entry["starred"] is True
    assert entry["cuts"] == [[500, 1250]]
    entry = duskreel("edit", "latest", "--mood", "none", "--feeling", "", "--no-cuts", "--no-star", "--json").data
    assert (entry["mood"], entry["feelings"], entry["cuts"], entry["starred"]) == (None, [], [], False)
    assert entry["mood_after"] == 4


def test_edit_of_a_title_to_nothing_empties_it(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk, "--title", "Monday")
    assert duskreel("edit", "latest", "--title", "", "--json").data["title"] == ""


def test_edit_without_a_change_is_wrong_usage(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk)
    assert duskreel("edit", "latest").code == 2


@pytest.mark.parametrize("cut", ["5", "2-1", "a-b", "1-1", "nan-2", "1-inf"])
def test_a_cut_that_is_no_stretch_is_wrong_usage(duskreel: Command, talk: Path, cut: str) -> None:
    duskreel("import", talk)
    assert duskreel("edit", "latest", "--cut", cut).code == 2


def test_a_cut_outside_the_clip_is_refused(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk)
    assert "lasts 2" in duskreel("edit", "latest", "--cut", "5-6").err


def test_delete_and_restore_lose_nothing(duskreel: Command, talk: Path) -> None:
    before = duskreel("import", talk, "--title", "Monday", "--json").data[0]
    assert duskreel("delete", "latest").code == 0
    assert duskreel("list", "--json").data == []
    assert [entry["id"] for entry in duskreel("restore", "--json").data] == [before["id"]]
    assert duskreel("restore", before["id"][:8]).code == 0
    assert duskreel("list", "--json").data[0]["title"] == "Monday"
    assert duskreel("restore").out == "The bin is empty.\n"


def test_the_same_file_twice_is_noticed(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk)
    again = duskreel("import", talk)
    assert (again.code, again.err.count("\n")) == (1, 1)
    assert len(duskreel("list", "--json").data) == 1


def test_another_library_is_another_diary(duskreel: Command, talk: Path, tmp_path: Path) -> None:
    duskreel("import", talk, "--library", tmp_path / "private")
    assert duskreel("list", "--json").data == []
    assert len(duskreel("list", "--library", tmp_path / "private", "--json").data) == 1


def test_names_and_titles_cannot_act_on_the_terminal(duskreel: Command, talk: Path, tmp_path: Path) -> None:
    said = duskreel("import", tmp_path / "a\n\x1b[2Jb.mp4")
    assert (said.code, said.err.count("\n"), "\x1b" in said.err) == (1, 1, False)
    odd = tmp_path / "c\n\x1b[2Jd.mp4"
    odd.write_bytes(talk.read_bytes())
    imported = duskreel("import", odd, "--title", "e\n\x1b[2Jf", "--tag", "g\x1b[2J")
    assert "Kept c␊␛[2Jd.mp4" in imported.out
    for command in (["list"], ["show", "latest"], ["delete", "latest"], ["restore"]):
        assert "\x1b" not in duskreel(*command).out


def test_a_long_title_does_not_push_out_the_rest(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk, "--title", "so long " * 500)
    entry_id = duskreel("list", "--json").data[0]["id"]
    assert duskreel("list").out.splitlines()[1].startswith(f"{entry_id[:6].lower()}  2026-11-20 ")


def test_listing_the_bin_as_json_is_nothing_but_json(duskreel: Command, talk: Path) -> None:
    duskreel("import", talk)
    duskreel("delete", "latest")
    assert duskreel("restore", "--json").out.startswith("[")
