"""Tests, laid out like the package. The benchmark, which is no test, stands in ``bench``."""
