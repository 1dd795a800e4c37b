import {
  CREW_ROLES,
  EVENT_APPROVALS,
  EVENT_CATEGORIES,
  EVENT_STATUSES,
  EVENT_VISIBILITIES,
  SELFIE_SOURCES,
  WATERMARK_PLACES,
} from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { sessions, users } from './auth.ts'
import { createdAt, id, instant } from './columns.ts'
import { studioInvitations } from './invitations.ts'
import { namesEvent, namesStudio, studioPolicies } from './policies.ts'
import { studios } from './studios.ts'

export const eventStatus = pgEnum('event_status', EVENT_STATUSES)
export const eventVisibility = pgEnum('event_visibility', EVENT_VISIBILITIES)
export const eventCategory = pgEnum('event_category', EVENT_CATEGORIES)
export const eventApproval = pgEnum('event_approval', EVENT_APPROVALS)
export const watermarkPlace = pgEnum('watermark_place', WATERMARK_PLACES)
export const selfieSource = pgEnum('selfie_source', SELFIE_SOURCES)

export const crewRole = pgEnum('crew_role', CREW_ROLES)

/** Those who run events and may have a share of their sales. */
export const organizers = pgTable(
  'organizers',
  {
    id: id(),
    name: text('name').notNull(),
    userId: uuid('user_id').references(() => users.id),
    createdAt: createdAt(),
  },
  t => [index('organizers_user').on(t.userId)],
)

/** Events of a studio, from draft to archive, with all that is decided about their photos, searches and sale. */
export const events = pgTable(
  'events',
  {
    id: id(),
    /** Whose event it is; everything that belongs to the event belongs to this studio. */
    studioId: uuid('studio_id')
      .notNull()
      .references(() => studios.id),
    slug: text('slug').notNull().unique(),
    nameTh: text('name_th').notNull(),
    nameEn: text('name_en').notNull(),
    descriptionTh: text('description_th').notNull().default(''),
    descriptionEn: text('description_en').notNull().default(''),
    category: eventCategory('category').notNull(),
    venue: text('venue').notNull(),
    province: text('province').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    salesStart: instant('sales_start'),
    salesEnd: instant('sales_end'),
    status: eventStatus('status').notNull().default('planning'),
    /** Its studio takes photos and sells (`OPEN_STUDIO_STATUSES`). Kept by triggers on `studios` and here: never write it. */
    studioOpen: boolean('studio_open').notNull().default(true),
    visibility: eventVisibility('visibility').notNull().default('public'),
    /** argon2id of the code that opens it, in the form that `tidyCode` gives. Without one nobody is let in by code. */
    codeHash: text('code_hash'),
    approval: eventApproval('approval').notNull().default('manual'),
    organizerId: uuid('organizer_id').references(() => organizers.id),
    watermarkText: text('watermark_text').notNull().default('ThePixStock'),
    /** The studio's logo marks previews instead of the text, where the studio has one. */
    watermarkLogo: boolean('watermark_logo').notNull().default(false),
    watermarkPlace: watermarkPlace('watermark_place').notNull().default('tiled'),
    /** Previews get more light and contrast than the originals, where those lack them. */
    enhancePreviews: boolean('enhance_previews').notNull().default(false),
    /**
     * Model version of the faces that this event's searches look at; it names the engine. Null until the first photo is
     * read. Faces of another version lie beside them while photos are read again (see `rereads.ts`).
     */
    faceModel: text('face_model'),
    /** Outer bound of a match, Euclidean distance, where it is not the engine's own (spec/20). */
    faceBound: real('face_bound'),
    /** What `face_bound` was when there was one engine. Nothing reads it; a later migration drops it. */
    faceThreshold: real('face_threshold').notNull().default(0.6),
    /** PDPA s.26: the wording given to participants, who recorded it and when. Face search is off without it. */
    faceSearchWording: text('face_search_wording'),
    faceSearchBy: uuid('face_search_by').references(() => users.id),
    faceSearchAt: instant('face_search_at'),
    /** What the page of a search offers for the selfie: a file, too, or the camera alone. */
    selfie: selfieSource('selfie').notNull().default('file'),
    /** A search also shows what the camera of a match took within a minute of it (`list-around.ts`). */
    aroundMoments: boolean('around_moments').notNull().default(true),
    /** Its faces are deleted then; null: so many days after it as the setting says (`packages/db/src/retention.ts`). */
    facesUntil: instant('faces_until'),
    /** Its photos are deleted then, once it is closed; null as above. */
    keptUntil: instant('kept_until'),
    /** When its photos, faces and searches were deleted. The row stays where orders name it. */
    removedAt: instant('removed_at'),
    coverPhotoId: uuid('cover_photo_id'),
    /** Counted up by each change of the event's form. A change of an older revision is refused. */
    revision: integer('revision').notNull().default(1),
    /**
     * Counts changes of what can be searched. A change of a photo's visibility adds one here first and writes the new
     * number into the photo: the row lock makes the numbers' order the commits' order, so an index that has seen
     * revision N asks for photos above N and misses none. Where nobody did, triggers do (0006_gone_photos): on any
     * change of approval or state that matters, when a photo is deleted, and when a photo on sale gains or loses faces.
     */
    indexRevision: bigint('index_revision', { mode: 'number' }).notNull().default(0),
    /** Photos of it that are approved. Kept by triggers on `photos`, in the transaction that changes them: never write it. */
    photoCount: integer('photo_count').notNull().default(0),
    /** Names, place and year as they are looked for, in `search_form` (0013_search_form): never write it. */
    searchText: text('search_text').generatedAlwaysAs(
      sql`event_search_text(name_th, name_en, venue, province, starts_at)`,
    ),
    createdAt: createdAt(),
  },
  t => [
    check('events_dates', sql`${t.endsAt} >= ${t.startsAt}`),
    check(
      'events_sales_dates',
      sql`${t.salesEnd} is null or ${t.salesStart} is null or ${t.salesEnd} > ${t.salesStart}`,
    ),
    // As text: a migration cannot use a value of an enumeration that it adds. Photos of children are shown only to
    // people who have the link or the code (spec/20).
    check('events_school_not_public', sql`${t.category}::text <> 'school' or ${t.visibility} <> 'public'`),
    check('events_code', sql`${t.codeHash} is null or ${t.visibility} = 'code'`),
    check('events_revision', sql`${t.revision} > 0`),
    check('events_photo_count', sql`${t.photoCount} >= 0`),
    check('events_threshold', sql`${t.faceThreshold} > 0 and ${t.faceThreshold} <= 0.7`),
    // Embeddings have the length 1.4: nothing lies farther apart than 2.8.
    check('events_face_bound', sql`${t.faceBound} > 0 and ${t.faceBound} < 2.8`),
    check(
      'events_face_search_basis',
      sql`(${t.faceSearchWording} is null) = (${t.faceSearchBy} is null) and (${t.faceSearchWording} is null) = (${t.faceSearchAt} is null)`,
    ),
    // For foreign keys of rows that name event and studio, so that the two cannot disagree.
    unique('events_of_studio').on(t.id, t.studioId),
    index('events_studio').on(t.studioId, t.startsAt, t.id),
    // Read backwards, newest first.
    index('events_by_start').on(t.startsAt, t.id),
    index('events_organizer')
      .on(t.organizerId)
      .where(sql`${t.organizerId} is not null`),
    index('events_face_search_by')
      .on(t.faceSearchBy)
      .where(sql`${t.faceSearchBy} is not null`),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)

/** Who may upload photos to an event. */
export const eventPhotographers = pgTable(
  'event_photographers',
  {
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    /** Where the event's approval is `trusted`, their photos go on sale as soon as they are processed. */
    trusted: boolean('trusted').notNull().default(false),
    createdAt: createdAt(),
  },
  t => [
    primaryKey({ columns: [t.eventId, t.userId] }),
    index('event_photographers_user').on(t.userId),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)

/** Which visitor has given an event's code. It opens the event while that code is the event's. */
export const eventOpenings = pgTable(
  'event_openings',
  {
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    codeHash: text('code_hash').notNull(),
    createdAt: createdAt(),
  },
  t => [
    primaryKey({ columns: [t.sessionId, t.eventId] }),
    index('event_openings_event').on(t.eventId),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)

/**
 * Who wants one letter about an event's photos: when they are announced or, by their face (`alert_faces`), when a new one
 * of them appears. The address goes once that letter is written.
 */
export const eventAlerts = pgTable(
  'event_alerts',
  {
    id: id(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    /** In lower case. */
    email: text('email'),
    locale: text('locale').notNull(),
    /** SHA-256 of the token of the letter's link, by which the alert is confirmed and withdrawn. */
    linkHash: text('link_hash').notNull().unique(),
    askedAt: instant('asked_at').notNull(),
    /** Slug of the storefront where it was asked for, which its letters name; null is the marketplace. */
    storefront: text('storefront'),
    /** When the address was shown to be its reader's. Nothing is announced to an address before. */
    confirmedAt: instant('confirmed_at'),
    /** When the letter was written. */
    notifiedAt: instant('told_at'),
    /** The search whose face is looked for; it is gone after some days. Null where all photos are waited for. */
    searchId: uuid('search_id').unique(),
    /** When that search had its answer. What was there by then is no news. */
    searchedAt: instant('searched_at'),
    /** Who asked, and may take it back without the letter. */
    sessionId: uuid('session_id').references(() => sessions.id, { onDelete: 'set null' }),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'set null' }),
    /** The grant for keeping the face, and the guardian's confirmation for that of a child. */
    consentId: uuid('consent_id'),
    guardianConsentId: uuid('guardian_consent_id'),
    /** The event's `index_revision` up to which its photos were compared with the face. */
    seenRevision: bigint('seen_revision', { mode: 'number' }).notNull().default(0),
    /** When a new photo was found. The face goes with that; the letter is written next. */
    foundAt: instant('found_at'),
  },
  t => [
    check('event_alerts_told', sql`(${t.email} is null) = (${t.notifiedAt} is not null)`),
    check('event_alerts_confirmed_first', sql`${t.notifiedAt} is null or ${t.confirmedAt} is not null`),
    check('event_alerts_email', sql`${t.email} = lower(${t.email})`),
    check(
      'event_alerts_face',
      sql`(${t.searchId} is null) = (${t.searchedAt} is null) and (${t.searchId} is null) = (${t.consentId} is null)`,
    ),
    check(
      'event_alerts_found',
      sql`${t.foundAt} is null or (${t.searchId} is not null and ${t.confirmedAt} is not null)`,
    ),
    uniqueIndex('event_alerts_address')
      .on(t.eventId, t.email)
      .where(sql`${t.email} is not null and ${t.searchId} is null`),
    index('event_alerts_event').on(t.eventId, t.confirmedAt),
    index('event_alerts_session').on(t.sessionId),
    index('event_alerts_user').on(t.userId),
    index('event_alerts_to_write')
      .on(t.foundAt)
      .where(sql`${t.foundAt} is not null and ${t.email} is not null`),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)

/** To which event an invitation is, and as what. */
export const eventInvitations = pgTable(
  'event_invitations',
  {
    invitationId: uuid('invitation_id').primaryKey(),
    studioId: uuid('studio_id').notNull(),
    eventId: uuid('event_id').notNull(),
    role: crewRole('role').notNull(),
    /** What a photographer becomes by accepting. */
    trusted: boolean('trusted').notNull().default(false),
  },
  t => [
    check('event_invitations_trusted', sql`not ${t.trusted} or ${t.role} = 'photographer'`),
    foreignKey({
      name: 'event_invitations_invitation',
      columns: [t.invitationId, t.studioId],
      foreignColumns: [studioInvitations.id, studioInvitations.studioId],
    }).onDelete('cascade'),
    foreignKey({
      name: 'event_invitations_event',
      columns: [t.eventId, t.studioId],
      foreignColumns: [events.id, events.studioId],
    }).onDelete('cascade'),
    index('event_invitations_by_invitation').on(t.invitationId, t.studioId),
    index('event_invitations_by_event').on(t.eventId, t.studioId),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)
