import type { LetterName } from '@pix/contracts/letter-words.ts'

/** Whom letters are for, in the order of the page; each letter stands once. */
export const GROUPS = {
  buyers: ['order_paid', 'order_code', 'slip_refused', 'refund_sent', 'refund_refused'],
  visitors: [
    'event_alert_confirm',
    'event_announced',
    'photo_taken_down',
    'takedown_refused',
    'objection_made',
    'objection_engine',
  ],
  accounts: [
    'verify_email',
    'register_known',
    'no_account',
    'sign_in_code',
    'reset_password',
    'password_changed',
    'account_tried',
    'provider_linked',
    'provider_unlinked',
    'second_factor_on',
    'second_factor_off',
    'second_factor_lost',
    'recovery_code_used',
    'data_deleted',
  ],
  crew: [
    'studio_invitation',
    'photographer_invitation',
    'organizer_invitation',
    'payee_changed',
    'payout_sent',
    'payout_bounced',
    'statement_ready',
    'daily_report',
    'weekly_report',
    'monthly_report',
  ],
  admins: ['books_disagree', 'transfer_account_set'],
} as const satisfies Record<string, readonly LetterName[]>
