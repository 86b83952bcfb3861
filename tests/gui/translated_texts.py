"""Finds the texts of the window in the source: what tr() and _tr() are given, and the engine's."""

from __future__ import annotations

import ast
from pathlib import Path

import mmsearch.gui
from mmsearch.gui.engine_words import CONTEXT
from tests.gui.engine_texts import engine_texts

GUI_PATH = Path(mmsearch.gui.__file__).parent


def texts_of_source(folder: Path = GUI_PATH) -> dict[str, list[str]]:
    """Return the texts by context, as Qt looks them up: class or the context of the module.

    pyside6-lupdate knows only tr(); this knows the functions of modules without a class, too.
    """
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*.py")):
        reader = _Reader()
        reader.visit(ast.parse(path.read_text("utf-8")))
        if "" in reader.texts:
            raise ValueError(f"{path}: a text without a context: {sorted(reader.texts[''])}")
        for context, texts in reader.texts.items():
            found.setdefault(context, set()).update(texts)
    found[CONTEXT] = set(engine_texts())
    return {context: sorted(texts) for context, texts in sorted(found.items())}


class _Reader(ast.NodeVisitor):
    """Collects the texts of one module."""

    def __init__(self) -> None:
        self.texts: dict[str, set[str]] = {}
        self._class = ""
        self._module_context = ""

    def visit_Module(self, node: ast.Module) -> None:
        """Learn first which context the function of the module has."""
        for call in ast.walk(node):
            if _name_of(call) == "translate" and isinstance(call.args[0], ast.Constant):
                self._module_context = call.args[0].value
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Remember in which class tr() is called."""
        before, self._class = self._class, node.name
        self.generic_visit(node)
        self._class = before

    def visit_Call(self, node: ast.Call) -> None:
        """Take the text of tr(), self.tr() and _tr()."""
        if _name_of(node) in ("tr", "_tr"):
            is_method = isinstance(node.func, ast.Attribute)
            context = self._class if is_method else self._module_context
            (text,) = node.args
            if not isinstance(text, ast.Constant):
                raise ValueError(f"line {node.lineno}: tr() takes one bare text")
            self.texts.setdefault(context, set()).add(text.value)
        self.generic_visit(node)


def _name_of(node: ast.AST) -> str:
    """The name of what is called, without what it belongs to."""
    if not isinstance(node, ast.Call):
        return ""
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""
