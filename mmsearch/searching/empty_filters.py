"""Says which filters of a query let nothing through, and what may have been meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mmsearch.expression import And, Between, Field, Node, OneOf, Run, Weighted
from mmsearch.gallery import Gallery
from mmsearch.query.printing import to_text
from mmsearch.retrieve.conditions import passes
from mmsearch.retrieve.tags import is_tag, used_tags

_MOST_NAMES = 20_000
"""Names looked through for a near one."""
_MOST_NEAR_TAGS = 3


def empty_filters(
    where: Node | None, gallery: Gallery, root_paths: Mapping[str, Path]
) -> Iterator[str]:
    """A sentence for each filter that no asset passes, or one for all of them together."""
    alone = [one for one in _required(where) if not passes(one, gallery, root_paths).any()]
    if not alone:
        yield "No file passes all of the filters."
    for one in alone:
        near = _near(one, gallery, root_paths)
        yield _what_is_wrong(one, gallery) + (f" Did you mean {near}?" if near else "")


def _what_is_wrong(one: Node, gallery: Gallery) -> str:
    if isinstance(one, OneOf) and one.field is Field.TAG and gallery.concepts is not None:
        names = ", ".join(one.values)
        if not _is_any_tag(one, gallery):
            return f"There is no tag called {names}."
    return f"{to_text(one)} lets no file through."


def _is_any_tag(one: OneOf, gallery: Gallery) -> bool:
    return any(is_tag(word, gallery) for word in one.values)


def _near(one: Node, gallery: Gallery, root_paths: Mapping[str, Path]) -> str:
    """The filter with a value that is much the same and that the library has; tags with some."""
    if not isinstance(one, OneOf):
        return ""
    if one.field is Field.TAG and _is_any_tag(one, gallery):
        return ""  # it is meant, but nothing shows it
    known = _known(one.field, gallery, root_paths)
    n_near = _MOST_NEAR_TAGS if one.field is Field.TAG else 1
    near = difflib.get_close_matches(one.values[0].lower(), known, n=n_near)
    return ", ".join(to_text(OneOf(one.field, (value,))) for value in near)


def _required(node: Node | None) -> Iterator[Node]:
    """The filters that every hit has to pass."""
    match node:
        case Run(parts) | And(parts):
            for part in parts:
                yield from _required(part)
        case Weighted(part):
            yield from _required(part)
        case OneOf() | Between():
            yield node


def _known(field: Field, gallery: Gallery, root_paths: Mapping[str, Path]) -> list[str]:
    """What the library has for a filter by name, in lower case."""
    found: Iterable[str]
    match field:
        case Field.FOLDER:
            roots = (path.name for path in root_paths.values())
            found = (*roots, *(name for folder in gallery.folders for name in folder.split("/")))
        case Field.EXTENSION:
            found = gallery.extensions
        case Field.CAMERA:
            found = gallery.cameras
        case Field.LANGUAGE:
            found = gallery.languages
        case Field.TAG:
            found = used_tags(gallery)
        case _:
            found = ()
    return list(dict.fromkeys(name.lower() for name in found if name))[:_MOST_NAMES]
