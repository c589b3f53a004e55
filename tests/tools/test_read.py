"""A chapter as it is read: its blocks are found, with what is folded.

Where each stands and how long it is are found, too.
"""

import re

import pytest

from tools.read import chapter as reading
from tools.read.chapter import blocks

CHAPTER = """---
kernelspec: {name: python3}
---

% A remark.

# Title

A *short* paragraph, with $a = b$ and `code` and {cite}`gers2000`.

% introduces: x

- one **bold** item
- two

| a | b |
|---|---|
| c | $d$ |

```{code-cell}
:tags: [remove-input]
x = 1
```

```{code-cell}
---
mystnb:
  figure:
    caption: "What to see."
---
plot(x)
```

## Exercises

```{exercise} By hand
:label: one
Why?
```

````{admonition} Hint
:class: dropdown
Because.
````

````{solution-start} one
````

A cell within.

```{code-cell}
2 + 2
```

````{solution-end}
````

```{glossary}
gate
  A number.
```
"""


def test_blocks_come_in_order_with_what_they_are() -> None:
    found = [(block.kind, block.text.strip()[:9], block.folded) for block in blocks(CHAPTER)]
    assert found == [
        ("heading", "Title", False),
        ("paragraph", "A *short*", False),
        ("item", "one **bol", False),
        ("item", "two", False),
        *[("row", text, False) for text in ("a", "b", "c", "$d$")],
        ("cell", "x = 1", False),
        ("cell", "plot(x)", False),
        ("heading", "Exercises", False),
        ("paragraph", "Why?", False),
        ("paragraph", "Because.", True),
        ("paragraph", "A cell wi", True),
        ("cell", "2 + 2", True),
        ("glossary", "gate\n  A ", False),
    ]


def test_a_block_knows_where_it_stands_and_what_was_said_before_it() -> None:
    title, paragraph, item, *_, hint, _, cell, _ = blocks(CHAPTER)
    assert (
        title.remarks == ("A remark.",)
        and item.remarks == ("introduces: x",)
        and not paragraph.remarks
    )
    assert (hint.box, hint.section, cell.section, item.section) == (
        "Hint",
        "Exercises",
        "Exercises",
        "Title",
    )
    assert hint.skipped and cell.exercise and not item.skipped
    assert item.bold == ["bold"] and paragraph.formulas == ["a = b"]


def test_words_are_counted_as_they_are_read() -> None:
    by_text = {block.text.strip()[:7]: block.words for block in blocks(CHAPTER)}
    assert by_text["A *shor"] == 8  # the formula and the code are one word each
    assert by_text["x = 1"] == 0 and by_text["plot(x)"] == 4 and by_text["2 + 2"] == 3


def test_every_chapter_that_teaches_and_the_fast_route_are_found() -> None:
    assert len(reading.teaching()) == 10 and {"sheet", "references", "index"}.isdisjoint(
        reading.teaching()
    )
    assert reading.fast() == ["index", *reading.teaching()[:5]]


@pytest.mark.parametrize("page", reading.order())
def test_no_word_of_a_chapter_is_lost(page: str) -> None:
    # made into a table
    text = re.sub(r"^```\{syllabi\}\n.*?^```", "", reading.source(page), flags=re.M | re.S)
    kept = " ".join(block.text + block.caption for block in blocks(text))
    for line in text.splitlines():
        if len(line) > 60 and not line.startswith(("%", "#", "|", " ", "$$")):
            assert line.lstrip("- 0123456789.")[:40] in kept, line
