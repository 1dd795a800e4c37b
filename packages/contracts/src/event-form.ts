import { SELFIE_SOURCES, WATERMARK_PLACES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Day, Id, IdParams, Instant, LocalText, Nothing, page, PageQuery, studioQuery, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { EventFields } from './event-fields.ts'
import { Approval, EventCategory, EventStatus, EventSummary, EventVisibility } from './events.ts'

/** The state of an event that a form was filled in from: every change of the event counts it up. */
const Revision = z.int().min(1).max(2_000_000_000)

/** An event as those read it who may change it. */
export const EventForm = z
  .object({
    id: Id,
    revision: Revision,
    status: EventStatus,
    slug: z.string(),
    name: LocalText,
    description: LocalText,
    category: EventCategory,
    venue: z.string(),
    province: z.string(),
    startsAt: Instant,
    endsAt: Instant,
    salesStart: Instant.nullable(),
    salesEnd: Instant.nullable(),
    visibility: EventVisibility,
    /** Whether a code opens it. The code itself is known to nobody here. */
    hasCode: z.boolean(),
    approval: Approval,
    organizerId: Id.nullable(),
    watermarkText: z.string(),
    watermarkPlace: z.enum(WATERMARK_PLACES),
    watermarkLogo: z.boolean(),
    enhancePreviews: z.boolean(),
    selfie: z.enum(SELFIE_SOURCES),
    aroundMoments: z.boolean(),
    faceSearchWording: z.string().nullable(),
    faceBound: z.number().nullable(),
    /** The outer bound of the engine that read its photos; null before the first photo has been read. */
    engineBound: z.number().nullable(),
    facesUntil: Instant.nullable(),
    keptUntil: Instant.nullable(),
    /** Days after the event, by the installation's settings, where no date is given. */
    keptDays: z.object({ faces: z.int(), photos: z.int() }),
    /** The photo that is its cover now. */
    coverPhotoId: Id.nullable(),
    /** Where the logo of its studio is, if there is one. */
    logoUrl: z.string().nullable(),
    /** Photos on sale. */
    photoCount: z.int(),
  })
  .meta({ id: 'EventForm' })
export type EventForm = z.infer<typeof EventForm>

export const EventLine = EventSummary.extend({
  visibility: EventVisibility,
  salesStart: Instant.nullable(),
  salesEnd: Instant.nullable(),
  /** Photos that wait for a decision. */
  waitingCount: z.int(),
  /** Photos that could not be processed. */
  failedCount: z.int(),
}).meta({ id: 'EventLine' })
export type EventLine = z.infer<typeof EventLine>

/**
 * The filters of the console's list. Days are days of Bangkok, both included, and are compared with the event's
 * beginning.
 */
const filters = {
  ...studioQuery,
  text: Text.trim().max(100).optional(),
  province: Text.max(60).optional(),
  from: Day.optional(),
  to: Day.optional(),
}

export const countManagedEvents = {
  method: 'GET',
  url: '/admin/events/counts',
  config: { access: 'manager', scope: 'events:read' },
  schema: {
    summary: 'How many events of a studio stand where, of those that fit',
    tags: ['events'],
    querystring: z.strictObject(filters),
    response: { 200: z.record(EventStatus, z.int()).meta({ id: 'EventCounts' }), 404: problem('not_found') },
  },
} as const satisfies Contract

export const listManagedEvents = {
  method: 'GET',
  url: '/admin/events',
  config: { access: 'manager', scope: 'events:read' },
  schema: {
    summary: 'The events of a studio that the caller manages, whatever their status, newest first (startsAt, id)',
    tags: ['events'],
    querystring: PageQuery.extend({
      ...filters,
      status: EventStatus.optional(),
      /** Whether archived events are listed where no status is named. */
      archived: z.enum(['with', 'without']).default('with'),
      /** `yes`: only events with photos that could not be processed. */
      failed: z.literal('yes').optional(),
    }),
    response: { 200: page(EventLine), 404: problem('not_found') },
  },
} as const satisfies Contract

export const getEventForm = {
  method: 'GET',
  url: '/admin/events/:id',
  config: { access: 'manager', scope: 'events:read' },
  schema: {
    summary: 'Everything that can be changed of an event',
    tags: ['events'],
    params: IdParams,
    response: { 200: EventForm, 404: problem('not_found') },
  },
} as const satisfies Contract

export const changeEvent = {
  method: 'PUT',
  url: '/events/:id',
  config: { access: 'manager' },
  schema: {
    summary:
      'Replace what is said about an event. `revision` is that of the state that was changed: when somebody else was faster the answer is 409. The slug is fixed once the event has left planning',
    tags: ['events'],
    params: IdParams,
    body: EventFields.extend({ revision: Revision }),
    response: { 200: EventForm, 404: problem('not_found'), 409: problem('event_changed', 'slug_taken') },
  },
} as const satisfies Contract

export const chooseCover = {
  method: 'PUT',
  url: '/events/:id/cover',
  config: { access: 'manager' },
  schema: {
    summary: 'Choose the cover of an event among its photos on sale. It is the cover until it leaves the sale',
    tags: ['events'],
    params: IdParams,
    body: z.strictObject({ photoId: Id }),
    response: { 204: Nothing, 404: problem('not_found') },
  },
} as const satisfies Contract

export const deleteEvent = {
  method: 'DELETE',
  url: '/events/:id',
  config: { access: 'manager' },
  schema: {
    summary:
      'Delete an event with its photos, faces, searches and cart items. Without an order the event itself goes. One with paid orders is archived instead: its photos go when their time is over',
    tags: ['events'],
    params: IdParams,
    response: { 204: Nothing, 404: problem('not_found'), 409: problem('event_sold') },
  },
} as const satisfies Contract

export const duplicateEvent = {
  method: 'POST',
  url: '/events/:id/duplicate',
  config: { access: 'manager' },
  schema: {
    summary:
      'A new event in planning with what is said about another: its packages and its crew where the request says so. Photos, dates of sale, the code and the basis of face search are not copied',
    tags: ['events'],
    params: IdParams,
    body: z.strictObject({
      ...EventFields.pick({ slug: true, name: true, startsAt: true, endsAt: true }).shape,
      packages: z.boolean(),
      crew: z.boolean(),
    }),
    response: { 201: z.object({ id: Id }), 404: problem('not_found'), 409: problem('slug_taken') },
  },
} as const satisfies Contract

export const Organizer = z.object({ id: Id, name: z.string() }).meta({ id: 'Organizer' })
export type Organizer = z.infer<typeof Organizer>

export const listOrganizers = {
  method: 'GET',
  url: '/admin/organizers',
  config: { access: 'manager' },
  schema: {
    summary: 'Who can be the organizer of an event, by name (name, id)',
    tags: ['events'],
    querystring: PageQuery.extend(studioQuery),
    response: { 200: page(Organizer), 404: problem('not_found') },
  },
} as const satisfies Contract
