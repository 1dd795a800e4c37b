import {
  EVENT_APPROVALS,
  EVENT_CATEGORIES,
  EVENT_STATUSES,
  EVENT_VISIBILITIES,
  SELFIE_SOURCES,
} from '@pix/domain/words.ts'
import { z } from 'zod'
import { Day, Id, Instant, LocalText, Money, PageQuery, page, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

export const EventStatus = z.enum(EVENT_STATUSES)
export type EventStatus = z.infer<typeof EventStatus>
export const EventVisibility = z.enum(EVENT_VISIBILITIES)
export type EventVisibility = z.infer<typeof EventVisibility>
export const EventCategory = z.enum(EVENT_CATEGORIES)
export type EventCategory = z.infer<typeof EventCategory>
export const Approval = z.enum(EVENT_APPROVALS)

export const EventSummary = z
  .object({
    id: Id,
    slug: z.string(),
    name: LocalText,
    category: EventCategory,
    venue: z.string(),
    province: z.string(),
    startsAt: Instant,
    endsAt: Instant,
    status: EventStatus,
    /** Photos a visitor can see now. */
    photoCount: z.int(),
    /** Path of the cover picture, null while there is none. */
    coverUrl: z.string().nullable(),
    coverPhotoId: Id.nullable(),
  })
  .meta({ id: 'EventSummary' })
export type EventSummary = z.infer<typeof EventSummary>

/** Who took photos of an event that are on sale. */
export const EventPhotographer = z
  .object({
    id: Id,
    name: z.string(),
    /** The slug of their public page, `/p/<slug>`; null where they show none. */
    slug: z.string().nullable(),
    photoCount: z.int(),
  })
  .meta({ id: 'EventPhotographer' })
export type EventPhotographer = z.infer<typeof EventPhotographer>

export const EventDetail = EventSummary.extend({
  description: LocalText,
  visibility: EventVisibility,
  approval: Approval,
  salesStart: Instant.nullable(),
  salesEnd: Instant.nullable(),
  /** Search, cart and checkout are possible at this moment. */
  onSaleNow: z.boolean(),
  /** Its studio is neither suspended nor closed. */
  studioOpen: z.boolean(),
  organizerName: z.string().nullable(),
  /** Who has the most photos on sale first. */
  photographers: z.array(EventPhotographer),
  /** Null while nobody has recorded the basis of face search for this event (spec/20). */
  faceSearch: z
    .object({
      wording: z.string(),
      /**
       * Model version that an embedding must be of to search here: a phone that makes others sends its selfie instead.
       * Null before the first photo has been read.
       */
      model: z.string().nullable(),
      /** `camera`: no file is offered for the selfie. */
      selfie: z.enum(SELFIE_SOURCES),
    })
    .nullable(),
  /** Photos per quarter of an hour, for the time ribbon; without those whose time is not certain. */
  timeline: z.array(z.object({ at: Instant, count: z.int() })),
  cheapestPrice: Money.nullable(),
}).meta({ id: 'EventDetail' })
export type EventDetail = z.infer<typeof EventDetail>

export const listEvents = {
  method: 'GET',
  url: '/events',
  config: { access: 'public' },
  schema: {
    summary:
      'Events, newest first (startsAt, id). order=popular: those with the most visits in the last 7 days first, then the newest. scope=crew lists what the caller works on, scope=organized what they organize, whatever its status',
    tags: ['events'],
    querystring: PageQuery.extend({
      text: Text.trim().max(100).optional(),
      category: EventCategory.optional(),
      province: Text.max(60).optional(),
      /** Slug of a public page: only events with photos of that photographer's on sale. */
      photographer: Text.max(120).optional(),
      /** Only those in this status. The public ones are on sale or closed. */
      status: EventStatus.optional(),
      /** Days of Bangkok on which an event begins, both included. */
      from: Day.optional(),
      to: Day.optional(),
      order: z.enum(['newest', 'popular']).default('newest'),
      scope: z.enum(['public', 'crew', 'organized']).default('public'),
    }),
    response: { 200: page(EventSummary), 401: problem('unauthorized') },
  },
} as const satisfies Contract

export const getEvent = {
  method: 'GET',
  url: '/events/:id',
  config: { access: 'public' },
  schema: {
    summary: 'One event, by id or slug',
    tags: ['events'],
    params: z.strictObject({ id: Text.max(120) }),
    response: { 200: EventDetail, 404: problem('not_found') },
  },
} as const satisfies Contract
