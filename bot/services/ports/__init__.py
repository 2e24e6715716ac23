"""What the services need from outside, a subject a file. Each port says its promise and what it must not do."""

from bot.services.ports.access_rows import AccessRows, LeadRows
from bot.services.ports.casework_rows import CaseworkRows, LeftAlone, LeftAloneRows, Note, NoteRows, PromiseRows
from bot.services.ports.content_rows import ContentRows
from bot.services.ports.documents import Documents, Printed, Row
from bot.services.ports.engine import Engine, Indicator, Reading, TurnAnswer
from bot.services.ports.outside import (
    ClearsChat,
    Clock,
    Fetches,
    LetsHear,
    Messenger,
    Notifier,
    Outgoing,
    Recordings,
    ShowsTyping,
    Signals,
)
from bot.services.ports.records import LEASE, Duty, Records, Stale, Transaction
from bot.services.ports.referral_rows import Referral, ReferralRows
from bot.services.ports.review_rows import (
    Carrier,
    CaseReview,
    Flag,
    Listed,
    Reader,
    ReviewRows,
    Settlement,
    WeightFile,
)
from bot.services.ports.staff_rows import CallRows, Notice, Reach, RosterRows, StaffRows
from bot.services.ports.talk_rows import ConversationRows, InboxRows, Leased, MessageRows, OutboxRows, ScreenRows
from bot.services.ports.vault import Vault

__all__ = [
    "LEASE",
    "AccessRows",
    "CallRows",
    "Carrier",
    "CaseReview",
    "CaseworkRows",
    "ClearsChat",
    "Clock",
    "ContentRows",
    "ConversationRows",
    "Documents",
    "Duty",
    "Engine",
    "Fetches",
    "Flag",
    "InboxRows",
    "Indicator",
    "LeadRows",
    "Leased",
    "LeftAlone",
    "LeftAloneRows",
    "LetsHear",
    "Listed",
    "MessageRows",
    "Messenger",
    "Note",
    "NoteRows",
    "Notice",
    "Notifier",
    "OutboxRows",
    "Outgoing",
    "Printed",
    "PromiseRows",
    "Reach",
    "Reader",
    "Reading",
    "Recordings",
    "Records",
    "Referral",
    "ReferralRows",
    "ReviewRows",
    "RosterRows",
    "Row",
    "ScreenRows",
    "Settlement",
    "ShowsTyping",
    "Signals",
    "StaffRows",
    "Stale",
    "Transaction",
    "TurnAnswer",
    "Vault",
    "WeightFile",
]
