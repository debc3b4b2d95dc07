"""What it means: questions about the records. Functions here read, return plain values, and never write."""
