"""The workloads that bench/run knows, and the options that choose among them."""

import argparse
import collections
import re

from answers import ANSWERS

QUICK_POSTGRESQL_ORDERS = 100_000
LONG_WARM_UPS = 30, 10  # seconds at least: after a start, between workloads
NGINX, SILENT, SPRING = "nginx", "nginx without log", "Spring Boot"
PHP = {"PHP with HMAC": "/php/hmac", "PHP with Argon2id": "/php/argon2id"}
MODES = {"keep": "keep-alive", "new": "new connection each", "resume": "resumed session each"}
TITLES = {"status": "status", "pem": "PEM chain of 3", "pkcs7": "PKCS#7 DER", "zip": "ZIP as base64",
          "details": "details of 1.22"}

# Beside are the names of the servers that take turns with certcollect.
Workload = collections.namedtuple("Workload", "name title stage mode answer beside", defaults=[(NGINX,)])


def workloads():
    """Every workload, in the order of the servers that they need."""
    def add(name, stage, mode, answer, beside=(NGINX,), key="ECDSA P-256", more=""):
        kind = MODES[mode] if mode == "keep" else f"{MODES[mode]}, {key}"
        table.append(Workload(name, f"{kind}, {TITLES[answer]}{more}", stage, mode, answer, beside))

    kinds, table = [("keep-", "keep"), ("new-ec-", "new"), ("resume-ec-", "resume")], []
    for name, mode in kinds:
        for answer in ANSWERS:
            with_silent = answer == "pem" and mode != "resume"
            add(name + answer, "sqlite-ec", mode, answer, (NGINX, SILENT) if with_silent else (NGINX,))
    for name, mode in kinds[:2]:
        add(name + "pem-php", "sqlite-ec", mode, "pem", tuple(PHP))
    for name, mode in kinds[:2]:
        add(name + "pem-spring", "spring", mode, "pem", (SPRING,))
    for answer in ("status", "details"):
        add(f"keep-{answer}-1.22", "sqlite-1.22", "keep", answer, more=", dialect 1.22" if answer == "status" else "")
    for name, mode in kinds[:2]:
        for answer in ("status", "pem"):
            add(f"audit-{name}{answer}", "audit", mode, answer, ("the same without audit records",))
    table.append(Workload("keep-page", "keep-alive, page of a code", "page", "keep", "pem", ("its PEM collects",)))
    for answer in ANSWERS:
        beside = (NGINX, SILENT) if answer == "pem" else (NGINX,)
        add("new-rsa-" + answer, "sqlite-rsa", "new", answer, beside, "RSA 2048")
    for bits in (3072, 4096):
        add(f"new-rsa-{bits}", f"sqlite-rsa-{bits}", "new", "pem", key=f"RSA {bits}")
    for name, mode in kinds[:2]:
        add(name + "pem-postgresql", "postgresql", mode, "pem", more=", PostgreSQL")
    return table


# The rows of docs/performance.md.
TABLE = ["keep-status", "keep-pem", "keep-pkcs7", "keep-zip", "new-ec-pem", "resume-ec-pem", "keep-pem-php",
         "keep-pem-spring", "new-ec-pem-spring", "keep-details-1.22", "audit-keep-pem", "audit-new-ec-pem", "keep-page",
         "new-rsa-pem", "new-rsa-3072", "new-rsa-4096", "keep-pem-postgresql", "new-ec-pem-postgresql"]
MAIN = ["keep-status", "keep-pem", "new-ec-pem", "resume-ec-pem", "audit-keep-pem", "new-rsa-pem", "new-rsa-3072",
        "new-rsa-4096", "keep-pem-postgresql"]


def options(arguments):
    def positive(text):
        number = int(text)
        if number < 1:
            raise ValueError
        return number

    parser = argparse.ArgumentParser(prog="bench/run", allow_abbrev=False)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--quick", action="store_true", help="the main workloads, in 11 minutes")
    which.add_argument("--table", action="store_true", help="the rows of docs/performance.md, in 25 minutes")
    parser.add_argument("--orders", type=positive, default=1_000_000, help="orders in SQLite (default: 1000000)")
    parser.add_argument("--only", type=re.compile, metavar="REGEX",
                        help="the workloads whose name has a match, for example keep-pem or ^start$")
    parser.add_argument("--seconds", type=positive, help="length of each run (default: 5, with --quick or --table 3)")
    parser.add_argument("--repetitions", type=positive, help="rounds, with a run of each server (default: 5)")
    parsed = parser.parse_args(arguments)
    short = parsed.quick or parsed.table
    parsed.seconds, parsed.repetitions = parsed.seconds or (3 if short else 5), parsed.repetitions or 5
    parsed.starts = 3 if short else 5
    parsed.warm_ups = (10, 5) if short else LONG_WARM_UPS
    parsed.postgresql_orders = min(parsed.orders, QUICK_POSTGRESQL_ORDERS) if short else parsed.orders
    parsed.wants = lambda name: not parsed.only or bool(parsed.only.search(name))
    usually = TABLE if parsed.table else MAIN if parsed.quick and not parsed.only else [w.name for w in workloads()]
    parsed.workloads = [w for w in workloads() if parsed.wants(w.name) and w.name in usually]
    return parsed
