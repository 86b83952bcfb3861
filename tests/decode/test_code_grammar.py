"""The table of languages fits the grammars."""

from __future__ import annotations

import pytest

from mmsearch.decode.code_grammar import _RULES, language_by_name, query_of


@pytest.mark.parametrize("language", _RULES)
def test_every_node_of_a_row_exists(language: str) -> None:
    rules = _RULES[language]
    names = " ".join((rules.functions, rules.classes, rules.wrappers, rules.leading)).split()
    grammar = language_by_name(language)
    assert [name for name in names if grammar.id_for_node_kind(name, True) is None] == []


@pytest.mark.parametrize("language", ["bash", "haxe", "thrift", "wgsl", "json", "dockerfile"])
def test_languages_without_a_row_have_a_query(language: str) -> None:
    assert language not in _RULES
    query, has_clauses = query_of(language)
    assert query.pattern_count <= 3
    assert not has_clauses


def test_an_unknown_language() -> None:
    with pytest.raises(LookupError):
        query_of("esperanto")
