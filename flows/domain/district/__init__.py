"""A district over its organisations: who they are, what goes to them, what comes back."""
