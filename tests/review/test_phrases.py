"""Secrets, running down, and what was marked to be left out."""

import pytest

from duskreel.review.findings import Kind
from duskreel.review.phrases import find
from review.hearing import shown
from review.measuring import spoken as heard


def found(text: str, kind: Kind, language: str = "en", targets: tuple[str, ...] = ()) -> list[str]:
    spoken = heard(text, language)
    return shown(spoken, find(spoken, targets), kind)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I signed an NDA in March."),
        ("en", "It is still under wraps, so there."),
        ("en", "Don't, um, tell anyone about the merger."),
        ("en", "Just between us, the office closes."),
        ("en", "It was in an internal memo."),
        ("en", "They haven't announced it yet."),
        ("en", "The report is under embargo until Friday."),
        ("en", "That recipe is a trade secret."),
        ("en", "I'm not really supposed to say that."),
        ("de", "Das steht in einem internen Dokument."),
        ("de", "Sag es bitte niemandem."),
        ("de", "Ich darf darüber eigentlich nicht reden."),
        ("fr", "J'ai signé une clause de confidentialité."),
        ("fr", "Ne le dis à personne."),
        ("fr", "Je n'ai pas le droit d'en parler."),
        ("it", "This is off the record."),
        ("en", "Keep that quiet for a week, will you."),
        ("en", "I'm sworn to secrecy about the buyer."),
        ("en", "My settlement says I can't discuss it."),
        ("en", "Word hasn't got out that they are selling."),
        ("en", "A friend who's an insider warned me."),
        ("de", "Behalt das bitte für dich."),
        ("de", "Die Belegschaft weiß es noch nicht."),
        ("fr", "Je suis tenue au secret."),
        ("fr", "On m'a demandé de ne rien dire."),
    ],
)
def test_a_secret_is_found(language: str, text: str) -> None:
    assert found(text, Kind.CONFIDENTIAL, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "She works in internal medicine."),
        ("en", "There was a wall between us for years."),
        ("en", "I took public transport home."),
        ("en", "I can't tell you how much I slept."),
        ("de", "Meine innere Uhr geht vor."),
        ("fr", "Mon secret pour la sauce, c'est le citron."),
        ("en", "The winner hasn't been announced, I'm nervous."),
        ("en", "I can't legally drive yet."),
        ("en", "We weren't allowed to talk in class."),
        ("en", "I kept to myself all weekend."),
        ("de", "Ich darf keine Milch trinken."),
        ("fr", "Je n'ai pas le droit de courir."),
    ],
)
def test_what_only_sounds_like_a_secret_is_not(language: str, text: str) -> None:
    assert found(text, Kind.CONFIDENTIAL, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "My boss is a complete idiot."),
        ("en", "That company is, like, a scam."),
        ("en", "HR are snakes."),
        ("en", "I was fired by that clown of a manager."),
        ("en", "Our new director couldn't lead a parade."),
        ("en", "The owner's a liar."),
        ("en", "Brenda is such a coward."),
        ("en", "They treated us like dirt."),
        ("de", "So ein unfähiger Laden!"),
        ("de", "Meine Chefin ist eine falsche Schlange."),
        ("de", "Das sind doch alles Betrüger."),
        ("fr", "Mon chef est un incapable."),
        ("fr", "Cette boîte, c'est une arnaque."),
        ("fr", "Quelle bande de clowns."),
        ("en", "My manager couldn't manage a lemonade stand."),
        ("en", "They threw us under the bus in June."),
        ("en", "He doesn't know the first thing about money."),
        ("en", "That startup is a house of cards."),
        ("en", "She took credit for all of it and gaslights everybody."),
        ("en", "Kevin is dead weight."),
        ("de", "Meine Kollegin ist mir in den Rücken gefallen."),
        ("de", "Die lügen wie gedruckt."),
        ("fr", "Ils nous ont poignardés dans le dos."),
        ("fr", "La direction se moque de nous."),
    ],
)
def test_running_somebody_down_is_found(language: str, text: str) -> None:
    assert found(text, Kind.DISPARAGING, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "My boss wasn't an idiot."),
        ("en", "I don't think my manager is a bad person or a liar."),
        ("en", "I'm such an idiot."),
        ("en", "I feel like a failure and a fool."),
        ("en", "It was a stupid day."),
        ("en", "My boss said the printer is garbage."),
        ("en", "Everything is a joke to my brother."),
        ("de", "Ich bin so ein Idiot."),
        ("de", "Mein Chef ist kein Feigling."),
        ("fr", "Je suis un imbécile."),
        ("fr", "Mon chef n'est pas un incapable."),
        ("en", "He couldn't find his keys."),
        ("en", "Our CEO is crazy busy."),
        ("en", "My cat is a thief."),
        ("en", "He has no idea how much he helped me."),
        ("de", "Die Schlange an der Kasse war lang."),
        ("fr", "La boîte est nulle part."),
    ],
)
def test_oneself_a_day_and_what_is_denied_are_nobody_run_down(language: str, text: str) -> None:
    assert found(text, Kind.DISPARAGING, language) == []


@pytest.mark.parametrize(
    "text", ["Fernwell Foods is garbage.", "I hate Fernwell.", "Honestly, Fernwell's a total mess."]
)
def test_a_protected_word_may_be_run_down_too(text: str) -> None:
    assert found(text, Kind.DISPARAGING, targets=("Fernwell Foods",))


@pytest.mark.parametrize(
    ("language", "text", "phrase"),
    [
        ("en", "It's late, and don't post this, please.", "don't post this,"),
        ("en", "Cut this part out.", "Cut this part out."),
        ("en", "I'll leave that out, I think.", "leave that out,"),
        ("en", "That's really not for the video.", "not for the video."),
        ("en", "Delete that last bit.", "Delete that last bit."),
        ("de", "Das schneide ich später raus.", "schneide ich später raus."),
        ("de", "Das ist nicht für das Video.", "nicht für das Video."),
        ("fr", "Coupe ce passage.", "Coupe ce passage."),
        ("fr", "Personne ne doit voir ça.", "Personne ne doit voir ça."),
        ("en", "None of this goes on TikTok.", "None of this goes on TikTok."),
        ("en", "That'll have to come out.", "That'll have to come out."),
        ("en", "This entry is private.", "This entry is private."),
        ("en", "Note to self, not for sharing.", "not for sharing."),
        ("de", "Das bleibt zwischen mir und der Kamera.", "zwischen mir und der Kamera."),
        ("fr", "Ne pas publier.", "Ne pas publier."),
    ],
)
def test_what_is_to_be_left_out_is_found(language: str, text: str, phrase: str) -> None:
    assert any(phrase in each for each in found(text, Kind.MARKED, language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I cut out sugar."),
        ("en", "I left that job out of my resume."),
        ("en", "I could not post the letter."),
        ("en", "I'm not on Instagram any more."),
        ("de", "Den Kaffee lasse ich jetzt weg."),
        ("fr", "J'ai coupé le pain."),
        ("en", "Take it out for a walk."),
        ("en", "That can't go on."),
        ("en", "Running is not for me."),
        ("de", "Das geht mich nichts an."),
        ("fr", "Ça ne finira jamais."),
    ],
)
def test_cutting_and_posting_other_things_is_no_mark(language: str, text: str) -> None:
    assert found(text, Kind.MARKED, language) == []


def test_no_phrase_reaches_into_the_next_sentence() -> None:
    assert found("I like my boss. Is a clown coming?", Kind.DISPARAGING) == []


def test_overlapping_phrases_of_a_kind_are_one() -> None:
    assert found("Please don't tell anyone, it is strictly between us.", Kind.CONFIDENTIAL) == [
        "don't tell anyone,",
        "it is strictly between us.",
    ]
    assert len(found("My stupid boss is a stupid idiot and a liar.", Kind.DISPARAGING)) == 1
