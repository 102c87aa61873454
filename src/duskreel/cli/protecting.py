"""The command about words that are not to be shared."""

import click

from duskreel.cli.session import Session, diary_command
from duskreel.cli.wording import visible
from duskreel.library.protected_words import KINDS, ProtectedKind, ProtectedWord


@click.command("protect")
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--kind", type=click.Choice(KINDS), help="What the words are.")
@click.option("--also", multiple=True, metavar="FORM", help="Another form of the word, such as an abbreviation.")
@click.option("--remove", is_flag=True, help="Take the words off the list.")
@diary_command
def protect(
    session: Session, words: tuple[str, ...], kind: ProtectedKind | None, also: tuple[str, ...], *, remove: bool
) -> None:
    """List the words that you do not want to share, or put words on the list: employers, colleagues, clients, projects.

    The check before sharing points them out, also split, bent or misheard. Put a name of several words in quotes.
    """
    _refuse_nonsense(words, kind, also, remove=remove)
    with session.diary() as diary:
        for text in words:
            if remove:
                session.say(f"No longer protected: “{visible(diary.unprotect(text).text)}”.")
            else:
                session.say(f"Protected: {_line(diary.protect(text, kind, also))}")
        known = diary.protected_words()
    session.give([{"text": word.text, "kind": word.kind, "also": list(word.also)} for word in known])
    if not words:
        for word in known:
            session.say(_line(word))
        if not known:
            session.say("No protected words. Protect one with: duskreel protect NAME --kind employer")


def _refuse_nonsense(words: tuple[str, ...], kind: str | None, also: tuple[str, ...], *, remove: bool) -> None:
    if not words and (kind or also or remove):
        raise click.UsageError("Say which word.")
    if remove and (kind or also):
        raise click.UsageError("Say --remove alone.")
    if also and len(words) > 1:
        raise click.UsageError("Say --also for one word at a time.")


def _line(word: ProtectedWord) -> str:
    also = f", also {', '.join(f'“{visible(form)}”' for form in word.also)}" if word.also else ""
    return f"“{visible(word.text)}” ({word.kind}){also}"
