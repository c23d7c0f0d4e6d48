"""Servers on 127.0.0.1, each on ports that were free, stopped when their `with` ends, however it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

HOST = "127.0.0.1"
ACCOUNT = "111122223333"
HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent

_PATIENCE = 60.0


class Moto:
    """moto with its enforcement mended: see `moto_mends.py`."""

    def __init__(self, url: str) -> None:
        self.url = url

    @classmethod
    @contextmanager
    def running(cls, folder: Path) -> Iterator[Moto]:
        (port,) = free_ports(1)
        moto = cls(f"http://{HOST}:{port}")
        command = [sys.executable, str(HERE / "moto_server.py"), HOST, str(port)]
        settings = {"MOTO_ACCOUNT_ID": ACCOUNT, "MOTO_IAM_LOAD_MANAGED_POLICIES": "true"}
        with _process(command, folder / "moto.log", settings, lambda: _answers(f"{moto.url}/moto-api/data.json")):
            moto.enforce(False)
            yield moto

    def enforce(self, on: bool) -> None:
        """Whether calls need permission from here on. moto's switch is how many calls are let through before."""
        self._post("reset-auth", "0" if on else "inf")

    def forget(self) -> None:
        """As it was at its start."""
        self._post("reset", "")

    def _post(self, what: str, body: str) -> None:
        headers = {"Content-Type": "text/plain"}
        request = urllib.request.Request(f"{self.url}/moto-api/{what}", body.encode(), headers, method="POST")
        with urllib.request.urlopen(request, timeout=10):
            pass


class SeaweedFS:
    """S3 with users, keys and policies."""

    KEY, SECRET = "lab", "lab-secret"

    def __init__(self, url: str) -> None:
        self.url = url

    @classmethod
    @contextmanager
    def running(cls, folder: Path) -> Iterator[SeaweedFS]:
        data = folder / "seaweedfs"
        data.mkdir()
        actions = ["Admin", "Read", "Write", "List", "Tagging"]
        admin = {"name": "lab", "credentials": [{"accessKey": cls.KEY, "secretKey": cls.SECRET}], "actions": actions}
        config = folder / "seaweedfs.json"
        config.write_text(json.dumps({"identities": [admin]}))
        parts = ("master", "volume", "filer", "s3")
        ports = free_ports(2 * len(parts))
        command = [str(BIN / "weed"), "server", f"-dir={data}", f"-ip={HOST}", f"-ip.bind={HOST}", "-filer", "-s3"]
        for part, port, grpc in zip(parts, ports[::2], ports[1::2], strict=True):
            command += [f"-{part}.port={port}", f"-{part}.port.grpc={grpc}"]
        command += [f"-s3.config={config}", "-s3.iam=true", "-s3.iam.readOnly=false"]
        command += ["-master.volumeSizeLimitMB=64", "-volume.max=100"]
        server = cls(f"http://{HOST}:{ports[-2]}")
        # Its S3 answers before there is a place to put anything.
        place = f"http://{HOST}:{ports[0]}/dir/assign"
        with _process(
            command, folder / "seaweedfs.log", {}, lambda: _answers(f"{server.url}/healthz") and _answers(place)
        ):
            yield server


class TerraformProvider:
    """The stand-in of `terraform_provider.py`, on a socket of the file system."""

    def __init__(self, reattach: str) -> None:
        self.reattach = reattach

    @classmethod
    @contextmanager
    def running(cls, folder: Path, moto: Moto) -> Iterator[TerraformProvider]:
        log = folder / "terraform-provider.log"
        command = [sys.executable, "-u", str(HERE / "terraform_provider.py")]
        settings = {"AWS_ENDPOINT_URL": moto.url, "AWS_ACCESS_KEY_ID": "lab", "AWS_SECRET_ACCESS_KEY": "lab-secret"}
        with _process(command, log, settings, lambda: _REATTACH in log.read_text()):
            # It says on its standard output where it is, as a line for a shell.
            line = next(line for line in log.read_text().splitlines() if _REATTACH in line)
            yield cls(line.partition(_REATTACH)[2].strip("'"))


_REATTACH = "TF_REATTACH_PROVIDERS="


def free_ports(count: int) -> list[int]:
    """Ports that nobody has, all different."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((HOST, 0))
        return [each.getsockname()[1] for each in sockets]


@contextmanager
def _process(command: list[str], log: Path, settings: dict[str, str], ready: Callable[[], bool]) -> Iterator[None]:
    with log.open("w") as out:
        # In a session of its own, so that Ctrl-C reaches this program only, which then stops the server in its turn.
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, env=os.environ | settings, start_new_session=True
        )
    try:
        deadline = time.monotonic() + _PATIENCE
        while not ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} does not answer; its log:\n{log.read_text()[-2000:]}")
            time.sleep(0.1)
        yield
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Whatever happens meanwhile, such as a second Ctrl-C."""
    if process.poll() is not None:
        return
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(5)
    except subprocess.TimeoutExpired:
        pass
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return response.status == 200
    except OSError:
        return False
