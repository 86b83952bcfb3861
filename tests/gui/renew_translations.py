"""Brings the translations up to date with the texts of the source.

    python -m tests.gui.renew_translations

New texts come into resources/translations/mmsearch_de.ts as unfinished: translate them there (a
text editor or pyside6-linguist), take the attribute away, and run this once more.
"""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import click

from mmsearch.gui.engine_words import SHAPES_PATH
from mmsearch.gui.translating import TRANSLATIONS_PATH
from tests.gui.engine_texts import engine_texts
from tests.gui.translated_texts import texts_of_source

TS_PATH = TRANSLATIONS_PATH / "mmsearch_de.ts"
Translations = dict[tuple[str, str], str]
"""By context and source; "" is unfinished."""


def read_translations(path: Path = TS_PATH) -> Translations:
    """Return what is translated; what is marked as unfinished or vanished counts as not."""
    found: Translations = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            is_done = translation is not None and not translation.get("type")
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = message.findtext("translation", "") if is_done else ""
    return found


def write_translations(known: Translations, path: Path = TS_PATH) -> list[str]:
    """Write the texts of the source with their translations; return those without one."""
    root = ElementTree.Element("TS", version="2.1", sourcelanguage="en", language="de")
    missing = []
    for name, texts in texts_of_source().items():
        context = ElementTree.SubElement(root, "context")
        ElementTree.SubElement(context, "name").text = name
        for text in texts:
            message = ElementTree.SubElement(context, "message")
            ElementTree.SubElement(message, "source").text = text
            translation = ElementTree.SubElement(message, "translation")
            translation.text = known.get((name, text), "")
            if not translation.text:
                translation.set("type", "unfinished")
                missing.append(f"{name}: {text}")
    ElementTree.indent(root, "    ")
    body = ElementTree.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(f"{head}{body}\n", "utf-8")
    return missing


def shapes_as_json() -> str:
    """What the window recognises the engine's sentences by."""
    return json.dumps(engine_texts(), indent=1, ensure_ascii=False) + "\n"


def compile_translations(path: Path = TS_PATH) -> None:
    """Make the .qm that the program reads beside the .ts."""
    lrelease = Path(sys.executable).parent / "pyside6-lrelease"
    command = [str(lrelease), "-silent", str(path), "-qm", str(path.with_suffix(".qm"))]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    for text in write_translations(read_translations()):
        click.echo(f"to translate: {text}")
    SHAPES_PATH.write_text(shapes_as_json(), "utf-8")
    compile_translations()
