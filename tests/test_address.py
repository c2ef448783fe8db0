"""`make address` puts a repository's address everywhere, and takes it back."""

import re
import shutil
import subprocess
import sys

import pytest
import yaml

NEW = "https://github.com/Some-One/a.book"


@pytest.fixture(scope="module")
def copy(root, tmp_path_factory):
    """Return a copy of the repository's files, known to git."""
    folder = tmp_path_factory.mktemp("copy")
    kept = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(kept, cwd=root, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (
            not name.startswith(("js/", "nnlib/", "benchmarks/", "tests/"))
            and (root / name).is_file()
        ):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, target)
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    return folder


def run(folder, tool, *arguments):
    command = [sys.executable, str(folder / "tools" / tool), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def texts(folder):
    paths = [path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts]
    return {path: path.read_bytes() for path in paths if "__pycache__" not in path.parts}


@pytest.mark.slow
def test_it_is_put_everywhere_and_taken_back(copy):
    old = yaml.safe_load((copy / "_config.yml").read_text(encoding="utf-8"))["repository"]["url"]
    owner, name = old.split("/")[-2:]
    before = texts(copy)
    result = run(copy, "address.py", NEW)
    assert result.returncode == 0, result.stderr
    there = re.compile(
        rf"github\.com(?:/|%2F){owner}(?:/|%2F){name}\b|{owner}\.github\.io|/gh/{owner}|"
        rf"lab(?:/|%2F)tree(?:/|%2F){name}"
    )
    after = texts(copy)
    left = [
        path.name for path, text in after.items() if there.search(text.decode("utf-8", "replace"))
    ]
    assert left == []
    for path in ("_config.yml", "zh/_config.yml", "pyproject.toml", "README.md", "README.zh-CN.md"):
        assert NEW.encode() in after[copy / path], path
    assert b"https%3A%2F%2Fgithub.com%2FSome-One%2Fa.book&" in after[copy / "chapters/teaching.md"]
    assert b"lab%2Ftree%2Fa.book%2F" in after[copy / "zh/chapters/teaching.md"]
    assert b"https://some-one.github.io/a.book/" in after[copy / "README.md"]
    agreed = run(copy, "editions.py", "--check")
    assert agreed.returncode == 0, agreed.stderr

    assert run(copy, "address.py", old).returncode == 0
    assert texts(copy) == before


@pytest.mark.parametrize(
    "url", ["", "github.com/a/b", "https://github.com/a", "https://example.org/a/b"]
)
def test_what_is_no_address_changes_nothing(copy, url):
    before = texts(copy)
    result = run(copy, "address.py", url)
    assert result.returncode == 1
    assert "is not of the form https://github.com/OWNER/NAME" in result.stderr
    assert texts(copy) == before
