import type { Audience } from './answers.ts'
import type { Person } from './persons.ts'
import type { OpenStatement } from './watch-roles.ts'

/** What staff's requests ask of tables of studios as `pix_app`, on purpose. */
export interface Exception {
  /** A line of the table; without one it may be any of staff. */
  line?: string
  /** The statement may run for these persons alone. */
  persons?: readonly Person[]
  /** Which statements; without one every statement. */
  says?: string
  why: string
}

const WRITES_A_LETTER =
  'what it writes is written in one transaction with its letter, and letters are closed to pix_staff'
const ALL_STUDIOS = 'a platform admin who names no studio reads the whole installation'
const NOTES_BYTES = 'says which bytes lie in storage without a photo: before they come, and after they are gone'
const DELETES_AFTER = 'deletes objects and row after the commit, as its sweep does'
const LOCKS_EVENTS = 'from "events" where "events"."id" in ($1) order by "events"."id" asc for no key update'
const PUBLIC_PAGE = 'answers, after the commit, with what everybody sees of the event'

const KEYS: readonly Person[] = ['studioKey', 'platformKey']

const EXCEPTIONS: readonly Exception[] = [
  { says: 'from "users" where "users"."id" = $1', why: 'asks who the caller is, and what they are anywhere' },
  { persons: KEYS, says: '"service_keys"', why: 'asks whom a key acts for, and says when it was used' },
  { persons: KEYS, says: '"audit_events"', why: 'records the use of a key once an hour, before its request begins' },
  { line: 'DELETE /api/service-keys/:id', says: 'select "studio_id"', why: 'finds whose the key is, or the platform' },
  { line: 'GET /api/studios', why: 'lists the studios that the caller manages' },
  { line: 'POST /api/events', says: 'select "id" from "studios"', why: 'finds the studio of the new event' },
  { line: 'POST /api/events', why: PUBLIC_PAGE },
  { line: 'PUT /api/events/:id/status', why: PUBLIC_PAGE },
  { line: 'GET /api/admin/events', persons: ['admin', 'platformKey'], why: ALL_STUDIOS },
  { line: 'GET /api/admin/events/counts', persons: ['admin', 'platformKey'], why: ALL_STUDIOS },
  { line: 'GET /api/revenue/summary', persons: ['admin', 'platformKey'], why: ALL_STUDIOS },
  { line: 'GET /api/revenue/photographers', persons: ['admin', 'platformKey'], why: ALL_STUDIOS },
  { line: 'GET /api/revenue/ledger', persons: ['admin', 'platformKey'], why: ALL_STUDIOS },
  { line: 'GET /api/revenue/ledger/export', persons: ['admin', 'platformKey'], why: ALL_STUDIOS },
  { line: 'GET /api/split-rules', persons: ['admin'], why: ALL_STUDIOS },
  { line: 'GET /api/admin/dashboard', persons: ['admin'], why: ALL_STUDIOS },
  { line: 'GET /api/admin/activity', persons: ['admin'], why: ALL_STUDIOS },
  { line: 'GET /api/reports/choice', persons: ['admin'], why: ALL_STUDIOS },
  { line: 'PUT /api/reports/choice', persons: ['admin'], why: ALL_STUDIOS },
  { line: 'GET /api/admin/orders', persons: ['admin', 'platformKey'], why: ALL_STUDIOS },
  {
    line: 'GET /api/admin/orders/:id',
    says: '"outgoing_mail"',
    why: 'shows letters and what gateways announced, which are closed to pix_staff, once the order is the caller’s to see',
  },
  { line: 'POST /api/admin/orders/:id/cancel', why: 'puts photos back into the buyer’s cart, which is no studio’s' },
  { line: 'POST /api/admin/orders/:id/letter', why: WRITES_A_LETTER },
  { line: 'POST /api/admin/orders/:id/refunds', why: 'posts to the accounts of every party of the sale' },
  {
    line: 'POST /api/admin/orders/:id/refunds/:refundId/decide',
    why: 'posts to the accounts of every party of the sale',
  },
  {
    line: 'GET /api/studios/:id/members',
    why: 'shows when a member was last seen, and devices are closed to pix_staff',
  },
  { line: 'POST /api/studios/:id/invitations', why: WRITES_A_LETTER },
  { line: 'POST /api/studios/:id/invitations/:invitationId/resend', why: WRITES_A_LETTER },
  { line: 'POST /api/events/:id/invitations', why: WRITES_A_LETTER },
  { line: 'POST /api/events/:id/invitations/:invitationId/resend', why: WRITES_A_LETTER },
  { line: 'POST /api/events/:id/announce', why: WRITES_A_LETTER },
  { line: 'DELETE /api/photos/:id', says: '"photos"', why: DELETES_AFTER },
  { line: 'DELETE /api/photos/:id', says: LOCKS_EVENTS, why: DELETES_AFTER },
  { line: 'POST /api/photos/moves', says: '"begun_uploads"', why: NOTES_BYTES },
  { line: 'POST /api/photos/moves', says: '"photos"', why: DELETES_AFTER },
  { line: 'POST /api/photos/moves', says: LOCKS_EVENTS, why: DELETES_AFTER },
  {
    line: 'GET /api/photographer/me/summary',
    why: 'adds up the caller’s own photos and earnings, of whichever studio',
  },
  {
    line: 'GET /api/photographer/me/morning',
    why: 'adds up the caller’s own sales and refused photos, of whichever studio',
  },
  { line: 'POST /api/photos/upload', says: '"begun_uploads"', why: NOTES_BYTES },
  { line: 'POST /api/photos/batch-upload', says: '"begun_uploads"', why: NOTES_BYTES },
  { line: 'POST /api/uploads', says: '"resumable_uploads"', why: NOTES_BYTES },
  { line: 'POST /api/events/:id/face-engine', why: 'writes letters to people who object, after the commit' },
]

const covers = ({ line, persons, says }: Exception, by: OpenStatement): boolean =>
  (line ?? by.line) === by.line &&
  (persons?.includes(by.person) ?? true) &&
  (says === undefined || by.text.includes(says))

/** A line of staff: a customer is refused for what they are, and somebody of the studio may. */
const isOfStaff = ({ own }: Audience): boolean =>
  own.customer === '403' && [own.sales, own.manager, own.owner].some(word => word === '+' || word === '-')

/** What staff's lines ask as `pix_app` without an exception, and exceptions that nothing needs. */
export function outsideStaff(table: Readonly<Record<string, Audience>>, open: readonly OpenStatement[]) {
  const ofStaff = open.filter(({ line }) => isOfStaff(table[line]!))
  const named = ofStaff.filter(by => !EXCEPTIONS.some(exception => covers(exception, by)))
  return {
    outsideStaff: [...new Set(named.map(({ line, text }) => `${line}: ${text.slice(0, 300)}`))],
    unusedExceptions: EXCEPTIONS.filter(exception => !ofStaff.some(by => covers(exception, by))),
  }
}
