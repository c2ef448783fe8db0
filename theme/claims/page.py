"""The page of all claims: ``{claims} losses`` has a chapter's, ``{weakest-claims} 10`` the weakest.

Each has its sentence, in how many settings it holds, what was found in each, and a cell in which a
reader tries another one.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from nnbook import claims
from nnbook.chapters import words_of
from nnbook.claims import Entry, Found
from nnbook.claims.ledger import CLAIMS
from nnbook.messages import load
from theme.claims.mark import entry_id, mark_id
from theme.pages.folding import fold, summary
from theme.strings import edition_of

FEW = 3
"""How many values are listed one by one."""
WIDTH = 78


class Wording:
    """A claim and what was found, in the words of an edition."""

    def __init__(self, name: str, language: str) -> None:
        self.name = name
        self.claim, self.entry = claims.find(name), claims.entry(name)
        self.general: dict[str, Any] = load("messages/claims", language)
        self.own = words_of("claims", name, language)

    @property
    def place(self) -> str:
        """Where the text makes the claim, from the page of all claims."""
        chapter = self.name.partition("-")[0]
        page = "../intro" if chapter == "intro" else chapter
        return f"{page}.html#{mark_id(self.name)}"

    @property
    def verdict(self) -> str:
        """In how many settings it holds, which were tried, and where it fails."""
        words = self.general
        varied = words["and"].join(self.range_of(name) for name in self.claim.varied)
        text = words["verdict"].format(
            holds=self.entry.holds, tried=self.entry.tried, varied=varied
        )
        if self.entry.fails:
            fails = words["and"].join(map(self.change, self.entry.fails))
            text += words["fails"].format(fails=fails)
        return text + self.end

    @property
    def end(self) -> str:
        """Where the sentence ends: what else was tried, and in how many of these it holds."""
        if not self.entry.beyond:
            return ""
        beyond = self.general["and"].join(self.change(change) for change, _ in self.entry.beyond)
        holds = sum(found.holds for _, found in self.entry.beyond)
        return str(
            self.general["beyond"].format(holds=holds, tried=len(self.entry.beyond), beyond=beyond)
        )

    @property
    def numbers(self) -> str:
        """What was measured in the setting of the text, and the least and the most of all."""
        effects = [found.effect for _, found in self.entry.found]
        return self.needed + self.general["numbers"].format(
            measured=self.own["measured"],
            usual=self.effect(self.entry.found[0][1]),
            least=number(min(effects)),
            most=number(max(effects)),
        )

    @property
    def needed(self) -> str:
        """When it counts as holding in a setting."""
        if self.entry.found[0][1].error is None:
            return self.general["needs_share"].format(share=number(self.claim.share))
        if self.claim.least:
            return self.general["needs_least"].format(least=number(self.claim.least))
        return str(self.general["needs_errors"])

    def range_of(self, constant: str) -> str:
        """Say what a constant was, and which values it also had."""
        values = [self.claim.usual[constant], *self.claim.varied[constant]]
        numbers = not any(isinstance(value, str) for value in values)
        if numbers:
            values = sorted({*values})
        if len(values) <= FEW or not numbers:
            several = any(" " in str(value) for value in values)  # a value of several words
            between = self.general["and"] if several else self.general["comma"]
            shown = between.join(self.value(value) for value in values)
        else:
            shown = self.general["range"].format(
                least=self.value(min(values)), most=self.value(max(values))
            )
        return f"{self.constant(constant)} {shown}"

    def change(self, changed: dict[str, Any]) -> str:
        """Say what a setting changes."""
        if not changed:
            return self.general["as_in_the_text"]
        return self.general["comma"].join(
            f"{self.constant(name)} {self.value(value)}" for name, value in changed.items()
        )

    def constant(self, name: str) -> str:
        """Return what a reader calls a constant."""
        return str(self.own.get("constants", {}).get(name) or self.general["constants"][name])

    def value(self, value: Any) -> str:
        """Write a value of a constant; several in one text, such as "moons tanh 1", one by one."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return number(value)
        named = self.general["values"] | self.own.get("values", {})
        if value in named:
            return str(named[value])
        return str(self.general["comma"].join(named.get(word, word) for word in str(value).split()))

    def effect(self, found: Found) -> str:
        """Write what was found, with its standard error."""
        error = "" if found.error is None else f" ± {number(found.error)}"
        return number(found.effect) + error

    @property
    def call(self) -> str:
        """The code that judges the setting of the text."""
        given = [f"{name}={value!r}" for name, value in self.claim.usual.items()]
        head = f'claims.find("{self.name}").tried('
        line = f"{head}{', '.join(given)})"
        if len(line) > WIDTH:
            inner = textwrap.indent(textwrap.fill(", ".join(given) + ",", WIDTH - 4), "    ")
            line = f"{head}\n{inner}\n)"
        return f"from nnbook import claims\n\n{line}"


def number(value: float) -> str:
    """Write a number as the text of a page does."""
    return f"{value:,g}".replace("-", "−")


class Claims(SphinxDirective):
    """``{claims} losses``: the claims of one chapter."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write them from the ledger."""
        chapter = self.arguments[0]
        if chapter not in CLAIMS.chapters:
            return []
        language = edition_of(self.config.language)
        cells = self.env.metadata[self.env.docname].setdefault("live_cells", [])
        found: list[nodes.Node] = []
        for own in CLAIMS.of(chapter):
            wording = Wording(f"{chapter}-{own}", language)
            cells.append(cell_of(wording))
            found.append(self._entry(wording))
        return found

    def _entry(self, wording: Wording) -> nodes.container:
        element = nodes.container(classes=["claim-entry"], ids=[entry_id(wording.name)])
        self.state.nested_parse(StringList([wording.own["says"]], source=wording.name), 0, element)
        element += nodes.paragraph("", wording.verdict, classes=["claim-verdict"])
        folded = fold(classes=["claim-trials"], open=False)
        folded += summary("", wording.general["trials"])
        lines = [wording.numbers, "", *table(wording)]
        self.state.nested_parse(StringList(lines, source=wording.name), 0, folded)
        place = nodes.reference("", wording.general["place"], internal=True, refuri=wording.place)
        folded += nodes.paragraph("", "", place)
        folded += nodes.paragraph("", wording.general["break"])
        folded += live_cell(wording)
        element += folded
        return element


def table(wording: Wording) -> Iterator[str]:
    """Yield a table with what was found in each setting."""
    words = wording.general
    yield f"| {words['setting']} | {words['found']} | |"
    yield "|---|---|---|"
    for change, found in [*wording.entry.found, *wording.entry.beyond]:
        holds = words["holds" if found.holds else "does_not_hold"]
        yield f"| {wording.change(change)} | {wording.effect(found)} | {holds} |"


def cell_of(wording: Wording) -> dict[str, Any]:
    """Return the cell of a claim as a notebook has it."""
    cell = {"cell_type": "code", "id": f"try-{wording.name}", "source": [wording.call]}
    return cell | {"metadata": {}, "outputs": [], "execution_count": None}


def live_cell(wording: Wording) -> nodes.container:
    """Return the cell of a claim as a page has it."""
    code = nodes.literal_block(wording.call, wording.call, language="ipython3")
    inner = nodes.container("", code, classes=["cell_input"])
    return nodes.container(
        "",
        inner,
        classes=["cell"],
        live={"data-live": f"try-{wording.name}", "data-state": "idle"},
    )


class WeakestClaims(SphinxDirective):
    """``{weakest-claims} 10``: how many hold everywhere, and those that fail most often."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write a sentence and a table."""
        language = edition_of(self.config.language)
        words = load("messages/claims", language)
        entries = {name: claims.entry(name) for name in claims.names()}
        everywhere = sum(not entry.fails for entry in entries.values())
        settings = sum(entry.tried for entry in entries.values())
        text = words["count"].format(count=len(entries), everywhere=everywhere, settings=settings)
        lines = [text, "", *self._rows(weakest(entries.items()), language, words)]
        element = nodes.container()
        self.state.nested_parse(StringList(lines, source="claims"), 0, element)
        return list(element.children)

    def _rows(
        self, entries: list[tuple[str, Entry]], language: str, words: dict[str, str]
    ) -> Iterator[str]:
        shown = entries[: int(self.arguments[0])]
        if not shown:
            return
        yield from (words["failing"], "")
        yield f"| {words['claim']} | {words['holds_in']} |"
        yield "|---|---|"
        for name, _ in shown:
            says = words_of("claims", name, language)["says"]
            yield f"| {says} | {{claim}}`{name}` |"


def weakest(entries: Iterable[tuple[str, Entry]]) -> list[tuple[str, Entry]]:
    """Return those that fail somewhere, the weakest first."""
    failing = [(name, entry) for name, entry in entries if entry.fails]
    return sorted(failing, key=lambda one: one[1].holds / one[1].tried)


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("claims", Claims)
    app.add_directive("weakest-claims", WeakestClaims)
