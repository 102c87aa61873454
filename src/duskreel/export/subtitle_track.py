"""The words of a short inside its own file: a track of timed text (3GPP TS 26.245) that players can turn on and off.

A track has no gaps: where nothing is said, an empty sample stands. The sound and the pictures are somebody else's.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.subtitles.codeccontext import SubtitleCodecContext
from av.subtitles.stream import SubtitleStream

from duskreel.edit.pages import Page
from duskreel.timecode import Span

TICKS_PER_MS = 90
"""FFmpeg compares times of this track with times of the others as bare numbers, to see whether a text is over.
With ticks as fine as the finest (sound has 48 a millisecond), none is ended before its time:
libavformat/movenc.c, mov_write_packet."""
LOOK = b"""[Script Info]
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour
Style: Default,Arial,16,&Hffffff
"""
"""as FFmpeg writes it for text without a look: players choose their own. In ASS, which the encoder asks for."""
UNKNOWN_LANGUAGE = "und"
CODES = (
    "af:afr am:amh ar:ara as:asm az:aze ba:bak be:bel bg:bul bn:ben bo:bod br:bre bs:bos ca:cat cs:ces cy:cym "
    "da:dan de:deu el:ell en:eng es:spa et:est eu:eus fa:fas fi:fin fo:fao fr:fra gl:glg gu:guj ha:hau haw:haw "
    "he:heb hi:hin hr:hrv ht:hat hu:hun hy:hye id:ind is:isl it:ita ja:jpn jw:jav ka:kat kk:kaz km:khm kn:kan "
    "ko:kor la:lat lb:ltz ln:lin lo:lao lt:lit lv:lav mg:mlg mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt "
    "my:mya ne:nep nl:nld nn:nno no:nor oc:oci pa:pan pl:pol ps:pus pt:por ro:ron ru:rus sa:san sd:snd si:sin "
    "sk:slk sl:slv sn:sna so:som sq:sqi sr:srp su:sun sv:swe sw:swa ta:tam te:tel tg:tgk th:tha tk:tuk tl:tgl "
    "tr:tur tt:tat uk:ukr ur:urd uz:uzb vi:vie yi:yid yo:yor yue:yue zh:zho"
)
LANGUAGES = dict(pair.split(":") for pair in CODES.split())
"""What Whisper calls a language, to what MP4 calls it: ISO 639-2/T (ISO/IEC 14496-12, 8.4.2)."""


def add_subtitle_track(container: OutputContainer, language: str) -> SubtitleStream:
    """Add an empty track; before anything is muxed.

    Args:
        container: an MP4 that pictures and sound are already tracks of, or players may take this for the main one.
        language: as Whisper names it, ISO 639-1 for most; MP4 says that it is unknown where this does.
    """
    stream: SubtitleStream = container.add_stream("mov_text")
    context: SubtitleCodecContext = stream.codec_context
    context.subtitle_header = LOOK
    stream.time_base = context.time_base = Fraction(1, 1000 * TICKS_PER_MS)
    stream.metadata["language"] = LANGUAGES.get(language, UNKNOWN_LANGUAGE)
    return stream


def subtitle_packets(pages: Iterable[Page], duration_ms: int, stream: SubtitleStream) -> list["Packet[Stream]"]:
    """The texts of a whole short, best muxed all at once and before the first picture: the container interleaves
    them by time, and holds packets of other tracks back for as long as it does not know when the next text comes.

    Args:
        pages: in order of time, with the short's own times; they do not overlap.
        duration_ms: of the short; the samples last exactly as long.
        stream: from `add_subtitle_track`.
    """
    return [_packet(text, span, stream) for text, span in _samples(pages, duration_ms)]


def _samples(pages: Iterable[Page], duration_ms: int) -> Iterator[tuple[str, Span]]:
    time_ms = 0
    for page in pages:
        if page.span.start_ms > time_ms:
            yield "", Span(time_ms, page.span.start_ms)
        yield page.text, page.span
        time_ms = page.span.end_ms
    if time_ms < duration_ms:
        yield "", Span(time_ms, duration_ms)


def _packet(text: str, span: Span, stream: SubtitleStream) -> "Packet[Stream]":
    content = text.encode()
    packet = Packet(len(content).to_bytes(2, "big") + content)
    packet.stream = stream
    packet.time_base = Fraction(1, 1000 * TICKS_PER_MS)
    packet.pts = packet.dts = span.start_ms * TICKS_PER_MS
    packet.duration = span.duration_ms * TICKS_PER_MS
    packet.is_keyframe = True
    return packet
