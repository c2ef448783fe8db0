"""The scripts that `make` relies on find what they look for, and say clearly what is missing."""

import os
import shutil
import subprocess
import sys

import pytest

import find_browser

SHELL = shutil.which("sh")

pytestmark = pytest.mark.skipif(SHELL is None, reason="needs a POSIX shell")


def fake_python(folder, name, version, *, has_venv=True):
    """Write a command that answers as a Python of this version would."""
    major, minor = version
    path = folder / name
    path.write_text(
        "#!/bin/sh\n"
        'case "$2" in\n'
        f'*print*) echo "{major}.{minor}.0" ;;\n'
        f"*exit*) exit {int(version < (3, 11))} ;;\n"
        f"*ensurepip*) exit {int(not has_venv)} ;;\n"
        "esac\n"
    )
    path.chmod(0o755)
    return path


def find_python(root, folder, *arguments):
    return subprocess.run(
        [SHELL, str(root / "tools/find_python.sh"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": str(folder)},
    )


def test_the_users_own_python_comes_first(root, tmp_path):
    fake_python(tmp_path, "python3", (3, 11))
    fake_python(tmp_path, "python3.13", (3, 13))
    assert find_python(root, tmp_path).stdout == "python3\n"


def test_a_newer_python_stands_in_for_an_old_one(root, tmp_path):
    fake_python(tmp_path, "python3", (3, 9))
    fake_python(tmp_path, "python3.12", (3, 12))
    assert find_python(root, tmp_path).stdout == "python3.12\n"


def test_a_python_that_cannot_make_environments_is_passed_over(root, tmp_path):
    fake_python(tmp_path, "python3", (3, 13), has_venv=False)
    fake_python(tmp_path, "python3.12", (3, 12))
    assert find_python(root, tmp_path).stdout == "python3.12\n"


def test_only_old_pythons_are_an_error_that_names_them(root, tmp_path):
    fake_python(tmp_path, "python3", (3, 9))
    result = find_python(root, tmp_path)
    assert result.returncode == 1
    assert "needs Python 3.11 or later" in result.stderr
    assert "python3 is Python 3.9.0" in result.stderr


def test_no_python_at_all_is_an_error(root, tmp_path):
    result = find_python(root, tmp_path)
    assert result.returncode == 1
    assert "no Python at all" in result.stderr


def test_the_named_python_is_the_only_one_tried(root, tmp_path):
    fake_python(tmp_path, "python3", (3, 12))
    named = fake_python(tmp_path, "old", (3, 8))
    assert find_python(root, tmp_path, named).returncode == 1
    assert find_python(root, tmp_path, sys.executable).stdout == f"{sys.executable}\n"


def test_without_a_browser_make_test_stops_with_advice(root, tmp_path):
    result = subprocess.run(
        [sys.executable, find_browser.__file__],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "BROWSER_PATH": str(tmp_path / "nowhere")},
    )
    assert result.returncode == 1
    assert "No browser found" in result.stderr
    assert "PINNED_BROWSER=1" in result.stderr


def test_a_browser_is_found_by_its_path_playwright_or_name(monkeypatch, tmp_path):
    browser = tmp_path / "chromium"
    browser.write_text('#!/bin/sh\necho "Chromium 1.2.3 $1"\n')
    browser.chmod(0o755)
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(find_browser, "playwright_browser", lambda: None)
    assert find_browser.find_browser() == str(browser)
    assert find_browser.version(str(browser)) == "Chromium 1.2.3 --version"
    monkeypatch.setattr(find_browser, "playwright_browser", lambda: "pinned")
    assert find_browser.find_browser() == "pinned"
    named = tmp_path / "named"
    named.touch()
    monkeypatch.setenv("BROWSER_PATH", str(named))
    assert find_browser.find_browser() == str(named)


@pytest.mark.parametrize(
    ("ways", "tried"),
    [
        ({"found"}, []),
        ({"download"}, ["download"]),
        ({"unpack"}, ["download", "unpack"]),
        (set(), ["download", "unpack"]),
    ],
)
def test_where_there_is_no_browser_one_is_got(ways, tried, monkeypatch, capsys):
    done = [way for way in ways if way == "found"]

    def get(way):
        asked.append(way)
        done.extend(ways & {way})
        return way in ways

    asked = []
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(find_browser, "find_browser", lambda: "/a/chromium" if done else None)
    monkeypatch.setattr(find_browser, "version", lambda path: "Chromium 1")
    monkeypatch.setattr(find_browser, "download", lambda: get("download"))
    monkeypatch.setattr(find_browser, "unpack", lambda: get("unpack"))
    monkeypatch.setattr("sys.argv", ["find_browser.py", "--get"])
    assert find_browser.main() == (0 if ways else 1)
    assert asked == tried
    said = capsys.readouterr()
    assert ("/a/chromium" in said.out) == bool(ways)
    assert ("No browser found" in said.err) == (not ways)


def test_the_browser_of_the_npm_package_is_the_last_that_is_taken(monkeypatch, tmp_path):
    start = tmp_path / "start"
    start.touch()
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(find_browser, "playwright_browser", lambda: None)
    monkeypatch.setattr(find_browser, "APPLICATIONS", ())
    monkeypatch.setattr(find_browser, "UNPACKED", start)
    monkeypatch.setattr("shutil.which", lambda command: None)
    assert find_browser.find_browser() == str(start)
    monkeypatch.setattr("shutil.which", lambda command: f"/usr/bin/{command}")
    assert find_browser.find_browser() == f"/usr/bin/{find_browser.COMMANDS[0]}"


@pytest.mark.parametrize("downloaded", [True, False])
def test_playwright_names_the_browser_that_it_has_downloaded(downloaded, monkeypatch, tmp_path):
    path = tmp_path / "chrome"
    if downloaded:
        path.touch()
    monkeypatch.setattr(find_browser, "PLAYWRIGHT", f"print({str(path)!r})")
    find_browser.playwright_browser.cache_clear()
    assert find_browser.playwright_browser() == (str(path) if downloaded else None)
    find_browser.playwright_browser.cache_clear()
