"""How properties are tried on worlds of records: few examples, no deadline, one world for all of a test's examples."""

from hypothesis import HealthCheck, Phase, settings

IN_A_WORLD = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
"""The world is a fixture that lives as long as the test: each example takes back what it has written."""
