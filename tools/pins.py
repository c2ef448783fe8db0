"""Write the exact versions of the requirements files from the ranges in pyproject.toml.

Needs the network and the package `uv`. Versions that a file names already stay unless
`--upgrade` is given, so that a new dependency does not move all the others.
"""

import argparse
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# One version a package that works on every Python: the book's outputs have to agree on all.
COMPILE = ["uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal"]
COMPILE += ["--python-version", "3.11", "--fork-strategy", "fewest", "--no-annotate", "--no-header"]
HEADERS = {
    "book": "Exact versions of all that reading, running and building the book needs.",
    "run": "All that running the notebooks needs, and no more: what Binder installs.",
    "test": "What only the tests need, on top of requirements.txt.",
    "bench": "All that the benchmarks need, in an environment of their own (make bench).",
}
# PyTorch names the exact versions of these itself, and its builds for the CPU do without.
LEFT_TO_TORCH = re.compile(r"(nvidia|cuda|triton)\b")


def path_of(extra: str) -> Path:
    """Return the file that holds the versions of an extra."""
    return ROOT / ("requirements.txt" if extra == "book" else f"requirements-{extra}.txt")


def compile_extra(extra: str, *, upgrade: bool) -> None:
    """Resolve one extra of pyproject.toml and write its file."""
    path = path_of(extra)
    command = [*COMPILE, "--extra", extra, "--output-file", str(path)]
    if extra != "book":
        command += ["--constraint", str(path_of("book"))]
    if upgrade:
        command.append("--upgrade")
    subprocess.run(command, cwd=ROOT, check=True)
    pins = path.read_text(encoding="utf-8").splitlines()
    if extra == "test":  # on top of the book's
        in_the_book = set(path_of("book").read_text(encoding="utf-8").splitlines())
        pins = [pin for pin in pins if pin not in in_the_book]
    if extra == "bench":
        pins = [pin for pin in pins if not LEFT_TO_TORCH.match(pin)]
    made_from = f'Made from the extra "{extra}" in pyproject.toml by tools/pins.py.'
    lines = [f"# {HEADERS[extra]}", f"# {made_from}", *pins]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(pins)} packages")


def main() -> None:
    """Read the command line and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    parser.add_argument(
        "extras",
        nargs="*",
        default=list(HEADERS),
        metavar="extra",
        help=f"{', '.join(HEADERS)} (default: all)",
    )
    arguments = parser.parse_args()
    for extra in arguments.extras:
        compile_extra(extra, upgrade=arguments.upgrade)


if __name__ == "__main__":
    main()
