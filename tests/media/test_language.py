"""Languages by name and first line."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmsearch.media.language import language_of


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("a.py", "python"),
        ("A.PY", "python"),
        ("a.b.tsx", "tsx"),
        ("a.ts", "typescript"),
        ("a.h", "c"),
        ("a.hpp", "cpp"),
        ("a.cs", "csharp"),
        ("Makefile", "make"),
        ("Makefile.am", "make"),
        ("Dockerfile.dev", "dockerfile"),
        ("CMakeLists.txt", "cmake"),
        ("notes.txt", "text"),
        ("README", "markdown"),
        (".bashrc", "bash"),
        (".py", "text"),
        ("a.unknown", "text"),
        ("nothing", "text"),
        ("a.lean", "lean"),
        ("größe 名前.rs", "rust"),
    ],
)
def test_by_name(name: str, language: str) -> None:
    assert language_of(Path("folder.py") / name) == language


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("#!/usr/bin/env python3", "python"),
        ("#!/usr/bin/python3.11 -u", "python"),
        ("#! /usr/bin/env -S A=1 node --trace", "javascript"),
        ("#!/bin/sh", "bash"),
        ("#!/usr/local/bin/Rscript", "r"),
        ("#!C:\\perl\\bin\\perl.exe -w", "perl"),
        ("#!/usr/bin/env", "text"),
        ("#!", "text"),
        ("#!/opt/unheard-of", "text"),
        ("// -*- mode: c++; tab-width: 4 -*-", "cpp"),
        ("/* -*- C -*- */", "c"),
        ("# -*- coding: utf-8 -*-", "text"),
        ("<?php echo 1;", "php"),
        ("<?xml version='1.0'?>", "xml"),
        ("", "text"),
        ("x" * 100_000, "text"),
    ],
)
def test_by_first_line(line: str, language: str) -> None:
    assert language_of(Path("tool"), line) == language
    assert language_of(Path("tool.rb"), line) == "ruby"
