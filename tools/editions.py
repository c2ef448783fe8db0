"""Keep the translations of the book beside the original.

All editions share every code cell and every output, so the folder of a translation, such as `zh/`,
takes them from the English notebooks; its own are the words: Markdown cells, captions, alternative
texts. (One word of the code differs: `set_language("zh")`.) Without an option, this script carries
code and outputs over and puts a new cell where its translation belongs. A translation stays with
the words that it was made from, and with the cell of its id (tools/translations.py); a page where
one would be lost is not written. In Chinese it has full-width punctuation, a space between Chinese
and Latin letters, and one before `**{term}`.

With `--accept` it records that the words of these pages now say what the English ones say. With
`--check` it writes nothing and says where the editions have come apart: a page or a cell without a
counterpart, other code, an English text that changed after its translation, and headings, labels,
formulas, directives, references or numbers that do not match.
"""

import argparse
import copy
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import console
import notebook_form
import translations
from nnbook.messages import LANGUAGES, TRANSLATIONS, Language
from notebook_form import Cell, Notebook
from translations import SOURCE, digest_of, put_words, words_of

ROOT = Path(__file__).resolve().parent.parent
PATTERNS = ("intro.ipynb", "chapters/*.ipynb", "chapters/*.md")
# The front matter of a page of Markdown says what it was translated from.
FRONT_MATTER = re.compile(rf"---\n{SOURCE}: (\w+)\n---\n\n")
TWO_WORDS = re.compile(r"[a-z]{3,} [a-z]{3,}")

# What has to be the same in both languages, as expressions that find it.
SHARED = {
    "headings": re.compile(r"^(#+) ", re.MULTILINE),
    "labels": re.compile(r"^\(([\w-]+)\)=$|^\$\$ \(([\w-]+)\)|^:name: (\S+)", re.MULTILINE),
    "directives": re.compile(r"^:{3,}\{(\w[\w:-]*)\}|^```\{(\w[\w-]*)\}", re.MULTILINE),
    "classes": re.compile(r"^:class: (.+)", re.MULTILINE),
    "references": re.compile(
        r"\{((?:eq|numref|cite[:\w]*|py:\w+|experiment|claim)\}`(?:[^`<]*<)?[^`>]+)>?`"
    ),
    "targets": re.compile(r"\]\((#[a-z][^)]*|[a-z]+:[^)]*|[^)#]+)"),
    "formulas": re.compile(r"\$\$(.*?)\$\$", re.DOTALL),
}
# A number with a point is a fact, however often a sentence repeats it.
DECIMAL = re.compile(r"\d+\.\d+")
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
    parser.add_argument("--accept", action="store_true", help="these texts agree: record it")
    parser.add_argument(
        "pages",
        nargs="*",
        help="zh/chapters/losses.ipynb; chapters/losses.ipynb: every translation",
    )
    arguments = parser.parse_args()
    asked = arguments.pages or all_pages(ROOT)
    problems = []
    for language in TRANSLATIONS:
        for page in own_pages(asked, language):
            place = LANGUAGES[language].prefix + page
            if not arguments.check:
                refused = write(page, language, accept=arguments.accept)
                problems += [f"{place}: not written: {problem}" for problem in refused]
            problems += [f"{place}: {problem}" for problem in check(page, language)]
        if not arguments.pages:
            problems += [
                f"{LANGUAGES[language].prefix}{page}: it has no counterpart in English"
                for page in extra_pages(language)
            ]
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print(f"{len(asked)} pages: the editions agree")
    return int(bool(problems))


def all_pages(edition: Path) -> list[str]:
    """Return the pages of one edition, as paths below its root."""
    found = [path for pattern in PATTERNS for path in sorted(edition.glob(pattern))]
    return [path.relative_to(edition).as_posix() for path in found]


def own_pages(asked: list[str], language: str) -> Iterator[str]:
    """Yield the requested pages of one translation, as paths below its root."""
    for page in asked:
        first, _, rest = page.partition("/")
        if first == LANGUAGES[language].folder:
            yield rest
        elif first not in TRANSLATIONS:
            yield page


def translation(page: str, language: str) -> Path:
    """Return where the translation of a page is."""
    return ROOT / LANGUAGES[language].folder / page


def output(language: Language) -> Path:
    """Return where Jupyter Book makes its folder _build for an edition."""
    return ROOT / "_build" / language.folder if language.folder else ROOT


def extra_pages(language: str) -> list[str]:
    """Return the pages of a translation that the original does not have."""
    return sorted({*all_pages(translation("", language))} - {*all_pages(ROOT)})


# -- Writing -----------------------------------------------------------------------------------


def write(page: str, language: str, *, accept: bool) -> list[str]:
    """Bring a translated page to the code of the original; make it if it is new.

    Returns where a translation would be lost, one sentence each; nothing is written then.
    """
    source, target = ROOT / page, translation(page, language)
    if not target.exists() and (before := former_name(source, language)):
        return [f"{before} is its translation under another name: rename that (git mv)"]
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix == ".md":
        own = target.read_text(encoding="utf-8") if target.exists() else ""
        body = FRONT_MATTER.sub("", own) or source.read_text(encoding="utf-8")
        if accept:
            digest = digest_of(source.read_text(encoding="utf-8"))
            own = f"---\n{SOURCE}: {digest}\n---\n\n{body}"
        notebook_form.save(target, own or body)
        return []
    notebook = read(source)
    cells = read(target)["cells"] if target.exists() else []
    refused = translations.conflicts(notebook["cells"], cells, language, page_of)
    if not refused:
        pairs, _ = translations.paired(notebook["cells"], cells)
        notebook["cells"] = [
            translations.merged(cell, pairs.get(cell["id"]), language, accept=accept)
            for cell in notebook["cells"]
        ]
        notebook_form.save(target, notebook_form.serialize(notebook))
    return refused


def former_name(source: Path, language: str) -> str | None:
    """Return the page without an original that was translated from what this page says, if any."""
    says = sources_of(source, translated=False)
    for page in extra_pages(language):
        if says & sources_of(translation(page, language), translated=True):
            return LANGUAGES[language].prefix + page
    return None


def sources_of(path: Path, *, translated: bool) -> set[str]:
    """Return the digests of what a page says, or of what it was translated from."""
    if path.suffix == ".md":
        text = path.read_text(encoding="utf-8")
        return set(FRONT_MATTER.findall(text)) if translated else {digest_of(text)}
    cells = [cell for cell in read(path)["cells"] if any(words_of(cell).values())]
    if translated:
        return {cell["metadata"][SOURCE] for cell in cells if SOURCE in cell["metadata"]}
    return {digest_of(*words_of(cell).values()) for cell in cells}


def page_of(digest: str) -> str | None:
    """Return a page of the original that has the words of this digest."""
    pages = (page for page in all_pages(ROOT) if page.endswith(".ipynb"))
    return next(
        (page for page in pages if digest in sources_of(ROOT / page, translated=False)), None
    )


def read(path: Path) -> Notebook:
    """Read a notebook."""
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return notebook


# -- Checking ----------------------------------------------------------------------------------


def check(page: str, language: str) -> list[str]:
    """Return where a translated page and the original have come apart, one sentence each."""
    source, target = ROOT / page, translation(page, language)
    if not target.exists():
        return ["it is missing"]
    if target.suffix == ".md":
        english, text = (path.read_text(encoding="utf-8") for path in (source, target))
        match = FRONT_MATTER.match(text)
        digest = match[1] if match else None
        own = FRONT_MATTER.sub("", text)
        return list(translation_problems([english], [own], digest, language))
    return list(notebook_problems(read(source), read(target), language))


def notebook_problems(english: Notebook, own: Notebook, language: str) -> Iterator[str]:
    """Yield the cells that have no counterpart and those that differ in more than words."""
    order = [cell["id"] for cell in english["cells"]]
    cells = {cell["id"]: cell for cell in own["cells"]}
    for name in sorted(set(order) ^ set(cells)):
        yield f"cell {name}: only in {'English' if name in order else 'the translation'}"
    if set(order) == set(cells) and order != [cell["id"] for cell in own["cells"]]:
        yield "its cells are in a different order"
    for cell in english["cells"]:
        other = cells.get(cell["id"])
        if other is not None:
            for problem in cell_problems(cell, other, language):
                yield f"cell {cell['id']}: {problem}"


def cell_problems(english: Cell, own: Cell, language: str) -> Iterator[str]:
    """Yield what is wrong with the translation of one cell."""
    shared = without_words(english)
    if english["cell_type"] == "code":
        shared["source"] = translations.code_in(language, english)
    if shared != without_words(own):
        yield "it differs in more than its words"
    words, translated = words_of(english), words_of(own)
    if words and words.keys() == translated.keys():
        digest = own["metadata"].get(SOURCE)
        yield from translation_problems(
            list(words.values()), list(translated.values()), digest, language
        )


def without_words(cell: Cell) -> dict[str, Any]:
    """Return what the editions share of a cell."""
    shared = copy.deepcopy(cell)
    shared["metadata"].pop(SOURCE, None)
    put_words(shared, dict.fromkeys(words_of(cell), ""))
    return shared


def translation_problems(
    english: list[str], own: list[str], digest: str | None, language: str
) -> Iterator[str]:
    """Yield what is outdated, changed or missing in one translation."""
    if digest is None:
        yield "not translated"
        return
    if digest != digest_of(*english):
        yield "the English text has changed since it was translated"
    letters = re.compile(f"[{LANGUAGES[language].letters}]")
    for before, after in zip(english, own, strict=True):
        if TWO_WORDS.search(before) and (before == after or not letters.search(after)):
            yield "its text is still English"
        for kind, pattern in SHARED.items():
            there, here = shared_parts(pattern, before), shared_parts(pattern, after)
            for part in sorted((there - here).elements()):
                yield f"{kind}: {part!r} is only in English"
            for part in sorted((here - there).elements()):
                yield f"{kind}: {part!r} is only in the translation"
        numbers, own_numbers = set(DECIMAL.findall(before)), set(DECIMAL.findall(after))
        for number in sorted(numbers ^ own_numbers):
            where = "English" if number in numbers else "the translation"
            yield f"numbers: {number} is only in {where}"


def shared_parts(pattern: re.Pattern[str], text: str) -> Counter[str]:
    """Count what an expression finds in a text, words in formulas and references apart."""
    found = ("".join(filter(None, match.groups())) for match in pattern.finditer(text))
    return Counter(OWN_TEXT.sub("`", WORDS.sub("", part)) for part in found)


if __name__ == "__main__":
    sys.exit(main())
