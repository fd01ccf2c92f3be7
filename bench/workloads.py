"""The workloads that bench/run knows, and the options that choose among them."""

import argparse
import collections
import re

from answers import ANSWERS

QUICK_POSTGRESQL_ORDERS = 100_000
Workload = collections.namedtuple("Workload", "name stage mode answer php", defaults=[False])


def workloads():
    """Every workload, in the order of the servers that they need."""
    kinds = [("keep-", "keep"), ("new-ec-", "new"), ("resume-ec-", "resume")]
    table = [Workload(name + answer, "sqlite-ec", mode, answer) for name, mode in kinds for answer in ANSWERS]
    table += [Workload(name + "pem-php", "sqlite-ec", mode, "pem", True) for name, mode in kinds[:2]]
    table += [Workload(f"keep-{answer}-1.22", "sqlite-1.22", "keep", answer) for answer in ("status", "details")]
    table += [Workload(f"audit-{name}{answer}", "audit", mode, answer)
              for name, mode in kinds[:2] for answer in ("status", "pem")]
    table.append(Workload("keep-page", "page", "keep", "pem"))
    table += [Workload("new-rsa-" + answer, "sqlite-rsa", "new", answer) for answer in ANSWERS]
    table += [Workload("new-" + key, "sqlite-" + key, "new", "pem") for key in ("rsa-3072", "rsa-4096")]
    table += [Workload(name + "pem-postgresql", "postgresql", mode, "pem") for name, mode in kinds[:2]]
    return table


MAIN = ["keep-status", "keep-pem", "new-ec-pem", "resume-ec-pem", "keep-status-1.22",
        "audit-keep-status", "audit-keep-pem", "audit-new-ec-pem", "new-rsa-pem", "keep-pem-postgresql"]


def options(arguments):
    def positive(text):
        number = int(text)
        if number < 1:
            raise ValueError
        return number

    parser = argparse.ArgumentParser(prog="bench/run", allow_abbrev=False)
    parser.add_argument("--quick", action="store_true", help="the main workloads, in 10 minutes")
    parser.add_argument("--orders", type=positive, default=1_000_000, help="orders in SQLite (default: 1000000)")
    parser.add_argument("--only", type=re.compile, metavar="REGEX",
                        help="the workloads whose name has a match, for example keep-pem or ^start$")
    parser.add_argument("--seconds", type=positive, help="length of each run (default: 5, with --quick 3)")
    parser.add_argument("--repetitions", type=positive, help="runs of each server (default: 5, with --quick 3)")
    parsed = parser.parse_args(arguments)
    usual = 3 if parsed.quick else 5
    parsed.seconds, parsed.repetitions = parsed.seconds or usual, parsed.repetitions or usual
    parsed.starts = usual
    parsed.warm_ups = (10, 5) if parsed.quick else (30, 10)  # seconds at least: after a start, between workloads
    parsed.postgresql_orders = min(parsed.orders, QUICK_POSTGRESQL_ORDERS) if parsed.quick else parsed.orders
    parsed.wants = lambda name: not parsed.only or bool(parsed.only.search(name))
    usually = MAIN if parsed.quick and not parsed.only else [w.name for w in workloads()]
    parsed.workloads = [w for w in workloads() if parsed.wants(w.name) and w.name in usually]
    return parsed
