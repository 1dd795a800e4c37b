import { SELFIE_SOURCES, WATERMARK_PLACES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Id, OurInstant, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { canBeSeen, isEventCode, isSlug } from './event-rules.ts'
import { Approval, EventCategory, EventDetail, EventStatus, EventVisibility } from './events.ts'

const EventSlug = Text.max(80).refine(isSlug, 'is no address of an event')
/** The wording given to participants about face search; without it face search is off (PDPA s.26). */
const wording = Text.trim().min(1).max(2000)

/** The fields of an event that creating and changing it share. */
const commonFields = {
  slug: EventSlug,
  name: z.strictObject({ th: Text.trim().min(1).max(120), en: Text.trim().min(1).max(120) }),
  description: z.strictObject({ th: Text.max(4000), en: Text.max(4000) }),
  category: EventCategory,
  venue: Text.trim().max(160),
  province: Text.trim().max(60),
  startsAt: OurInstant,
  endsAt: OurInstant,
  /** `link` and `code` stand in no list. School events are never public. */
  visibility: EventVisibility,
  /** A new code, where the visibility is `code`: needed while there is none. It is shown to nobody afterwards. */
  code: Text.max(64).refine(isEventCode, 'is no code of 6 to 32 letters and digits').optional(),
  approval: Approval,
  /** On the photos that are processed from now on. */
  watermarkText: Text.trim().min(1).max(40).refine(canBeSeen, 'has no visible letter'),
  watermarkPlace: z.enum(WATERMARK_PLACES),
  /** The studio's logo marks previews instead of the text, where the studio has one. */
  watermarkLogo: z.boolean(),
  /**
   * Previews of the photos that are processed from now on get more light and contrast, where they lack them. What is bought
   * is the photo as it was taken.
   */
  enhancePreviews: z.boolean(),
  /** `camera`: the page of a search offers no file. It hinders a search with somebody else's picture, no more. */
  selfie: z.enum(SELFIE_SOURCES),
  /** Results also show photos that the camera of a match took within a minute of it: they may show the person, too. */
  aroundMoments: z.boolean(),
}

/** A Euclidean distance. Embeddings have the length 1.4, so no two lie farther apart than 2.8. */
const FaceBound = z.number().min(0.001).max(2.799)

/** An event whole, as its form has it. */
export const EventFields = z.strictObject({
  ...commonFields,
  salesStart: OurInstant.nullable(),
  salesEnd: OurInstant.nullable(),
  organizerId: Id.nullable(),
  faceSearchWording: wording.nullable(),
  /** Faces farther apart are never shown as a match. Null: the bound of the event's engine. */
  faceBound: FaceBound.nullable(),
  /** When the faces, and the photos of a closed event, are deleted. Null: the installation's default. */
  facesUntil: OurInstant.nullable(),
  keptUntil: OurInstant.nullable(),
})
export type EventFields = z.infer<typeof EventFields>

export const createEvent = {
  method: 'POST',
  url: '/events',
  config: { access: 'manager' },
  schema: {
    summary: 'A new event, in planning',
    tags: ['events'],
    body: z.strictObject({
      /** Needed by who manages several studios. */
      studioId: Id.optional(),
      ...commonFields,
      description: commonFields.description.optional(),
      salesStart: OurInstant.optional(),
      salesEnd: OurInstant.optional(),
      visibility: commonFields.visibility.default('public'),
      approval: Approval.default('manual'),
      organizerId: Id.optional(),
      watermarkText: commonFields.watermarkText.optional(),
      watermarkPlace: commonFields.watermarkPlace.default('tiled'),
      watermarkLogo: commonFields.watermarkLogo.default(false),
      enhancePreviews: commonFields.enhancePreviews.default(false),
      selfie: commonFields.selfie.default('file'),
      aroundMoments: commonFields.aroundMoments.default(true),
      faceSearchWording: wording.optional(),
      facesUntil: OurInstant.optional(),
      keptUntil: OurInstant.optional(),
    }),
    response: { 201: EventDetail, 409: problem('slug_taken') },
  },
} as const satisfies Contract

export const setEventStatus = {
  method: 'PUT',
  url: '/events/:id/status',
  config: { access: 'manager' },
  schema: {
    summary: 'Move an event: planning → open → on_sale → closed → archived, and back one step',
    tags: ['events'],
    params: z.strictObject({ id: Id }),
    body: z.strictObject({ status: EventStatus }),
    response: {
      200: EventDetail,
      404: problem('not_found'),
      409: problem('illegal_status'),
      422: problem('rate_does_not_fit'),
    },
  },
} as const satisfies Contract
