"""Notes whose sign a loop repeated: each sign leads to a note of its own, or Word calls the file damaged."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from flows.papers.package import W, tree_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from flows.papers.mending.identities import Identities

ID = f"{W}id"
SIGNS = {f"{W}footnoteReference": f"{W}footnote", f"{W}endnoteReference": f"{W}endnote"}


@dataclass(slots=True)
class Notes:
    """The notes of one paper that a loop repeated: for each kind the ids of the copies, each with the id of the note it copies."""

    met: set[tuple[str, str]] = field(default_factory=set)
    copies: dict[str, dict[str, str]] = field(default_factory=dict)

    def told_apart(self, tree: _Element, identities: Identities) -> bool:
        """Let every sign but the first of a note lead to a copy; tell whether there were such."""
        before = sum(map(len, self.copies.values()))
        for sign in tree.iter(*SIGNS):
            kind, told = SIGNS[str(sign.tag)], str(sign.get(ID))
            if (kind, told) in self.met:
                fresh = identities.next()
                self.copies.setdefault(kind, {})[fresh] = told
                sign.set(ID, fresh)
            self.met.add((kind, told))
        return sum(map(len, self.copies.values())) > before

    def copied(self, content: bytes, identities: Identities) -> bytes:
        """Return a part of notes with the copies in it."""
        tree = tree_of(content, "готовый документ")
        for kind, copies in self.copies.items():
            known = {str(each.get(ID)): each for each in tree.iter(kind)}
            for fresh, told in copies.items():
                if told in known:
                    made = copy.deepcopy(known[told])
                    made.set(ID, fresh)
                    identities.apart(made)
                    tree.append(made)
        return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
