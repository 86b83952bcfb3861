"""What the functions and classes of a syntax tree are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

_MAX_NAME_CHARS = 80
_HEAD_BYTES = 300
_FIELDS = ("name", "declarator", "pattern", "left", "lhs", "key", "attrpath")
_NAMING = re.compile(
    r"(?:\w+_)?(?:identifier|name|symbol|constant|variable|word|atom|targets|sym_lit)"
    r"|object_reference|signature|exported_symbol|function_declaration_left"
)
_MAX_CHILDREN = 6
# Words with which a class begins and which say what it is; other nodes are described by the
# text that they begin with.
_SORTS = frozenset(
    [
        "actor",
        "class",
        "contract",
        "data",
        "enum",
        "extension",
        "instance",
        "interface",
        "library",
        "message",
        "mixin",
        "mod",
        "module",
        "namespace",
        "newtype",
        "object",
        "package",
        "program",
        "protocol",
        "record",
        "service",
        "struct",
        "structure",
        "submodule",
        "trait",
        "type",
        "union",
    ]
)
# Nodes that are definitions only because of their first word, which is not the name.
_CALLS = frozenset(("block", "call", "command", "function_def", "list", "list_lit", "macro_def"))
# (define (needle hay) ..., def needle(hay) ..., test "something" ..., function(needle hay)
_AFTER_HEAD = re.compile(
    r"\(\s*\S+\s+\(*\s*([^\s()\[\]]+)|(?:def\w*|test|describe)\s+(\"[^\"]+\"|[\w.!?]+)"
    r"|(?:function|macro)\s*\(\s*([^\s()]+)",
    re.IGNORECASE,
)
_BEFORE_PARENTHESIS = re.compile(r"([\w$.:~!?'-]*\w[!?']?)\s*(?:<[^<>()]*>)?\s*\(")
_HEAD_END = re.compile(r"[{:=\n]|\bdo\b|\bbegin\b")


def name_of(node: Node, outermost: Node, source: bytes) -> str:
    """Return the name of a definition; ``outermost`` is what wraps it, or the node itself."""
    if node.type in _CALLS:
        return _name_by_text(_line_of(node, source))
    for candidate in _naming_nodes(node, outermost):
        name = " ".join(_text(candidate, source).split())
        # C and its kin: the name is followed by parameters.
        found = name.partition("(")[0].strip("*&\"' ") or name
        if candidate.type == "function_declaration_left":
            found = name.split()[0]
        if found:
            return found[:_MAX_NAME_CHARS]
    return _name_by_text(_line_of(node, source))


def label_of(node: Node, name: str, source: bytes) -> str:
    """Return how a class is named in the scope of its members, e.g. "class Reader"."""
    declared = node.child_by_field_name("declaration_kind")
    sort = _text(declared, source) if declared else node.type.partition("_")[0]
    if sort in _SORTS and name:
        return name if name.startswith(f"{sort} ") else f"{sort} {name}"
    return _head(_line_of(node, source)) or name


def _naming_nodes(node: Node, outermost: Node) -> Iterator[Node]:
    """Yield the nodes that may hold the name, the most likely first."""
    for start in (node, *_first_children(node), outermost):
        if start.type == "function_declaration_left":
            yield start
        if start.type == "body" or start.type.endswith(("block", "_body")):
            continue
        for field in _FIELDS:
            child = start.child_by_field_name(field)
            if child is not None:
                yield _innermost(child)
    yield from (child for child in _first_children(node) if _NAMING.fullmatch(child.type))


def _first_children(node: Node) -> list[Node]:
    return [
        node.named_child(number) for number in range(min(_MAX_CHILDREN, node.named_child_count))
    ]


def _innermost(node: Node) -> Node:
    """Follow the declarators of C: a pointer to a function that returns ..."""
    for _ in range(20):
        inner = node.child_by_field_name("declarator")
        if inner is None:
            break
        node = inner
    return node


def _name_by_text(line: str) -> str:
    if found := _AFTER_HEAD.match(line):
        return next(group for group in found.groups() if group)[:_MAX_NAME_CHARS]
    if found := _BEFORE_PARENTHESIS.search(line):
        return found[1][:_MAX_NAME_CHARS]
    return _head(line)


def _head(line: str) -> str:
    """Return what stands before the body, without quotes: resource aws_instance needle."""
    return " ".join(_HEAD_END.split(line)[0].replace('"', "").split())[:_MAX_NAME_CHARS]


def _line_of(node: Node, source: bytes) -> str:
    """Return the line that the node begins in, from the beginning of that line."""
    start = node.start_byte - node.start_point.column
    text = source[start : node.start_byte + _HEAD_BYTES].decode("utf-8", "replace")
    return text.lstrip().split("\n")[0].rstrip()


def _text(node: Node, source: bytes) -> str:
    end = min(node.end_byte, node.start_byte + _HEAD_BYTES)
    return source[node.start_byte : end].decode("utf-8", "replace")
