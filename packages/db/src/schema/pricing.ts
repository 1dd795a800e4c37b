import { PACKAGE_KINDS } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id } from './columns.ts'
import { events } from './events.ts'

export const packageKind = pgEnum('package_kind', PACKAGE_KINDS)

/** A price offer. Without an event it is on the global list; an event with active rows of its own uses only those. */
export const packages = pgTable(
  'packages',
  {
    id: id(),
    eventId: uuid('event_id').references(() => events.id, { onDelete: 'cascade' }),
    kind: packageKind('kind').notNull(),
    nameTh: text('name_th').notNull(),
    nameEn: text('name_en').notNull(),
    /** 1 for a single, N for a bundle, null for unlimited. */
    photoCount: integer('photo_count'),
    /** Satang. */
    price: bigint('price', { mode: 'number' }).notNull(),
    position: integer('position').notNull().default(0),
    /** Packages are never deleted: orders point at them. */
    active: boolean('active').notNull().default(true),
    createdAt: createdAt(),
  },
  t => [
    check('packages_price', sql`${t.price} >= 0`),
    check(
      'packages_photo_count',
      sql`case ${t.kind} when 'single' then ${t.photoCount} = 1 when 'bundle' then ${t.photoCount} > 1 else ${t.photoCount} is null end`,
    ),
    index('packages_event').on(t.eventId),
  ],
)
