"""How many words of a recording come out right, and which language it was taken for. Run it on demand:

    python tests/benchmarks/accuracy.py RECORDING ["what is said in it"] [--language CODE]

RECORDING may be anything with sound in it. Without the text, it just prints what was heard.
"""

import argparse
import re
import sys
from pathlib import Path

from duskreel.paths import places
from duskreel.progress import CancelToken
from duskreel.speech.audio import decode_for_speech
from duskreel.speech.models import find_model
from duskreel.speech.transcriber import transcribe


def main() -> None:
    """Transcribe, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recording", type=Path)
    parser.add_argument("text", nargs="?", default="")
    parser.add_argument("--language")
    arguments = parser.parse_args()
    token = CancelToken()
    with arguments.recording.open("rb") as file:
        samples = decode_for_speech(file, arguments.recording.name, token=token)
    model = find_model("base", places().models, token=token)
    transcript = transcribe(samples, model, language=arguments.language, token=token)
    sys.stdout.write(f"language {transcript.language} ({transcript.language_probability:.2f})\n{transcript.text}\n")
    if arguments.text:
        expected = plain_words(arguments.text)
        wrong = edit_distance(plain_words(transcript.text), expected)
        sys.stdout.write(f"word error rate {100 * wrong / len(expected):.1f} % ({wrong} of {len(expected)})\n")


def plain_words(text: str) -> list[str]:
    """Words without capitals and punctuation."""
    return re.findall(r"[\w']+", text.casefold())


def edit_distance(one: list[str], other: list[str]) -> int:
    """How many words must be put in, taken out or replaced (V. Levenshtein, 1966)."""
    row = list(range(len(other) + 1))
    for i, word in enumerate(one, start=1):
        above, row = row, [i]
        for j, wanted in enumerate(other, start=1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (word != wanted)))
    return row[-1]


if __name__ == "__main__":
    main()
