"""What is taken over from earlier shorts: the same bytes or nothing."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from clips import tone
from duskreel.edit.framing import Face
from duskreel.export.aac import SoundPacket, encode_sound
from duskreel.export.earlier import MOST_SHORTS, EarlierShorts, Part, ShortMemory, recipe, sound_digest
from duskreel.export.encoders import GROUP, X264
from duskreel.export.segments import Segment, encode
from duskreel.export.writer import ShortWriter
from duskreel.picture.planes import blank, split

RATE = Fraction(30)
SIZE = (128, 96)
FACES = (Face(200, 0.25, 0.1, 1 / 3, 0.5),)


def group(brightness: int, count: int = GROUP) -> Segment:
    pictures = [blank(*SIZE) for _ in range(count)]
    for number, picture in enumerate(pictures):
        split(picture)[0][:, : 2 * number + 8] = brightness
    return encode(pictures, SIZE, X264, RATE)


GROUPS = (group(60), group(120), group(180, count=4))
SOUND = encode_sound(np.stack([tone(34 / 30)] * 2, axis=1)).packets


def written(path: Path, sound: tuple[SoundPacket, ...] = SOUND) -> ShortMemory:
    with ShortWriter(path, SIZE, RATE, X264, sound) as writer:
        for segment in GROUPS:
            writer.append(segment)
    parts = tuple(Part(recipe(path.name, number), segment.digest) for number, segment in enumerate(GROUPS))
    return ShortMemory(path, parts, Part(recipe("sound"), sound_digest(sound)), recipe("faces"), FACES)


@pytest.fixture
def memory_file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "entry.json"


@pytest.fixture
def made(tmp_path: Path, memory_file: Path) -> ShortMemory:
    """A short that was made, and is remembered."""
    memory = written(tmp_path / "short.mp4")
    EarlierShorts(memory_file).remember(memory)
    return memory


@pytest.fixture
def earlier(made: ShortMemory, memory_file: Path) -> Iterator[EarlierShorts]:
    shorts = EarlierShorts(memory_file)
    yield shorts
    shorts.close()


def test_groups_come_back_byte_for_byte(earlier: EarlierShorts, made: ShortMemory) -> None:
    assert [earlier.segment(part.recipe) for part in made.segments] == list(GROUPS)


def test_sound_and_faces_come_back(earlier: EarlierShorts) -> None:
    assert earlier.sound(recipe("sound")) == SOUND
    assert earlier.faces(recipe("faces")) == FACES


def test_another_recipe_finds_nothing(earlier: EarlierShorts) -> None:
    assert earlier.segment(recipe("other")) is None
    assert earlier.sound(recipe("other")) is None
    assert earlier.faces(recipe("other")) is None


def test_a_short_made_of_taken_over_parts_is_the_same_file(
    earlier: EarlierShorts, made: ShortMemory, tmp_path: Path
) -> None:
    again = tmp_path / "again.mp4"
    with ShortWriter(again, SIZE, RATE, X264, earlier.sound(recipe("sound")) or ()) as writer:
        for part in made.segments:
            segment = earlier.segment(part.recipe)
            assert segment is not None
            writer.append(segment)
    assert again.read_bytes() == made.file.read_bytes()


def test_a_group_that_somebody_changed_is_not_taken_the_others_are(made: ShortMemory, memory_file: Path) -> None:
    content = bytearray(made.file.read_bytes())
    inside = content.index(GROUPS[1].pictures[0].data[4:])
    content[inside + 20] ^= 0xFF
    made.file.write_bytes(content)
    earlier = EarlierShorts(memory_file)
    found = [earlier.segment(part.recipe) for part in made.segments]
    earlier.close()
    assert found == [GROUPS[0], None, GROUPS[2]]


@pytest.mark.parametrize("content", [b"", b"no film", b"\x00" * 5_000])
def test_a_file_that_is_no_short_any_more_gives_nothing(made: ShortMemory, memory_file: Path, content: bytes) -> None:
    made.file.write_bytes(content)
    earlier = EarlierShorts(memory_file)
    assert earlier.segment(made.segments[0].recipe) is None
    assert earlier.sound(recipe("sound")) is None


def test_a_short_cut_off_gives_what_is_whole_or_nothing(made: ShortMemory, memory_file: Path) -> None:
    content = made.file.read_bytes()
    made.file.write_bytes(content[: len(content) * 2 // 3])
    earlier = EarlierShorts(memory_file)
    for part, group_ in zip(made.segments, GROUPS, strict=True):
        assert earlier.segment(part.recipe) in (None, group_)
    earlier.close()


def test_a_short_that_is_gone_is_no_trouble(made: ShortMemory, memory_file: Path) -> None:
    made.file.unlink()
    assert EarlierShorts(memory_file).segment(made.segments[0].recipe) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 2, "shorts": []}', '{"format": 1, "shorts": [{}]}'])
def test_a_broken_memory_is_none(memory_file: Path, content: str) -> None:
    memory_file.parent.mkdir()
    memory_file.write_text(content, encoding="utf-8")
    assert EarlierShorts(memory_file).faces(recipe("faces")) is None


def test_only_the_newest_are_remembered_each_once(tmp_path: Path, memory_file: Path) -> None:
    made = [written(tmp_path / f"{number}.mp4") for number in range(MOST_SHORTS + 1)]
    for memory in [*made, replace(made[-1], faces=())]:
        EarlierShorts(memory_file).remember(memory)
    earlier = EarlierShorts(memory_file)
    assert earlier.segment(made[0].segments[0].recipe) is None
    assert all(earlier.segment(memory.segments[0].recipe) == GROUPS[0] for memory in made[1:])
    assert earlier.faces(recipe("faces")) == ()
    earlier.close()


def test_what_cannot_be_remembered_is_no_trouble(tmp_path: Path, made: ShortMemory) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    EarlierShorts(tmp_path / "file" / "entry.json").remember(made)
