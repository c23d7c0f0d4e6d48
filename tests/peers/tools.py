"""How each tool is asked, and what it says of each file."""

from __future__ import annotations

import json
import re
import resource
import subprocess
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

JSON, TERRAFORM, CLOUDFORMATION = "JSON", "Terraform", "CloudFormation"
CRASH = "crash"


@dataclass(frozen=True)
class Finding:
    """What a tool says, and the lines that it names; or the element of the policy, if it names that instead."""

    code: str
    severity: str
    message: str
    lines: tuple[int, int] | None = None
    element: str = ""


Said = dict[Path, list[Finding]]


@dataclass
class File:
    path: Path
    # `identity`, `trust`, `bucket`, `scp`: what a tool is told of a policy alone.
    kind: str = "identity"


@dataclass
class Tool:
    """A tool in a folder where `run.sh` has installed it."""

    peers: Path
    name: str = ""
    reads: tuple[str, ...] = (JSON, TERRAFORM, CLOUDFORMATION)
    # The severities that say that a policy is wrong, and not that it could be better.
    errors: tuple[str, ...] = ()
    milliseconds: dict[str, float] = field(default_factory=dict)

    def version(self) -> str:
        raise NotImplementedError

    def ask(self, files: list[File], language: str) -> Said:
        raise NotImplementedError

    def timed(self, files: list[File], language: str) -> Said:
        """Notes the milliseconds of the processor for a file, the start of the program shared by all."""
        before = _used()
        said = self.ask(files, language)
        self.milliseconds[language] = 1000 * (_used() - before) / len(files)
        return said

    def python(self, program: str) -> str:
        return str(self.peers / "python" / "bin" / program)


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _output(command: list[str | Path], *, is_lenient: bool = True, **options: Any) -> str:
    """What a program prints. Most fail if they find something; one that does not has failed itself, if it fails."""
    run = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)
    if run.returncode and (not run.stdout or not is_lenient) and run.stderr:
        raise RuntimeError(f"{command[:3]}: {run.stderr[-2000:]}")
    return run.stdout


def _by_kind(files: list[File]) -> dict[str, list[Path]]:
    kinds: dict[str, list[Path]] = defaultdict(list)
    for file in files:
        kinds[file.kind].append(file.path)
    return kinds


class Policy(Tool):
    def __init__(self, peers: Path, program: Path) -> None:
        super().__init__(peers, "policy", errors=("ERROR", "SECURITY_WARNING", "WARNING"))
        self.program = program

    def version(self) -> str:
        version = _output([self.program, "--version"]).split()[-1]
        return f"{version}, not optimised" if self.program.parent.name == "debug" else version

    def ask(self, files: list[File], language: str) -> Said:
        words: list[str | Path] = [self.program, "check", "--no-config", "--format", "json"]
        kinds = {"bucket": "resource"}
        for kind, paths in _by_kind(files).items():
            # What has the policy is told by the file itself where that is not a policy alone.
            words += ["--kind", kinds.get(kind, kind) if language == JSON else "auto", *paths]
        said: Said = defaultdict(list)
        for line in _output(words).splitlines():
            found = json.loads(line)
            lines = (found["line"], found["line"])
            said[Path(found["file"])].append(Finding(found["code"], found["severity"], found["message"], lines))
        return said


class Parliament(Tool):
    def __init__(self, peers: Path) -> None:
        super().__init__(peers, "parliament", (JSON,), errors=("CRITICAL", "HIGH", "MEDIUM", "LOW"))

    def version(self) -> str:
        return _installed(self, "parliament")

    def ask(self, files: list[File], _: str) -> Said:
        said: Said = defaultdict(list)
        paths = ",".join(str(file.path) for file in files)
        try:
            output = _output([self.python("parliament"), "--json", "--files", paths], is_lenient=False)
        except RuntimeError:
            if len(files) == 1:
                return {files[0].path: [Finding(CRASH, CRASH, "it ended with an error of its own")]}
            # One policy on which it ends hides what it says of all others: it is found by halves.
            half = len(files) // 2
            return {**self.ask(files[:half], _), **self.ask(files[half:], _)}
        for line in output.splitlines():
            found = json.loads(line)
            at = found["location"].get("line")
            finding = Finding(found["issue"], found["severity"], found["title"], (at, at) if at else None)
            said[Path(found["location"]["filepath"])].append(finding)
        return said


class IamPolicyValidator(Tool):
    """Reads AWS's service reference from a folder, as it does for people without a network."""

    def __init__(self, peers: Path) -> None:
        errors = ("error", "critical", "high", "warning", "medium")
        super().__init__(peers, "iam-policy-validator", (JSON,), errors)

    def version(self) -> str:
        return _installed(self, "iam-policy-validator")

    def ask(self, files: list[File], _: str) -> Said:
        types = {
            "identity": "IDENTITY_POLICY",
            "trust": "TRUST_POLICY",
            "bucket": "RESOURCE_POLICY",
            "scp": "SERVICE_CONTROL_POLICY",
        }
        said: Said = defaultdict(list)
        for kind, paths in _by_kind(files).items():
            words = [self.python("iam-validator"), "validate", "--format", "json", "--policy-type", types[kind]]
            words += ["--aws-services-dir", str(self.peers / "services")]
            for path in paths:
                words += ["--path", str(path)]
            output = _output(words)
            report = json.loads(output[output.index("{") :])
            for result in report["results"]:
                for found in result["issues"]:
                    at = found["line_number"]
                    lines = (at, at) if at else None
                    element = found["field_name"] or ""
                    finding = Finding(found["check_id"], found["severity"], found["message"], lines, element)
                    said[Path(result["policy_file"])].append(finding)
            for path, message in report["parsing_errors"]:
                said[Path(path)].append(Finding("parsing", "error", message))
        return said


class SyntaxValidator(Tool):
    def __init__(self, peers: Path, script: Path) -> None:
        super().__init__(peers, "@cloud-copilot/iam-policy", (JSON,), errors=("error",))
        self.script = script

    def version(self) -> str:
        return _of_npm(self.peers / "node_modules/@cloud-copilot/iam-policy")

    def ask(self, files: list[File], _: str) -> Said:
        asked = "\n".join(json.dumps({"path": str(file.path), "kind": file.kind}) for file in files)
        script = self.peers / self.script.name
        script.write_bytes(self.script.read_bytes())
        said: Said = defaultdict(list)
        for line in _output(["node", script], input=asked).splitlines():
            found = json.loads(line)
            # `Statement[0].#Resources` names a key, `Statement[0].Effect` a value.
            element = re.findall(r"[A-Za-z]+", found["at"])[-1:]
            finding = Finding(found["message"], "error", found["message"], None, "".join(element))
            said[Path(found["path"])].append(finding)
        return said


class CfnLint(Tool):
    def __init__(self, peers: Path) -> None:
        super().__init__(peers, "cfn-lint", (CLOUDFORMATION,), errors=("Error", "Warning"))

    def version(self) -> str:
        return _installed(self, "cfn-lint")

    def ask(self, files: list[File], _: str) -> Said:
        paths = [file.path for file in files]
        # With its hints, among which is that an action fits no resource.
        output = _output([self.python("cfn-lint"), "-c", "I", "--format", "json", "--template", *paths])
        said: Said = defaultdict(list)
        for found in json.loads(output):
            at = found["Location"]["Start"]["LineNumber"]
            finding = Finding(found["Rule"]["Id"], found["Level"], found["Message"], (at, at))
            said[Path(found["Filename"])].append(finding)
        return said


class Checkov(Tool):
    def __init__(self, peers: Path) -> None:
        super().__init__(peers, "checkov", (TERRAFORM, CLOUDFORMATION), errors=("failed",))

    def version(self) -> str:
        return _installed(self, "checkov", "python-checkov")

    def ask(self, files: list[File], _: str) -> Said:
        program = self.peers / "python-checkov/bin/checkov"
        words = [program, "--skip-download", "--quiet", "--compact", "--output", "json"]
        for file in files:
            words += ["--file", file.path]
        output = json.loads(_output(words))
        said: Said = defaultdict(list)
        for report in output if isinstance(output, list) else [output]:
            for found in report.get("results", {}).get("failed_checks", []):
                lines = tuple(found["file_line_range"])
                finding = Finding(found["check_id"], "failed", found["check_name"], lines)
                said[Path(found["file_abs_path"])].append(finding)
        return said


class LanguageServer(Tool):
    def __init__(self, peers: Path) -> None:
        super().__init__(peers, "aws-iam-language-server", errors=("1", "2"))
        self.folder = peers / "language-server"

    def version(self) -> str:
        return json.loads((self.folder / "package.json").read_text())["version"]

    def ask(self, files: list[File], _: str) -> Said:
        languages = {".tf": "terraform", ".yaml": "yaml", ".yml": "yaml", ".json": "json", ".template": "yaml"}
        command = ["node", "--max-old-space-size=4096", str(self.folder / "src/server.js"), "--stdio"]
        said: Said = defaultdict(list)
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
            client = {"processId": None, "rootUri": None, "capabilities": {}}
            _send(run, {"id": 1, "method": "initialize", "params": client})
            _answer(run, 1)
            _send(run, {"method": "initialized", "params": {}})
            for file in files:
                document = {
                    "uri": file.path.as_uri(),
                    "languageId": languages[file.path.suffix],
                    "version": 1,
                    "text": file.path.read_text(),
                }
                _send(run, {"method": "textDocument/didOpen", "params": {"textDocument": document}})
                for found in _diagnostics(run, document["uri"]):
                    at = found["range"]["start"]["line"] + 1
                    severity = str(found.get("severity", 1))
                    said[file.path].append(Finding(str(found.get("code", "")), severity, found["message"], (at, at)))
                _send(run, {"method": "textDocument/didClose", "params": {"textDocument": {"uri": document["uri"]}}})
            _send(run, {"id": 2, "method": "shutdown"})
            _answer(run, 2)
            _send(run, {"method": "exit"})
        return said


def _send(run: subprocess.Popen[bytes], message: dict[str, Any]) -> None:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    run.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    run.stdin.flush()


def _receive(run: subprocess.Popen[bytes]) -> dict[str, Any]:
    length = 0
    while (line := run.stdout.readline().strip()) or not length:
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
        elif not line:
            raise RuntimeError("the language server ended")
    return json.loads(run.stdout.read(length))


def _answer(run: subprocess.Popen[bytes], to: int) -> None:
    while _receive(run).get("id") != to:
        pass


def _diagnostics(run: subprocess.Popen[bytes], uri: str) -> list[dict[str, Any]]:
    """The last of the reports on a file: it is reported as opened and as changed."""
    reports = []
    while len(reports) < 2:
        message = _receive(run)
        if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
            reports.append(message["params"]["diagnostics"])
    return reports[-1]


def _installed(tool: Tool, package: str, environment: str = "python") -> str:
    listed = _output([tool.peers / environment / "bin/pip", "list", "--format", "json"])
    return next(own["version"] for own in json.loads(listed) if own["name"] == package)


def _of_npm(folder: Path) -> str:
    return json.loads((folder / "package.json").read_text())["version"]
