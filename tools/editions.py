"""Keep the Chinese edition beside the English one.

Both editions share every code cell and every output, so `zh/` takes them from the English
notebooks; its own are the words: Markdown cells, captions, alternative texts. (One word of the code
differs: `set_language("zh")`.) Without an option, this script carries code and outputs over and
puts a new English cell where its translation belongs. A translation stays with the words that it
was made from, and with the cell of its id; a page where one would be lost is not written.

With `--accept` it records that the words of these pages now say what the English ones say. With
`--check` it writes nothing and says where the editions have come apart: a page or a cell without a
counterpart, other code, an English text that changed after its translation, and headings, labels,
formulas, directives or references that do not match.
"""

import argparse
import copy
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import console
import notebooks
from notebooks import Cell, Notebook, text_of

ROOT = Path(__file__).resolve().parent.parent
CHINESE = ROOT / "zh"
PATTERNS = ("intro.ipynb", "chapters/*.ipynb", "chapters/*.md")
# What a cell, or the front matter of a page, was translated from: a digest of the English words.
SOURCE = "translated_from"
FRONT_MATTER = re.compile(rf"---\n{SOURCE}: (\w+)\n---\n\n")
# The one word in which code cells differ: which language the book speaks.
LANGUAGE = re.compile(r'(\bset_language\(")en("\))')
HAN = re.compile(r"[\u4e00-\u9fff]")

# What has to be the same in both languages, as expressions that find it.
SHARED = {
    "headings": re.compile(r"^(#+) ", re.MULTILINE),
    "labels": re.compile(r"^\(([\w-]+)\)=$|^\$\$ \(([\w-]+)\)|^:name: (\S+)", re.MULTILINE),
    "directives": re.compile(r"^:{3,}\{(\w[\w:-]*)\}|^```\{(\w[\w-]*)\}", re.MULTILINE),
    "classes": re.compile(r"^:class: (.+)", re.MULTILINE),
    "references": re.compile(r"\{((?:eq|numref|cite[:\w]*|py:\w+)\}`(?:[^`<]*<)?[^`>]+)>?`"),
    "targets": re.compile(r"\]\((#[a-z][^)]*|[a-z]+:[^)]*|[^)#]+)"),
    "formulas": re.compile(r"\$\$(.*?)\$\$", re.DOTALL),
}
# A formula may hold words; a reference may have a text of its own.
WORDS = re.compile(r"\\(?:text\w*|mathrm)\{(?:[^{}]|\{[^{}]*\})*\}|[\s~]")
OWN_TEXT = re.compile(r"`[^`<]*<")


def main() -> int:
    """Read the command line; return 1 if a check fails."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--accept", action="store_true", help="the words of these pages agree")
    parser.add_argument("pages", nargs="*", help="as in the English edition: chapters/losses.ipynb")
    arguments = parser.parse_args()
    pages = arguments.pages or all_pages(ROOT)
    problems = []
    for page in pages:
        if not arguments.check:
            lost = write(page, accept=arguments.accept)
            problems += [f"zh/{page}: not written: {problem}" for problem in lost]
        problems += [f"zh/{page}: {problem}" for problem in check(page)]
    if not arguments.pages:
        extra = sorted(set(all_pages(CHINESE)) - set(pages))
        problems += [f"zh/{page}: it has no counterpart in English" for page in extra]
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print(f"{len(pages)} pages: the editions agree")
    return int(bool(problems))


def all_pages(edition: Path) -> list[str]:
    """Return the pages of one edition, as paths below its root."""
    found = [path for pattern in PATTERNS for path in sorted(edition.glob(pattern))]
    return [path.relative_to(edition).as_posix() for path in found]


# -- Writing -----------------------------------------------------------------------------------


def write(page: str, *, accept: bool) -> list[str]:
    """Bring the Chinese page to the code of the English one; make it if it is new.

    Returns where a translation would be lost, one sentence each; nothing is written then.
    """
    source, target = ROOT / page, CHINESE / page
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix == ".md":
        chinese = target.read_text(encoding="utf-8") if target.exists() else ""
        body = FRONT_MATTER.sub("", chinese) or source.read_text(encoding="utf-8")
        if accept:
            digest = digest_of(source.read_text(encoding="utf-8"))
            chinese = f"---\n{SOURCE}: {digest}\n---\n\n{body}"
        notebooks.save(target, chinese or body)
        return []
    notebook = read(source)
    pairs, left = paired(notebook["cells"], read(target)["cells"] if target.exists() else [])
    lost = [cell["id"] for cell in left if HAN.search("".join(words_of(cell).values()))]
    if not lost:
        notebook["cells"] = [
            merged(cell, pairs.get(cell["id"]), accept) for cell in notebook["cells"]
        ]
        notebooks.save(target, notebooks.serialize(notebook))
    return [
        f"cell {name}: no English cell has its id or its words; delete it or rename it"
        for name in lost
    ]


def paired(english: list[Cell], chinese: list[Cell]) -> tuple[dict[str, Cell], list[Cell]]:
    """Return the Chinese cell for the id of each English one, and those that belong to none."""
    pairs: dict[str, Cell] = {}
    left = list(chinese)
    for belongs in (lambda *cells: is_same(*cells) and is_source(*cells), is_source, is_same):
        for cell in english:
            found = [other for other in left if belongs(cell, other) and has_place(cell, other)]
            if found and cell["id"] not in pairs:
                pairs[cell["id"]] = found[0]
                left.remove(found[0])
    return pairs, left


def is_same(english: Cell, chinese: Cell) -> bool:
    """Tell whether two cells have one id."""
    return bool(english["id"] == chinese["id"])


def is_source(english: Cell, chinese: Cell) -> bool:
    """Tell whether these are the words that the Chinese cell was translated from."""
    words = words_of(english)
    return bool(words) and chinese["metadata"].get(SOURCE) == digest_of(*words.values())


def has_place(english: Cell, chinese: Cell) -> bool:
    """Tell whether all words of the Chinese cell have a place in the English one."""
    return words_of(chinese).keys() <= words_of(english).keys()


def merged(english: Cell, chinese: Cell | None, accept: bool) -> Cell:
    """Return the English cell with the words of the Chinese one."""
    cell = copy.deepcopy(english)
    if cell["cell_type"] == "code":
        cell["source"] = in_chinese(cell["source"])
    if not words_of(english):
        return cell
    if chinese is not None:
        put_words(cell, words_of(chinese))
        if SOURCE in chinese["metadata"]:
            cell["metadata"][SOURCE] = chinese["metadata"][SOURCE]
    if accept:
        cell["metadata"][SOURCE] = digest_of(*words_of(english).values())
    return cell


def in_chinese(code: str | list[str]) -> str | list[str]:
    """Return the code of an English cell as it stands in the Chinese edition."""
    if isinstance(code, str):
        return LANGUAGE.sub(r"\1zh\2", code)
    return [LANGUAGE.sub(r"\1zh\2", line) for line in code]


def words_of(cell: Cell) -> dict[str, str]:
    """Return what a translation changes: the text, or the caption and the alternative text."""
    if cell["cell_type"] == "markdown":
        return {"text": text_of(cell["source"])}
    described = cell["metadata"].get("mystnb", {})
    places = {
        "caption": described.get("figure", {}).get("caption"),
        "alt": described.get("image", {}).get("alt"),
    }
    return {place: words for place, words in places.items() if words is not None}


def put_words(cell: Cell, words: dict[str, str]) -> None:
    """Put the words of a translation into a cell, each in the place it was found in."""
    if "text" in words:
        cell["source"] = notebooks.lines(words["text"])
    described = cell["metadata"].get("mystnb", {})
    for place, parent in (("caption", "figure"), ("alt", "image")):
        if place in words and place in described.get(parent, {}):
            described[parent][place] = words[place]


def digest_of(*words: str) -> str:
    """Return a short digest of English words."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]


def read(path: Path) -> Notebook:
    """Read a notebook."""
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return notebook


# -- Checking ----------------------------------------------------------------------------------


def check(page: str) -> list[str]:
    """Return where the Chinese page and the English one have come apart, one sentence each."""
    source, target = ROOT / page, CHINESE / page
    if not target.exists():
        return ["it is missing"]
    if target.suffix == ".md":
        english, text = (path.read_text(encoding="utf-8") for path in (source, target))
        match = FRONT_MATTER.match(text)
        digest = match[1] if match else None
        return list(translation_problems([english], [FRONT_MATTER.sub("", text)], digest))
    return list(notebook_problems(read(source), read(target)))


def notebook_problems(english: Notebook, chinese: Notebook) -> Iterator[str]:
    """Yield the cells that have no counterpart and those that differ in more than words."""
    order = [cell["id"] for cell in english["cells"]]
    cells = {cell["id"]: cell for cell in chinese["cells"]}
    for name in sorted(set(order) ^ set(cells)):
        yield f"cell {name}: only in {'English' if name in order else 'Chinese'}"
    if set(order) == set(cells) and order != list(cells):
        yield "its cells stand in another order"
    for cell in english["cells"]:
        other = cells.get(cell["id"])
        if other is not None:
            for problem in cell_problems(cell, other):
                yield f"cell {cell['id']}: {problem}"


def cell_problems(english: Cell, chinese: Cell) -> Iterator[str]:
    """Yield what is wrong with the translation of one cell."""
    shared = without_words(english)
    if english["cell_type"] == "code":
        shared["source"] = in_chinese(english["source"])
    if shared != without_words(chinese):
        yield "it differs in more than its words"
    words, translation = words_of(english), words_of(chinese)
    if words and words.keys() == translation.keys():
        digest = chinese["metadata"].get(SOURCE)
        yield from translation_problems(list(words.values()), list(translation.values()), digest)


def without_words(cell: Cell) -> dict[str, Any]:
    """Return what both editions share of a cell."""
    shared = copy.deepcopy(cell)
    shared["metadata"].pop(SOURCE, None)
    put_words(shared, dict.fromkeys(words_of(cell), ""))
    return shared


def translation_problems(
    english: list[str], chinese: list[str], digest: str | None
) -> Iterator[str]:
    """Yield what one translation left behind, changed, or was not told of."""
    if digest is None:
        yield "not translated"
        return
    if digest != digest_of(*english):
        yield "the English text has changed since it was translated"
    for before, after in zip(english, chinese, strict=True):
        if not HAN.search(after) and re.search(r"[a-z]{3,} [a-z]{3,}", before):
            yield "no Chinese in it"
        for kind, pattern in SHARED.items():
            there, here = shared_parts(pattern, before), shared_parts(pattern, after)
            for part in sorted((there - here).elements()):
                yield f"{kind}: {part!r} is only in English"
            for part in sorted((here - there).elements()):
                yield f"{kind}: {part!r} is only in Chinese"


def shared_parts(pattern: re.Pattern[str], text: str) -> Counter[str]:
    """Count what an expression finds in a text, words in formulas and references apart."""
    found = ("".join(filter(None, match.groups())) for match in pattern.finditer(text))
    return Counter(OWN_TEXT.sub("`", WORDS.sub("", part)) for part in found)


if __name__ == "__main__":
    sys.exit(main())
