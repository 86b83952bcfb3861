from __future__ import annotations

import pytest

from mmsearch.cli.shell_words import text_of


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("a", "dog"), "a dog"),
        (("a dog on a beach",), "a dog on a beach"),
        (("a dog", "type:video"), "a dog type:video"),
        (("in:holiday a dog -people",), "in:holiday a dog -people"),
        (("dog", "in:my folder"), 'dog in:"my folder"'),
        (("dog", "like:a b.jpg", "-two people"), 'dog like:"a b.jpg" -"two people"'),
        (("2:red car", "0.5:at night"), '2:"red car" 0.5:"at night"'),
        (("-2:red car", "dog"), '-2:"red car" dog'),
        (("dog", 'in:"my folder"'), 'dog in:"my folder"'),
        (("dog", 'name:6" disk'), 'dog name:"6"" disk"'),
        (("say", "it - now"), "say it - now"),
        ((), ""),
    ],
)
def test_quotes_that_the_shell_ate_come_back(words: tuple[str, ...], text: str) -> None:
    assert text_of(words) == text
