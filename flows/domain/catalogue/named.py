"""The kinds that the program itself speaks of, each with its reason: anywhere else a kind is known by its traits.

A rule that is really about one paper names it here; a rule about papers of a sort asks the record for the trait.
"""

from __future__ import annotations

ORDER_OF_PAIRS = "order.pairs"
"""Fixes pairs: the sequence of papers, their changes and the columns of «Пары» are counted from this one order."""
CHANGING_ORDER = "order.pairs_change"
"""Puts the list of the order of pairs anew: what it covers is counted from the last of the two."""
NOTE = "note.monitoring"
"""The note of monitoring: what a request, a stage or a council asks for when it asks for «справка»."""
PROGRAMME = "program.personal"
"""The programme of a pair: a column of «Пары» and the indicator M4 speak of it."""
INTRODUCING = "order.introduce"
"""Begins everything: the invented organisation of trial prints has this order and no other paper."""
ROADMAP = "roadmap"
"""The plan itself as a paper: a row that asks for it asks for the plan it stands in."""
REGULATION = "regulation"
"""The act that the order of introduction approves together with the roadmap."""
CONTENTS = "pack.contents"
"""The list of a council's folder: the folder is there when it is."""
REFUSAL = "refusal.mentor"
"""The application by which a mentor ends a pair: the order of an early end rests on it."""
NOTICE_OF_END = "notice.early_end"
"""The notice by which the employer ends a pair: the order of an early end rests on it instead."""
SPEECH = "speech.council"
"""What the curator says before a council: only where there is something to say."""
EXTRACT = "extract.council"
"""The extract from the minutes that a request names by its council, not by its row."""
