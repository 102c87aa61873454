"""The rules of the check, which are data: `resources/review/<language>/<topic>.json`."""

import json

from duskreel.library.json_reader import Json
from duskreel.paths import resource

LANGUAGES = ("en", "de", "fr")


def load(topic: str, language: str) -> tuple[Json, ...]:
    """The rules about a topic.

    Args:
        topic: such as ``phrases``; the name of a file.
        language: ISO 639-1.

    Returns:
        Those of the language; of all languages, where it has none of its own: a name for a secret may be said in
        English anywhere.
    """
    languages = (language,) if language in LANGUAGES else LANGUAGES
    return tuple(_read(topic, each) for each in languages)


def _read(topic: str, language: str) -> Json:
    rules: Json = json.loads(resource(f"review/{language}/{topic}.json").read_text(encoding="utf-8"))
    return rules
