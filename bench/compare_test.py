"""Tests of the parts of bench/run that read and reckon: python3 bench/compare_test.py"""

import unittest

import machine
import measuring
import tables
import workloads
from measuring import Measurement, Run

STAT = "cpu  9 9 9 9 9 9 9 9\ncpu0 10 1 20 300 4 2 3 50 0 0\ncpu1 1 0 2 30 0 0 0 5 0 0\n"


def measurement(contender, rate, per_cpu_second, busy):
    return Measurement("keep-pem", contender, [Run(rate, 700, 1500, per_cpu_second, busy, 0.8)], None, 4096.2)


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

    def test_ratio_is_one_of_cpu_time_if_a_server_was_idle(self):
        own = measurement("certcollect", 80, 100, 0.99)
        self.assertEqual((0.8, False), tables.ratio(own, measurement("nginx", 100, 400, 0.99)))
        self.assertEqual((0.25, True), tables.ratio(own, measurement("nginx", 100, 400, 0.94)))

    def test_quick_takes_the_main_workloads_and_only_takes_those_that_match(self):
        names = lambda *arguments: [w.name for w in workloads.options(arguments).workloads]
        self.assertEqual(sorted(workloads.MAIN), sorted(names("--quick")))
        self.assertEqual(29, len(names()))
        self.assertEqual({"audit"}, {w.stage for w in workloads.options(["--only", "^audit-"]).workloads})
        self.assertEqual(["keep-pem", "keep-pem-php", "keep-pem-postgresql"], names("--quick", "--only", "^keep-pem"))
        self.assertEqual(["keep-page"], names("--quick", "--only", "page"))
        self.assertFalse(workloads.options(["--only", "keep-pem"]).wants("start"))
        self.assertEqual((3, 100_000), (lambda o: (o.seconds, o.postgresql_orders))(workloads.options(["--quick"])))

    def test_wrong_options_are_refused(self):
        for wrong in (["--orders", "0"], ["--seconds", "x"], ["--only"], ["--quic"]):
            with self.assertRaises(SystemExit):
                workloads.options(wrong)

    def test_tables_for_people_and_for_programs(self):
        measured = [[measurement("certcollect", 80, 100, 0.94), measurement("nginx", 100, 400, 0.99)]]
        self.assertEqual(
            "| workload, server      | requests/s | to nginx | p50 ms | p99 ms | server's core | load's core"
            " | resident MiB | allocated B/request |\n"
            "|---|---:|---:|---:|---:|---:|---:|---:|---:|\n"
            "| keep-pem, certcollect |         80 |    0.25* |   0.70 |   1.50 |           94% |         80%"
            " |            - |                4096 |\n"
            "| keep-pem, nginx       |        100 |     1.00 |   0.70 |   1.50 |           99% |         80%"
            " |            - |                4096 |\n",
            tables.markdown(tables.table(measured)))
        self.assertEqual(
            ["keep-pem", "80.0", "100.0", "0.250", "1500", "1500", "0.940", "0.990", "0.800", "0.800",
             "requests per CPU second"],
            tables.program_table(measured)[1])


if __name__ == "__main__":
    unittest.main()
