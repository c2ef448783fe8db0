"""Serve the site on this machine alone and build it again whenever something of it changes.

Builds where `make book` does. A change of a page builds that page; any other change, of the theme
or of nnlib for instance, builds all. Reload the page to see it. Warnings are shown; `make book`
makes errors of them.
"""

import argparse
import contextlib
import http.server
import subprocess
import sys
import threading
from pathlib import Path

from watchfiles import DefaultFilter, watch

import console
from nnbook.messages import TRANSLATIONS

ROOT = Path(__file__).resolve().parent.parent
PAGES = {".ipynb", ".md"}
BOOK = Path(sys.executable).with_name("jupyter-book")


class Sources(DefaultFilter):
    """All files but what tools make."""

    ignore_dirs = (*DefaultFilter.ignore_dirs, "_build", ".ipynb_checkpoints", ".ruff_cache")


class Site:
    """The editions of a book: where each is in the site, its source, where it is built."""

    def __init__(self, root: Path) -> None:
        self._editions = {"/": (root, root)}
        for name in TRANSLATIONS:
            if (root / name / "_toc.yml").is_file():
                self._editions[f"/{name}/"] = (root / name, root / "_build" / name)

    def build(self, *, everything: bool) -> None:
        """Build each edition, or what has changed of it; failures are shown, not raised."""
        options = ["-n", "--keep-going", "--quiet", *(["--all"] if everything else [])]
        for source, output in self._editions.values():
            build = [str(BOOK), "build", str(source), "--path-output", str(output), *options]
            failed = subprocess.run(build, stdout=subprocess.DEVNULL, check=False).returncode
            print(f"{source.name}: {'not built' if failed else 'built'}", flush=True)

    def find(self, path: str) -> tuple[Path, str]:
        """Return the folder that has a path of the site, and the path in there."""
        prefix = max((p for p in self._editions if path.startswith(p)), key=len)
        folder, path = self._editions[prefix][1] / "_build" / "html", path.removeprefix(prefix)
        if path == "worker.js":  # a copy in the browser would hide what was just built
            return folder / "_static", "/no-worker.js"
        return folder, "/" + path


def server_of(site: Site, port: int) -> http.server.ThreadingHTTPServer:
    """Return a server of the site on this machine's own address."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            folder, path = site.find(path)
            self.directory = str(folder)
            return super().translate_path(path)

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "no-store")  # a reload shows what was just built
            super().end_headers()

        def log_message(self, *arguments: object) -> None:
            """Leave the terminal to the warnings."""

    return http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)


def main() -> int:
    """Read the command line; serve until interrupted."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=8000, help="0 takes any that is free")
    parser.add_argument("--book", type=Path, default=ROOT, help="the folder of another book")
    arguments = parser.parse_args()
    root = arguments.book.resolve()
    site = Site(root)
    with server_of(site, arguments.port) as server, contextlib.suppress(KeyboardInterrupt):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        changes = watch(root, watch_filter=Sources(), yield_on_timeout=True, rust_timeout=500)
        next(changes)  # from here on it misses none, not even during a build
        site.build(everything=True)
        print(f"http://127.0.0.1:{server.server_port}/", flush=True)
        for paths in ([Path(path) for _, path in change] for change in changes if change):
            site.build(everything=any(path.suffix not in PAGES for path in paths))
    return 0


if __name__ == "__main__":
    sys.exit(main())
