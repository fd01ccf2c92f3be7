"""Tests of the parts of bench/run that read and reckon: python3 bench/compare_test.py"""

import unittest

import machine
import measuring
import tables
import workloads
from measuring import Measurement, Run

STAT = "cpu  9 9 9 9 9 9 9 9\ncpu0 10 1 20 300 4 2 3 50 0 0\ncpu1 1 0 2 30 0 0 0 5 0 0\n"


def measurement(contender, rates, per_cpu_second=100, busy=0.99, memory=None):
    runs = [Run(rate, 700, 1500, per_cpu_second, busy, 0.8) for rate in rates]
    return Measurement("keep-pem", contender, runs, memory, 4096.2)


class CompareTest(unittest.TestCase):
    def test_time_that_the_hypervisor_took_is_neither_busy_nor_idle(self):
        self.assertEqual((36, 304), machine.core_ticks(STAT, 0))
        self.assertEqual(0.25, machine.busy_share((10, 30), (20, 60)))
        self.assertEqual(0, machine.busy_share((10, 30), (10, 30)))

    def test_allocation_is_summed_over_threads_in_any_unit(self):
        self.assertEqual(5 + 2048 + (3 << 20), machine.allocated("allocated=5B x allocated=2K defined\nallocated=3M"))

    def test_line_of_the_load_client_has_five_numbers(self):
        self.assertEqual([100.5, 0, 1, 2, 0.99], measuring.parse_load("100.5\t0\t1\t2\t0.990\n"))
        with self.assertRaises(RuntimeError):
            measuring.parse_load("no such host")

    def test_ratio_is_that_of_each_round_and_its_median(self):
        own, nginx = measurement("certcollect", [80, 90, 30]), measurement("nginx", [100, 100, 50])
        self.assertEqual(([0.8, 0.9, 0.6], False), tables.ratios(own, nginx))
        self.assertEqual("0.80", tables.ratio(own, nginx))

    def test_ratio_is_one_of_cpu_time_if_a_server_was_idle(self):
        own = measurement("certcollect", [80], 100)
        self.assertEqual("0.80", tables.ratio(own, measurement("nginx", [100], 400)))
        self.assertEqual("0.25*", tables.ratio(own, measurement("nginx", [100], 400, 0.94)))

    def test_figures_have_three_digits(self):
        self.assertEqual(["0.70", "12.3", "123"], [tables.short(value) for value in (0.7, 12.345, 123.456)])

    def test_memory_is_the_most_of_certcollect_and_of_spring_boot(self):
        measured = [[measurement("certcollect", [1], memory=200), measurement("nginx", [1])],
                    [measurement("certcollect", [1], memory=150.2), measurement("Spring Boot", [1], memory=400.6)]]
        self.assertEqual(["resident under load, at most: certcollect 200 MiB",
                          "resident under load, at most: Spring Boot 401 MiB"], tables.resident_facts(measured))

    def test_quick_takes_the_main_workloads_and_only_takes_those_that_match(self):
        names = lambda *arguments: [w.name for w in workloads.options(arguments).workloads]
        self.assertEqual(sorted(workloads.MAIN), sorted(names("--quick")))
        self.assertEqual(sorted(workloads.TABLE), sorted(names("--table")))
        self.assertEqual(31, len(names()))
        self.assertEqual({"audit"}, {w.stage for w in workloads.options(["--only", "^audit-"]).workloads})
        self.assertEqual(["keep-pem", "keep-pem-php", "keep-pem-spring", "keep-pem-postgresql"],
                         names("--quick", "--only", "^keep-pem"))
        self.assertEqual(["new-rsa-pem", "new-rsa-3072", "new-rsa-4096"], names("--table", "--only", "rsa"))
        self.assertEqual(["keep-page"], names("--quick", "--only", "page"))
        self.assertFalse(workloads.options(["--only", "keep-pem"]).wants("start"))
        for short in ("--quick", "--table"):
            chosen = workloads.options([short])
            self.assertEqual((3, 5, 100_000), (chosen.seconds, chosen.repetitions, chosen.postgresql_orders))

    def test_each_row_of_the_table_has_a_title_of_its_own(self):
        titles = [w.title for w in workloads.workloads() if w.name in workloads.TABLE]
        self.assertIn("new connection each, RSA 2048, PEM chain of 3", titles)
        beside = [(w.title, name) for w in workloads.workloads() for name in w.beside]
        self.assertEqual(len(beside), len(set(beside)))

    def test_wrong_options_are_refused(self):
        for wrong in (["--orders", "0"], ["--seconds", "x"], ["--only"], ["--quic"], ["--quick", "--table"]):
            with self.assertRaises(SystemExit):
                workloads.options(wrong)

    def test_tables_for_the_docs_for_people_and_for_programs(self):
        measured = [[measurement("certcollect", [8000, 9000, 7000], 100, 0.94),
                     measurement("nginx", [10000, 10000, 10000], 400), measurement("nginx without log", [12000] * 3)]]
        self.assertEqual(
            "| workload              | beside            | certcollect/s |  its/s | ratio | lowest to highest"
            " |      p50 ms |      p99 ms |\n"
            "|---|---|--:|--:|--:|--:|--:|--:|\n"
            "| keep-alive, PEM chain | nginx             |         8,000 | 10,000 | 0.25* |      0.25 to 0.25"
            " | 0.70 / 0.70 | 1.50 / 1.50 |\n"
            "| keep-alive, PEM chain | nginx without log |         8,000 | 12,000 | 1.00* |      1.00 to 1.00"
            " | 0.70 / 0.70 | 1.50 / 1.50 |\n",
            tables.markdown(tables.paired_table(measured, {"keep-pem": "keep-alive, PEM chain"})))
        self.assertEqual(
            "| keep-pem | certcollect       |      8,000 |   0.70 |   1.50 |           94% |         80%"
            " |            - |               4,096 |",
            tables.markdown(tables.server_table(measured)).splitlines()[2])
        self.assertEqual(
            [["keep-pem", "8000.0", "10000.0", "0.250", "1500", "1500", "0.940", "0.990", "0.800", "0.800",
              "requests per CPU second", "nginx", "0.250", "0.250"],
             ["keep-pem, nginx without log", "8000.0", "12000.0", "1.000", "1500", "1500", "0.940", "0.990", "0.800",
              "0.800", "requests per CPU second", "nginx without log", "1.000", "1.000"]],
            tables.program_table(measured)[1:])


if __name__ == "__main__":
    unittest.main()
