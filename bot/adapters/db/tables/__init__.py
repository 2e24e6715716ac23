"""The tables, a subject a file. What is sealed, and with which key, stands in docs/data-inventory.md.

Everything that belongs to a conversation hangs on it by a foreign key with ON DELETE CASCADE. Every question that is
asked while people talk is answered from an index on (conversation, id), so nothing slows down as a talk grows.
"""

from bot.adapters.db.tables.access import accesses, is_marked, is_unanswered, leads
from bot.adapters.db.tables.alerts import alerts, is_to_send, is_unseen, missed, notices, reach
from bot.adapters.db.tables.base import metadata
from bot.adapters.db.tables.casework import consents, is_promised, left_alone, notes, promises
from bot.adapters.db.tables.content import contact_overlays, trial_calls, word_reviews, wordings
from bot.adapters.db.tables.figures import closed_months, corrections, tallies
from bot.adapters.db.tables.handover import shift_notes
from bot.adapters.db.tables.installation import audit, audit_head, contact_reviews, facts, statements
from bot.adapters.db.tables.referral import partners, referrals
from bot.adapters.db.tables.review import flags, is_listed, readings, reviews, settlements, weights
from bot.adapters.db.tables.roster import holidays, shift_days, shifts, terms
from bot.adapters.db.tables.staff import blocks, is_home, members, organisations
from bot.adapters.db.tables.talk import (
    attachments,
    conversation_keys,
    conversations,
    erasures,
    has_check_in,
    messages,
    observations,
    ways_back,
)
from bot.adapters.db.tables.traffic import (
    inbox,
    is_open,
    is_sending,
    is_shown,
    is_uncommitted,
    is_waiting,
    on_screen,
    outbox,
)

__all__ = [
    "accesses",
    "alerts",
    "attachments",
    "audit",
    "audit_head",
    "blocks",
    "closed_months",
    "consents",
    "contact_overlays",
    "contact_reviews",
    "conversation_keys",
    "conversations",
    "corrections",
    "erasures",
    "facts",
    "flags",
    "has_check_in",
    "holidays",
    "inbox",
    "is_home",
    "is_listed",
    "is_marked",
    "is_open",
    "is_promised",
    "is_sending",
    "is_shown",
    "is_to_send",
    "is_unanswered",
    "is_uncommitted",
    "is_unseen",
    "is_waiting",
    "leads",
    "left_alone",
    "members",
    "messages",
    "metadata",
    "missed",
    "notes",
    "notices",
    "observations",
    "on_screen",
    "organisations",
    "outbox",
    "partners",
    "promises",
    "reach",
    "readings",
    "referrals",
    "reviews",
    "settlements",
    "shift_days",
    "shift_notes",
    "shifts",
    "statements",
    "tallies",
    "terms",
    "trial_calls",
    "ways_back",
    "weights",
    "word_reviews",
    "wordings",
]
