"""Write what JupyterLab has to know of the whole book to show the references in one notebook.

Reads what Sphinx found when the site was built (`make book`), all editions, and writes
`lab/nnlib-book/static/references.json`: for each label the file and the cell or anchor that it
names, its number and its title; for each term its place in the glossary; for each citation authors,
year, address and the whole entry; for each experiment its script, and each of its numbers; for each
claim its mark. With `--check` nothing is written; the exit code says whether the file is as it
would be.
"""

import argparse
import json
import pickle
import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from pybtex.backends.plaintext import Backend

import console
import editions
import notebook_form
from nnbook import claims
from nnbook.messages import LANGUAGES
from theme.pages.experiment_numbers import quotable

ROOT = Path(__file__).resolve().parent.parent


TARGET = ROOT / "lab" / "nnlib-book" / "static" / "references.json"
PLAIN = Backend()  # made once: to find it by its name takes longer than to write an entry


def main() -> int:
    """Read the command line; return 1 if a check fails."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    text = serialized()
    current = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text
    if not check:
        notebook_form.save(TARGET, text)
    print(f"{TARGET.relative_to(ROOT)}: {'as the book' if current else 'not as the book'}")
    return int(check and not current)


def serialized() -> str:
    """Return the text of the file: a line for each entry, so that git shows what changed."""
    lines = []
    for edition in LANGUAGES:
        parts = []
        for part, entries in table(edition).items():
            rows = (
                f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(entry, ensure_ascii=False)}"
                for name, entry in sorted(entries.items())
            )
            parts.append(f'"{part}": {{\n' + ",\n".join(rows) + "\n}")
        lines.append(f'"{edition}": {{\n' + ",\n".join(parts) + "\n}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def table(edition: str) -> dict[str, dict[str, list[str]]]:
    """Return what there is to know of one edition."""
    doctrees = editions.output(LANGUAGES[edition]) / "_build" / ".doctrees"
    environment: Any = pickle.loads((doctrees / "environment.pickle").read_bytes())
    standard, equations = (environment.domaindata[name] for name in ("std", "math"))
    places = cells_of(ROOT / LANGUAGES[edition].folder)
    pages = {
        page: pickle.loads((doctrees / f"{page}.doctree").read_bytes())
        for page in environment.titles
    }
    labels = {}
    for name, (page, anchor) in standard["anonlabels"].items():
        if page in pages:
            shown = number_and_title(environment, page, pages[page].ids[anchor])
            labels[name] = [*places.get(name, [f"{page}.md", anchor]), *shown]
    for name, (page, _) in equations["objects"].items():
        digits = environment.toc_fignumbers[page]["displaymath"][f"equation-{name}"]
        shown = environment.config.math_eqref_format.format(number=dotted(digits))
        labels[name] = [*places.get(name, [f"{page}.md", name]), shown, ""]
    terms = {term: [f"{page}.md", anchor] for term, (page, anchor) in standard["terms"].items()}
    citations = {entry.key: cited(entry) for entry in environment.domaindata["cite"]["citations"]}
    quoted = {name: [text] for name, text in quotable().items()}
    marks = {name: [claims.entry(name).short] for name in claims.names()}
    references = {"labels": labels, "terms": terms, "citations": citations}
    return references | {"experiments": quoted, "claims": marks}


def cells_of(folder: Path) -> dict[str, list[str]]:
    """Return, for each label in a notebook, its file and the fragment that names its cell."""
    found = {}
    for path in sorted([*folder.glob("intro.ipynb"), *folder.glob("chapters/*.ipynb")]):
        for cell in editions.read(path)["cells"]:
            figure = cell["metadata"].get("mystnb", {}).get("figure", {})
            groups = editions.SHARED["labels"].findall(notebook_form.text_of(cell["source"]))
            for name in (figure.get("name"), *(name for group in groups for name in group)):
                if name:
                    file = path.relative_to(folder).as_posix()
                    found[name] = [file, f"cell-id={cell['id']}"]
    return found


def number_and_title(environment: Any, page: str, node: Any) -> tuple[str, str]:
    """Return what `numref` says of a node, such as "Figure 1.2", and its title, if it has them."""
    formats = environment.config.numfig_format
    if isinstance(node, nodes.section):
        sections = environment.toc_secnumbers.get(page, {})
        digits = sections.get(f"#{node['ids'][0]}") or sections.get("")
        title = node.next_node(nodes.title).astext()
        return (str(formats["section"] % dotted(digits)) if digits else ""), title
    for kind, numbers in environment.toc_fignumbers.get(page, {}).items():
        for identifier in node["ids"]:
            if identifier in numbers and kind in formats:
                return str(formats[kind] % dotted(numbers[identifier])), ""
    return "", ""


def dotted(digits: tuple[int, ...]) -> str:
    """Return a number of several levels as it is printed."""
    return ".".join(map(str, digits))


def cited(citation: Any) -> list[str]:
    """Return authors, year, address and the whole entry of a work."""
    entry = citation.entry
    names = [
        " ".join([*person.prelast_names, *person.last_names]) for person in entry.persons["author"]
    ]
    authors = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    doi, url = entry.fields.get("doi"), entry.fields.get("url", "")
    whole = citation.tooltip_entry.text.render(PLAIN)
    return [authors, entry.fields["year"], f"https://doi.org/{doi}" if doi else url, whole]


if __name__ == "__main__":
    sys.exit(main())
