import { EVENT_STATUSES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { EventLink, Id, Instant, LocalText, Money, studioQuery } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { InboxKind } from './inbox.ts'

/** Days of sales that the dashboard knows: a chart of half of them, and as many before to compare with. */
export const DASHBOARD_DAYS = 60
/** Ends of the spans that the dashboard sums up, in days up to today. */
export const DASHBOARD_SPANS = [1, 7, 30] as const
/** Events that it shows. */
export const DASHBOARD_EVENTS = 8

export const Dashboard = z
  .object({
    /** Days in Asia/Bangkok without gaps, the oldest first, today last: what customers paid on them. */
    days: z.array(z.object({ day: z.string(), gross: Money, orders: z.int() })),
    /** Orders that were placed in the last days, and those of them that were paid since. Visits are not counted. */
    conversion: z.array(z.object({ days: z.int(), placed: z.int(), paid: z.int() })),
    /** Photos of all events. */
    photos: z.object({ waiting: z.int(), processing: z.int(), failed: z.int() }),
    /** Refunds of photos that wait for a decision. */
    askedBack: z.int(),
    /** What waits in the inbox, by kind; null for people who may not open the inbox. */
    inbox: z.array(z.object({ kind: InboxKind, count: z.int() })).nullable(),
    /** The newest events that are not archived, those with work first. */
    events: z.array(
      EventLink.extend({
        studioName: LocalText,
        status: z.enum(EVENT_STATUSES),
        startsAt: Instant,
        approved: z.int(),
        waiting: z.int(),
        processing: z.int(),
        failed: z.int(),
      }),
    ),
  })
  .meta({ id: 'Dashboard' })
export type Dashboard = z.infer<typeof Dashboard>

export const readDashboard = {
  method: 'GET',
  url: '/admin/dashboard',
  config: { access: 'manager' },
  schema: {
    summary: 'What was sold lately, what needs a person and how the events stand: of a studio, or of all',
    tags: ['admin'],
    querystring: z.strictObject(studioQuery),
    response: { 200: Dashboard, 404: problem('not_found') },
  },
} as const satisfies Contract

/** Happenings that are shown at once. */
export const ACTIVITY_LENGTH = 20

const Happening = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paid'), id: Id, at: Instant, number: z.string(), total: Money, photos: z.int() }),
  z.object({
    kind: z.literal('deed'),
    id: Id,
    at: Instant,
    /** An action of the audit. */
    action: z.string(),
    /** Who did it; null for the system, and for an account that is gone. */
    actor: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('uploaded'),
    /** The id of the event. */
    id: Id,
    /** When the last one came. */
    at: Instant,
    event: LocalText,
    /** Within the hour before the last one. */
    photos: z.int(),
  }),
])

export const Activity = z.object({ items: z.array(Happening) }).meta({ id: 'Activity' })
export type Activity = z.infer<typeof Activity>
export type Happening = Activity['items'][number]

export const followActivity = {
  method: 'GET',
  url: '/admin/activity',
  config: { access: 'manager', stream: true },
  schema: {
    summary:
      'What happened last, the newest first: orders that were paid, photos that came, and for owners what staff did. With `Accept: text/event-stream`: now and after every change',
    tags: ['admin'],
    querystring: z.strictObject(studioQuery),
    response: { 200: Activity, 404: problem('not_found') },
  },
} as const satisfies Contract
