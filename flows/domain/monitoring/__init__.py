"""Monitoring: answers read, indicators counted, notes written as values, and the pack before a council.

    grids and rows -> responses, cards, events -> Evidence -> figures -> Note -> snapshot, context of a paper
                      roadmap windows -> due(), council dates -> packs()

Everything is pure: today, the days off and the method are passed in; nothing here raises on what a person typed.
"""

from flows.domain.monitoring.asks import Ask, Focus, ask_of, file_title_of, title_of
from flows.domain.monitoring.building import note, note_for, period_of
from flows.domain.monitoring.comparison import Difference, compare, snapshot
from flows.domain.monitoring.context import context_of
from flows.domain.monitoring.councils import How, Item, Pack, council_problems, due_packs, pack, packs
from flows.domain.monitoring.evidence import Evidence, scope_of
from flows.domain.monitoring.handouts import Handout, handouts
from flows.domain.monitoring.headers import new_questions
from flows.domain.monitoring.indicators import count
from flows.domain.monitoring.meetings import Gap, PairMeetings, gaps_over, meetings_of
from flows.domain.monitoring.method import Method, method_from
from flows.domain.monitoring.municipal import Sent, municipal_note
from flows.domain.monitoring.note import Chart, Line, Note, Section, Table
from flows.domain.monitoring.questionnaire import Question, Reply, Response
from flows.domain.monitoring.questions import questions_from_rows, sent_of
from flows.domain.monitoring.responses import gather, read_responses
from flows.domain.monitoring.summary import summary
from flows.domain.monitoring.tabs import ScoreCard, StaffEvent, cards_from_rows, events_from_rows
from flows.domain.monitoring.values import Figure, Scope
from flows.domain.monitoring.windows import Due, State, Timing, due, timing_of

__all__ = [
    "Ask", "Chart", "Difference", "Due", "Evidence", "Figure", "Focus", "Gap", "Handout", "How", "Item", "Line", "Method",
    "Note", "Pack", "PairMeetings", "Question", "Reply", "Response", "Scope", "ScoreCard", "Section", "Sent",
    "StaffEvent", "State", "Table", "Timing", "ask_of", "cards_from_rows", "compare", "context_of", "council_problems",
    "count", "due", "due_packs", "events_from_rows", "file_title_of", "gaps_over", "gather", "handouts", "meetings_of", "method_from",
    "municipal_note", "new_questions", "note", "note_for", "pack", "packs", "period_of", "questions_from_rows",
    "read_responses", "scope_of", "sent_of", "snapshot", "summary", "timing_of", "title_of",
]  # fmt: skip
