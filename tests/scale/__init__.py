"""A district on several workers, as an operator has it: PostgreSQL, a Prefect server, process workers, Google's front."""
