"""The workflows run what the Makefile says is run, on what pyproject.toml says is supported."""

import re
import runpy
import subprocess
import sys
import tomllib

import pytest
import yaml

import release


@pytest.fixture(params=["test", "nightly", "release", "publish"])
def workflow(root, request):
    return yaml.safe_load((root / f".github/workflows/{request.param}.yml").read_text("utf-8"))


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job.get("steps", [])]


def test_actions_are_pinned_and_a_checkout_keeps_no_credentials(workflow):
    used = [step for step in steps(workflow) if "uses" in step]
    assert used
    for step in used:
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step["uses"])
        if step["uses"].startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_a_workflow_waits_for_its_last_run_and_reads_only(workflow):
    assert workflow["concurrency"]["group"]
    assert workflow["permissions"] == {"contents": "read"}


# Who may do more than read, by job: to publish the site, to open an issue, to make a release.
MORE = {
    "publish": {"pages": "write", "id-token": "write"},
    "tell": {"issues": "write"},
    "pypi": {"id-token": "write"},
    "github": {"contents": "write"},
    "downloads": {"contents": "write"},
}


def test_a_job_may_do_no_more_than_it_has_to(workflow):
    allowed = {
        name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job
    }
    assert allowed == {name: MORE[name] for name in allowed}


def test_a_release_is_what_the_tag_says_and_is_published_without_a_secret(root):
    path = root / ".github/workflows/release.yml"
    jobs = yaml.safe_load(path.read_text("utf-8"))["jobs"]
    built = [step.get("run", "") for step in jobs["build"]["steps"]]
    assert built.index('python tools/release.py "$GITHUB_REF_NAME" > notes.md') < built.index(
        ".ci/run wheel"
    )
    assert "secrets." not in path.read_text("utf-8")
    # Of what others can change, nothing is run where something may be written.
    for name in ("pypi", "github"):
        assert jobs[name]["needs"] == "build"
        assert not any("checkout" in step.get("uses", "") for step in jobs[name]["steps"])


def test_a_release_starts_what_gives_it_its_downloads(root):
    """What GitHub's own token makes starts no workflow, so it has to be called."""
    folder = root / ".github/workflows"
    released = yaml.safe_load((folder / "release.yml").read_text("utf-8"))
    called = released["jobs"]["downloads"]
    assert called["uses"] == "./.github/workflows/publish.yml"
    assert called["needs"] == "github"
    # Read by YAML 1.1, the word `on` is a truth.
    triggers = yaml.safe_load((folder / "publish.yml").read_text("utf-8"))[True]
    assert set(triggers) == {"workflow_call", "workflow_dispatch"}
    for trigger in triggers.values():
        assert {name for name, one in trigger["inputs"].items() if one["required"]} == {"tag"}
    assert called["with"] == {"tag": "${{ github.ref_name }}"}
    assert called["permissions"] == {"contents": "write"}
    text = (folder / "publish.yml").read_text("utf-8")
    assert set(re.findall(r"\$\{\{ (?:inputs|github\.event)\.([\w.]+)", text)) == {"tag"}


def test_what_is_built_is_what_the_upload_accepts(root):
    """The action that uploads is frozen with its packages; it knows metadata up to 2.4."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    targets = project["tool"]["hatch"]["build"]["targets"]
    assert {one["core-metadata-version"] for one in targets.values()} == {"2.4"}
    makefile = (root / "Makefile").read_text("utf-8")
    made = re.search(r"^wheel:.*?(?=\n\n)", makefile, re.MULTILINE | re.DOTALL)[0]
    assert "twine check --strict dist/*" in made


def test_notes_of_a_release_are_its_section_of_the_list_of_changes(root):
    dated = "## [0.2.0] - 2026-01-02\n\n- b\n\n## [0.1.0] - 2026-01-01\n\n- a\n"
    changes = f"# Changelog\n\n## [Unreleased]\n\n- c\n\n{dated}"
    assert release.notes_of("0.2.0", changes) == "- b"
    assert release.notes_of("0.1.0", changes) == "- a"
    assert release.notes_of("0.3.0", changes) == ""
    assert "- " in release.notes_of("0.4.0", (root / "CHANGELOG.md").read_text("utf-8"))


@pytest.mark.parametrize(
    ("tag", "said"), [("v9.9.9", "The tag is 'v9.9.9', and pyproject.toml"), (None, "")]
)
def test_a_tag_of_another_version_releases_nothing(root, monkeypatch, capsys, tag, said):
    import nnlib

    monkeypatch.setattr(sys, "argv", ["release.py", tag or f"v{nnlib.__version__}"])
    assert release.main() == bool(tag)
    assert said in capsys.readouterr().err


def test_the_site_and_a_release_have_the_downloads(root):
    test = yaml.safe_load((root / ".github/workflows/test.yml").read_text("utf-8"))
    done = test["jobs"]["test"]["steps"]
    publishing = next(n for n, step in enumerate(done) if "upload-pages" in step.get("uses", ""))
    assert done[publishing - 1]["run"] == ".ci/run downloads-of-site"
    assert done[publishing - 1]["if"] == done[publishing]["if"]
    release = yaml.safe_load((root / ".github/workflows/publish.yml").read_text("utf-8"))
    run = [step["run"] for step in release["jobs"]["downloads"]["steps"] if "run" in step]
    assert run == [".ci/run downloads", 'gh release upload "$TAG" _build/downloads/* --clobber']


def nightly(root):
    return yaml.safe_load((root / ".github/workflows/nightly.yml").read_text("utf-8"))["jobs"]


def test_each_night_runs_every_part_of_test_long(root):
    makefile = (root / "Makefile").read_text("utf-8")
    parts = re.search(r"^test-long: ([a-z -]+?)  ##", makefile, re.MULTILINE)[1].split()
    jobs = nightly(root)
    run = " ".join(jobs["long"]["strategy"]["matrix"]["target"]).split()
    assert set(run) - {"book"} == set(parts) - {"compat"}
    assert any("make compat" in step.get("run", "") for step in jobs["compat"]["steps"])


def test_whatever_is_red_at_night_is_told(root):
    jobs = nightly(root)
    assert set(jobs["tell"]["needs"]) == set(jobs) - {"tell"}


def test_supported_pythons_are_tested(root):
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    named = {
        found[1]
        for line in project["classifiers"]
        if (found := re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", line))
    }
    assert set(nightly(root)["compat"]["strategy"]["matrix"]["python"]) == named
    assert set(runpy.run_path(str(root / "noxfile.py"))["OLDEST"]) == named


@pytest.mark.slow
def test_a_python_that_was_asked_for_and_is_not_there_is_an_error(root):
    other = "3.12" if sys.version_info[:2] != (3, 12) else "3.11"
    ran = subprocess.run(
        [sys.executable, "-m", "nox", "--python", other],
        cwd=root,
        env={"PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1, ran.stderr
    assert f"Python interpreter {other} not found" in ran.stderr
