"""Terms (сроки): what a cell of the roadmap says about days, read by a grammar and printed back."""

from flows.domain.terms.reading import parse

__all__ = ["parse"]
