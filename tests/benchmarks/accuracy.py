"""How many words of a recording come out right, and which language it was taken for. Run it on demand:

    python tests/benchmarks/accuracy.py RECORDING ["what is said in it"] [--language CODE]

RECORDING may be anything with sound in it. Without the text, it just prints what was heard.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from duskreel.paths import places
from duskreel.progress import CancelToken
from duskreel.speech.audio import decode_for_speech
from duskreel.speech.models import find_model
from duskreel.speech.transcriber import transcribe
from hearing import plain_words, word_errors


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
        wrong = word_errors(expected, plain_words(transcript.text))
        sys.stdout.write(f"word error rate {100 * wrong / len(expected):.1f} % ({wrong} of {len(expected)})\n")


if __name__ == "__main__":
    main()
