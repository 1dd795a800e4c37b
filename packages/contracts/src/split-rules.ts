import { EVENT_CATEGORIES, SPLIT_PRESETS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Day, Id, IdParams, Instant, LocalText, Money, Nothing, studioQuery } from './common.ts'
import { type Contract, problem } from './contract.ts'

const BasisPoints = z.int().min(0).max(10_000)

/** Basis points of a sale's net that total 10,000. */
export const SplitShares = z
  .object({ platformBp: BasisPoints, studioBp: BasisPoints, photographerBp: BasisPoints, organizerBp: BasisPoints })
  .meta({ id: 'SplitShares' })
export type SplitShares = z.infer<typeof SplitShares>

const Category = z.enum(EVENT_CATEGORIES)
const Named = z.object({ id: Id, name: z.string() })

export const SplitRule = SplitShares.extend({
  id: Id,
  /** Null is the platform's. */
  studioId: Id.nullable(),
  category: Category.nullable(),
  event: z.object({ id: Id, name: LocalText }).nullable(),
  photographer: Named.nullable(),
  version: z.int(),
  startsAt: Instant,
  preset: z.enum(SPLIT_PRESETS),
  /** Counts now in its scope; of a scope one does. */
  inForce: z.boolean(),
}).meta({ id: 'SplitRule' })
export type SplitRule = z.infer<typeof SplitRule>

export const PhotographerRate = z
  .object({
    id: Id,
    photographer: Named,
    startsAt: Instant,
    /** Null ended the one before. */
    rateBp: BasisPoints.nullable(),
    inForce: z.boolean(),
  })
  .meta({ id: 'PhotographerRate' })
export type PhotographerRate = z.infer<typeof PhotographerRate>

const Deductions = z.object({ vatBp: z.int().min(0).max(3_000), feeBp: z.int().min(0).max(2_000) })

export const splitRules = {
  method: 'GET',
  url: '/split-rules',
  config: { access: 'manager' },
  schema: {
    summary: 'Who gets what: the versions of the studio’s rules and of the platform’s, the latest first',
    tags: ['revenue'],
    querystring: z.strictObject(studioQuery),
    response: {
      200: z.object({
        /** Whose; null where a platform admin reads all. */
        studioId: Id.nullable(),
        /** The house studio is the platform itself: its own share is 0. */
        isHouse: z.boolean(),
        rules: z.array(SplitRule),
        rates: z.array(PhotographerRate),
        deductions: Deductions,
        /** Who may be named by a rule: the studio's photographers. */
        photographers: z.array(Named),
        events: z.array(z.object({ id: Id, name: LocalText })),
      }),
      404: problem('not_found'),
    },
  },
} as const satisfies Contract

export const eventSplitRule = {
  method: 'GET',
  url: '/events/:id/split-rule',
  config: { access: 'manager' },
  schema: {
    summary: 'The rule in force for an event, for photographers without a rule or a rate of their own',
    tags: ['revenue'],
    params: IdParams,
    response: {
      200: z
        .object({
          studioId: Id,
          event: z.object({ id: Id, name: LocalText }),
          /** Whose events it is for. */
          scope: z.enum(['platform', 'platform_category', 'studio', 'category', 'event']),
          startsAt: Instant,
          preset: z.enum(SPLIT_PRESETS),
          /** As a sale would be shared now: without an organizer their share is the platform's. */
          shares: SplitShares,
        })
        .meta({ id: 'EventSplitRule' }),
      404: problem('not_found'),
    },
  },
} as const satisfies Contract

/** A rule that is being written: its scope, and its shares. */
const NewScope = {
  /** Null is the platform's, for all studios without their own. */
  studioId: Id.nullable(),
  category: Category.nullable().default(null),
  eventId: Id.nullable().default(null),
  photographerId: Id.nullable().default(null),
}

export const addSplitRule = {
  method: 'POST',
  url: '/split-rules',
  config: { access: 'manager' },
  schema: {
    summary: 'Add a version of a rule: from now on, or from a day on',
    tags: ['revenue'],
    body: z.strictObject({
      ...NewScope,
      ...SplitShares.shape,
      preset: z.enum(SPLIT_PRESETS),
      /** From its first moment in Bangkok; without one from now on. */
      from: Day.optional(),
    }),
    response: {
      201: z.object({ id: Id }),
      403: problem('forbidden'),
      404: problem('not_found'),
      422: problem('platform_share_too_small', 'rate_does_not_fit'),
    },
  },
} as const satisfies Contract

export const addPhotographerRate = {
  method: 'POST',
  url: '/photographer-rates',
  config: { access: 'manager' },
  schema: {
    summary: 'Give a photographer a rate of their own in a studio, or end it',
    tags: ['revenue'],
    body: z.strictObject({
      studioId: Id,
      photographerId: Id,
      rateBp: BasisPoints.nullable(),
      from: Day.optional(),
    }),
    response: { 201: z.object({ id: Id }), 404: problem('not_found'), 422: problem('rate_does_not_fit') },
  },
} as const satisfies Contract

export const setDeductions = {
  method: 'PUT',
  url: '/split-deductions',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'Set what comes off a studio’s sales before they are split',
    tags: ['revenue'],
    body: z.strictObject({ studioId: Id, ...Deductions.shape }),
    response: { 204: Nothing, 404: problem('not_found') },
  },
} as const satisfies Contract

const Parts = z.object({ platform: Money, studio: Money, photographer: Money, organizer: Money })

export const simulateSplit = {
  method: 'POST',
  url: '/split-rules/simulate',
  config: { access: 'manager' },
  schema: {
    summary: 'What a rule would have paid for what was sold in a time, beside what was paid',
    tags: ['revenue'],
    body: z.strictObject({ ...NewScope, ...SplitShares.shape, from: Day, to: Day }),
    response: {
      200: z.object({ photos: z.int(), net: Money, paid: Parts, simulated: Parts }),
      404: problem('not_found'),
    },
  },
} as const satisfies Contract
