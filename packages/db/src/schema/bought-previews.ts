import { BOUGHT_PREVIEW_STATES } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { check, index, integer, pgEnum, pgTable, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { photos } from './photos.ts'
import { names, studioPolicies } from './policies.ts'

export const boughtPreviewState = pgEnum('bought_preview_state', BOUGHT_PREVIEW_STATES)

/**
 * The pictures without a watermark that buyers see of a photo, and download beside its original. Their row is written in
 * the transaction that first grants the photo to somebody; the pictures are kept as long as the photo.
 */
export const boughtPreviews = pgTable(
  'bought_previews',
  {
    photoId: uuid('photo_id')
      .primaryKey()
      .references(() => photos.id, { onDelete: 'cascade' }),
    state: boughtPreviewState('state').notNull().default('queued'),
    attempts: integer('attempts').notNull().default(0),
    /** When it was asked for, or its last try began. */
    queuedAt: instant('queued_at').notNull(),
  },
  t => [
    check('bought_previews_attempts', sql`${t.attempts} >= 0`),
    index('bought_previews_to_make')
      .on(t.queuedAt)
      .where(sql`${t.state} = 'queued'`),
    ...studioPolicies(names(t.photoId, 'photos')),
  ],
)
