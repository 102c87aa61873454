"""One way of writing, wherever the window says something."""

import ast
from collections.abc import Iterator
from pathlib import Path

import duskreel.ui

SOURCES = sorted(Path(duskreel.ui.__path__[0]).rglob("*.py"))


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every piece of text in a module but its docstrings, with its line."""
    told_to_readers = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told_to_readers:
            yield node.lineno, node.value


def test_an_ellipsis_is_one_sign_and_stands_at_its_word() -> None:
    """“Choose…” asks for more before it does anything, “Saving…” goes on for a while."""
    assert len(SOURCES) > 50
    wrong = [
        f"{path.name}:{line}: {text}"
        for path in SOURCES
        for line, text in texts(ast.parse(path.read_text(encoding="utf-8")))
        if text.endswith(" …") or "..." in text
    ]
    assert wrong == []
