"""Whether ten thousand entries can be opened, searched and filtered without a wait, beside plain SQLite as the floor.

Makes a diary of sidecar folders with transcripts of three minutes of speech (400 words of a vocabulary that is used as
unevenly as a language is: Zipf 1949, with Mandelbrot's offset), and tells how long each thing takes. The floor is FTS5
alone, in the same run, with the same texts and the same queries, each ranked whole by bm25 as its manual shows.

    python tests/benchmarks/library.py [--entries 10000] [--queries 200] [--folder DIR]
    python tests/benchmarks/library.py --entries 100000 --index-only
"""

import argparse
import itertools
import json
import os
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).parents[1]))

from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Mood
from duskreel.library.folder import Stamps
from duskreel.library.index import Index, Indexed, open_index
from duskreel.library.query import parse
from duskreel.library.sidecars import ENTRY, TRANSCRIPT
from duskreel.library.values import DiaryLocation
from duskreel.memories.moods import mood_days_seen
from duskreel.memories.recall import recall
from duskreel.memories.remembering import HardDays

WEST = timezone(timedelta(hours=-5))
LAST = datetime(2026, 11, 23, 20, tzinfo=WEST)
STEADY = 7
"""the seed: the same diary every time"""
WORDS_EACH = 400
WORD_MS = 450
VOCABULARY = 30_000
OFFSET = 2.7
SHOWN = 60
"""hits, as the diary page asks for"""
COMMON = (
    "i the and to a it was that of in my so you but is we have this not on what me for just he she be with they at like"
    " know one do about there all when day today got went really out up had can because if from time good how were"
    " them no work home would feel then some been more who back her him get go could said now well even want river"
    " mother sister kitchen window hopeful tired morning letter phone garden train grateful worried interview sleep"
)
TAGS = ("work", "family", "health", "job search", "money", "travel")
FEELINGS = ("drained", "hopeful", "calm", "worried", "grateful", "proud")
FILTERS = (
    *("mood:1", "mood:1..2", "mood:none", "star:yes", "tag:family", "feeling:hopeful", "length:>5m", "-tag:work"),
    *("on:2026", "on:2026-05", "after:2020", "before:2010", "has:no-words", "has:title", "hidden:yes", "on:2024-05-14"),
    *("mood:1..2 tag:work feeling:drained", "star:yes after:2024 length:<1m", "tag:family tag:health -feeling:calm"),
)


@dataclass(frozen=True)
class Made:
    """One entry and its words."""

    entry: Entry
    words: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """One query and what kind it is."""

    kind: str
    text: str


def vocabulary(chance: random.Random) -> list[str]:
    """Words that can be spoken, the most used first."""
    syllables = ["".join(pair) for pair in itertools.product("bcdfghklmnprstvw", "aeiou")]
    words = dict.fromkeys(COMMON.split())
    while len(words) < VOCABULARY:
        word = "".join(chance.choices(syllables, k=chance.choice((2, 2, 3, 3, 4)))) + chance.choice(("", "n", "s", "t"))
        words[word] = None
    return list(words)


def made(count: int, words: list[str], chance: random.Random) -> Iterator[Made]:
    """So many entries, the oldest first."""
    weights = list(itertools.accumulate(1 / (rank + OFFSET) for rank in range(1, len(words) + 1)))
    for number in range(count):
        moment = LAST - timedelta(hours=14 * (count - number))
        spoken = chance.choices(words, cum_weights=weights, k=max(20, int(chance.gauss(WORDS_EACH, 120))))
        spoken = [f"{word}." if at % 12 == 11 else word for at, word in enumerate(spoken)]
        yield Made(_entry(number, moment, spoken, chance), tuple(spoken))


def _entry(number: int, moment: datetime, spoken: list[str], chance: random.Random) -> Entry:
    mood = chance.choice([None, 1, 2, 2, 3, 3, 4, 4, 5])
    return Entry(
        id=f"01JD{number:022}",
        folder=f"entries/{moment:%Y}/{moment:%m}/{moment:%Y-%m-%d %H.%M.%S} {number:06}",
        clip="clip.mp4",
        recorded_at=moment,
        source="camera",
        duration_ms=len(spoken) * WORD_MS,
        width=1280,
        height=720,
        title=" ".join(spoken[4:8]).capitalize() if number % 3 == 0 else "",
        note=" ".join(spoken[20:45]) if number % 5 == 0 else "",
        mood=None if mood is None else Mood(mood),
        feelings=tuple(chance.sample(FEELINGS, chance.randrange(3))),
        tags=tuple(chance.sample(TAGS, chance.randrange(3))),
        starred=number % 9 == 2,
        hidden_from_memories=number % 17 == 3,
    )


def plant(folder: Path, entries: Iterable[Made]) -> None:
    """Write their sidecars, as the library spells them but without waiting for the disk."""
    for each in entries:
        home = folder / each.entry.folder
        home.mkdir(parents=True)
        (home / each.entry.clip).write_bytes(b"clip")
        (home / ENTRY).write_text(json.dumps(each.entry.to_json(), indent=2), encoding="utf-8")
        (home / TRANSCRIPT).write_text(_transcript(each.words), encoding="utf-8")


def _transcript(words: tuple[str, ...]) -> str:
    """By hand: json would take longer than all else."""
    spelled = ",\n".join(
        f'        {{\n          "text": "{word}",\n          "start_ms": {at * WORD_MS},\n'
        f'          "end_ms": {at * WORD_MS + 400},\n          "probability": 0.97\n        }}'
        for at, word in enumerate(words)
    )
    return (
        '{\n  "format": 1,\n  "model": "base",\n  "language": "en",\n  "language_probability": 0.98,\n'
        f'  "made_at": "2026-11-23T18:10:00+00:00",\n  "segments": [\n    {{\n      "start_ms": 0,\n'
        f'      "end_ms": {len(words) * WORD_MS},\n      "words": [\n{spelled}\n      ]\n    }}\n  ]\n}}\n'
    )


def queries(count: int, words: list[str], sample: list[Made], chance: random.Random) -> list[Asked]:
    """Mixed as people type: words, beginnings of words, slips of the finger, phrases, words together."""
    asked: list[Asked] = []
    for number in range(count):
        common, usual, rare = (chance.choice(words[a:b]) for a, b in ((0, 60), (60, 2_000), (2_000, 20_000)))
        spoken = chance.choice(sample).words
        at = chance.randrange(len(spoken) - 4)
        kinds = (
            Asked("common word", f"{common} "),
            Asked("word", usual),
            Asked("rare word", rare),
            Asked("one letter", usual[:1]),
            Asked("beginning", usual[: chance.choice((2, 3, 4))]),
            Asked("slip", _slipped(usual if len(usual) > 5 else rare, chance)),
            Asked("phrase", f'"{" ".join(word.strip(".") for word in spoken[at : at + 3])}"'),
            Asked("words", f"{common} {usual}"),
            Asked("common words", " ".join(chance.sample(words[:40], 4))),
            Asked("with a filter", f"{usual} mood:1..2 -tag:work"),
        )
        asked.append(kinds[number % len(kinds)])
    return asked


def _slipped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], f"{word[:at]}x{word[at + 1 :]}")
    )


def main() -> None:
    """Make the diary and use it."""
    arguments = _arguments()
    chance = random.Random(STEADY)  # noqa: S311 - variety, not secrecy
    words = vocabulary(chance)
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        entries = list(made(arguments.entries, words, chance))
        asked = queries(arguments.queries, words, entries[-500:], chance)
        _say(f"{len(entries):,} entries, {sum(len(each.words) for each in entries) / 1e6:.1f} million words")
        if arguments.index_only:
            index = _filled_index(Path(name) / "index.db", entries)
            _floor(Path(name) / "floor.db", entries, asked)
            del entries
            _use(index.look_for, index.glances, asked)
            index.close()
        else:
            location = DiaryLocation(Path(name) / "diary", Path(name) / "state")
            _timed("wrote the folders", lambda: plant(location.folder, entries))
            _timed("read everything into a new index", lambda: Diary.open(location).close())
            _timed("opened again, nothing changed", lambda: Diary.open(location).close())
            _touch(location.folder, entries)
            _timed("opened again, 1 % changed", lambda: Diary.open(location).close())
            _floor(Path(name) / "floor.db", entries, asked)
            del entries
            with Diary.open(location) as diary:
                _use(diary.look_for, diary.glances, asked)
                _look_back(diary)
                _timed("made the index anew from the folders", diary.reindex)
            _say_memory()
            _window(location)
        _say_memory()


def _filled_index(path: Path, entries: list[Made]) -> Index:
    index, _ = open_index(path)
    stamps = Stamps((1, 2), (3, 4))
    items = (Indexed(each.entry, " ".join(each.words), stamps) for each in entries)
    _timed("filled the index", lambda: index.change(put=items))
    _say(f"index: {path.stat().st_size / 1e6:.0f} MB")
    return index


def _touch(folder: Path, entries: list[Made]) -> None:
    for each in entries[:: max(len(entries) // max(len(entries) // 100, 1), 1)]:
        path = folder / each.entry.folder / ENTRY
        path.write_text(json.dumps({**each.entry.to_json(), "title": "Changed elsewhere"}, indent=2), encoding="utf-8")


def _use(look_for: Callable[..., object], glances: Callable[..., object], asked: list[Asked]) -> None:
    took = [_took_ms(lambda text=each.text: _search(look_for, text)) for each in asked]
    _report("search", took)
    for kind in dict.fromkeys(each.kind for each in asked):
        _report(f"  {kind}", [ms for each, ms in zip(asked, took, strict=True) if each.kind == kind])
    _report("filter", [_took_ms(lambda text=text: glances(parse(text).wanted)) for text in FILTERS * 5])
    for text in FILTERS:
        _report(f"  {text}", [_took_ms(lambda: glances(parse(text).wanted)) for _ in range(3)])  # noqa: B023


def _look_back(diary: Diary) -> None:
    """What the pages ask for each time that they come into sight."""
    some = diary.glances()[0].id
    for name, ask in (
        ("count", diary.count),
        ("all entries in passing", diary.glances),
        ("moods", lambda: mood_days_seen(diary.glances())),
        ("memories", lambda: recall(diary, LAST.date(), HardDays.ASK)),
    ):
        _report(name, [_took_ms(ask) for _ in range(10)])
        changed = []
        for _ in range(3):
            diary.amend(some, lambda entry: replace(entry, starred=not entry.starred))
            changed.append(_took_ms(ask))
        _report(f"  {name}, just after a change", changed)


def _search(look_for: Callable[..., object], text: str) -> object:
    query = parse(text)
    return look_for(query.terms, SHOWN, query.wanted)


def _floor(path: Path, entries: list[Made], asked: list[Asked]) -> None:
    """FTS5 as its manual shows it."""
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE VIRTUAL TABLE texts USING fts5(title, note, transcript, tags, tokenize='unicode61 remove_diacritics 2')"
    )
    rows = ((e.entry.title, e.entry.note, " ".join(e.words), " ".join(e.entry.tags)) for e in entries)
    _timed("floor: filled", lambda: connection.executemany("INSERT INTO texts VALUES (?, ?, ?, ?)", rows))
    connection.commit()
    shown = "rowid, title, snippet(texts, -1, '[', ']', '…', 14)"
    statement = f"SELECT {shown} FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?"  # noqa: S608
    took = []
    for each in asked:
        match = " ".join(f'"{word}"' for word in each.text.split(" mood")[0].replace('"', "").split())
        match = each.text if each.kind == "phrase" else f"{match}*"
        took.append(_took_ms(lambda match=match: connection.execute(statement, [match, SHOWN]).fetchall()))
    _report("floor: search", took)
    for kind in dict.fromkeys(each.kind for each in asked):
        _report(f"floor:   {kind}", [ms for each, ms in zip(asked, took, strict=True) if each.kind == kind])
    connection.close()


def _window(location: DiaryLocation) -> None:
    """From a diary that is not open to glances in the grid, painted offscreen."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    from benchmarks.window_grid import Painted, _wait
    from duskreel.settings import Settings
    from duskreel.ui import theme as themes
    from duskreel.ui.diary.diary_page import DiaryPage
    from duskreel.ui.diary_thread import DiaryThread
    from duskreel.ui.messages import Messages
    from duskreel.ui.preferences import Preferences

    app = QApplication([])
    themes.apply(app, themes.DARK)
    start = time.perf_counter()
    diary = DiaryThread(location, _fail)
    preferences = Preferences(Settings(), location.state / "config", _fail)
    window = QMainWindow()
    page = DiaryPage(diary, preferences, Messages(window, themes.DARK), themes.DARK, LAST.date)
    window.setCentralWidget(page)
    window.resize(1352, 812)
    painted = Painted(page.grid.viewport())
    diary.open(page.enter)
    window.show()
    _wait(lambda: page.grid.isVisible() and page.grid.model().rowCount() > 0 and painted.at > 0)
    _say(f"opened, to glances painted in the grid: {(painted.at - start) * 1000:.0f} ms")
    page.leave()
    diary.close()
    preferences.close()


def _timed(name: str, do: Callable[[], object]) -> None:
    start = time.perf_counter()
    do()
    _say(f"{name}: {time.perf_counter() - start:.2f} s")


def _took_ms(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return (time.perf_counter() - start) * 1000


def _report(name: str, took: list[float]) -> None:
    in_order = sorted(took)
    p95 = in_order[min(int(len(took) * 0.95), len(took) - 1)]
    _say(f"{name}: p50 {in_order[len(took) // 2]:.1f} ms, p95 {p95:.1f} ms, longest {in_order[-1]:.1f} ms")


def _say_memory() -> None:
    _say(f"peak memory so far: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _fail(error: DiaryError) -> None:
    raise SystemExit(error.what_happened)


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="where to make it; it goes afterwards")
    parser.add_argument("--index-only", action="store_true", help="no folders and no window")
    return parser.parse_args()


if __name__ == "__main__":
    main()
