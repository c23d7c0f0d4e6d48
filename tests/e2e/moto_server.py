"""moto's server with all partitions and its IAM mended: `moto_server.py HOST PORT`.

moto knows all partitions but two, which `botocore` has in its `partitions.json`. As moto's modules copy the list when
they are imported, it is completed before.
"""

from __future__ import annotations

import sys

from moto.utilities import utils

_MISSING = {"eu-isoe-": "aws-iso-e", "us-isof-": "aws-iso-f"}


def main(host: str, port: str) -> None:
    utils.REGION_PREFIX_TO_PARTITION.update(_MISSING)
    utils.PARTITION_NAMES.extend(set(_MISSING.values()) - set(utils.PARTITION_NAMES))
    utils.ARN_PARTITION_REGEX = rf"^arn:({'|'.join(sorted(utils.PARTITION_NAMES))})"

    from moto.server import main as serve

    from moto_mends import mend

    mend()
    serve(["-H", host, "-p", port])


if __name__ == "__main__":
    main(*sys.argv[1:])
