"""What may be done: every change is one function here; it checks, writes in one transaction, and enters the ledger."""
