"""The answers of certcollect, which the others must give byte for byte."""

import collections
import random

from machine import wait_for

SAMPLES = 1_000
ENDPOINT = "/products/download/CollectSSL"
ANSWERS = {
    "status": "queryType=0",
    "pem": "queryType=1",
    "pkcs7": "queryType=1&responseType=2&responseEncoding=1",
    "zip": "queryType=1&responseType=0",
}
DETAILS = {"details": "queryType=0&responseFormat=1&showFQDN=Y&showValidityPeriod=Y&showExtStatus=Y"}

Sample = collections.namedtuple("Sample", "number login")


class Answers:
    def __init__(self, www, password, samples):
        self.www, self.password, self.samples = www, password, samples

    @classmethod
    def of_three(cls, www, password, candidates, client):
        """Of orders whose chain has three certificates."""
        one_by_one = cls(www, password, [])
        for sample in candidates:
            if client.ask("POST", ENDPOINT, one_by_one.form("pem", sample)).count(b"-----BEGIN CERTIFICATE-----") == 3:
                one_by_one.samples.append(sample)
            if len(one_by_one.samples) == SAMPLES:
                break
        if not one_by_one.samples:
            raise RuntimeError("no order has a chain of 3: take more --orders")
        # Neighbours in the store are not asked for one after the other.
        random.Random(1).shuffle(one_by_one.samples)
        return one_by_one

    def collect(self, client, names):
        """Writes what the server answers."""
        for answer in names:
            (self.www / answer).mkdir()
            for sample in self.samples:
                self.file(answer, sample).write_bytes(client.ask("POST", ENDPOINT, self.form(answer, sample)))

    def form(self, answer, sample):
        return (f"loginName={sample.login}&loginPassword={self.password}&orderNumber={sample.number}"
                f"&{(ANSWERS | DETAILS)[answer]}")

    def file(self, answer, sample):
        return self.www / answer / str(sample.number)

    def check_files(self, client):
        for answer in ANSWERS | DETAILS:
            for sample in self.samples:
                self.check("nginx", answer, sample, client.ask("GET", f"/{answer}/{sample.number}"))

    def check_posts(self, server, client, answers, path=ENDPOINT):
        for answer in answers:
            for sample in self.samples:
                self.check(server, answer, sample, client.ask("POST", path, self.form(answer, sample)))

    def check(self, server, answer, sample, body):
        if body != self.file(answer, sample).read_bytes():
            raise RuntimeError(f"{server} answers other bytes than certcollect did: {answer} of order {sample.number}")

    def targets(self, file, method, path, answer):
        """The load client's list of requests; bench/load.c describes it."""
        with open(file, "w", encoding="ascii") as out:
            for sample in self.samples:
                length = self.file(answer, sample).stat().st_size
                if method == "GET":
                    out.write(f"GET\t/{answer}/{sample.number}\t\t{length}\n")
                else:
                    out.write(f"POST\t{path}\t{self.form(answer, sample)}\t{length}\n")
        return file

    def await_collect(self, client, process):
        wait_for(process, lambda: client.ask("POST", ENDPOINT, self.form("status", self.samples[0])))
