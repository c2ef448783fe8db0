"""Build in a folder what Binder builds of this repository, without a container.

repo2docker itself reads the files in binder/; the commands that it would write into the image are
run in a clean copy of the repository (`FOLDER/home`) with an environment of its own
(`FOLDER/environment`). A system library that Binder's own image lacks goes unnoticed.
"""

import argparse
import contextlib
import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Of this shell, what an image does not have; pip keeps its settings.
FOREIGN = ("JUPYTER", "PYTHON", "OMP_", "OPENBLAS_", "MKL_", "VIRTUAL_ENV", "MAKE", "XDG_")


@dataclass(frozen=True)
class Recipe:
    """What repo2docker makes of a repository."""

    builder: str
    python: str  # its version
    install: tuple[str, ...]
    post_build: tuple[str, ...]
    start: str


def recipe(repository: Path) -> Recipe:
    """Let repo2docker read a repository, as Binder does."""
    from repo2docker.app import Repo2Docker

    application = Repo2Docker()
    with contextlib.chdir(repository):
        packs = (kind(application.base_image) for kind in application.buildpacks)
        pack = next(pack for pack in packs if pack.detect())
        scripts = [*pack.get_preassemble_scripts(), *pack.get_assemble_scripts()]
        return Recipe(
            builder=type(pack).__name__,
            python=pack.python_version,
            install=tuple(script for _, script in scripts),
            post_build=tuple(pack.get_post_build_scripts()),
            start=pack.get_start_script() or "",
        )


@dataclass(frozen=True)
class Image:
    """What was built: the copy of the repository, and the variables in which its commands run."""

    home: Path
    variables: dict[str, str]
    start: str

    def run(self, script: str) -> None:
        """Run a shell script as the image does; it raises if that fails."""
        subprocess.run(["bash", "-ec", script], cwd=self.home, env=self.variables, check=True)


def copy_repository(target: Path) -> None:
    """Write the files that git knows, as they are now, into a new folder."""
    target.mkdir(parents=True)
    git = ["git", "-C", str(ROOT)]
    changed = subprocess.run([*git, "stash", "create"], capture_output=True, text=True, check=True)
    archive = [*git, "archive", changed.stdout.strip() or "HEAD"]
    files = subprocess.run(archive, capture_output=True, check=True).stdout
    subprocess.run(["tar", "--extract", "--directory", str(target)], input=files, check=True)


def find_python(version: str) -> str:
    """Return the Python of a version, or this one, and say so."""
    command = f"python{version}"
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        subprocess.run([command, "-c", "import venv, ensurepip"], capture_output=True, check=True)
        return command
    print(f"{command} was not found: using Python {sys.version.split()[0]} instead")
    return sys.executable


def build(folder: Path) -> Image:
    """Build the environment in an empty folder; this takes some minutes."""
    home, environment = folder / "home", folder / "environment"
    copy_repository(home)
    plan = recipe(home)
    python = find_python(plan.python)
    subprocess.run([python, "-m", "venv", str(environment)], check=True)
    kept = {name: text for name, text in os.environ.items() if not name.startswith(FOREIGN)}
    image = Image(
        home=home,
        variables=kept
        | {name: str(environment) for name in ("NB_PYTHON_PREFIX", "KERNEL_PYTHON_PREFIX")}
        | {"HOME": str(home), "REPO_DIR": str(home)}
        | {"PATH": f"{environment / 'bin'}{os.pathsep}{os.defpath}"},
        start=plan.start.replace("${REPO_DIR}", str(home)),
    )
    for script in (*plan.install, *(f"./{path}" for path in plan.post_build)):
        image.run(script)
    return image


def main() -> int:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="a new folder")
    image = build(parser.parse_args().folder.resolve())
    command = f"cd {shlex.quote(str(image.home))} && env -i"
    for name in ("HOME", "PATH"):
        command += f" {name}={shlex.quote(image.variables[name])}"
    print(f"Start it:\n  {command} {shlex.quote(image.start)} jupyter lab")
    return 0


if __name__ == "__main__":
    sys.exit(main())
