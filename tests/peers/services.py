"""Writes AWS's service reference as iam-policy-validator reads it: a file a service, and a list of them."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> None:
    catalog, folder = (Path(argument) for argument in sys.argv[1:])
    folder.mkdir(parents=True)
    documents = [service["document"] for service in json.loads(catalog.read_text())["services"]]
    for document in documents:
        (folder / f"{document['Name']}.json").write_text(json.dumps(document))
    # The addresses are asked for by nobody: the files are there.
    listed = [{"service": document["Name"], "url": f"file:{document['Name']}.json"} for document in documents]
    (folder / "_services.json").write_text(json.dumps(listed))


main()
