"""What the moments of a reel say that is worth a thought."""

from collections.abc import Iterable, Sequence

from duskreel.edit.concealing import HiddenWords
from duskreel.edit.sentences import sentences
from duskreel.export.recap import Moment
from duskreel.export.recap_decisions import showable
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Transcript
from duskreel.library.protected_words import ProtectedWord
from duskreel.review.checking import begins_in, check, decided
from duskreel.review.findings import Finding
from duskreel.review.pressed import marked_spans
from duskreel.timecode import Span, subtract


def moments_with_findings(
    diary: Diary, moments: Iterable[Moment], platform: str
) -> list[tuple[Moment, tuple[Finding, ...]]]:
    """The moments in which something is found that nobody has decided about, and that is to be heard.

    A reel hides what was decided to be hidden; what is only masked in captions is still heard.

    Raises:
        DiaryError: an entry is gone, or its transcript cannot be read.
    """
    protected = diary.protected_words()
    found = []
    for moment in moments:
        entry = diary.find(moment.entry_id)
        transcript = diary.transcript(entry)
        within = findings_within(moment.span, entry, transcript, protected, platform)
        silent = [each for each in showable(entry, transcript).concealment.words if each.sounding != "keep"]
        if unsettled := tuple(each for each in within if each.choice is None and not _is_silent(each, silent)):
            found.append((moment, unsettled))
    return found


def _is_silent(finding: Finding, silent: Sequence[HiddenWords]) -> bool:
    """Whether other decisions leave nothing of its words to be heard."""
    return subtract([finding.span], [each.span for each in silent]) == []


def findings_within(
    span: Span, entry: Entry, transcript: Transcript | None, protected: Sequence[ProtectedWord], platform: str
) -> tuple[Finding, ...]:
    """What is found in a stretch of an entry's clip, with its choices. Sentences are looked through as a whole."""
    if transcript is None:
        return ()
    said = sentences(transcript.words())
    heard = [word for word in transcript.words() if word.start_ms < span.end_ms and word.end_ms > span.start_ms]
    if not heard:
        return ()
    marked = marked_spans(said, entry.marks)
    found = decided(check(said, transcript.language, protected, platform, marked), entry.review)
    return tuple(finding for finding in found if any(begins_in(word, finding.span) for word in heard))
