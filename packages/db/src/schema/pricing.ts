import { PACKAGE_KINDS } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { bigint, boolean, check, foreignKey, index, integer, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from './columns.ts'
import { events } from './events.ts'
import { namesStudio, platformRows, studioPolicies } from './policies.ts'
import { studios } from './studios.ts'

export const packageKind = pgEnum('package_kind', PACKAGE_KINDS)

/**
 * A price offer: of an event, of a studio's list, or of the platform's list where it names neither. An event sells by the
 * active rows of the narrowest of the three that has any, less those that are hidden.
 */
export const packages = pgTable(
  'packages',
  {
    id: id(),
    studioId: uuid('studio_id').references(() => studios.id),
    eventId: uuid('event_id'),
    kind: packageKind('kind').notNull(),
    nameTh: text('name_th').notNull(),
    nameEn: text('name_en').notNull(),
    /** 1 for a single, N for a bundle; null for one person's photos and for the whole event. */
    photoCount: integer('photo_count'),
    /** Satang. */
    price: bigint('price', { mode: 'number' }).notNull(),
    /** Satang: the early-bird price; null where there is none. */
    earlyPrice: bigint('early_price', { mode: 'number' }),
    /** When the early-bird price ends; null: when the event begins. */
    earlyUntil: instant('early_until'),
    /** A hidden package stays in its list and is not sold. */
    hidden: boolean('hidden').notNull().default(false),
    position: integer('position').notNull().default(0),
    /** Packages are never deleted: orders point at them. */
    active: boolean('active').notNull().default(true),
    createdAt: createdAt(),
  },
  t => [
    check('packages_price', sql`${t.price} >= 0`),
    check('packages_early_price', sql`${t.earlyPrice} >= 0 and ${t.earlyPrice} < ${t.price}`),
    check('packages_early_until', sql`${t.earlyUntil} is null or ${t.earlyPrice} is not null`),
    check(
      'packages_photo_count',
      sql`case ${t.kind} when 'single' then ${t.photoCount} = 1 when 'bundle' then ${t.photoCount} > 1 else ${t.photoCount} is null end`,
    ),
    foreignKey({
      name: 'packages_event_of_studio',
      columns: [t.eventId, t.studioId],
      foreignColumns: [events.id, events.studioId],
    }).onDelete('cascade'),
    // A foreign key of two columns asks nothing where one is null.
    check('packages_scope', sql`${t.eventId} is null or ${t.studioId} is not null`),
    index('packages_event').on(t.eventId, t.studioId),
    index('packages_studio').on(t.studioId),
    ...studioPolicies(namesStudio(t.studioId)),
    platformRows(t.studioId),
  ],
)
