"""Checks AWS's managed policies with parliament, and prints microseconds a policy."""

import gzip
import json
import sys
import time

import parliament

policies = [json.dumps(json.loads(line)["document"]) for line in gzip.open(sys.argv[1], "rt")]
parliament.analyze_policy_string(policies[0])  # loads its data
found = failed = 0
start = time.perf_counter()
for policy in policies:
    try:
        found += len(parliament.analyze_policy_string(policy).findings)
    except Exception:  # it stops at condition keys of types that it does not know
        failed += 1
mean = (time.perf_counter() - start) * 1e6 / len(policies)
print(
    f"parliament {parliament.__version__}: {len(policies)} policies, {found} findings, {mean:.0f} us a policy;"
    f" it failed on {failed}"
)
