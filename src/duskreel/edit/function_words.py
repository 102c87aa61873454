"""The small words of a few languages: articles, prepositions, pronouns, conjunctions, auxiliaries.

They lean on the word that follows them, and they say little about what a clip is about. The lists are short
on purpose: a word that is missing costs a slightly worse line break, nothing more.
"""

from collections import Counter
from collections.abc import Iterable

from duskreel.edit.wording import bare
from duskreel.library.entry import Word

ENGLISH = (
    "a an the this these those my your his her its our their i you he she it we they who which that "
    "what if as at by for from in into of on onto to with without about than and or but nor so because "
    "when while where am is are was were be been being has have had do does did will would can could "
    "should may might must not no very too just i'm i've i'll i'd you're we're they're he's she's it's "
    "don't didn't can't couldn't won't wasn't"
)
GERMAN = (
    "der die das den dem des ein eine einen einem einer eines mein meine meinen meinem meiner dein "
    "seine ihr ihre unser ich du er sie es wir man und oder aber weil dass wenn als ob mit ohne von vom "
    "zu zum zur auf aus bei für in im an am um ist sind war bin hat habe hatte nicht sehr so nur"
)
FRENCH = (
    "le la les un une des du de mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet "
    "cette ces je tu il elle on nous vous ils elles et ou mais donc car que qui quand si comme à au aux "
    "dans en par pour sur avec sans chez est suis sont était ai as a ont ne pas très"
)
SPANISH = (
    "el la los las un una unos unas mi mis tu tus su sus yo tú él ella nosotros ellos y e o u pero "
    "porque que cuando como a al de del en con sin por para es soy son era fue he ha no se me te lo muy"
)
ITALIAN = (
    "il lo la i gli le un uno una mio mia tuo sua suo io tu lui lei noi voi loro e ed o ma perché che "
    "quando come di a da in con su per tra fra del della nel nella al alla è sono ho hai ha si mi ti ci "
    "non"
)
PORTUGUESE = (
    "o a os as um uma meu minha seu sua eu ele ela eles nós e ou mas porque que quando como de em no na "
    "nos nas do da dos das ao à com sem por para é sou são foi era não se me"
)
DUTCH = (
    "de het een mijn jouw zijn haar ons onze ik jij je hij ze wij we zij en of maar omdat dat als om in "
    "op uit bij voor van te naar met aan is was ben heb heeft niet er"
)
LANGUAGES = tuple(frozenset(text.split()) for text in (ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE, DUTCH))
POINTING_BACK = (
    "and but so because then that it this he she they which or und aber denn dann das es sie et mais donc "
    "alors ça il elle ils y pero porque entonces eso ma perché allora e mas então isso en maar dus toen"
)
CONNECTIVES = frozenset(POINTING_BACK.split())
"""Beginnings that point back to the sentence before. Of all languages: an error only moves a preference."""


def function_words(words: Iterable[Word]) -> frozenset[str]:
    """The list that knows most of these words, in `bare` spelling; an empty one where none knows a tenth.

    Told from the words themselves: a word that is small in one language and not in another (German "war")
    counts as what it is here, and a mistaken language code changes nothing.
    """
    spoken = Counter(bare(word.shown) for word in words if word.shown)
    known = [sum(count for text, count in spoken.items() if text in language) for language in LANGUAGES]
    most = max(known)
    return LANGUAGES[known.index(most)] if 10 * most > spoken.total() else frozenset()
