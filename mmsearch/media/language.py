"""The language of a text by its name, or by its first line."""

from __future__ import annotations

import re
from pathlib import Path

# Names as tree-sitter-language-pack has them wherever it has a grammar.
_SUFFIXES = """
    abap: abap
    actionscript: as
    ada: ada adb ads
    agda: agda
    apex: apex cls trigger
    applescript: applescript
    arduino: ino
    asciidoc: adoc asciidoc
    asm: asm s nasm
    astro: astro
    autohotkey: ahk
    awk: awk
    bash: sh bash zsh ksh ash bashrc zshrc profile
    batch: bat cmd
    beancount: beancount
    bibtex: bib
    bicep: bicep
    bitbake: bb bbappend bbclass
    c: c h
    cairo: cairo
    capnp: capnp
    clojure: clj cljs cljc edn
    cmake: cmake
    cobol: cob cbl cpy
    coffeescript: coffee
    commonlisp: lisp lsp cl asd
    coq: coq
    cpp: cpp cxx cc c++ hpp hxx hh h++ ipp tpp inl ixx cppm metal
    crystal: cr
    csharp: cs csx
    css: css
    csv: csv
    cuda: cu cuh
    cue: cue
    cython: pyx pxd pxi
    d: d di
    dart: dart
    dhall: dhall
    diff: diff patch
    dockerfile: dockerfile containerfile
    dtd: dtd
    elisp: el
    elixir: ex exs
    elm: elm
    embeddedtemplate: erb ejs
    erlang: erl hrl escript
    fennel: fnl
    fish: fish
    flatbuffers: fbs
    fortran: f for f77 f90 f95 f03 f08 ftn
    fsharp: fs fsx
    fsharp_signature: fsi
    gdscript: gd
    gleam: gleam
    glsl: glsl vert frag geom comp tesc tese vs
    gn: gn gni
    go: go
    graphql: graphql gql graphqls
    groovy: groovy gradle gvy
    hack: hack hh
    hare: ha hare
    haskell: hs lhs hsc
    haxe: hx
    hcl: hcl nomad
    heex: heex eex leex
    hlsl: hlsl fx hlsli
    html: html htm xhtml
    idris: idr
    ini: ini cfg conf inf editorconfig gitconfig desktop service
    isabelle: thy
    ispc: ispc
    janet: janet
    java: java
    javascript: js mjs cjs jsx es6
    json: json json5 jsonc jsonl ndjson geojson webmanifest topojson
    jsonnet: jsonnet libsonnet
    julia: jl
    jupyter: ipynb
    kdl: kdl
    kotlin: kt kts
    latex: tex ltx sty
    lean: lean
    less: less
    linkerscript: ld lds
    llvm: ll
    lua: lua
    luau: luau
    make: mk mak make
    markdown: md markdown mdx mkd rmd qmd mdown
    matlab: mat4
    mermaid: mermaid mmd
    meson: meson
    move: move
    nim: nim nims nimble
    ninja: ninja
    nix: nix
    objc: m mm
    ocaml: ml mll mly
    ocaml_interface: mli
    odin: odin
    org: org
    p4: p4
    pascal: pas pp dpr lpr dfm
    perl: pl pm t perl pod
    php: php php3 php4 php5 phtml
    po: po pot
    pony: pony
    powershell: ps1 psm1 psd1
    prisma: prisma
    prolog: pro prolog plg
    properties: properties
    proto: proto
    psv: psv
    purescript: purs
    python: py pyi pyw py3 gyp gypi wsgi
    qmljs: qml
    r: r
    racket: rkt rktd
    raku: raku rakumod
    rego: rego
    ron: ron
    rst: rst rest
    ruby: rb rake gemspec ru podspec
    rust: rs
    sas: sas
    sass: sass
    scala: scala sc sbt
    scheme: scm ss sld
    scss: scss
    sed: sed
    smali: smali
    smithy: smithy
    solidity: sol
    sparql: sparql rq
    sql: sql ddl dml psql plsql
    squirrel: nut
    stan: stan
    starlark: bzl star bazel
    stylus: styl
    subtitles: srt vtt
    svelte: svelte
    swift: swift
    tablegen: td
    tcl: tcl tk
    terraform: tf tfvars
    text: txt text log
    textile: textile
    thrift: thrift
    tla: tla
    toml: toml
    tsv: tsv
    tsx: tsx
    twig: twig jinja jinja2 j2
    typescript: ts mts cts
    typst: typ
    verilog: v sv svh vh
    vhdl: vhd vhdl
    vim: vim vimrc
    visualbasic: vb vbs bas
    vue: vue
    wast: wast
    wat: wat
    wgsl: wgsl
    wiki: wiki mediawiki
    wren: wren
    xml: xml xsd xsl xslt rss atom plist svg csproj vcxproj props targets pom xaml ui
    yaml: yaml yml clang-format
    yuck: yuck
    zig: zig zon
"""

_NAMES = """
    bash: .bashrc .bash_profile .profile .zshrc .zprofile pkgbuild
    cmake: cmakelists.txt
    dockerfile: dockerfile containerfile
    gitattributes: .gitattributes
    gitignore: .gitignore .dockerignore .npmignore
    gomod: go.mod
    gosum: go.sum
    groovy: jenkinsfile
    ini: .editorconfig .gitconfig
    json: .babelrc .eslintrc .prettierrc
    kconfig: kconfig
    make: makefile gnumakefile bsdmakefile
    markdown: readme
    meson: meson.build meson_options.txt
    python: sconstruct sconscript snakefile wscript
    requirements: requirements.txt constraints.txt requirements-dev.txt
    ruby: gemfile rakefile podfile vagrantfile fastfile brewfile guardfile
    starlark: build workspace tiltfile build.bazel
    text: license licence copying authors contributors changelog
    toml: pipfile cargo.lock
    vim: .vimrc
"""

_INTERPRETERS = {
    "awk": "awk",
    "bun": "typescript",
    "deno": "typescript",
    "elixir": "elixir",
    "escript": "erlang",
    "fish": "fish",
    "gawk": "awk",
    "groovy": "groovy",
    "guile": "scheme",
    "julia": "julia",
    "lua": "lua",
    "make": "make",
    "node": "javascript",
    "nodejs": "javascript",
    "perl": "perl",
    "php": "php",
    "pwsh": "powershell",
    "pypy": "python",
    "python": "python",
    "racket": "racket",
    "rscript": "r",
    "ruby": "ruby",
    "runghc": "haskell",
    "sbcl": "commonlisp",
    "scala": "scala",
    "swift": "swift",
    "tclsh": "tcl",
    "ts-node": "typescript",
    "wish": "tcl",
    **dict.fromkeys(("ash", "bash", "dash", "ksh", "mksh", "sh", "zsh"), "bash"),
}
# What Emacs calls languages, where its name is not ours.
_MODES = {"c++": "cpp", "shell-script": "bash", "sh": "bash", "js": "javascript", "lisp": "elisp"}

_MODE = re.compile(r"-\*-\s*(?:.*\bmode:\s*)?([\w+-]+)\s*(?:;.*)?-\*-", re.IGNORECASE)


def _table(lines: str) -> dict[str, str]:
    """Turn "language: suffix suffix" lines round; the first language keeps a suffix."""
    found: dict[str, str] = {}
    for line in lines.strip().splitlines():
        language, words = line.split(":", 1)
        for word in words.split():
            found.setdefault(word, language.strip())
    return found


_BY_SUFFIX = _table(_SUFFIXES)
_BY_NAME = _table(_NAMES)
LANGUAGES = frozenset(_BY_SUFFIX.values()) | frozenset(_BY_NAME.values())
"""Every name that language_of gives, but for the plain "text"."""


def language_of(path: Path, first_line: str = "") -> str:
    """Return the name of the language; "text" if neither name nor first line tells."""
    name = path.name.lower()
    if name in _BY_NAME:
        return _BY_NAME[name]
    stem, _, suffix = name.rpartition(".")
    if stem and suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if stem and stem.split(".")[0] in _BY_NAME:
        return _BY_NAME[stem.split(".")[0]]  # Dockerfile.dev, Makefile.am
    return _by_first_line(first_line) or "text"


def _by_first_line(line: str) -> str | None:
    line = line[:500].strip()
    if line.startswith("#!"):
        return _by_program(line[2:].lower().split())
    if mode := _MODE.search(line):
        wanted = mode[1].lower()
        language = _MODES.get(wanted, wanted)
        return language if language in LANGUAGES else None
    if line.startswith("<?php"):
        return "php"
    return "xml" if line.startswith("<?xml") else None


def _by_program(words: list[str]) -> str | None:
    """Take the name of a program without path and version: python3.11, or env and what it runs."""
    bare = [re.split(r"[/\\]", word)[-1].removesuffix(".exe") for word in words]
    if bare[:1] == ["env"]:
        bare = [word for word in bare[1:] if not word.startswith("-") and "=" not in word]
    return _INTERPRETERS.get(bare[0].rstrip("0123456789.")) if bare else None
