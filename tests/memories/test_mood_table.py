import csv
import io

from duskreel.memories.mood_table import COLUMNS, as_csv, mood_rows
from memories.felt import felt

NAMES = ("awful", "bad", "okay", "good, really", "great")


def test_a_row_for_each_entry_that_says_how_it_felt_oldest_first() -> None:
    entries = [
        felt("2026-11-23T18:04", 4, 5, feelings=("calm", "proud")),
        felt("2026-11-22T08:00", 2, title="A secret", note="another"),
        felt("2026-11-21", title="Said nothing"),
        felt("2026-11-20T23:59", feelings=("tired",)),
    ]
    text = as_csv(mood_rows(entries, NAMES))
    assert "secret" not in text
    assert "another" not in text
    rows = list(csv.reader(io.StringIO(text)))
    assert rows == [
        list(COLUMNS),
        ["2026-11-20", "23:59", "", "", "", "tired"],
        ["2026-11-22", "08:00", "2", "bad", "", ""],
        ["2026-11-23", "18:04", "4", "good, really", "5", "calm; proud"],
    ]


def test_an_empty_diary_is_a_heading() -> None:
    assert as_csv(mood_rows([], NAMES)) == ",".join(COLUMNS) + "\n"
