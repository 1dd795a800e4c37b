import {
  INBOX_KINDS,
  OBJECTION_KINDS,
  PHOTO_FAILURES,
  TAKEDOWN_DECISIONS,
  TAKEDOWN_REASONS,
} from '@pix/domain/words.ts'
import { z } from 'zod'
import { EventLink, Id, IdParams, Instant, LocalText, Money, Nothing, page, PageQuery, Reason } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { Email } from './email.ts'
import { Line, Taken } from './inbox-line.ts'
import { DifferenceLine, ReceiptLine, RefundLine, SlipLine } from './inbox-money-lines.ts'
import { PayeeParty } from './payees.ts'

export const InboxKind = z.enum(INBOX_KINDS)
export type InboxKind = z.infer<typeof InboxKind>

/** A letter that was given up. */
const MailLine = Line.extend({
  kind: z.literal('mail'),
  about: z.object({
    template: z.string(),
    recipient: z.string(),
    why: z.enum(['expired', 'refused', 'suppressed']),
    /** What the mail server said last. */
    lastAnswer: z.string().nullable(),
    tries: z.int(),
    /** The order whose downloads the letter brings, if any: then the address may be corrected. */
    orderNumber: z.string().nullable(),
    /** False once the link or code of the letter is erased: its reader must ask for a new letter. */
    mayRetry: z.boolean(),
  }),
})

const PhotoShown = z.object({ id: Id, eventId: Id, fileName: z.string(), photographerName: z.string() })

/** Somebody asks for a photo to be taken down. */
const TakedownLine = Line.extend({
  kind: z.literal('takedown'),
  about: z.object({
    photo: PhotoShown,
    event: EventLink,
    /** Buyers who have it now. */
    bought: z.int(),
    requests: z.array(
      z.object({
        number: z.string(),
        reason: z.enum(TAKEDOWN_REASONS),
        statement: z.string().nullable(),
        email: z.string().nullable(),
        askedAt: Instant,
      }),
    ),
  }),
})

/** Somebody signed in searched for more people than the day's number. */
const ManyPeopleLine = Line.extend({
  kind: z.literal('many_people'),
  about: z.object({
    event: EventLink,
    user: z.object({ id: Id, name: z.string(), email: z.string() }),
    people: z.int(),
    searches: z.int(),
    lastAt: Instant,
  }),
})

/** A photo that could not be processed. */
const FailedPhotoLine = Line.extend({
  kind: z.literal('failed_photo'),
  about: z.object({ photo: PhotoShown, event: EventLink, failure: z.enum(PHOTO_FAILURES) }),
})

const FaceShown = z.object({ faceId: Id, photoId: Id })

/** Somebody does not want to be found, and the search was not sure of all their faces. */
const ObjectionLine = Line.extend({
  kind: z.literal('objection'),
  about: z.object({
    event: EventLink,
    kind: z.enum(OBJECTION_KINDS),
    /** How many faces were taken out so far, with those that somebody still looks at. */
    faces: z.int(),
    unsure: z.int(),
    /**
     * Some faces of each sort. Those that surely are the person's are shown only where they are hidden, not deleted.
     */
    unsureFaces: z.array(FaceShown),
    sureFaces: z.array(FaceShown),
  }),
})

/** Somebody says that they lost their authenticator app and its recovery codes. */
const LostFactorLine = Line.extend({
  kind: z.literal('lost_factor'),
  about: z.object({
    user: z.object({ id: Id, name: z.string(), email: z.string() }),
    isPlatformAdmin: z.boolean(),
    /** Names of the studios that they own. */
    owns: z.array(LocalText),
    /** Before it nobody turns the factor off. */
    waitsUntil: Instant,
    /** When a browser that is signed in was last given a token; null where none is known. */
    lastActiveAt: Instant.nullable(),
  }),
})

/** A payout that the bank sent back, and whose payee has entered no other account. */
const PayoutReturnLine = Line.extend({
  kind: z.literal('payout'),
  about: z.object({
    /** The number of its batch. */
    number: z.string(),
    batchId: Id,
    studioId: Id,
    party: PayeeParty,
    name: z.string(),
    amount: Money,
    reason: z.string(),
  }),
})

export const InboxLine = z
  .discriminatedUnion('kind', [
    MailLine,
    TakedownLine,
    ManyPeopleLine,
    FailedPhotoLine,
    ObjectionLine,
    ReceiptLine,
    RefundLine,
    LostFactorLine,
    PayoutReturnLine,
    SlipLine,
    DifferenceLine,
  ])
  .meta({ id: 'InboxLine' })
export type InboxLine = z.infer<typeof InboxLine>

export const INBOX_PAGE = 20

export const listInbox = {
  method: 'GET',
  url: '/admin/inbox',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'What needs a person, by how long it has waited (since, id)',
    tags: ['admin'],
    querystring: PageQuery.extend({
      kind: InboxKind.optional(),
      first: z.enum(['oldest', 'newest']).default('oldest'),
    }),
    response: { 200: page(InboxLine), 422: problem('invalid_request') },
  },
} as const satisfies Contract

/** Beyond this many lines they are not counted. */
export const INBOX_COUNTED = 100

export const countInbox = {
  method: 'GET',
  url: '/admin/inbox/count',
  config: { access: 'platform_admin' },
  schema: {
    summary: `How many lines wait for a person; ${INBOX_COUNTED} are that many or more`,
    tags: ['admin'],
    response: { 200: z.object({ count: z.int() }) },
  },
} as const satisfies Contract

const LineParams = z.strictObject({ kind: InboxKind, id: Id })
const REFUSED = problem('taken_by_another', 'line_closed')

export const takeLine = {
  method: 'PUT',
  url: '/admin/inbox/:kind/:id/taker',
  config: { access: 'platform_admin' },
  schema: {
    summary:
      'Take care of a line. `from` is who has it, as the caller saw it: two who take it at once do not both get it',
    tags: ['admin'],
    params: LineParams,
    body: z.strictObject({ from: Id.nullable() }),
    response: { 200: Taken, 409: REFUSED },
  },
} as const satisfies Contract

export const giveLineBack = {
  method: 'DELETE',
  url: '/admin/inbox/:kind/:id/taker',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Give back a line that the caller has taken',
    tags: ['admin'],
    params: LineParams,
    response: { 204: Nothing, 409: problem('taken_by_another') },
  },
} as const satisfies Contract

/** Kinds that may be left as they are; others must be decided. */
export const LEAVABLE = ['mail', 'many_people', 'failed_photo', 'payout'] as const

export const leaveLine = {
  method: 'POST',
  url: '/admin/inbox/:kind/:id/leave',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Leave a line as it is, with a reason: it is gone until its row opens again',
    tags: ['admin'],
    params: z.strictObject({ kind: z.enum(LEAVABLE), id: Id }),
    body: z.strictObject({ reason: Reason }),
    response: { 204: Nothing, 409: REFUSED },
  },
} as const satisfies Contract

export const retryMail = {
  method: 'POST',
  url: '/admin/inbox/mail/:id/retry',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Send a letter again that was given up; an order’s letter may go to a corrected address',
    tags: ['admin'],
    params: IdParams,
    body: z.strictObject({ email: Email.optional() }),
    response: {
      204: Nothing,
      409: problem('taken_by_another', 'line_closed', 'illegal_state', 'email_settled'),
      422: problem('invalid_request'),
    },
  },
} as const satisfies Contract

export const retryFailedPhoto = {
  method: 'POST',
  url: '/admin/inbox/failed_photo/:id/retry',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Try a failed photo again',
    tags: ['admin'],
    params: IdParams,
    response: { 204: Nothing, 409: REFUSED },
  },
} as const satisfies Contract

export const decideTakedown = {
  method: 'POST',
  url: '/admin/inbox/takedown/:id/decide',
  config: { access: 'platform_admin' },
  schema: {
    summary:
      'Take the photo down for good, or refuse. The photographer reads why it was taken down, those who asked why it was not',
    tags: ['admin'],
    params: IdParams,
    body: z.strictObject({ decision: z.enum(TAKEDOWN_DECISIONS), reason: Reason }),
    response: { 204: Nothing, 409: REFUSED },
  },
} as const satisfies Contract
