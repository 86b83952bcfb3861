"""Which nodes of a syntax tree are functions and classes: one row a language.

Languages without a row are judged by the names of their nodes, which follow habits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Language, Query


@dataclass(frozen=True, slots=True)
class Rules:
    """Names of nodes, separated by blanks."""

    functions: str = ""
    """Kept in one piece if short enough."""
    classes: str = ""
    """Always opened: their members are pieces of their own."""
    wrappers: str = ""
    """Around a definition, and part of it if they end together: export, template, decorator."""
    leading: str = ""
    """Part of the definition that follows on the next line, as comments always are."""
    patterns: str = ""
    """Queries in the language of tree-sitter, with the captures @function and @class."""
    has_clauses: bool = False
    """One function may be written as several definitions of the same name."""


_C_TYPES = """
    [(struct_specifier body: (_)) (union_specifier body: (_)) (enum_specifier body: (_))] @class
"""
_C = Rules(
    "function_definition preproc_function_def", wrappers="type_definition", patterns=_C_TYPES
)
_CPP = Rules(
    "function_definition preproc_function_def",
    "namespace_definition concept_definition",
    "template_declaration type_definition",
    patterns=_C_TYPES + "(class_specifier body: (_)) @class",
)
_SCRIPT = Rules(
    "function_declaration generator_function_declaration method_definition",
    "class_declaration",
    "export_statement lexical_declaration variable_declaration expression_statement",
    "decorator",
    """
    (variable_declarator value: [(arrow_function) (function_expression)]) @function
    (assignment_expression right: [(arrow_function) (function_expression)]) @function
    (pair value: [(arrow_function) (function_expression)]) @function
    """,
)
_TYPED_SCRIPT = Rules(
    _SCRIPT.functions,
    "class_declaration abstract_class_declaration interface_declaration enum_declaration "
    "type_alias_declaration internal_module",
    _SCRIPT.wrappers + " ambient_declaration",
    "decorator function_signature",
    _SCRIPT.patterns + "(public_field_definition value: (arrow_function)) @function",
)
_JAVA = Rules(
    "method_declaration constructor_declaration",
    "class_declaration interface_declaration enum_declaration",
)
_LUA = Rules(
    "function_declaration",
    wrappers="variable_declaration",
    patterns="(assignment_statement (expression_list (function_definition))) @function",
)
_LISP_LIST = '((list . (symbol) @_head) @function (#match? @_head "^(define|def|struct|module)"))'
_BLOCKS = Rules("block")

_RULES: dict[str, Rules] = {
    "ada": Rules("subprogram_body task_body", "package_body package_declaration"),
    "apex": Rules(_JAVA.functions + " trigger_declaration", _JAVA.classes),
    "arduino": _CPP,
    "cairo": Rules("function_definition", "struct_item enum_item trait_item impl_item mod_item"),
    "c": _C,
    "clojure": Rules(
        patterns='((list_lit . (sym_lit) @_head) @function (#match? @_head "^([a-z.]+/)?def"))'
    ),
    "cmake": Rules("function_def macro_def"),
    "commonlisp": Rules(
        patterns="""
        (list_lit (defun)) @function
        ((list_lit . (sym_lit) @_head) @function (#match? @_head "^[dD][eE][fF]"))
        """
    ),
    "cpp": _CPP,
    "csharp": Rules(
        "method_declaration constructor_declaration destructor_declaration operator_declaration "
        "conversion_operator_declaration indexer_declaration",
        "class_declaration struct_declaration interface_declaration enum_declaration "
        "record_declaration namespace_declaration",
    ),
    "cuda": _CPP,
    "d": Rules(
        "function_declaration constructor destructor unittest_declaration",
        "class_declaration struct_declaration interface_declaration union_declaration "
        "enum_declaration template_declaration",
    ),
    # The body is a sibling of the signature here.
    "dart": Rules(
        "function_body",
        "class_definition mixin_declaration extension_declaration enum_declaration",
        leading="method_signature function_signature annotation",
    ),
    "elisp": Rules(
        "function_definition macro_definition",
        patterns='((list . (symbol) @_head) @function (#match? @_head "^(cl-)?def"))',
    ),
    "elixir": Rules(
        leading="unary_operator",
        patterns="""
        ((call target: (identifier) @_head) @function
            (#any-of? @_head "def" "defp" "defmacro" "defmacrop" "defguard" "test"))
        ((call target: (identifier) @_head) @class
            (#any-of? @_head "defmodule" "defprotocol" "defimpl" "describe"))
        """,
        has_clauses=True,
    ),
    "elm": Rules(
        "value_declaration", "type_declaration type_alias_declaration", leading="type_annotation"
    ),
    "erlang": Rules("fun_decl", "record_decl", leading="spec", has_clauses=True),
    "fennel": Rules("fn lambda"),
    "fish": Rules("function_definition"),
    "fortran": Rules(
        "function subroutine", "module submodule program derived_type_definition interface"
    ),
    "fsharp": Rules(
        "function_or_value_defn member_defn",
        "type_definition module_defn",
        "declaration_expression",
    ),
    "glsl": _C,
    "go": Rules("function_declaration method_declaration", "type_declaration"),
    "graphql": Rules("definition"),
    "groovy": Rules(
        patterns="""
        ((command (block . (unit) @_name)) @function (#match? @_name "[)]$"))
        ((command (unit) @_head (block)) @class
            (#any-of? @_head "class" "interface" "enum" "trait"))
        """
    ),
    # In a type, "function" is an arrow.
    "haskell": Rules(
        classes="data_type newtype class instance",
        leading="signature",
        patterns="""
        (declarations [(function) (bind)] @function)
        (class_declarations [(function) (bind)] @function)
        (instance_declarations [(function) (bind)] @function)
        """,
        has_clauses=True,
    ),
    "hcl": _BLOCKS,
    "hlsl": _CPP,
    "ispc": _C,
    "java": Rules(
        _JAVA.functions + " compact_constructor_declaration static_initializer",
        _JAVA.classes + " record_declaration annotation_type_declaration",
    ),
    "javascript": _SCRIPT,
    "julia": Rules(
        "function_definition macro_definition",
        "module_definition struct_definition",
        "macrocall_expression",
        "string_literal",
        "(assignment . (call_expression)) @function",
    ),
    "lua": _LUA,
    "luau": _LUA,
    "make": Rules("rule"),
    "nim": Rules(
        "proc_declaration func_declaration method_declaration iterator_declaration "
        "converter_declaration template_declaration macro_declaration",
        "type_declaration",
    ),
    "nix": Rules(patterns="(binding expression: (function_expression)) @function"),
    "objc": Rules(
        "method_definition function_definition preproc_function_def",
        "class_interface class_implementation protocol_declaration",
        "implementation_definition type_definition",
        patterns=_C_TYPES,
    ),
    "ocaml": Rules(
        "value_definition external method_definition",
        "module_definition module_type_definition type_definition class_definition",
    ),
    "odin": Rules("procedure_declaration", "struct_declaration enum_declaration union_declaration"),
    "pascal": Rules("defProc", "declType"),
    "perl": Rules("subroutine_declaration_statement", leading="pod"),
    "php": Rules(
        "function_definition method_declaration",
        "class_declaration interface_declaration trait_declaration enum_declaration",
    ),
    "powershell": Rules("function_statement class_method_definition", "class_statement"),
    "proto": Rules("message enum service"),
    "purescript": Rules(
        "function", "data newtype class_declaration", leading="signature", has_clauses=True
    ),
    "python": Rules("function_definition", "class_definition", "decorated_definition"),
    # Objects within objects are the rule, and too small to be pieces.
    "qmljs": Rules(_SCRIPT.functions, patterns="(program (ui_object_definition) @class)"),
    "r": Rules(patterns="(binary_operator rhs: (function_definition)) @function"),
    "racket": Rules(patterns=_LISP_LIST),
    "ruby": Rules("method singleton_method", "class module singleton_class"),
    "rust": Rules(
        "function_item macro_definition",
        "struct_item enum_item union_item trait_item impl_item mod_item",
        leading="attribute_item",
    ),
    "scala": Rules(
        "function_definition", "class_definition object_definition trait_definition enum_definition"
    ),
    "scheme": Rules(patterns=_LISP_LIST),
    "solidity": Rules(
        "function_definition constructor_definition modifier_definition",
        "contract_declaration interface_declaration library_declaration struct_declaration "
        "enum_declaration",
    ),
    "sql": Rules(
        "create_function create_table create_view create_materialized_view create_trigger "
        "create_type",
        wrappers="statement",
    ),
    "starlark": Rules("function_definition"),
    "swift": Rules(
        "function_declaration init_declaration deinit_declaration subscript_declaration",
        "class_declaration protocol_declaration",
    ),
    "tcl": Rules("procedure", "namespace"),
    "terraform": _BLOCKS,
    "tsx": _TYPED_SCRIPT,
    "typescript": _TYPED_SCRIPT,
    "verilog": Rules(
        "module_declaration interface_declaration class_declaration function_declaration "
        "task_declaration always_construct"
    ),
    "vhdl": Rules("entity_declaration architecture_body package_declaration package_body"),
    "vim": Rules("function_definition"),
    "zig": Rules(
        "TestDecl",
        patterns="""
        (Decl (FnProto)) @function
        (Decl (VarDecl (ErrorUnionExpr (SuffixExpr (ContainerDecl))))) @class
        """,
    ),
}

_HABIT = r"(?:_(?:definition|declaration|def|decl|defn|item|statement|block))"
_FUNCTION_HABIT = re.compile(
    r"(?:\w+_)?(?:function|func|fn|method|procedure|proc|subroutine|routine|macro|constructor|rule"
    rf"|task){_HABIT}|function|method|procedure|subroutine|rule"
)
_CLASS_HABIT = re.compile(
    r"(?:\w+_)?(?:class|struct|structure|interface|trait|protocol|module|namespace|package|enum"
    r"|union|record|object|service|message|model|contract|library|actor|impl|type|resource)"
    rf"{_HABIT}|class|struct|interface"
)
_LEADING_HABIT = re.compile(r"\w*comment|haddock|decorator|attribute_item|annotation")


@lru_cache(maxsize=64)
def query_of(language_name: str) -> tuple[Query, bool]:
    """Return the query that finds the definitions of a language, and whether it has clauses.

    Its captures are function, class, wrapper and leading. Compiling takes up to 50 ms.
    """
    from tree_sitter import Query

    language = language_by_name(language_name)
    rules = _RULES.get(language_name) or _rules_by_habit(language)
    leading = {*rules.leading.split(), *_kinds(language, _LEADING_HABIT)}
    parts = [
        _alternatives(rules.functions.split(), "function"),
        _alternatives(rules.classes.split(), "class"),
        _alternatives(rules.wrappers.split(), "wrapper"),
        _alternatives(sorted(leading), "leading"),
        rules.patterns,
    ]
    return Query(language, "\n".join(parts)), rules.has_clauses


@lru_cache(maxsize=64)
def language_by_name(name: str) -> Language:
    """Load a grammar; raises LookupError if there is none of this name."""
    from tree_sitter_language_pack import get_language

    language: Language = get_language(name)
    return language


def _rules_by_habit(language: Language) -> Rules:
    functions = _kinds(language, _FUNCTION_HABIT)
    classes = [kind for kind in _kinds(language, _CLASS_HABIT) if kind not in functions]
    return Rules(" ".join(functions), " ".join(classes))


def _kinds(language: Language, habit: re.Pattern[str]) -> list[str]:
    """Return the names of nodes that a query may ask for and that follow a habit."""
    named = (
        language.node_kind_for_id(number) or ""
        for number in range(language.node_kind_count)
        if language.node_kind_is_named(number) and language.node_kind_is_visible(number)
    )
    return sorted({kind for kind in named if habit.fullmatch(kind)})


def _alternatives(kinds: list[str], capture: str) -> str:
    return f"[{' '.join(f'({kind})' for kind in kinds)}] @{capture}" if kinds else ""
