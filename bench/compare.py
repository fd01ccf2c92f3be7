"""Measures certcollect beside nginx; bench/run starts it, docs/performance.md explains it.

The server under test has core 0. The load client, PostgreSQL and this program have core 1. All servers have
the same TLS keys and give the same bytes, which is checked before anything is measured.
"""

import os
import signal
import statistics
import subprocess
import sys
import time

from answers import ANSWERS, DETAILS, ENDPOINT, Answers
from machine import TARGET, await_quiet, end, fresh, say, wait_for
from measuring import Contender, measure
from servers import KEYS, LOGINS, Certcollect, Https, Nginx, Postgres, make_keys, start_php
from tables import LEGEND, facts, markdown, program_table, table
from workloads import options

FIRST_NUMBER = 1_000_001  # bench/generate numbers its orders from here
PHP = {"php, HMAC": "/php/hmac", "php, Argon2id": "/php/argon2id"}
PAGE = "/collect"  # the page for people
AUDITED = "certcollect", "certcollect, audit.collects=false"
PAGED = "certcollect, the page of a code", "certcollect, PEM", "certcollect, the empty form"


def contenders_of(workload, answers, folder, nginx, certcollect, server):
    key, answer = certcollect.key, workload.answer
    files = answers.targets(folder / f"get-{answer}", "GET", "", answer)
    yield Contender("certcollect", certcollect.port,
                    answers.targets(folder / f"post-{answer}", "POST", ENDPOINT, answer), server)
    yield Contender("nginx", nginx.logging[key], files, None)
    if not workload.php:
        yield Contender("nginx without log", nginx.silent[key], files, None)
        return
    for name, path in PHP.items():
        yield Contender(name, nginx.logging[key],
                        answers.targets(folder / path.rpartition("/")[2], "POST", path, answer), None)


class Session:
    """One run of this program, from keys and stores to the tables."""

    def __init__(self, chosen):
        self.chosen, self.measured, self.starts, self.failures = chosen, [], [], []
        self.facts = facts(chosen)
        self.keys = make_keys()
        self.nginx = Nginx(self.keys)
        self.data = TARGET / f"data-{chosen.orders}"

    def attempt(self, name, step):
        """Whatever goes wrong in one step, the others can still be measured."""
        say(name)
        try:
            step()
        except Exception as e:  # noqa: B902 - all that is not a signal
            self.failures.append(f"{name}: {e!r}")
            say(f"{name} failed: {e!r}")

    def run(self):
        answers = self.answers()
        for stage in dict.fromkeys(workload.stage for workload in self.chosen.workloads):
            wanted = [w for w in self.chosen.workloads if w.stage == stage]
            measure_stage = {"postgresql": self.on_postgresql, "audit": self.on_audit,
                             "page": self.on_page}.get(stage, self.on_sqlite)
            self.attempt(stage, lambda: measure_stage(stage, wanted, answers))
        if self.chosen.wants("start"):
            self.attempt("start", lambda: self.measure_starts(answers))

    def answers(self):
        """Collects what nginx is to serve, from a server of each dialect."""
        first = Certcollect("sqlite-ec", self.data, self.keys)
        password = first.fill(self.chosen.orders)
        say("collecting the answers that nginx is to serve")
        candidates, answers = [sample for login in LOGINS for sample in first.issued(login)], None
        for certcollect, names in ((first, ANSWERS), (Certcollect("sqlite-1.22", self.data, self.keys), DETAILS)):
            server, client = certcollect.serve(), Https(certcollect.port)
            wait_for(server, lambda: client.ask("POST", ENDPOINT, ""))
            answers = answers or Answers.of_three(self.nginx.www, password, candidates, client)
            answers.collect(client, names)
            java = os.readlink(f"/proc/{server.pid}/exe")
            end(server)
        version = subprocess.run([java, "-version"], stderr=subprocess.PIPE, text=True).stderr.splitlines()[1]
        self.facts += [f"certcollect on {version}", f"{len(answers.samples)} orders are asked for"]
        for key in KEYS:
            answers.check_files(Https(self.nginx.logging[key]))
        return answers

    def on_sqlite(self, stage, wanted, answers):
        self.serve(wanted, Certcollect(stage, self.data, self.keys), answers)

    def on_audit(self, stage, wanted, answers):
        """Two servers on one store take turns: one records the requests in the audit log, one does not."""
        both = [Certcollect("audit-on", self.data, self.keys),
                Certcollect("audit-off", self.data, self.keys, "audit.collects=false\n")]
        servers, folder = [each.serve() for each in both], fresh("targets")
        try:
            for each, server in zip(both, servers):
                answers.await_collect(Https(each.port), server)
            for i, workload in enumerate(wanted):
                posts = answers.targets(folder / workload.answer, "POST", ENDPOINT, workload.answer)
                contenders = [Contender(name, each.port, posts, server)
                              for name, each, server in zip(AUDITED, both, servers)]
                seconds = self.chosen.warm_ups[min(i, 1)]
                self.attempt(workload.name,
                             lambda: self.measured.append(list(measure(workload, contenders, self.chosen, seconds))))
        finally:
            for server in servers:
                end(server)

    def on_page(self, stage, wanted, answers):
        """The page of a code, and the empty form, take turns with collects from the same server."""
        certcollect, folder = Certcollect(stage, self.data, self.keys), fresh("targets")
        codes, server = certcollect.codes(), certcollect.serve()
        try:
            client, page, form = Https(certcollect.port), folder / "page", folder / "form"
            answers.await_collect(client, server)
            with open(page, "w", encoding="ascii") as out:
                for code in codes:
                    shown = client.ask("POST", PAGE, f"code={code}")
                    if b'value="pem"' not in shown:
                        raise RuntimeError(f"the page of {code} has no file to download")
                    out.write(f"POST\t{PAGE}\tcode={code}\t{len(shown)}\n")
            form.write_text(f"GET\t{PAGE}\t\t{len(client.ask('GET', PAGE))}\n")
            for workload in wanted:
                targets = page, answers.targets(folder / "post", "POST", ENDPOINT, workload.answer), form
                contenders = [Contender(name, certcollect.port, file, server) for name, file in zip(PAGED, targets)]
                self.measured.append(list(measure(workload, contenders, self.chosen, self.chosen.warm_ups[0])))
        finally:
            end(server)

    def on_postgresql(self, stage, wanted, answers):
        database = Postgres()
        try:
            certcollect = Certcollect(stage, fresh("postgresql-data") / "data", self.keys, database.config)
            password = certcollect.fill(self.chosen.postgresql_orders)
            database.vacuum()
            last = FIRST_NUMBER + self.chosen.postgresql_orders
            its = Answers(answers.www, password, [s for s in answers.samples if s.number < last])
            if not its.samples:
                raise RuntimeError("PostgreSQL has none of the orders that are asked for")
            self.facts.append(f"of PostgreSQL, {len(its.samples)} orders are asked for")
            self.serve(wanted, certcollect, its)
        finally:
            database.close()

    def serve(self, wanted, certcollect, answers):
        server, php, folder = certcollect.serve(), None, fresh("targets")
        try:
            client = Https(certcollect.port)
            answers.await_collect(client, server)
            answers.check_posts("certcollect", client, {w.answer for w in wanted})
            if any(w.php for w in wanted):
                php = start_php(certcollect.data, answers.password)
                through = Https(self.nginx.logging["ec"])
                answers.check_posts("php", through, ["pem"], PHP["php, HMAC"])
                Answers(answers.www, answers.password, answers.samples[:1]).check_posts(
                    "php", through, ["pem"], PHP["php, Argon2id"])
            for i, workload in enumerate(wanted):
                contenders = list(contenders_of(workload, answers, folder, self.nginx, certcollect, server))
                seconds = self.chosen.warm_ups[min(i, 1)]
                self.attempt(workload.name,
                             lambda: self.measured.append(list(measure(workload, contenders, self.chosen, seconds))))
        finally:
            for process in filter(None, (php, server)):
                end(process)

    def measure_starts(self, answers):
        """Milliseconds from the start of the process to an answer, and to one for which a password was checked."""
        certcollect = Certcollect("sqlite-ec", self.data, self.keys)
        for _ in range(self.chosen.starts):
            await_quiet()
            begin, client = time.monotonic(), Https(certcollect.port)
            server = certcollect.serve()
            wait_for(server, lambda: client.ask("POST", ENDPOINT, ""))
            answered = time.monotonic()
            answers.await_collect(client, server)
            self.starts.append((1000 * (answered - begin), 1000 * (time.monotonic() - begin)))
            end(server)


def report(session):
    started = ""
    if session.starts:
        answer, collect = (statistics.median(times) for times in zip(*session.starts))
        started = (f"From process start to the first answer: {answer:.0f} ms, to the first collect with a password: "
                   f"{collect:.0f} ms; medians of {len(session.starts)} on one core.\n")
    (TARGET / "ratios.tsv").write_text("".join("\t".join(row) + "\n" for row in program_table(session.measured)))
    text = "\n".join(filter(None, [markdown(table(session.measured)), LEGEND, started,
                                   "".join(f"- {fact}\n" for fact in session.facts)]))
    (TARGET / "report.md").write_text(text)
    print(text, flush=True)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    session = Session(options(sys.argv[1:]))
    session.run()
    report(session)
    for failure in session.failures:
        print("not measured:", failure, file=sys.stderr)
    return bool(session.failures)


if __name__ == "__main__":
    sys.exit(main())
