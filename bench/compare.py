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
from servers import KEYS, LOGINS, Certcollect, Https, Nginx, Postgres, SpringBoot, make_keys, start_php
from tables import LEGEND, facts, markdown, paired_table, program_table, resident_facts, server_table
from workloads import LONG_WARM_UPS, NGINX, PHP, SILENT, options, workloads

FIRST_NUMBER = 1_000_001  # bench/generate numbers its orders from here
PAGE = "/collect"  # the page for people


def contenders_of(workload, answers, folder, nginx, certcollect, server):
    key, answer = certcollect.key, workload.answer
    yield Contender("certcollect", certcollect.port,
                    answers.targets(folder / f"post-{answer}", "POST", ENDPOINT, answer), server)
    for name in workload.beside:
        if name in PHP:
            file = folder / PHP[name].rpartition("/")[2]
            yield Contender(name, nginx.logging[key], answers.targets(file, "POST", PHP[name], answer), None)
        else:
            port = {NGINX: nginx.logging, SILENT: nginx.silent}[name][key]
            yield Contender(name, port, answers.targets(folder / f"get-{answer}", "GET", "", answer), None)


class Session:
    """One run of this program, from keys and stores to the tables."""

    def __init__(self, chosen):
        self.chosen, self.measured, self.failures = chosen, [], []
        self.starts, self.spring_starts = [], []
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
            measure_stage = {"postgresql": self.on_postgresql, "audit": self.on_audit, "page": self.on_page,
                             "spring": self.on_spring}.get(stage, self.on_sqlite)
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
            self.java = os.readlink(f"/proc/{server.pid}/exe")
            end(server)
        version = subprocess.run([self.java, "-version"], stderr=subprocess.PIPE, text=True).stderr.splitlines()[1]
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
        servers = [each.serve() for each in both]
        try:
            self.in_turns(wanted, answers, both, servers, self.chosen.warm_ups)
        finally:
            for server in servers:
                end(server)

    def on_spring(self, stage, wanted, answers):
        """The program of bench/spring on the same store, and on the same Java."""
        certcollect = Certcollect("spring", self.data, self.keys)
        spring = SpringBoot(self.java, self.data, self.keys / certcollect.key, answers.password)
        self.spring_starts = [self.first_answer(spring, answers)[1] for _ in range(self.chosen.starts)]
        servers = [certcollect.serve(), spring.serve()]
        try:
            answers.await_collect(Https(spring.port), servers[1])
            answers.check_posts("Spring Boot", Https(spring.port), ["status", "pem"])
            self.in_turns(wanted, answers, [certcollect, spring], servers, LONG_WARM_UPS)
        finally:
            for server in servers:
                end(server)

    def in_turns(self, wanted, answers, both, servers, warm_ups):
        """Measures certcollect and another server that is asked the same."""
        folder = fresh("targets")
        for each, server in zip(both, servers):
            answers.await_collect(Https(each.port), server)
        for i, workload in enumerate(wanted):
            posts = answers.targets(folder / workload.answer, "POST", ENDPOINT, workload.answer)
            contenders = [Contender(name, each.port, posts, server)
                          for name, each, server in zip(("certcollect", *workload.beside), both, servers)]
            seconds = warm_ups[min(i, 1)]
            self.attempt(workload.name,
                         lambda: self.measured.append(list(measure(workload, contenders, self.chosen, seconds))))

    def on_page(self, stage, wanted, answers):
        """The page of a code takes turns with collects from the same server."""
        certcollect, folder = Certcollect(stage, self.data, self.keys), fresh("targets")
        codes, server = certcollect.codes(), certcollect.serve()
        try:
            client, page = Https(certcollect.port), folder / "page"
            answers.await_collect(client, server)
            with open(page, "w", encoding="ascii") as out:
                for code in codes:
                    shown = client.ask("POST", PAGE, f"code={code}")
                    if b'value="pem"' not in shown:
                        raise RuntimeError(f"the page of {code} has no file to download")
                    out.write(f"POST\t{PAGE}\tcode={code}\t{len(shown)}\n")
            for workload in wanted:
                targets = page, answers.targets(folder / "post", "POST", ENDPOINT, workload.answer)
                contenders = [Contender(name, certcollect.port, file, server)
                              for name, file in zip(("certcollect", *workload.beside), targets)]
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
            if any(name in PHP for w in wanted for name in w.beside):
                php = start_php(certcollect.data, answers.password)
                through = Https(self.nginx.logging["ec"])
                answers.check_posts("php", through, ["pem"], PHP["PHP with HMAC"])
                Answers(answers.www, answers.password, answers.samples[:1]).check_posts(
                    "php", through, ["pem"], PHP["PHP with Argon2id"])
            for i, workload in enumerate(wanted):
                contenders = list(contenders_of(workload, answers, folder, self.nginx, certcollect, server))
                seconds = self.chosen.warm_ups[min(i, 1)]
                self.attempt(workload.name,
                             lambda: self.measured.append(list(measure(workload, contenders, self.chosen, seconds))))
        finally:
            for process in filter(None, (php, server)):
                end(process)

    def measure_starts(self, answers):
        certcollect = Certcollect("sqlite-ec", self.data, self.keys)
        self.starts = [self.first_answer(certcollect, answers) for _ in range(self.chosen.starts)]

    def first_answer(self, server, answers):
        """Milliseconds from the start of the process to an answer, and to one for which a password was checked."""
        await_quiet()
        begin, client = time.monotonic(), Https(server.port)
        process = server.serve()
        try:
            wait_for(process, lambda: client.ask("POST", ENDPOINT, ""))
            answered = time.monotonic()
            answers.await_collect(client, process)
            return 1000 * (answered - begin), 1000 * (time.monotonic() - begin)
        finally:
            end(process)


def report(session):
    started = []
    if session.starts:
        answer, collect = (statistics.median(times) for times in zip(*session.starts))
        started.append(f"from process start to the first answer: {answer:.0f} ms, to the first collect with a "
                       f"password: {collect:.0f} ms; medians of {len(session.starts)} on one core")
    if session.spring_starts:
        started.append(f"Spring Boot, to the first collect with a password: "
                       f"{statistics.median(session.spring_starts):.0f} ms")
    (TARGET / "ratios.tsv").write_text("".join("\t".join(row) + "\n" for row in program_table(session.measured)))
    titles = {workload.name: workload.title for workload in workloads()}
    text = "\n".join([markdown(paired_table(session.measured, titles)), LEGEND,
                      markdown(server_table(session.measured)),
                      "".join(f"- {fact}\n" for fact in session.facts + resident_facts(session.measured) + started)])
    (TARGET / "report.md").write_text(text)
    print(text, flush=True)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    session = Session(options(sys.argv[1:]))
    complete = False
    try:
        session.run()
        complete = not session.failures
    finally:
        if not complete:
            session.facts.append("THE RUN FAILED OR WAS ENDED EARLY: rows are missing")
        if session.measured:
            report(session)
        for failure in session.failures:
            print("not measured:", failure, file=sys.stderr)
    return not complete


if __name__ == "__main__":
    sys.exit(main())
