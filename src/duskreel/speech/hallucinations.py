"""What Whisper writes when nobody speaks.

It learned from subtitles of videos, and fills silence with how those end. Collected by its users in
https://github.com/openai/whisper/discussions/928, https://github.com/openai/whisper/discussions/679 and
https://github.com/SYSTRAN/faster-whisper/issues/843. All of it is spelled as `plain` leaves it.
"""

import re
import unicodedata

FAREWELLS = frozenset(
    {
        "thank you",
        "thank you very much",
        "thank you so much",
        "thank you for watching",
        "thank you so much for watching",
        "thank you for listening",
        "thanks for watching",
        "thanks for watching and see you in the next video",
        "please subscribe",
        "please subscribe to my channel",
        "like and subscribe",
        "don t forget to subscribe",
        "see you next time",
        "see you in the next video",
        "i ll see you in the next video",
        "i ll see you next time",
        "bye",
        "bye bye",
        "you",
        "so",
        "merci",
        "merci d avoir regardé cette vidéo",
        "abonnez vous",
        "vielen dank",
        "vielen dank fürs zuschauen",
        "danke fürs zuschauen",
        "bis zum nächsten mal",
        "gracias",
        "gracias por ver el video",
        "gracias por ver",
        "suscríbete al canal",
        "obrigado",
        "obrigado por assistir",
        "grazie",
        "grazie per la visione",
        "grazie a tutti",
        "bedankt voor het kijken",
        "tack för att ni tittade",
        "dziękuję za uwagę",
        "dziękuję",
        "спасибо за просмотр",
        "продолжение следует",
        "дякую за перегляд",
        "izlediğiniz için teşekkür ederim",
        "abone olmayı unutmayın",
        "ご視聴ありがとうございました",
        "ありがとうございました",
        "おやすみなさい",
        "チャンネル登録をお願いいたします",
        "시청해주셔서 감사합니다",
        "감사합니다",
        "谢谢观看",
        "謝謝觀看",
        "谢谢大家",
        "請不吝點贊訂閱轉發打賞支持明鏡與點點欄目",
        "شكرا للمشاهدة",
    }
)
"""Whole segments that people do say, too: dropped only where the sound speaks against them."""

CREDITS = re.compile(
    r"amara org"
    r"|\b(subtitles?|subtitled|captions?|transcribed|transcription) by\b"
    r"|\bsous titr(es|age)\b|\bsoustitreur\b"
    r"|\buntertitel(ung)?\b.*\b(amara|zdf|funk|ard|wdr|swr|von|der|im auftrag)\b"
    r"|\bsubtítulos\b.*\b(por|comunidad)\b|\blegendas\b.*\b(por|pela)\b|\bsottotitoli\b.*\b(a cura|creati|di)\b"
    r"|\bondertite(ls|ling|ld)\b|\bсубтитры\b|\bредактор субтитров\b|字幕"
    r"|^www \w+|^copyright \w+ \d{4}$"
)
"""Who made the subtitles: hardly ever spoken, and dropped wherever it stands alone or the model is unsure."""


def plain(text: str) -> str:
    """Letters and digits in lower case, one space between words: how the lists above are spelled."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return " ".join(re.findall(r"[^\W_]+(?:[\u0300-\u036f]+)?", folded))
