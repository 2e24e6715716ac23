"""What the desk works with; `bootstrap` makes it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.access.leads import DutyLeads
from bot.services.access.openings import Accesses
from bot.services.access.pages import AccessPages
from bot.services.alerts import Alerts
from bot.services.audit import Audit
from bot.services.case_notes import CaseNotes
from bot.services.complaints import Complaints
from bot.services.content.contacts import Contacts
from bot.services.content.words import WordBook
from bot.services.counsel import Counsel
from bot.services.figures import Figures
from bot.services.going_live import GoingLive
from bot.services.handover import Handovers
from bot.services.holding import Holding
from bot.services.interpreters import Interpreters
from bot.services.learning.sentences import Learn
from bot.services.left_alone import LeftAlones
from bot.services.marks import Marks
from bot.services.phrases import Phrases
from bot.services.ports import Clock, Signals, Vault
from bot.services.promise_book import PromiseBook
from bot.services.reach import Reaches
from bot.services.referral.drafts import Referrals
from bot.services.referral.export import Exports
from bot.services.referral.inbox import Inbox
from bot.services.referral.partners import Partners
from bot.services.review.page import ReviewPages
from bot.services.review.readers import Reviews
from bot.services.review.weights import Weights
from bot.services.roster import Rosters
from bot.services.sign_in import Sessions, SignIn
from bot.services.staff import Staff
from bot.services.supervising import Supervising
from bot.services.taking_back import TakingBack
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
    holding: Holding
    transfers: Transfers
    taking_back: TakingBack
    supervising: Supervising
    training: Training
    marks: Marks
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
