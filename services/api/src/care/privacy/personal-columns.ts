/** How a column that names a person is exported and deleted. */
export interface PersonalColumn {
  /** The file of an export that has it; null where none does. */
  file: string | null
  /** Whether a deletion takes it away: of an account, of an address, or of the visit. */
  goes: boolean
  /** Why it is in no export, or why it stays. */
  why?: string
}

const inFile = (file: string): PersonalColumn => ({ file, goes: true })
const stays = (file: string | null, why: string): PersonalColumn => ({ file, goes: false, why })
const inNone = (why: string): PersonalColumn => ({ file: null, goes: true, why })

const TAX = 'tax law orders to keep what was sold'
const EVIDENCE = 'it is kept as evidence, and names the id alone'
const ID_OF_WORK = 'it names the id alone, of who did it at work; the audit of the export has it'

/**
 * Every column that names a user, a session, or an address, and every note and statement about one. A test finds them in the catalogue of the database: a new one
 * fails it until it stands here.
 */
export const PERSONAL_COLUMNS: Readonly<Record<string, PersonalColumn>> = {
  'account_tokens.address': inNone('what opens an account; it goes a week after its end'),
  'account_tokens.user_id': inNone('what opens an account; it goes a week after its end'),
  'audit_events.actor_id': stays('audit', EVIDENCE),
  'audit_events.device': stays('audit', EVIDENCE),
  'audit_events.ip': stays('audit', EVIDENCE),
  'camera_logins.photographer_id': stays(
    'camera-logins',
    'it names the id alone; the login opens nothing without the account, and its files are forgotten after 30 days',
  ),
  'carts.session_id': inFile('cart'),
  'carts.user_id': inFile('cart'),
  'consents.session_id': stays('consents', EVIDENCE),
  'consents.user_id': stays('consents', EVIDENCE),
  'differences.ended_by': stays('audit', ID_OF_WORK),
  'entitlements.email': stays('orders', TAX),
  'entitlements.session_id': stays('orders', TAX),
  'entitlements.user_id': stays('orders', TAX),
  'event_alerts.email': inFile('event-alerts'),
  'event_alerts.session_id': inFile('event-alerts'),
  'event_alerts.user_id': inFile('event-alerts'),
  'event_openings.session_id': inNone('it opens an event to the visit, and goes with the visit'),
  'event_people.asked_by': stays('audit', ID_OF_WORK),
  'event_photographers.user_id': inFile('photographed-events'),
  'events.face_search_by': stays('audit', ID_OF_WORK),
  'face_rereads.asked_by': stays('audit', ID_OF_WORK),
  'favourites.session_id': inFile('favourites'),
  'favourites.user_id': inFile('favourites'),
  'gateway_settlements.recorded_by': stays('audit', ID_OF_WORK),
  'gifts.note': inFile('orders'),
  'identities.user_id': inFile('providers'),
  'inbox_takes.user_id': inFile('inbox'),
  'known_devices.user_id': inFile('known-devices'),
  'ledger_accounts.owner_id': stays('earnings', TAX),
  'ledger_adjustments.created_by': stays('audit', ID_OF_WORK),
  'letter_choices.user_id': inFile('letter-choices'),
  'lost_second_factors.user_id': inNone('it waits for a decision and goes with it; the audit of the export has it'),
  'many_people.user_id': inFile('many-people'),
  'objections.email': inFile('objections'),
  'objections.session_id': inFile('objections'),
  'objections.user_id': inFile('objections'),
  'order_access.session_id': stays('opened-orders', 'downloads go on by it; it goes when they end'),
  'order_lines.photographer_id': stays('uploads', TAX),
  'order_shares.photographer_id': stays('earnings', TAX),
  'orders.buyer_email': stays('orders', TAX),
  'orders.cancel_note': inFile('orders'),
  'orders.email': stays('orders', TAX),
  'orders.session_id': stays('orders', TAX),
  'orders.user_id': stays('orders', TAX),
  'organizers.user_id': inFile('organizers'),
  'outgoing_mail.recipient': inFile('letters'),
  'payee_accounts.created_by': stays('payee-accounts', ID_OF_WORK),
  'payee_accounts.owner_id': inFile('payee-accounts'),
  'payee_terms.owner_id': stays('payouts', TAX),
  'payout_batches.approved_by': stays('audit', ID_OF_WORK),
  'payout_batches.drafted_by': stays('audit', ID_OF_WORK),
  'payout_batches.exported_by': stays('audit', ID_OF_WORK),
  'payout_lines.owner_id': stays('payouts', TAX),
  'photographer_rates.created_by': stays('audit', ID_OF_WORK),
  'photographer_rates.photographer_id': stays('rates', TAX),
  'photos.decided_by': stays('audit', ID_OF_WORK),
  'photos.photographer_id': stays('uploads', 'of photos that were sold alone: their buyers own them'),
  'portfolios.user_id': inFile('portfolio'),
  'reconciliations.asked_by': stays('audit', ID_OF_WORK),
  'recovery_codes.user_id': inFile('recovery-codes'),
  'refresh_tokens.device': inFile('devices'),
  'refresh_tokens.network': inFile('devices'),
  'refresh_tokens.user_id': inFile('devices'),
  'refunds.decided_by': stays('audit', ID_OF_WORK),
  'refunds.started_by': stays('audit', ID_OF_WORK),
  'refunds.statement': inFile('orders'),
  'report_choices.user_id': inFile('report-choices'),
  'resumable_uploads.photographer_id': stays(null, 'a half upload goes within a day by itself'),
  'searches.session_id': inFile('searches'),
  'second_factors.user_id': inFile('second-factor'),
  'service_keys.created_by': stays('serviceKeys', 'it names the id alone; the key ends'),
  'sessions.user_id': inFile('browsers'),
  'sign_in_challenges.user_id': inNone('what opens an account; it goes within minutes'),
  'slips.decided_by': stays('audit', ID_OF_WORK),
  'split_rules.created_by': stays('audit', ID_OF_WORK),
  'split_rules.photographer_id': stays('rates', TAX),
  'statement_files.owner_id': inFile('statement-files'),
  'statement_files.user_id': inFile('statement-files'),
  'studio_invitations.accepted_by': inFile('invitations'),
  'studio_invitations.email': inFile('invitations'),
  'studio_invitations.invited_by': stays('audit', ID_OF_WORK),
  'studio_members.user_id': inFile('studios'),
  'studio_sellers.address': stays(null, 'of a company, whose documents print it'),
  'support_contacts.email': stays(null, 'it is the address of the shop, shown to everybody'),
  'suppressed_addresses.address': inFile('refused-addresses'),
  'takedown_requests.email': inFile('takedowns'),
  'takedown_requests.session_id': inFile('takedowns'),
  'takedown_requests.statement': inFile('takedowns'),
  'takedowns.decided_by': stays('audit', ID_OF_WORK),
  'transfer_accounts.set_by': stays('audit', ID_OF_WORK),
  'users.email': inFile('account'),
  'withdrawn_searches.session_id': stays('withdrawn-searches', 'it bounds the searches of a day, and goes after one'),
}
