"""Run notebooks through a Jupyter server's own API, as a browser does; say what memory they take.

The server is started for that, on this machine's own address, and ended afterwards. Each notebook
gets a kernel of its own; the first cell that fails is named, and the rest of its notebook left out.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import requests
import websocket

import console

ROOT = Path(__file__).resolve().parent.parent
JUPYTER_LAB = (sys.executable, "-m", "jupyterlab")
OPTIONS = ("--no-browser", "--ip=127.0.0.1", "--allow-root")
START_SECONDS = 120
CELL_SECONDS = 600
MEMORY = "__import__('psutil').Process().memory_info().rss // 2**20"


@dataclass(frozen=True)
class Run:
    """How a notebook went: its code cells that ran, what failed, the kernel's memory in MB."""

    cells: int
    problem: str
    megabytes: int


class Kernel:
    """A running kernel of the server: code goes there and comes back through a websocket."""

    def __init__(self, socket: websocket.WebSocket) -> None:
        self._socket = socket

    def execute(self, code: str, **expressions: str) -> dict[str, Any]:
        """Run code; return the kernel's reply, the values of the expressions included."""
        request = uuid.uuid4().hex
        header = {"msg_id": request, "msg_type": "execute_request", "version": "5.3"}
        header |= {"username": "", "session": request, "date": "2000-01-01T00:00:00Z"}
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False}
        # Nothing depends on this request, so an error may pass.
        content |= {"user_expressions": expressions, "stop_on_error": False}
        message = {"channel": "shell", "header": header, "content": content}
        self._socket.send(json.dumps(message | {"parent_header": {}, "metadata": {}}))
        while True:
            frame = self._socket.recv()
            # Binary frames carry the data of figures; a reply is always text.
            reply = json.loads(frame) if isinstance(frame, str) else {}
            answered = reply.get("parent_header", {}).get("msg_id")
            if reply.get("msg_type") == "execute_reply" and answered == request:
                return dict(reply["content"])


class Server:
    """A running Jupyter server."""

    def __init__(self, url: str, token: str, process: int) -> None:
        self.url = url
        self.token = token
        self._authorization = {"Authorization": f"token {token}"}
        self._process = psutil.Process(process)

    def request(self, method: str, path: str, **options: Any) -> requests.Response:
        """Ask the server; an answer that is an error raises."""
        answer = requests.request(
            method, self.url + path, headers=self._authorization, timeout=60, **options
        )
        answer.raise_for_status()
        return answer

    def megabytes(self) -> int:
        """Return the memory of the server itself, without its kernels."""
        return int(self._process.memory_info().rss // 2**20)

    def notebook(self, path: str) -> dict[str, Any]:
        """Return a notebook as the server gives it to JupyterLab."""
        return dict(self.request("GET", f"api/contents/{quote(path)}").json()["content"])

    @contextmanager
    def kernel(self, path: str) -> Iterator[Kernel]:
        """Start a kernel for a notebook, in the notebook's folder."""
        wanted = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        session = self.request("POST", "api/sessions", json=wanted).json()
        channels = f"{self.url}api/kernels/{session['kernel']['id']}/channels"
        socket = websocket.create_connection(
            channels.replace("http", "ws", 1), header=self._authorization, timeout=CELL_SECONDS
        )
        try:
            yield Kernel(socket)
        finally:
            socket.close()
            self.request("DELETE", f"api/sessions/{session['id']}")

    def run(self, path: str) -> Run:
        """Run the code cells of a notebook up to the first that fails."""
        cells = [cell for cell in self.notebook(path)["cells"] if cell["cell_type"] == "code"]
        done, problem = 0, ""
        with self.kernel(path) as kernel:
            for cell in cells:
                reply = kernel.execute(cell["source"])
                if reply["status"] != "ok":
                    problem = f"cell {cell['id']}: {reply.get('ename')}: {reply.get('evalue')}"
                    break
                done += 1
            measured = kernel.execute("", megabytes=MEMORY)["user_expressions"]["megabytes"]
        return Run(done, problem, int(measured["data"]["text/plain"]))


@contextmanager
def started(
    folder: Path,
    environment: Mapping[str, str] = os.environ,
    command: Sequence[str] = JUPYTER_LAB,
) -> Iterator[Server]:
    """Start a server in a folder, wait until it answers, and end it afterwards."""
    with tempfile.TemporaryDirectory() as runtime:
        log = Path(runtime, "log.txt")
        with log.open("w", encoding="utf-8") as output:
            process = subprocess.Popen(
                [*command, *OPTIONS],
                cwd=folder,
                env={**environment, "JUPYTER_RUNTIME_DIR": runtime},
                stdout=output,
                stderr=output,
            )
        try:
            yield wait_for(process, Path(runtime, f"jpserver-{process.pid}.json"), log)
        finally:
            process.terminate()
            process.wait(START_SECONDS)


def wait_for(process: "subprocess.Popen[bytes]", card: Path, log: Path) -> Server:
    """Return the server once it has written its card, with its address, and answers."""
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            information = json.loads(card.read_text(encoding="utf-8"))
            server = Server(information["url"], information["token"], process.pid)
            server.request("GET", "api/status")
        except (OSError, ValueError):  # not written, half written, not answering
            time.sleep(0.2)
        else:
            return server
    raise RuntimeError(f"the server does not answer:\n{log.read_text(encoding='utf-8')}")


def main() -> int:
    """Read the command line; return 1 if a notebook failed."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("notebooks", nargs="+", type=Path)
    failed = False
    paths = [path.resolve().relative_to(ROOT) for path in parser.parse_args().notebooks]
    with started(ROOT) as server:
        for path in paths:
            run = server.run(path.as_posix())
            failed = failed or bool(run.problem)
            print(f"{path}: {run.cells} cells, {run.megabytes} MB {run.problem}".rstrip())
        print(f"the server itself: {server.megabytes()} MB")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
