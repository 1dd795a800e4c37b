import { PHOTO_APPROVALS, PHOTO_FAILURES, PHOTO_STATES } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  doublePrecision,
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
import { users } from './auth.ts'
import { bytea, createdAt, id, instant } from './columns.ts'
import { events } from './events.ts'
import { namesEvent, studioPolicies } from './policies.ts'

export const photoState = pgEnum('photo_state', PHOTO_STATES)
export const photoApproval = pgEnum('photo_approval', PHOTO_APPROVALS)
export const photoFailure = pgEnum('photo_failure', PHOTO_FAILURES)

/** Photos of an event, from their upload on. Their bytes lie in object storage under keys made of the ids. */
export const photos = pgTable(
  'photos',
  {
    id: id(),
    /** It never changes, by a trigger: its objects' keys, its faces and the event's index are made of it. */
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id),
    photographerId: uuid('photographer_id')
      .notNull()
      .references(() => users.id),
    fileName: text('file_name').notNull(),
    /** SHA-256 of the original's bytes, hex. */
    sha256: text('sha256').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** Lower-case extension by content: jpg, png, webp, tiff, avif, heic. */
    format: text('format').notNull(),
    state: photoState('state').notNull().default('queued'),
    failure: photoFailure('failure'),
    /** Tries so far; a sweep gives up after 3 (spec/20). */
    attempts: integer('attempts').notNull().default(0),
    approval: photoApproval('approval').notNull().default('pending'),
    rejectReason: text('reject_reason'),
    decidedBy: uuid('decided_by').references(() => users.id),
    decidedAt: instant('decided_at'),
    /** Taken down for good: its files are gone, and nobody can approve it again. */
    takenDownAt: instant('taken_down_at'),
    /** Upright pixels; set by processing. */
    width: integer('width'),
    height: integer('height'),
    takenAt: instant('taken_at'),
    camera: text('camera'),
    lens: text('lens'),
    exposureSeconds: real('exposure_seconds'),
    /** The aperture: focal length over its diameter. */
    fNumber: real('f_number'),
    iso: integer('iso'),
    /** In millimetres, as the lens reports it; not converted to 35 mm film. */
    focalLength: real('focal_length'),
    /**
     * Whether exposure and serial numbers were read. They were not for photos processed before they were kept: null
     * says nothing there.
     */
    cameraFactsRead: boolean('camera_facts_read').notNull().default(false),
    /** Private, as all that follows: its photographer and staff only, never in a derivative. */
    cameraSerial: text('camera_serial'),
    lensSerial: text('lens_serial'),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    /** ThumbHash. */
    placeholder: bytea('placeholder'),
    /** `#rrggbb`. */
    averageColor: text('average_color'),
    /** 64-bit difference hash as 16 hex digits. */
    perceptualHash: text('perceptual_hash'),
    /** 0 to 1 as `measureSharpness` of the worker says; null where it was not measured, or nothing in the photo can be. */
    sharpness: real('sharpness'),
    faceCount: integer('face_count').notNull().default(0),
    /** The event's `index_revision` when this photo's searchability last changed; 0 while it never was searchable. */
    indexRevision: bigint('index_revision', { mode: 'number' }).notNull().default(0),
    createdAt: createdAt(),
    processedAt: instant('processed_at'),
    /** Deleted by its photographer or by who manages the event: a sweep deletes its objects, and the row where no order names it. */
    deletedAt: instant('deleted_at'),
    /** When its objects were deleted; the row stays where an order names it. */
    bytesGoneAt: instant('bytes_gone_at'),
    /** When processing last began or was asked for; the sweep enqueues again the rows that nobody answered. */
    queuedAt: instant('queued_at').notNull().defaultNow(),
  },
  t => [
    // For foreign keys of rows that name photo and event: through its event a photo belongs to one studio.
    unique('photos_of_event').on(t.id, t.eventId),
    // A deleted photo whose row an order keeps is no obstacle to sending it again.
    uniqueIndex('photos_event_sha256')
      .on(t.eventId, t.sha256)
      .where(sql`${t.deletedAt} is null`),
    check('photos_sha256', sql`${t.sha256} ~ '^[0-9a-f]{64}$'`),
    check('photos_bytes', sql`${t.bytes} > 0`),
    check('photos_failure', sql`(${t.state} = 'failed') = (${t.failure} is not null)`),
    check(
      'photos_processed',
      sql`${t.state} <> 'processed' or (${t.width} > 0 and ${t.height} > 0 and ${t.processedAt} is not null)`,
    ),
    check('photos_approved', sql`${t.approval} <> 'approved' or ${t.state} = 'processed'`),
    check('photos_sharpness', sql`${t.sharpness} between 0 and 1`),
    check(
      'photos_exposure',
      sql`${t.exposureSeconds} > 0 and ${t.fNumber} > 0 and ${t.iso} > 0 and ${t.focalLength} > 0`,
    ),
    check('photos_rejected', sql`(${t.approval} = 'rejected') = (${t.rejectReason} is not null)`),
    check('photos_taken_down', sql`${t.takenDownAt} is null or (${t.approval} = 'rejected' and ${t.faceCount} = 0)`),
    check('photos_deleted', sql`${t.deletedAt} is null or ${t.takenDownAt} is not null`),
    index('photos_on_sale')
      .on(t.eventId, t.takenAt, t.id)
      .where(sql`${t.approval} = 'approved'`),
    // Who took the photos of an event, and the photos of one of them by time.
    index('photos_on_sale_by')
      .on(t.eventId, t.photographerId, t.takenAt, t.id)
      .where(sql`${t.approval} = 'approved'`),
    // Their counts by event and state are read from the index alone.
    index('photos_photographer').on(t.photographerId, t.eventId, t.state, t.approval),
    index('photos_to_delete')
      .on(t.deletedAt)
      .where(sql`${t.deletedAt} is not null and ${t.bytesGoneAt} is null`),
    // What was refused lately.
    index('photos_refused')
      .on(t.decidedAt, t.id)
      .where(sql`${t.approval} = 'rejected' and ${t.takenDownAt} is null`),
    index('photos_decided_by')
      .on(t.decidedBy)
      .where(sql`${t.decidedBy} is not null`),
    index('photos_by_event').on(t.eventId, t.createdAt, t.id),
    index('photos_index_revision').on(t.eventId, t.indexRevision),
    index('photos_failed')
      .on(t.queuedAt, t.id)
      .where(sql`${t.state} = 'failed'`),
    // How many wait for approval is counted for each line of the list of events.
    index('photos_waiting')
      .on(t.eventId)
      .where(sql`${t.state} = 'processed' and ${t.approval} = 'pending'`),
    // What is counted for each event of the dashboard.
    index('photos_unfinished')
      .on(t.eventId, t.state)
      .where(sql`${t.state} <> 'processed'`),
    index('photos_backlog')
      .on(t.queuedAt)
      .where(sql`${t.state} in ('queued', 'processing')`),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)

/**
 * Photos that could be searched once and whose rows are gone, so that an index in memory or in a snapshot learns of it.
 * Written by a trigger, with the event's `index_revision` of their deletion.
 */
export const gonePhotos = pgTable(
  'gone_photos',
  {
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    revision: bigint('revision', { mode: 'number' }).notNull(),
    photoId: uuid('photo_id').notNull(),
  },
  t => [primaryKey({ columns: [t.eventId, t.revision, t.photoId] }), ...studioPolicies(namesEvent(t.eventId))],
)

/**
 * An original that is on its way into storage, from before its first byte until its photo has a row: a process that dies
 * in between leaves this row behind, and a sweep removes the object it names.
 */
export const begunUploads = pgTable(
  'begun_uploads',
  {
    photoId: uuid('photo_id').primaryKey(),
    /** It has no foreign key: the row outlives a deleted event until its object is gone. Null in rows of releases before. */
    eventId: uuid('event_id'),
    /** The key of the original, in the main bucket. */
    key: text('key').notNull(),
    createdAt: createdAt(),
    /** The sweep took it: the upload, should it still run, can no longer become a photo. */
    abandoned: boolean('abandoned').notNull().default(false),
  },
  t => [...studioPolicies(namesEvent(t.eventId))],
)

/**
 * A file that comes in pieces and can be resumed (tus), until its time is over. Its bytes lie in the vanishing bucket until
 * they are whole: then it becomes a photo as every other upload does.
 */
export const resumableUploads = pgTable(
  'resumable_uploads',
  {
    id: id(),
    /** It has no foreign key: the row outlives a deleted event until its pieces are gone. */
    eventId: uuid('event_id').notNull(),
    photographerId: uuid('photographer_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    fileName: text('file_name').notNull(),
    /** The size of the whole file, as its sender says. */
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** Bytes that are stored; all of them once the file has become a photo, never before. */
    received: bigint('received', { mode: 'number' }).notNull().default(0),
    /** Keys of its pieces in their order, in the vanishing bucket. */
    pieces: text('pieces')
      .array()
      .notNull()
      .default(sql`'{}'`),
    createdAt: createdAt(),
    /**
     * What it became. A photo that was deleted since keeps its id here, so that a sender who lost the answer can get it
     * again.
     */
    photoId: uuid('photo_id'),
    /** The same bytes were a photo of the event before. */
    isDuplicate: boolean('is_duplicate'),
    /** SHA-256 of all bytes, hex. */
    sha256: text('sha256'),
  },
  t => [
    check('resumable_uploads_received', sql`${t.received} between 0 and ${t.bytes} and ${t.bytes} > 0`),
    check('resumable_uploads_whole', sql`(${t.received} = ${t.bytes}) = (${t.photoId} is not null)`),
    check('resumable_uploads_outcome', sql`num_nulls(${t.photoId}, ${t.isDuplicate}, ${t.sha256}) in (0, 3)`),
    check('resumable_uploads_sha256', sql`${t.sha256} ~ '^[0-9a-f]{64}$'`),
    // Also how many of theirs are unfinished.
    index('resumable_uploads_photographer').on(t.photographerId, t.createdAt),
    index('resumable_uploads_created').on(t.createdAt),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)

/** Faces that a photo shows, each with its embedding of one model. */
export const faces = pgTable(
  'faces',
  {
    id: id(),
    photoId: uuid('photo_id')
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id),
    /** Relative to the upright photo, 0..1. */
    x: real('x').notNull(),
    y: real('y').notNull(),
    width: real('width').notNull(),
    height: real('height').notNull(),
    /** 68 points as 136 little-endian float32, relative like the box. */
    landmarks: bytea('landmarks').notNull(),
    /** 128 little-endian float32. */
    embedding: bytea('embedding').notNull(),
    modelVersion: text('model_version').notNull(),
    score: real('score').notNull(),
    quality: real('quality').notNull(),
    /** Who it is among the event's people, once an admin asked for them (see `people.ts`); goes with the embedding. */
    personId: uuid('person_id'),
  },
  t => [
    check('faces_embedding', sql`octet_length(${t.embedding}) = 512`),
    check('faces_landmarks', sql`octet_length(${t.landmarks}) = 544`),
    check('faces_quality', sql`${t.quality} between 0 and 1`),
    index('faces_photo').on(t.photoId),
    index('faces_event').on(t.eventId),
    index('faces_person')
      .on(t.eventId, t.personId)
      .where(sql`${t.personId} is not null`),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)
