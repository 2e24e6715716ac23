# Words of the codes that other programs read too: `<kind>-<code>`.

## Languages
language-en = English
language-th = Thai
language-my = Burmese
language-km = Khmer
language-lo = Lao
language-vi = Vietnamese
language-zh = Chinese
language-id = Indonesian
language-ms = Malay
language-tl = Filipino

## Levels: how soon somebody is needed
level-P0 = now
level-P1 = hours
level-P2 = a day
level-P3 = days
level-P4 = information

## Ways in
channel-training = training
channel-telegram = Telegram
channel-webchat = web chat
channel-terminal = terminal

## Roles
role-counsellor = counsellor
role-supervisor = supervisor
role-reviewer = reviewer
role-interpreter = interpreter
role-administrator = administrator

## Alerts
alert-danger = Danger now
alert-waiting = Somebody waits for a person
alert-waits_too_long = Somebody waits longer than they should
alert-promise_due = A promised time is near
alert-promise_broken = A promised time has passed
alert-promise_broken_twice = For supervisors: a promise was broken again
alert-takeover = Somebody else has the person’s phone
alert-complaint = For supervisors: somebody wants to complain
alert-counsellor_away = For supervisors: a counsellor who holds a conversation is gone
alert-engine = The program cannot read or answer
alert-set_aside = A message could not be read and was set aside
alert-danger_read = What somebody wrote reads like danger
alert-child_protection = A child may need protection
alert-message_not_read = A message was not read for danger
alert-expired = A message was held too long and not sent
alert-number_outdated = A number was not sent: nobody has tried it lately
alert-unreachable = A person cannot be reached any more
alert-erased = A person erased everything
alert-key_recovered = The organisation’s key was opened with the recovery key
alert-access_waits = A reading in danger waits for a second member of staff
alert-access_refused = For supervisors: a reading without a yes was refused
alert-access_lapsed = For supervisors: a reading without a yes was not confirmed in time
alert-interpreter_wanted = You were asked to interpret

## What keeps a member from taking over
lacks-role = for counsellors
lacks-language = not your language
lacks-key = needs the key
lacks-vetting = needs a vetting that counts
lacks-wish = would rather talk with somebody else
lacks-capacity = you hold as many as you can

## With whom the person would rather talk
wish-woman = would rather talk with a woman
wish-man = would rather talk with a man

## Where an outgoing message is
delivery-waiting = waiting
delivery-sending = on its way
delivery-accepted = accepted by the messenger
delivery-failed = failed: the messenger refused it
delivery-expired = expired: it was held for 72 hours
delivery-held-until-they-answer-the-knock = held: until they answer the knock
delivery-held-until-they-write-again = held: until they write again
delivery-held-the-person-paused = held: the person paused
delivery-held-the-screen-is-changed = held: the screen is changed
delivery-held-the-person-cannot-be-reached = held: the person cannot be reached
delivery-held-outside-safe-hours = held: outside safe hours
delivery-held-until-they-write = held: until they write
delivery-held-until-they-open-the-page = held: until they open the page
delivery-held-the-channel-is-off = held: the channel is off

## To what a person agreed
consent-counsellor_reads = A counsellor may read and write
consent-counsellor_reads_list = A counsellor may see the codes of before, and read and write from then on
consent-counsellor_reads_new = A counsellor may read and write from then on only
consent-interpreter_reads = { $detail ->
    [none] No interpreter reads along
   *[other] An interpreter may read along from then on
}
consent-written_to = { $detail ->
    [none] Not to be written to first
    [today] May be written to until the end of the day
    [morning] May be written to in the morning
    [midday] May be written to at midday
    [evening] May be written to in the evening
    [night] May be written to at night
   *[other] May be written to at: { $detail }
}
consent-sentences_written = { $detail ->
    [none] No new example sentences are written
   *[other] New example sentences may be written
}
consent-checked_on = { $detail ->
    [none] Not to be asked after
   *[other] May be asked after now and then
}
consent-reviewer_reads = { $detail ->
    [none] Nobody may look at what they told
   *[other] Reviewers may look at what they told
}
consent-remembered = { $detail ->
    [one] Everything is kept for a day
   *[other] Everything is kept for { $detail } days
}

## Why a conversation is returned
reason-done_for_now = done for now
reason-person_wishes = the person wishes it
reason-shift_ends = my shift ends
reason-other_language = another language is needed
reason-needs_rest = I need rest

## How a conversation ended
outcome-helped = helped
outcome-informed = informed
outcome-referred = referred
outcome-went_silent = went silent
outcome-no_help_wished = no help wished
outcome-abusive = abusive

## What the program hears
indicator-deception = deception
indicator-debt_bondage = debt bondage
indicator-document_retention = document retention
indicator-restriction_of_movement = restriction of movement
indicator-isolation = isolation
indicator-threats = threats
indicator-violence = violence
indicator-withheld_wages = withheld wages
indicator-excessive_overtime = excessive overtime
indicator-abusive_conditions = abusive conditions
indicator-abuse_of_vulnerability = abuse of vulnerability
indicator-sexual_exploitation = sexual exploitation
indicator-forced_criminality = forced criminality
indicator-forced_marriage = forced marriage
indicator-forced_begging = forced begging
indicator-sold = sold
indicator-child = child

## How far it is known
standing-heard = heard
standing-confirmed = confirmed
standing-denied = they said no
standing-skipped = left out: not a no
standing-reviewed = reviewed
standing-rejected = rejected by reviewers

## How far a review is
review-none = nobody has read yet
review-reading = is being read
review-one_done = one reader is done
review-differ = readers differ, or are being compared
review-closed = read by two
review-state-none = Nobody has read this case yet.
review-state-reading = It is being read.
review-state-waits = You are done. The other reader is not.
review-state-differ = Both are done. What you see differently has to be settled.
review-state-closed = Read by two, and settled.

## What a reader says of a code
verdict-yes = the messages say so
verdict-no = they do not
verdict-unclear = it cannot be told

## Weights
weight-strong = strong
weight-medium = medium
weight-weak = weak
weight-medium_or_weak = medium or weak
weight-none = not in this list

## Why a case is listed
flag-danger = danger, or a child at risk
flag-child = a child
flag-force = violence or threats
flag-made-to-do = made to do something
flag-sold = a sale
flag-not-free = two signs of not being free
flag-work = three signs at work
flag-asked = the person wishes it

## When it was
phase-now = now
phase-on_the_way = on the way

## The six dimensions
dimension-deceptive_recruitment = Deceptive recruitment
dimension-coercive_recruitment = Coercive recruitment
dimension-recruitment_by_abuse_of_vulnerability = Recruitment by abuse of vulnerability
dimension-exploitation = Exploitation
dimension-coercion_at_destination = Coercion at the destination
dimension-abuse_of_vulnerability_at_destination = Abuse of vulnerability at the destination

## The four lists
set-adult_labour = adult labour
set-child_labour = child labour
set-adult_sexual = adult sexual
set-child_sexual = child sexual

## What the rule says of a list
result-not_enough_information = not enough information
result-labour_exploitation = labour exploitation
result-recruitment_abuse_at_risk = abuse in recruitment, at risk
result-coercion_review = coercion, to be reviewed
result-deception_and_exploitation = deception and exploitation
result-consistent_with_forced_labour = consistent with forced labour
result-consistent_with_trafficking = consistent with trafficking
result-consistent_with_trafficking_review = consistent with trafficking, to be reviewed
result-exploitation_with_possible_means_review = exploitation with possible means, to be reviewed
result-possible_child_trafficking = possible child trafficking

## What can be checked of a member, and how their vetting stands
check-identity = who they are
check-references = references
check-record = police record
check-interview = interview
check-training = training
check-circle = not of the circle of an employer or agent (needed to interpret)
check-secrecy = signed that they keep what they hear (needed to interpret)
vetting-unrecorded = not vetted
vetting-waits = waits for an approval
vetting-vetted = vetted
vetting-expired = vetting has expired

## Days of the week
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday

## Who a member is, for who would rather talk with one
gender-woman = a woman
gender-man = a man
gender-untold = not told

## Where a conversation is
owner-BOT = with the program
owner-OFFERED = with the program
owner-PROMISED = with the program, with a promise
owner-QUEUED = waits
owner-RESERVED = waits, reserved
owner-HELD = with a counsellor
owner-TRANSFERRING = being handed over
owner-CLOSED = closed

## The list for going live: each point, what to do, and what is signed
point-contacts = Emergency contacts
point-counsellors = Counsellors for each language
point-roster = Roster
point-lead = Duty lead
point-words = Reviewed sentences
point-profile = Name and picture of the bot
point-children = Duty to report about children
point-recovery = Recovery key
todo-contacts = At least one line for danger that somebody here has tried, for each country.
todo-counsellors = Somebody vetted, with the approval of two supervisors, who speaks it.
todo-roster = Hours under Roster, for one member at least.
todo-lead = A supervisor named under Roster, for the hours in which somebody may be in danger.
todo-words = Sentences that a speaker of the language has read.
todo-profile = A neutral public name and picture, set with “saphan telegram profile”.
todo-children = The sentence that says, for each country, what must be reported.
todo-recovery = A supervisor makes it under People, and confirms that it is on paper.
statement-contacts = I sign that there is no emergency line for these countries, and that people there are told none.
statement-counsellors = I sign that nobody here speaks these languages. People who write in them are told before they choose.
statement-roster = I sign that no roster is kept: on duty is who is signed in.
statement-lead = I sign that no duty lead is named: in danger all supervisors are called, and nobody reads without a yes.
statement-words = I sign that the drafts in these languages are accepted as they are.
statement-profile = I sign that the bot’s public name and picture tell nobody what it is for.
statement-children = I sign that the general sentence is right for these countries.

## Parts of the day
part-morning = morning
part-midday = midday
part-evening = evening
part-night = night

## Into what a screen changes
theme-recipes = recipes
theme-football = football rules
theme-sayings = sayings
theme-riddles = a word game

## Kinds of facts, as the person is shown them before a hand-over
kind-pay = pay and debt
kind-papers = papers
kind-freedom = being free to go
kind-job = the job
kind-work = work and rest
kind-safety = safety
kind-private = very personal things
kind-made-to-do = what others made them do
kind-age = age

## How a promise stands
promise-open = open
promise-near = due within the hour
promise-overdue = overdue
promise-kept = kept
promise-broken = broken
promise-cancelled = cancelled

## The audit: who acts, and what was done
actor-person = the person
actor-program = the program
actor-operator = the operator
act-organisation_made = The organisation was made
act-review_asked = Let the program ask whether reviewers may look
act-review_begun = Began to read as a reviewer
act-review_marked = Marked codes as a reviewer
act-review_done = Finished a reading
act-review_settled = Settled a difference between readers
act-review_closed = A review came to its end
act-weights_entered = Typed the weights of a list
act-weights_signed = Signed the weights of a list
act-member_added = Added a member
act-link_made = Made a set-up link
act-member_set_up = Finished set-up
act-member_ended = Ended work here
act-key_taken_over = Took over the organisation’s key
act-key_granted = Granted the key
act-key_recovered = Opened the key with the recovery key
act-recovery_key_made = Made a recovery key
act-recovery_key_written = Confirmed that the recovery key is on paper
act-vetting_recorded = Wrote down a vetting
act-vetting_approved = Approved a vetting
act-signed_in = Signed in
act-session_ended = Ended a session
act-blocked = Is not to be given this conversation
act-block_lifted = May be given it again
act-signed = Signed a statement
act-signature_withdrawn = Took a signature back
act-go_live_pressed = Pressed Go live
act-went_live = The installation went live
act-audit_read = Read the audit of it
act-alert_seen = Answered an alert
act-claimed = Took it over
act-conversation_opened = Opened it
act-counsellor_wrote = Wrote to the person
act-returned = Returned it to the program
act-closed = Closed it
act-alone_asked = Asked to leave them with the program for longer
act-alone_confirmed = Agreed to leave them with the program for longer
act-alone_lifted = Let them be offered a person again
act-noted = Wrote a note
act-offer_handoff = Was offered a person
act-decline_handoff = Stayed with the program
act-queue = Waits for a person
act-reserve = Offered it to a counsellor first
act-promise = Was told when a person means to write
act-promise_broken = The promised time passed
act-target_passed = Waited longer than meant, and was told
act-checked_in = Asked how they are, as agreed
act-cancel_handoff = Wished no person any more
act-cancel = The promise ended
act-tick = A time ran out: it went on by itself
act-back_to_program = Went back to the program
act-refuse_transfer = Wished not to be handed on
act-change_counsellor = Wished another counsellor
act-let_learn = Let new example sentences be written
act-end_learn = Let no more example sentences be written
act-organisation_key_made = Made a partner’s key
act-erased = Erased it
act-consented = Agreed
act-complained = Complained
act-let_review = Let reviewers look
act-end_review = Let nobody look any more
act-danger_said = Said that there is danger
act-takeover_said = Said that somebody has the phone
act-message_erased = Erased the last message
act-way_back_made = Made a way back
act-way_back_used = Came back by six words
act-shift_added = Added a shift
act-shift_removed = Took a shift out
act-day_set = Changed a day
act-day_cleared = Took a changed day back
act-holiday_added = Added a holiday
act-holiday_removed = Took a holiday out
act-terms_set = Changed how somebody works
act-zone_set = Changed the time zone
act-access_asked = Asked to read it in danger
act-access_opened = Read it in danger, without a yes
act-access_confirmed = Agreed that it is read
act-access_refused = Did not agree that it is read
act-access_lapsed = Closed it: nobody agreed in time
act-access_ended = Read it no more
act-access_seen = Looked at the reason for reading it
act-mark_lowered = Lowered the mark of danger
act-supervised = Read it as supervisor, with a reason
act-taken_back = Took a conversation back
act-lead_named = Named a duty lead
act-lead_unnamed = Took hours of a duty lead away
act-interpreter_asked = Asked for an interpreter
act-admit_interpreter = Let an interpreter read along
act-end_interpreter = Wished no interpreter
act-interpreter_wrote = Wrote a line as interpreter
act-interpreter_ended = Ended the interpreting
act-training_started = Started a training conversation
act-shift_note_written = Left a note for whoever comes next
act-shift_note_done = Took a note between shifts away
act-transfer_transfer = Offered it to a colleague
act-transfer_accept = Accepted it from a colleague
act-transfer_refuse = Refused it
act-alert_missed = Nobody answered an alert
act-counsellor_away = Was not seen for two minutes
act-counsellor_back = Was there again
act-go_offline = Was not seen for five minutes: it waits again
act-call_code_made = Made a code to be called by
act-call_linked = Linked a way to be called
act-call_unlinked = Took a way to be called away
act-call_mail = Set mail for alerts
act-call_mail_asked = Gave a mail address, not confirmed yet

## By which way a member was called, and how it went
way-desk = at the desk
way-telegram = by Telegram
way-mail = by mail
call-waiting = on its way
call-sending = cut off
call-sent = sent
call-failed = failed

## Topics of phrases
phrases-grounding = Grounding
phrases-safety = Safety now
phrases-self-harm = Thoughts of dying: ask, means, stay
phrases-limits = What stays between us, and what does not
phrases-next-step = Next step

## Contacts: who runs a line, what is known of it, what it is for
run-police = police
run-state = the state
run-ngo = an organisation
unsure-unknown = not known
unsure-yes = yes
unsure-no = no
unsure-may = may be
unsure-free = free
unsure-charged = charged
purpose-danger = danger now
purpose-self_harm = thoughts of dying
purpose-medical = illness and injury
purpose-child = children
purpose-work = work and pay
source-read = read by us
source-secondary = told by others
reached-number = number
reached-mail = mail
reached-web = web page
by-call = is called
by-text = is sent a text
origin-changed = changed here
origin-added = added here

## Test calls: from where, who answered, what came of it
place-inside = from inside the country
place-abroad = from abroad
answered-promised = who is named answered
answered-other = somebody else answered
answered-machine = a machine answered
answered-nobody = nobody answered
trial-works = works
trial-partly = works in part
trial-fails = does not work

## Topics of the bot’s sentences
topic-access = Danger without a yes
topic-interpreter = Interpreter
topic-referral = Passing on
topic-review = Looked at by reviewers
topic-about = About us
topic-attachments = Pictures and voices
topic-child = Under 18
topic-contacts = Telling a number
topic-countries = Names of countries
topic-cover = Changed screen
topic-escape = Ways out
topic-grounding = Grounding
topic-handoff = To a person
topic-languages = Names of languages
topic-learn = Learning
topic-listening = Listening
topic-mirror = Rights, one by one
topic-opening = Opening
topic-options = What help there is
topic-profile = Name of the bot
topic-questions = Gentle questions
topic-safety = Safety
topic-someone = For somebody else
topic-themes = Themes
topic-trouble = When the program fails
topic-webchat = Web chat
topic-weeks = Weeks to come

## Acts on contacts and words
act-contact_changed = Changed a line that people may call
act-contact_withdrawn = Withdrew a line
act-contact_restored = Let a line be as in the file
act-contact_called = Called a line to try it
act-contact_verified = Verified a line
act-contact_doubted = Let a line not be told any more
act-words_signed = Signed sentences of the bot
act-wording_proposed = Proposed a wording
act-wording_used = Put a wording in use
act-wording_dropped = Took a wording away
act-language_off = Switched a language off
act-language_on = Switched a language on

## Danger without consent: the ground, and how it stands
ground-danger_now = Danger to a life
ground-self_harm = Thoughts of dying
ground-medical = A doctor is needed
ground-child = A child at serious risk
access-asked = asked, not read
access-open = read, not confirmed
access-confirmed = confirmed
access-ended = ended
access-refused = refused
access-lapsed = not confirmed in time

## Who is played in training
persona-chatty = talks a lot
persona-child = a child
persona-coached = was told what to say
persona-distrustful = does not trust
persona-in_danger = in danger
persona-mother = a mother who looks for somebody
persona-prankster = plays a prank
persona-silent = hardly writes
persona-testing = tries us out

## Referrals: how one stands, what it is for, and why a receiver says no
referral-draft = draft
referral-asked = the person was asked
referral-agreed = agreed, not sent yet
referral-sent = sent, in progress
referral-accepted = accepted
referral-contacted = the person was reached
referral-done = done
referral-declined = the person said no
referral-refused = refused
referral-revoked = taken back
passes-facts = facts
passes-reads_new = reading the talk from their yes on
passes-reads_all = reading the whole talk
passes-reviews_new = reviewing what is told from their yes on
refusal-no_place = no place free
refusal-not_ours = not what they do
refusal-language = not in this language
refusal-not_safe = not safe to help now
refusal-other = another reason
portion-1 = how to reach them, and what they wish
portion-2 = who they are, and what they need
portion-3 = places, and people they fear
portion-4 = that the receiver may have to act on it
purpose_of-receiver = for the receiver, as agreed
purpose_of-person = for a legal case, because the person asked
purpose_of-order = for a lawful order that our lawyer has reviewed

## Organisations that can be referred to
partner-ngo = organisation
partner-union = union or migrant centre
partner-health = health care
partner-labour = labour inspection
partner-welfare = social welfare
partner-legal = legal aid
partner-un = international organisation
partner-embassy = embassy or consulate
partner-maritime = port or fisheries office
partner-immigration = immigration office
partner-police = police
can-ready = can receive
can-key = waits for their set-up
can-vetting = not vetted
can-expired = vetting has expired
can-gone = is no partner any more
help-wages = pay
help-papers = papers
help-health = health
help-home = going home
help-stay = staying here
help-shelter = a safe place to sleep
help-legal = a lawyer
help-child = help for children
help-police = police

## The form of a referral
block-header = About this referral
block-consent = What the person agreed to
block-safety = Safe contact
block-wishes = Wishes
block-duties = Reporting duties
block-person = The person
block-needs = Immediate needs
block-summary = Short account
block-signs = Signs: observations, never a finding
block-dependants = Who depends on them
block-documents = Papers
block-place = Place
block-feared = Whom they fear, only what safety needs
block-acknowledgement = With the receiver
field-header_contact = Whom to ask at our organisation
field-header_interpreter = Needs an interpreter
field-header_code = Case
field-header_sender = From
field-header_receiver = To
field-header_level = Urgency
field-header_language = Language
field-header_made_at = Written
field-consent_basis = For a child: by whose authority
field-consent_parts = Agreed parts
field-consent_not_agreed = Not agreed
field-consent_given_at = Agreed at
field-consent_until = Counts until
field-safety_may_contact = May they be contacted
field-safety_channel = By which way
field-safety_hours = Safe hours
field-safety_code_word = Word agreed with them
field-safety_who_may_answer = Who else may answer
field-safety_say_to_others = What to say to others
field-safety_never_do = What never to do
field-wishes_helps = Help they want
field-wishes_refused = Help they do not want
field-wishes_where = Stay, leave, return
field-wishes_own_view = How they see the risk
field-duties_law = What the law asks
field-duties_told = Was the person told
field-person_name = Name, or the name they chose
field-person_age = Age
field-person_gender = Gender, as they say it
field-person_nationality = Nationality, or none
field-person_languages = Languages they speak
field-person_reads = Reads and writes
field-person_health = Health and disability
field-needs_now = Needed now
field-summary_text = In short, as gone through with them
field-signs_codes = Confirmed or reviewed
field-dependants_text = Who, how old, where, at what risk
field-documents_missing = Missing
field-documents_holder = Who holds them
field-place_country = Country
field-place_district = District
field-place_exact = Exact place
field-feared_text = What a helper must know to be safe
field-acknowledgement_state = State
field-acknowledgement_accepted_at = Accepted
field-acknowledgement_contacted_at = Reached
field-acknowledgement_ended_at = Ended
choice-yes = yes
choice-no = no
choice-unknown = not known
choice-by_us_only = only through us
choice-this_chat = in this chat
choice-through_us = through us
choice-phone = by phone
choice-in_person = in person
choice-stay = stay
choice-leave = leave
choice-return = return
choice-unsure = not sure
choice-under_13 = under 13
choice-13_to_15 = 13 to 15
choice-16_to_17 = 16 to 17
choice-under_18 = under 18
choice-18_to_25 = 18 to 25
choice-over_25 = over 25
choice-adult = adult
choice-little = a little
choice-shelter = shelter
choice-food = food
choice-medical = medical care
choice-medical_72 = medical care within 72 hours
choice-medical_120 = medical care within 120 hours
choice-mental = someone to talk to, mental health
choice-legal = legal help
choice-papers = papers
choice-money = money
choice-child_care = child care
choice-family = finding family
choice-passport = passport
choice-identity_card = identity card
choice-visa = visa or permit
choice-contract = contract
choice-birth_record = birth record
choice-other = other
act-referral_draft = Drafted a referral
act-referral_change = Changed a draft
act-referral_look = Looked at a referral
act-referral_ask = Asked the person about a referral
act-referral_agree = Agreed to a referral
act-referral_decline = Said no to a referral
act-referral_not_now = Said not now to a referral
act-referral_send = Sent a referral
act-referral_more = Was refused: more than was agreed
act-referral_opened = Opened a referral
act-referral_accept = Accepted a referral
act-referral_refuse = Refused a referral
act-referral_contact = Reached the person
act-referral_finish = Finished a referral
act-referral_revoke = Took a referral back
act-referral_export = Exported a referral
act-partner_kept = Wrote a partner down
act-partner_invited = Invited a partner’s member
role-partner = partner
consent-passes_on = { $detail ->
    [none] Taken back: Facts may be passed on to another organisation
   *[other] Facts may be passed on to another organisation
 }
consent-lets_read_new = { $detail ->
    [none] Taken back: Another organisation may read from then on
   *[other] Another organisation may read from then on
 }
consent-lets_read_all = { $detail ->
    [none] Taken back: Another organisation may read the whole talk
   *[other] Another organisation may read the whole talk
 }

## Figures
figure-began = Conversations
figure-language = By language
figure-handoff = To a person
figure-level = By level
figure-promise = Promises
figure-alert = Alerts about a person
figure-referral = Passed on
counted-began = began
handed-none = stayed with the program
handed-offered = were offered a person
handed-accepted = said yes to a person
alerted-answered = answered
alerted-missed = missed
share-half = half of them
share-most = nine of ten

## Learning: why a sentence is not learnt, and how urgent one is
unlearnt-empty = It says nothing.
unlearnt-long = It is too long.
unlearnt-number = It holds a number.
unlearnt-name = It holds a word with a capital letter where no sentence begins: it may be a name or a place.
unlearnt-shared = It has words in a row that the person wrote too.
unlearnt-rare = It shares a rare word with what the person wrote: it may be a name or a place.
unlearnt-detail = It holds something that could lead to somebody.
urgency-none = not urgent
urgency-danger_now = danger now
urgency-self_harm = thoughts of dying
urgency-medical = needs care now
urgency-child_at_risk = a child at risk
act-sentence_written = Wrote a new example sentence
taking-not_answered = the person is not answered
taking-shift_over = the shift is over
taking-knows_them = they know each other
taking-concern = a concern about the talk
detail-about = of
detail-after = then
detail-alert = alert
detail-before = before
detail-checked = checked
detail-confirmed = second yes
detail-count = how many
detail-ground = ground
detail-kind = kind
detail-level = level
detail-outcome = outcome
detail-place = message
detail-point = point
detail-purpose = for
detail-reason = reason
detail-roles = roles
detail-training = training
detail-until = counts until
opened-open = counselling
opened-read = counselling, messages
opened-danger = danger without consent
opened-interpret = interpreting
opened-review = review
opened-referral = a referral
opened-learn = example sentences
