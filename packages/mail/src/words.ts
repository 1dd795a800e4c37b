import type { LetterTemplate } from '@pix/domain/letters.ts'

/** Figures under a heading, each with what it is. */
export interface FigureTable {
  heading: string
  rows: readonly (readonly [name: string, figure: string])[]
}

/** What a letter says in one language. `{number}` and the like are filled in; every language has the same ones. */
export interface Words {
  subject: string
  lines: readonly string[]
  /** Figures below them. An operator's own words leave them as they are. */
  tables?: readonly FigureTable[]
  /** Shown large below them: `{code}`. */
  code?: string
  /** On the button that leads to the link. */
  action: string
  /** Below the button. */
  hint: string
  /** Above the plain link, for programs that show no button. */
  otherwise: string
  /** Last: why the reader got this letter. */
  why: string
}

/** The letters by template. */
export type LetterWords = Record<LetterTemplate, Words>

/** Those that bring people into their accounts. */
export type AccountWords = Pick<
  LetterWords,
  | 'verify_email'
  | 'register_known'
  | 'no_account'
  | 'reset_password'
  | 'sign_in_code'
  | 'password_changed'
  | 'data_deleted'
  | 'account_tried'
  | 'provider_linked'
  | 'provider_unlinked'
  | 'second_factor_on'
  | 'second_factor_off'
  | 'second_factor_lost'
  | 'recovery_code_used'
>

/** Those that report what happened. */
export type ReportWords = Pick<LetterWords, 'daily_report' | 'weekly_report' | 'monthly_report'>
/** Those that say to photographers what became of their photos, and to organizers what was sold at their events. */
export type PhotographerWords = Pick<
  LetterWords,
  'photographer_morning' | 'photos_refused' | 'camera_files_refused' | 'first_sale' | 'organizer_morning'
>

/** Those that ask people to work for a studio or on an event. */
export type InvitationWords = Pick<
  LetterWords,
  'studio_invitation' | 'photographer_invitation' | 'organizer_invitation'
>
