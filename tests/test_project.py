"""The promises of the project as a whole: API, documentation, size of modules, pins, commands."""

import ast
import graphlib
import inspect
import io
import json
import re
import subprocess
import sys
import tokenize
import tomllib
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from packaging.requirements import Requirement

import nnlib

MAX_CODE_LINES = 220  # "about 200"
MAX_FRONT_END_LINES = 300  # comments included; Biome holds functions to 80 (biome.jsonc)
MAX_FRONT_END_WIDTH = 140
# Built, or copied from a package.
BUILT = (
    *("nnbook/static", "theme/live/static/live", "theme/practice/static/practice"),
    *("theme/reading/static/reading", "theme/formulas/static/katex", "theme/own/static/own"),
)


def public(module):
    return [(name, getattr(module, name)) for name in module.__all__]


def functions_and_classes():
    """Return every public function, class and method of nnlib, by name."""
    found = {}
    for module in (nnlib, nnlib.datasets):
        for name, value in public(module):
            if inspect.isclass(value):
                found[name] = value
                for method, member in vars(value).items():
                    if inspect.isfunction(member) and not method.startswith("_"):
                        found[f"{name}.{method}"] = member
            elif inspect.isfunction(value):
                found[name] = value
    return found


API = functions_and_classes()


# -- nnlib -------------------------------------------------------------------------------------


def test_the_lists_of_public_names_are_sorted_and_true():
    from nnlib import plots

    for module in (nnlib, nnlib.datasets, plots):
        assert len(set(module.__all__)) == len(module.__all__), module
        assert all(hasattr(module, name) for name in module.__all__), module


def test_no_function_bears_the_name_of_a_module(root):
    modules = {path.stem for path in (root / "nnlib").rglob("*.py")}
    assert modules & set(API) == set()


# What all functions of these modules share stands at their top: shapes and errors.
SHARED = {"nnlib.activations": "it takes `z`", "nnlib.losses": "A loss is a float"}


@pytest.mark.parametrize("name", API)
def test_documentation_has_the_promised_parts(name):
    value = API[name]
    text = inspect.getdoc(value)
    assert text, name
    if "." not in name and not (inspect.isclass(value) and issubclass(value, Exception)):
        plain = name in ("Activation", "Dataset", "Descent", "History")
        assert plain or re.search(r"^Examples\n-+$", text, re.MULTILINE), f"{name}: an example"
    if value.__module__ in SHARED and inspect.isfunction(value):
        assert SHARED[value.__module__] in inspect.getdoc(sys.modules[value.__module__])
        return
    if inspect.isclass(value):
        if issubclass(value, Exception):
            return
        documented = text + (inspect.getdoc(value.__init__) or "")
        parameters = inspect.signature(value).parameters
    else:
        documented = text
        parameters = inspect.signature(value).parameters
    names = [parameter for parameter in parameters if parameter != "self"]
    is_method = "." in name
    if names and not is_method:
        assert re.search(r"^(Parameters|Attributes)\n-+$", documented, re.MULTILINE), name
        for parameter in names:
            assert re.search(rf"\b{parameter}\b", documented), f"{name}: {parameter}"
    if inspect.isfunction(value) and not is_method:
        returns = value.__annotations__.get("return") not in (None, "None")
        assert not returns or re.search(r"^Returns\n-+$", documented, re.MULTILINE), name
        raises = re.search(r"^\s+raise ", inspect.getsource(value), re.MULTILINE)
        assert not raises or re.search(r"^Raises\n-+$", documented, re.MULTILINE), name


def test_import_needs_numpy_alone():
    program = """
import sys
import numpy
before = set(sys.modules)
import nnlib
new = {name.partition(".")[0] for name in set(sys.modules) - before}
print(*sorted(new - set(sys.stdlib_module_names) - {"nnlib", "numpy"}))
"""
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == []


def imports_of(path):
    """Return the names of the modules that a module imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module


def test_each_floor_of_the_house_uses_only_those_below_it(root):
    floors = ("nnlib", "nnbook", "theme", "tools")
    for at, floor in enumerate(floors):
        for path in (root / floor).rglob("*.py"):
            used = {name.partition(".")[0] for name in imports_of(path)}
            assert used & set(floors[at + 1 :]) == set(), path


def test_rooms_of_the_theme_are_in_no_circle(root):
    uses = {}
    for path in (root / "theme").glob("*/*.py"):
        parts = [name.split(".") for name in imports_of(path)]
        others = {part[1] for part in parts if part[0] == "theme" and len(part) > 1}
        uses.setdefault(path.parent.name, set()).update(others - {path.parent.name})
    assert len(uses) > 5
    order = [*graphlib.TopologicalSorter(uses).static_order()]
    assert order.index("formulas") < order.index("search")


def test_each_attribute_stands_alone(root):
    """Sphinx reads several names in a line as parameters alone; as attributes it mixes them up."""
    heading, sections = "Attributes\n----------\n", {}
    for path in [*(root / "nnlib").rglob("*.py"), *(root / "nnbook").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and heading in (ast.get_docstring(node) or ""):
                sections[node.name] = ast.get_docstring(node).partition(heading)[2]
    assert "Loss" in sections
    together = re.compile(r"^\w+, .* : ", re.MULTILINE)
    assert {name: found for name in sections if (found := together.findall(sections[name]))} == {}


def lines_of_code(source):
    """Return the number of lines that hold code: no docstring, comment or blank line."""
    without = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    without |= {tokenize.ENDMARKER, tokenize.ENCODING}
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in without:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            lines -= set(range(node.lineno, node.end_lineno + 1))
    return len(lines)


def test_lines_of_code_are_counted_without_documentation():
    source = (
        '"""One.\n\nTwo."""\n\n# three\nx = (1,\n     2)\n\ndef f():\n    "Four."\n    return 1\n'
    )
    assert lines_of_code(source) == 4


def test_modules_can_be_read_in_a_sitting(root):
    paths = [
        path for folder in ("nnlib", "nnbook", "theme") for path in (root / folder).rglob("*.py")
    ]
    counts = {str(path): lines_of_code(path.read_text(encoding="utf-8")) for path in paths}
    assert counts
    assert {path: count for path, count in counts.items() if count > MAX_CODE_LINES} == {}


def test_front_end_modules_can_be_read_in_a_sitting(root):
    sources = (root / "js" / "src", root / "nnbook" / "figures")
    paths = [path for folder in sources for path in folder.rglob("*.js")]
    counts = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert counts
    assert {path: count for path, count in counts.items() if count > MAX_FRONT_END_LINES} == {}


def test_no_line_of_a_front_end_runs_off_the_page(committed, root):
    """Biome breaks code at 120 columns, but neither texts nor comments."""
    built = [root / folder for folder in BUILT]
    found = []
    for path in committed:
        if path.suffix in (".js", ".mjs") and not set(built) & set(path.parents) and path.exists():
            lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            found += [(path.name, at) for at, line in lines if len(line) > MAX_FRONT_END_WIDTH]
    assert found == []


def test_colors_of_the_tokens_are_written_once(committed, root):
    """Boxes in the margins of paper know no custom properties: there alone a grey is repeated."""
    tokens = json.loads((root / "nnlib" / "tokens.json").read_text(encoding="utf-8"))
    colors = {shade.lower() for token in tokens.values() for shade in token.values()}
    built = [root / folder for folder in BUILT]
    found = set()
    for path in committed:
        if path.suffix in (".css", ".js") and not {*built} & {*path.parents} and path.exists():
            text = path.read_text(encoding="utf-8").lower()
            found |= {(path.name, shade) for shade in colors if shade in text}
    soft = tokens["soft"]["light"]
    assert found == {("print.css", soft), ("whole_book.css", soft)}


def test_the_mathematics_of_figures_does_without_the_page(root):
    figures = root / "nnbook" / "figures"
    own = [*figures.glob("*/math.js"), *figures.glob("*/math/*.js")]
    assert own
    for path in [*own, *(root / "js" / "src" / "math").glob("*.js")]:
        code = re.sub(r"//[^\n]*|/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"\b(document|window)\.|/core/", code), path


# -- Versions and pins ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_version_is_the_same_everywhere(root, project):
    version = project["version"]
    assert nnlib.__version__ == version
    assert f"\n## [{version}] - 2" in (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert yaml.safe_load((root / "CITATION.cff").read_text())["version"] == version


def pins(root, file):
    """Return the requirements of a file, each with its hashes."""
    text = (root / file).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split("--hash=") for line in text.splitlines() if line and line[0] != "#"]
    return [(Requirement(pin), [each.strip() for each in hashes]) for pin, *hashes in lines]


@pytest.mark.parametrize(
    ("extra", "file"),
    [
        ("run", "requirements-run.txt"),
        ("book", "requirements.txt"),
        ("test", "requirements-test.txt"),
        ("bench", "requirements-bench.txt"),
    ],
)
def test_pins_are_exact_and_within_the_ranges(extra, file, root, project):
    exact = {}
    for pin, hashes in pins(root, file):
        # PyTorch brings for CUDA what no file names: pip would refuse it beside hashes.
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", each) for each in hashes), pin
        assert bool(hashes) == (extra != "bench"), pin
        (specifier,) = pin.specifier
        assert specifier.operator == "==", pin
        assert "*" not in specifier.version, pin
        exact.setdefault(pin.name.lower(), []).append(specifier.version)
    extras = project["optional-dependencies"]
    wanted = [Requirement(text) for text in extras[extra] + project["dependencies"]]
    for requirement in wanted:  # the list grows: an extra may ask for other extras
        if requirement.name == project["name"]:
            wanted += [Requirement(text) for name in requirement.extras for text in extras[name]]
        if requirement.name != "nnlib-book":
            versions = exact[requirement.name.lower()]
            assert all(requirement.specifier.contains(v) for v in versions), requirement


def test_the_files_agree_and_the_tests_have_all_that_the_book_has(root):
    run, book, tests = (
        {(pin.name, str(pin.specifier)) for pin, _ in pins(root, f"requirements{part}.txt")}
        for part in ("-run", "", "-test")
    )
    assert run < book < tests
    assert "torch" not in dict(tests)


def test_what_windows_lacks_is_not_asked_for_there(root):
    windows = {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"}
    names = {
        pin.name
        for pin, _ in pins(root, "requirements-test.txt")
        if pin.marker is None or pin.marker.evaluate(windows)
    }
    assert names & {"appnope", "pexpect", "ptyprocess", "uvloop"} == set()
    assert names >= {"colorama", "pywinpty", "numpy", "jupyterlab"}


# -- The repository ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def committed(root):
    """Return the paths of the files that git knows."""
    result = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        pytest.fail("this test needs a git checkout: " + result.stderr)
    return [root / name for name in result.stdout.split("\0") if name]


def test_nothing_committed_names_a_machine(committed, root):
    # Spelled so that these lines do not contain what they look for.
    machine = re.compile(r"/(?:work|root|home|Users|tmp)/|file:/{3}")
    index = re.compile(
        r"py[p]i\.org|file[s]\.pythonhosted|registr[y]\.npm|--(?:extra-)?index[-]url|--find[-]links"
    )
    found = []
    for path in committed:
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        for pattern in (machine, index):
            found += [f"{path.relative_to(root)}: {match}" for match in pattern.findall(text)]
    assert found == []


def test_all_tests_can_be_collected_at_once(root):
    """`pytest tests -k NAME` imports test modules by their names alone."""
    names = [path.name for path in (root / "tests").rglob("test_*.py")]
    assert [name for name in sorted(set(names)) if names.count(name) > 1] == []


def test_every_notebook_is_in_the_book_and_proved(committed, root):
    import notebook_form

    stored = {path for path in committed if path.suffix == ".ipynb" and path.exists()}
    assert stored <= {path.resolve() for path in notebook_form.all_notebooks()}
    for edition in {path.parent for path in stored if path.name == "intro.ipynb"}:
        toc = (edition / "_toc.yml").read_text(encoding="utf-8")
        listed = set(re.findall(r"\b(?:file|root): (\S+)", toc))
        pages = [page for page in stored if page.parent in (edition, edition / "chapters")]
        assert {page.relative_to(edition).with_suffix("").as_posix() for page in pages} <= listed


def first_cell(path):

    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return next(cell for cell in cells if cell["cell_type"] == "code")


def test_every_notebook_opens_with_the_same_lines(root):
    import notebook_form
    from nnbook.messages import ORIGINAL, TRANSLATIONS

    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    address = config["repository"]["url"]
    opening = [
        "try:",
        "    import nnlib",
        "except ImportError:",
        f'    %pip install -q "nnlib-book[widgets] @ git+{address}"',
        "    import nnlib",
        'if not hasattr(nnlib, "mlp"):',
        '    raise ImportError(f"{nnlib.__file__}: %pip uninstall -y nnlib")',
        "import nnbook",
    ]
    for path in notebook_form.all_notebooks():
        first = first_cell(root / path)
        lines = notebook_form.text_of(first["source"]).splitlines()
        assert lines[: len(opening)] == opening, path
        language = path.parts[0] if path.parts[0] in TRANSLATIONS else ORIGINAL
        assert lines[8].startswith("from nnbook import "), path
        assert f'nnbook.set_language("{language}")' in lines, path
        assert {"hide-cell", "remove-cell"} & set(first["metadata"]["tags"]), path


def test_another_package_of_the_name_is_told_apart(root, tmp_path):
    """`nnlib` on PyPI is a stranger's: the first cell names the file and the remedy."""
    (tmp_path / "nnlib").mkdir()
    (tmp_path / "nnlib" / "__init__.py").write_text("__version__ = '0.0.1'\n")
    source = "".join(first_cell(root / "intro.ipynb")["source"])
    code = re.sub(r"%pip install.*", "raise", source)
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    said = result.stderr.strip().splitlines()[-1]
    assert said.startswith(f"ImportError: {tmp_path}")
    assert said.endswith("__init__.py: %pip uninstall -y nnlib")


def test_nobody_is_told_to_install_the_other_nnlib(committed, root):
    """Its name alone, or with an extra, is no distribution of this project's."""
    other = re.compile(r"pip install (?:-\S+ )*[\"']?nnlib(?!-)|\bnnlib\[[a-z,]+\](?: @|[\"'])")
    found = []
    for path in committed:
        if path.suffix in (".py", ".md", ".ipynb", ".toml", ".yml", ".txt", ".json", ".js"):
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            found += [f"{path.relative_to(root)}: {match}" for match in other.findall(text)]
    assert found == []


def test_the_source_of_every_idea_is_listed(root):
    """Who had it: on the page of sources, or among the books to read next."""
    cited = re.compile(r"\{cite:[tp]\}`([^`]+)`")
    pages = [*root.glob("*.ipynb"), *root.glob("chapters/*.ipynb"), *root.glob("chapters/*.md")]
    keys = {
        page: {
            key
            for keys in cited.findall(page.read_text(encoding="utf-8"))
            for key in keys.split(",")
        }
        for page in pages
    }
    listed = keys[root / "chapters/bibliography.md"] | keys[root / "chapters/next.md"]
    assert set().union(*keys.values()) - listed == set()


def test_teachers_get_a_link_that_opens_a_chapter(root):
    page = (root / "chapters" / "teaching.md").read_text(encoding="utf-8")
    repository = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))["repository"]
    (link,) = re.findall(r"https://\S+/git-pull\?\S+", page)
    asked = {name: value for name, [value] in parse_qs(urlsplit(link).query).items()}
    assert (asked["repo"], asked["branch"]) == (repository["url"], repository["branch"])
    folder, chapter = asked["urlpath"].removeprefix("lab/tree/").split("/", 1)
    assert folder == repository["url"].rsplit("/", 1)[1]
    assert (root / chapter).is_file()
    assert set(re.findall(r"https://github\.com/[\w-]+/[\w-]+", page)) == {repository["url"]}


def test_figures_come_before_their_code(root):
    import notebook_form

    found = 0
    for path in notebook_form.all_notebooks():
        for cell in json.loads((root / path).read_text(encoding="utf-8"))["cells"]:
            data = [output.get("data", {}) for output in cell.get("outputs", [])]
            if any(notebook_form.STATE_MIME in shown for shown in data):
                found += 1
                tags = set(cell["metadata"].get("tags", []))
                assert {"hide-input", "remove-input"} & tags, (path, cell["id"])
    assert found > 100


def test_the_readme_names_commands_and_files_that_exist(root):
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))
    for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md"):
        text = (root / name).read_text(encoding="utf-8")
        commands = set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE))
        assert commands, name
        assert commands <= targets, name
        links = re.findall(r"\]\(([^):#]+)\)", text)
        assert [link for link in links if not (root / link).exists()] == [], name


def test_the_index_of_tools_has_the_first_line_of_each(root):
    text = (root / "tools" / "README.md").read_text(encoding="utf-8")
    said = {}
    for path in (root / "tools").glob("*.py"):
        documentation = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        said[path.name] = documentation.splitlines()[0]
    assert dict(re.findall(r"^\| `(\w+\.py)` \| (.+) \|$", text, re.MULTILINE)) == said
    others = {
        path.name for path in (root / "tools").iterdir() if path.suffix in (".sh", ".mjs", ".js")
    }
    assert [name for name in sorted(others) if f"`{name}`" not in text] == []


def test_contributing_is_read_in_ten_minutes_and_names_what_exists(root):
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert len(text.encode()) < 12_000
    folders = {path.name for path in root.iterdir() if path.is_dir()}
    named = {name.rstrip(",.") for name in re.findall(r"`([^`\s]+/[^`\s]*)`", text)}
    paths = {name for name in named if name.split("/")[0] in folders}
    paths = {path for path in paths if not re.search(r"[*]|NAME|_build|_modules", path)}
    assert len(paths) > 40
    assert {path for path in paths if not (root / path).exists()} == set()


def test_the_page_of_the_library_on_pypi_leads_somewhere_and_its_example_runs(root, capsys):
    text = (root / "nnlib" / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert links
    assert [link for link in links if not link.startswith("https://")] == []
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    exec(example, {})
    assert float(capsys.readouterr().out) > 0.9


def test_nbval_is_strict(root):
    makefile = (root / "Makefile").read_text()
    calls = [line for line in makefile.splitlines() if "--nbval" in line]
    assert len(calls) == 1
    options = set(re.findall(r"--nbval[a-z-]*", calls[0]))
    assert options == {"--nbval", "--nbval-current-env"}


# In one process, which loads only once what they share. Each writes as into a pipe on Windows,
# which has no Chinese.
HELP = """
import io, json, runpy, sys
tools, *scripts = sys.argv[1:]
sys.path[0] = tools
said = {}
for script in scripts:
    sys.argv = [script, "--help"]
    sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as end:
        sys.stdout.flush()
        said[script] = [end.code, sys.stdout.buffer.getvalue().decode("cp1252")]
json.dump(said, sys.__stdout__)
"""


def test_scripts_explain_themselves(root):
    tools = sorted((root / "tools").glob("*.py"))
    scripts = [str(path) for path in tools if "__main__" in path.read_text(encoding="utf-8")]
    command = [sys.executable, "-c", HELP, str(root / "tools"), *scripts]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    said = json.loads(result.stdout)
    assert list(said) == scripts
    for path in (root / "tools").glob("*.sh"):
        result = subprocess.run(["sh", path, "--help"], capture_output=True, text=True, check=False)
        said[str(path)] = [result.returncode, result.stdout]
    for script, (code, text) in said.items():
        assert code == 0, script
        assert "sage" in text, script
