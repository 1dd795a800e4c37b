import { NOTICE_KINDS, NOTICE_PARTS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Id, IdParams, Instant, LocalText, OurInstant, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

const Kind = z.enum(NOTICE_KINDS)
const Part = z.enum(NOTICE_PARTS)

/** An incident, or maintenance that was announced. */
export const Notice = z
  .object({
    id: Id,
    kind: Kind,
    /** `cancelled` is a maintenance that never began. */
    state: z.enum(['planned', 'running', 'over', 'cancelled']),
    title: LocalText,
    text: LocalText,
    parts: z.array(Part),
    startsAt: Instant,
    /** When a maintenance is expected to end; null for an incident. */
    endsAt: Instant.nullable(),
    /** When it was over, or was cancelled. */
    endedAt: Instant.nullable(),
    /** Announced later than 72 h before. */
    urgent: z.boolean(),
    /** While it goes on, writes of the public are refused. */
    pauses: z.boolean(),
    /** Oldest first. */
    updates: z.array(z.object({ id: Id, at: Instant, text: LocalText })),
  })
  .meta({ id: 'Notice' })
export type Notice = z.infer<typeof Notice>

export const Status = z
  .object({
    asOf: Instant,
    /** Incidents and maintenance of now, newest first. */
    running: z.array(Notice),
    /** Maintenance to come, soonest first. */
    planned: z.array(Notice),
    /** What was over or cancelled in the last 90 days, newest first. */
    past: z.array(Notice),
  })
  .meta({ id: 'Status' })
export type Status = z.infer<typeof Status>

const both = (max: number) => z.strictObject({ th: Text.trim().min(1).max(max), en: Text.trim().min(1).max(max) })
export const TITLE_MAX = 120
export const TEXT_MAX = 1_000

const said = {
  title: both(TITLE_MAX),
  text: both(TEXT_MAX),
  parts: z
    .array(Part)
    .min(1)
    .max(NOTICE_PARTS.length)
    .refine(parts => new Set(parts).size === parts.length, 'names a part twice'),
}
const Maintenance = z.strictObject({
  ...said,
  /** Null: at once. */
  startsAt: OurInstant.nullable(),
  endsAt: OurInstant,
  /** The admin is sure that it has to begin earlier than 72 h after this announcement. */
  urgent: z.boolean(),
  /** Writes of the public are refused from its beginning until somebody says that it is over. */
  pauses: z.boolean(),
})
export type Maintenance = z.infer<typeof Maintenance>

export const readStatus = {
  method: 'GET',
  url: '/status',
  config: { access: 'public', atAnyHost: true },
  schema: {
    summary: 'Incidents and maintenance: what goes on, what was announced, and what was over in the last 90 days',
    tags: ['status'],
    response: { 200: Status },
  },
} as const satisfies Contract

export const openIncident = {
  method: 'POST',
  url: '/admin/incidents',
  config: { duringMaintenance: true, access: 'platform_admin' },
  schema: {
    summary: 'Say to everybody that something does not work',
    tags: ['status'],
    body: z.strictObject(said),
    response: { 201: Notice },
  },
} as const satisfies Contract

export const announceMaintenance = {
  method: 'POST',
  url: '/admin/maintenances',
  config: { duringMaintenance: true, access: 'platform_admin' },
  schema: {
    summary: 'Announce maintenance, at least 72 h before it begins unless it is urgent',
    tags: ['status'],
    body: Maintenance,
    response: { 201: Notice, 422: problem('invalid_request') },
  },
} as const satisfies Contract

export const changeMaintenance = {
  method: 'PUT',
  url: '/admin/maintenances/:id',
  config: { duringMaintenance: true, access: 'platform_admin' },
  schema: {
    summary: 'Change announced maintenance until it begins. An earlier beginning counts as announced now',
    tags: ['status'],
    params: IdParams,
    body: Maintenance,
    response: {
      200: Notice,
      404: problem('not_found'),
      409: problem('illegal_state'),
      422: problem('invalid_request'),
    },
  },
} as const satisfies Contract

export const cancelMaintenance = {
  method: 'POST',
  url: '/admin/maintenances/:id/cancel',
  config: { duringMaintenance: true, access: 'platform_admin' },
  schema: {
    summary: 'Cancel maintenance that has not begun',
    tags: ['status'],
    params: IdParams,
    response: { 200: Notice, 404: problem('not_found'), 409: problem('illegal_state') },
  },
} as const satisfies Contract

export const updateNotice = {
  method: 'POST',
  url: '/admin/notices/:id/updates',
  config: { duringMaintenance: true, access: 'platform_admin' },
  schema: {
    summary: 'Write further about an incident or maintenance that goes on, and say when it is over',
    tags: ['status'],
    params: IdParams,
    body: z.strictObject({
      text: both(TEXT_MAX),
      /** When the maintenance is now expected to end. */
      endsAt: OurInstant.optional(),
      over: z.boolean(),
    }),
    response: {
      201: Notice,
      404: problem('not_found'),
      409: problem('illegal_state'),
      422: problem('invalid_request'),
    },
  },
} as const satisfies Contract
