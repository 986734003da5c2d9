"""The builder and the subject of each kind that is made, by the catalogue's id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.domain.documents.kinds import (
    addendum,
    agenda_council,
    agreement_employer,
    checklist,
    consent_duty,
    consent_mentee,
    consent_mentor,
    consent_pd,
    consent_pd_publication,
    council_folder,
    cover_letter,
    data_submission,
    decision_council,
    diary,
    extract_council,
    form_feedback,
    journal_orders,
    journal_protocols,
    letter_thanks,
    methodology,
    note_monitoring,
    note_unmatched,
    notice_early_end,
    order_council_prep,
    order_curator,
    order_develop,
    order_early_end,
    order_introduce,
    order_monitoring,
    order_pairs,
    order_pairs_change,
    order_programs,
    order_registry,
    order_reward,
    plain,
    plan_individual,
    plan_meetings,
    portfolio_mentor,
    program_org,
    program_personal,
    protocol_council,
    protocol_other,
    registry_mentees,
    registry_mentors,
    registry_pairs,
    registry_programs,
    regulation,
    regulation_rewards,
    report_final,
    report_mentor,
    report_survey,
    roadmap,
    sheet_registration,
    site_copies,
    site_page,
    table_matching,
)

if TYPE_CHECKING:
    from flows.domain.catalogue.kind import Builder

MODULES = (
    addendum, agenda_council, agreement_employer, consent_mentor, protocol_other, checklist, consent_duty, consent_mentee, consent_pd, consent_pd_publication, cover_letter, data_submission,
    decision_council, diary, extract_council, form_feedback, journal_orders, journal_protocols, letter_thanks, methodology, note_monitoring,
    note_unmatched, notice_early_end, order_council_prep, order_curator, order_develop, order_early_end, order_introduce, order_monitoring,
    order_pairs, order_pairs_change, order_programs, order_registry, order_reward, plan_individual, plan_meetings, portfolio_mentor, program_org,
    program_personal, protocol_council, registry_mentees, registry_mentors, registry_pairs, registry_programs, regulation, regulation_rewards,
    report_final, report_mentor, report_survey, roadmap, sheet_registration, site_page, table_matching,
)  # fmt: skip
BUILDERS: dict[str, Builder] = {each.KIND: each.build for each in MODULES} | plain.BUILDERS | site_copies.BUILDERS | dict(council_folder.BUILDERS)
SUBJECTS: dict[str, str] = {each.KIND: each.SUBJECT for each in MODULES} | plain.SUBJECTS | site_copies.SUBJECTS | council_folder.SUBJECTS
