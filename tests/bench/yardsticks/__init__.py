"""Yardsticks: the least programs that do what tui-plan does. Each is run as a process of its own by the benchmark."""
