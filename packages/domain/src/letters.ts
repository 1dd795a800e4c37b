interface LetterShape {
  /** Names of the values that are filled into its words, such as `{number}`. */
  facts: readonly string[]
  /** Further values that may be missing: a line that would name one is then left out. */
  mayLack?: readonly string[]
  /** Values of its tables, which are no operator's words: a row whose value is missing is left out. */
  figures?: readonly string[]
  /**
   * What opens something and is for its reader alone: the token of its link, a code among its words, and the token with
   * which its reader ends such letters (`stop`).
   */
  secrets: readonly ('token' | 'code' | 'stop')[]
  /**
   * After how many minutes the secret is good for nothing. A letter is not sent after that, although letters are tried
   * for a day.
   */
  goodMinutes?: number
}

/** The letters, by template. The api writes their rows, and the mail package has their words. */
export const LETTERS = {
  /** Somebody registered this address, which has no account or one that was never verified. */
  verify_email: { facts: [], secrets: ['token'] },
  /** Somebody registered this address, which has a verified account. */
  register_known: { facts: [], secrets: [] },
  /** Somebody tried to get into the account of this address, which has none. */
  no_account: { facts: [], secrets: [] },
  reset_password: { facts: [], secrets: ['token'], goodMinutes: 60 },
  sign_in_code: { facts: [], secrets: ['code'], goodMinutes: 10 },
  /** Strangers tried this account until their network was locked. */
  account_tried: { facts: [], secrets: ['token'] },
  /** `providers` still open the account. */
  password_changed: { facts: [], mayLack: ['providers'], secrets: [] },
  /** What was kept about this address was deleted, because its person asked for it. */
  data_deleted: { facts: [], secrets: [] },
  /** A provider opens the account from now on. */
  provider_linked: { facts: ['provider'], secrets: [] },
  provider_unlinked: { facts: ['provider'], secrets: [] },
  second_factor_on: { facts: [], secrets: [] },
  second_factor_off: { facts: [], secrets: [] },
  /** Somebody in a sign-in says that app and codes are lost; its link keeps the factor. */
  second_factor_lost: { facts: [], secrets: ['token'] },
  /** Somebody signed in by a recovery code; `left` codes remain. */
  recovery_code_used: { facts: ['left'], secrets: [] },
  /** Somebody is asked to work for a studio. */
  studio_invitation: { facts: ['studio'], secrets: ['token'] },
  /** Somebody is asked to take the photos of an event. */
  photographer_invitation: { facts: ['studio', 'event'], secrets: ['token'] },
  /** Somebody is asked to be the organizer of an event. */
  organizer_invitation: { facts: ['studio', 'event'], secrets: ['token'] },
  /** Somebody asked for a letter about an event's photos to this address; its link confirms or withdraws that. */
  event_alert_confirm: { facts: ['event'], secrets: ['token'] },
  /** The photos of an event are there. */
  event_announced: { facts: ['event'], secrets: [] },
  /** The same, where a face is kept that new photos are compared with. */
  face_alert_confirm: { facts: ['event'], secrets: ['token'] },
  /** A new photo of this person, or of somebody they act for, appeared in an event. */
  face_alert_found: { facts: ['event'], secrets: [] },
  /** The event changes to a face engine that does not know the face kept for an alert; its link takes the alert back. */
  face_alert_engine: { facts: ['event'], secrets: ['token'] },
  /** To the admin who asked for it; `of` names a letter whose sample it is. */
  test_letter: { facts: [], mayLack: ['of'], secrets: [] },
  photo_taken_down: { facts: ['number'], secrets: [] },
  /** Somebody does not want to be found in an event's photos; brings the link that takes it back. */
  objection_made: { facts: ['event'], secrets: ['token'] },
  /** The event changes to a face engine that does not know their face. */
  objection_engine: { facts: ['event'], secrets: [] },
  refund_refused: { facts: ['number', 'order', 'reason'], secrets: [] },
  refund_sent: { facts: ['number', 'order', 'baht'], secrets: [] },
  /** Somebody entered another bank account for this person's share; it counts from a day on. */
  payee_changed: { facts: ['name', 'account', 'day'], secrets: [] },
  /** Money was transferred to a payee; `withheld` of it went to the tax office. */
  payout_sent: { facts: ['number', 'baht', 'account'], mayLack: ['withheld'], secrets: [] },
  /** The bank sent a transfer back: another account is needed. */
  payout_bounced: { facts: ['number', 'baht', 'account', 'reason'], secrets: [] },
  /** To a photographer, at seven: what was sold since yesterday, what was refused, and what is paid out when. */
  photographer_morning: {
    facts: ['baht', 'buyers', 'photos', 'best'],
    mayLack: ['taken_back', 'refused', 'reasons', 'files', 'named', 'ready', 'later', 'day'],
    secrets: ['stop'],
  },
  /** The same on a morning after nothing was sold; `files` that their cameras sent were refused, too. */
  photos_refused: { facts: ['refused', 'reasons'], mayLack: ['files', 'named'], secrets: ['stop'] },
  /** The same on a morning after nothing but files of their cameras was refused. */
  camera_files_refused: { facts: ['files', 'named'], secrets: ['stop'] },
  /** To an organizer, at seven: what was sold at their events since yesterday. */
  organizer_morning: { facts: ['baht', 'buyers', 'photos', 'events'], mayLack: ['taken_back'], secrets: ['stop'] },
  /** To a photographer, at once: the first photo of theirs at an event was sold. */
  first_sale: { facts: ['event', 'photo', 'baht'], secrets: ['stop'] },
  /** The PDF of a statement that this person asked for is drawn. */
  statement_ready: { facts: ['from', 'to'], secrets: [] },
  /** The money of a transfer's slip did not arrive. */
  slip_refused: { facts: ['order', 'reason', 'contact'], secrets: [] },
  /** To admins: gateways, receipts and ledger disagree about the money of a day. */
  books_disagree: { facts: ['day', 'count'], secrets: [] },
  /** To admins: another account takes the transfers of buyers. */
  transfer_account_set: { facts: ['account', 'by'], secrets: [] },
  /** What happened in a studio, or in the whole installation, on a day that is over. */
  daily_report: {
    facts: ['studio', 'period'],
    figures: ['sold', 'orders', 'returned', 'photos', 'searches', 'waiting', 'needs'],
    secrets: [],
  },
  /** The same of a week, with the events that sold best and how well searches did. */
  weekly_report: {
    facts: ['studio', 'period'],
    figures: [
      'sold',
      'orders',
      'conversion',
      'returned',
      'searches',
      'nothing_found',
      'not_me',
      'p95',
      'availability',
      'event1',
      'sold1',
      'event2',
      'sold2',
      'event3',
      'sold3',
      'event4',
      'sold4',
      'event5',
      'sold5',
    ],
    secrets: [],
  },
  /** The same of a month, with whose the money is. */
  monthly_report: {
    facts: ['studio', 'period'],
    figures: [
      'sold',
      'orders',
      'refunded',
      'paid_out',
      'withheld',
      'sales_tax',
      'deducted',
      'share_platform',
      'share_studio',
      'share_photographers',
      'share_organizers',
    ],
    secrets: [],
  },
  takedown_refused: { facts: ['number', 'reason'], secrets: [] },
  /**
   * Its link opens the order. `document` is the number of its receipt or tax invoice; `coupon` is the code of its coupon,
   * and `baht` what that took off.
   */
  order_paid: { facts: ['number'], mayLack: ['document', 'coupon', 'baht'], secrets: ['token'] },
  /** Opens the order in a browser that did not pay it. */
  order_code: { facts: ['number'], secrets: ['code', 'token'], goodMinutes: 10 },
} as const satisfies Record<string, LetterShape>

export type LetterTemplate = keyof typeof LETTERS

/**
 * How long the secret of a letter is good, ms; null where that is a day or more, and for a letter of an earlier
 * release.
 */
export function goodMs(template: LetterTemplate): number | null {
  const letter: LetterShape | undefined = LETTERS[template]
  return letter?.goodMinutes === undefined ? null : letter.goodMinutes * 60_000
}

type Shape<T extends LetterTemplate> = (typeof LETTERS)[T]
type MayLack<S> = S extends { mayLack: readonly (infer Name extends string)[] }
  ? Readonly<Partial<Record<Name, string>>>
  : unknown
type Figures<S> = S extends { figures: readonly (infer Name extends string)[] }
  ? Readonly<Partial<Record<Name, string>>>
  : unknown
export type LetterFacts<T extends LetterTemplate> = Readonly<Record<Shape<T>['facts'][number], string>> &
  MayLack<Shape<T>> &
  Figures<Shape<T>>
export type LetterSecrets<T extends LetterTemplate> = Readonly<Record<Shape<T>['secrets'][number], string>>
