"""What the desk works with; `bootstrap` makes it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.access import Accesses
from bot.services.access_pages import AccessPages
from bot.services.alerts import Alerts
from bot.services.audit import Audit
from bot.services.case_notes import CaseNotes
from bot.services.complaints import Complaints
from bot.services.content_contacts import Contacts
from bot.services.content_words import WordBook
from bot.services.counsel import Counsel
from bot.services.duty_lead import DutyLeads
from bot.services.figures import Figures
from bot.services.going_live import GoingLive
from bot.services.handover import Handovers
from bot.services.interpreters import Interpreters
from bot.services.learn import Learn
from bot.services.left_alone import LeftAlones
from bot.services.partners import Partners
from bot.services.phrases import Phrases
from bot.services.ports import Clock, Signals, Vault
from bot.services.promise_book import PromiseBook
from bot.services.reach import Reaches
from bot.services.refer import Referrals
from bot.services.refer_export import Exports
from bot.services.refer_inbox import Inbox
from bot.services.review import Reviews
from bot.services.review_page import ReviewPages
from bot.services.review_weights import Weights
from bot.services.roster import Rosters
from bot.services.sign_in import Sessions, SignIn
from bot.services.staff import Staff
from bot.services.training import Training
from bot.services.transfer import Transfers
from bot.services.typing import Typing
from bot.services.vetting import Vettings
from bot.services.working_here import WorkingHere


@dataclass(frozen=True)
class Services:
    """The use cases that staff reach through the desk."""

    sign_in: SignIn
    sessions: Sessions
    staff: Staff
    rosters: Rosters
    duty_leads: DutyLeads
    accesses: Accesses
    access_pages: AccessPages
    promise_book: PromiseBook
    alerts: Alerts
    reaches: Reaches
    vettings: Vettings
    working_here: WorkingHere
    going_live: GoingLive
    figures: Figures
    learn: Learn
    contacts: Contacts
    word_book: WordBook
    audit: Audit
    counsel: Counsel
    transfers: Transfers
    training: Training
    interpreters: Interpreters
    complaints: Complaints
    handovers: Handovers
    partners: Partners
    referrals: Referrals
    referral_inbox: Inbox
    exports: Exports
    left_alone: LeftAlones
    case_notes: CaseNotes
    phrases: Phrases
    typing: Typing
    reviews: Reviews
    review_pages: ReviewPages
    weights: Weights
    vault: Vault
    clock: Clock
    signals: Signals
