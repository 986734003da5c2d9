"""A pytest plugin: which lines of the core each test executes, and its seconds of processor time, written as JSON.

What a module executes while it is imported belongs to no test and is written apart.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from pathlib import Path

import coverage
import pytest

from tests.mutants.sampling import CORE


def pytest_addoption(parser):
    parser.addoption("--lines-into", help="the file to write the lines into")


def pytest_configure(config):
    config.pluginmanager.register(Contexts(Path(config.getoption("--lines-into")), config.rootpath))


class Contexts:
    """One context of coverage for each test."""

    def __init__(self, into, root):
        self.into, self.root = into, root
        self.seconds, self.failed = {}, set()
        self.coverage = coverage.Coverage(data_file=None, config_file=False, include=[f"{root}/{CORE}/*"])
        self.coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        started = time.process_time()
        self.coverage.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self.coverage.switch_context("")
            self.seconds[item.nodeid] = round(time.process_time() - started, 3)

    def pytest_runtest_logreport(self, report):
        if not report.passed:
            self.failed.add(report.nodeid)

    pytest_collectreport = pytest_runtest_logreport

    def pytest_sessionfinish(self):
        self.coverage.stop()
        lines = defaultdict(lambda: defaultdict(list))
        data = self.coverage.get_data()
        for file in data.measured_files():
            named = Path(file).relative_to(self.root).as_posix()
            for line, contexts in data.contexts_by_lineno(file).items():
                for context in contexts:
                    lines[context][named].append(line)
        told = {
            "imported": lines.pop("", {}),
            "failed": sorted(self.failed),
            "tests": {test: {"seconds": used, "lines": lines[test]} for test, used in self.seconds.items()},
        }
        self.into.write_text(json.dumps(told), "utf-8")
