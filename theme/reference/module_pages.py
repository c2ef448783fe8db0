"""The pages of source code that sphinx.ext.viewcode writes: valid, in the reader's language.

Its links in the reference lead to pages such as `_modules/nnlib/losses.html`. There it puts blocks
into preformatted text, lists into lists, and before each name of a module the prefix of the first.
Here the parts of the code are spans, each with a link back to its description in the reference.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains.python import PythonDomain
from sphinx.ext.viewcode import OUTPUT_DIRNAME
from sphinx.transforms.post_transforms import SphinxPostTransform

from nnbook.messages import LANGUAGES
from theme.stages import Context, Doctree, on_page
from theme.strings import edition_of, strings

OPENING = re.compile(
    r'<div class="viewcode-block" id="([\w.]+)">\n'
    r'<a class="viewcode-back" href="([^"#]*)#[^"]*">[^<]*</a>\n'
)
CLOSINGS = re.compile(r"\n?</div>\n((?:</div>\n)*)\n")


class SourceLinks(SphinxPostTransform):
    """Name the links to the code in the language of the edition."""

    default_priority = 110  # after viewcode has made them
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Replace viewcode's own word."""
        word = strings(self.config.language)["module_source"]
        for inner in list(self.document.findall(nodes.inline)):
            if "viewcode-link" in inner["classes"]:
                link = inner.parent
                link["classes"] += inner["classes"]  # what floats is what can be clicked
                link[:] = [nodes.Text(word)]


def only_the_library(app: Sphinx, module: str, name: str) -> str | None:
    """Let viewcode find `nnlib` by itself, and nothing else: a learner reads the library."""
    return None if module.partition(".")[0] == "nnlib" else "not shown"


def forget_old(app: Sphinx) -> None:
    """Have all pages rewritten: viewcode looks only at the age of the module, not at ours."""
    shutil.rmtree(Path(app.outdir) / OUTPUT_DIRNAME, ignore_errors=True)


def module_of(pagename: str) -> str:
    """Return the module whose source a page shows, or "" if it is another page."""
    folder, _, path = pagename.partition("/")
    return path.replace("/", ".") if folder == OUTPUT_DIRNAME else ""


def source_of(app: Sphinx, module: str, body: str) -> str:
    """Write the text of a module's page from the one that viewcode has written."""
    word = strings(app.config.language)["module_reference"]
    language = LANGUAGES[edition_of(app.config.language)].tag
    packages = [module]  # and those that may export what the module has
    while "." in packages[-1]:
        packages.append(packages[-1].rpartition(".")[0])
    described = cast(PythonDomain, app.env.get_domain("py")).objects

    def opening(match: re.Match[str]) -> str:
        name, page = match.groups()
        paths = (f"{package}.{name}" for package in packages)
        target = next(described[path].node_id for path in paths if path in described)
        return (
            f'<span class="definition" id="{name}"><a class="viewcode-back" href="{page}#{target}" '
            f'lang="{language}" aria-label="{name}: {word}" data-word="{word}"></a>'
        )

    code = body.partition("</h1>")[2]
    code = OPENING.sub(opening, code)
    code = CLOSINGS.sub(lambda match: "\n</span>" + "</span>" * match[1].count("<"), code)
    return f'<h1>{module}</h1>\n<div lang="en">{code}</div>'


def list_of(title: str, body: str) -> str:
    """Write the list of these pages: viewcode puts lists between the items of a list."""
    items = "".join(re.findall("<li>.*>nnlib.*</li>\n", body))
    return f"<h1>{title}</h1>\n<ul>\n{items}</ul>"


def rewrite_page(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Rewrite the text of such a page."""
    module = module_of(pagename)
    if module == "index":
        title = strings(app.config.language)["module_list"]
        context |= {"title": title, "body": list_of(title, context["body"])}
    elif module:
        context["body"] = source_of(app, module, context["body"])


def pages(outdir: Path) -> list[str]:
    """List the pages of source code, as paths without the ending."""
    found = outdir.glob(f"{OUTPUT_DIRNAME}/**/*.html")
    return [path.relative_to(outdir).with_suffix("").as_posix() for path in found]


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    app.setup_extension("sphinx.ext.viewcode")
    app.connect("viewcode-follow-imported", only_the_library)
    app.connect("builder-inited", forget_old)
    app.add_post_transform(SourceLinks)
    on_page(app, rewrite_page, priority=400)  # before others take its title
