"""The generator of plans of known sizes, and the benchmark with its yardsticks. The program itself never imports it."""
