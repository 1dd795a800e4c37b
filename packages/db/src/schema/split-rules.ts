import { SPLIT_PRESETS } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgEnum, pgTable, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { createdAt, id, instant } from './columns.ts'
import { eventCategory, events } from './events.ts'
import { namesStudio, platformRows, studioPolicies } from './policies.ts'
import { studios } from './studios.ts'

export const splitPreset = pgEnum('split_preset', SPLIT_PRESETS)

/**
 * Append only. Versions of who gets what, in basis points. Of each scope the latest that has begun counts; of the scopes
 * the narrowest: a photographer's, an event's, a kind of event's, a studio's, the platform's (docs/decisions/0051).
 */
export const splitRules = pgTable(
  'split_rules',
  {
    id: id(),
    /** Whose events it is for. Null is the platform's, for every studio that has none of its own. */
    studioId: uuid('studio_id').references(() => studios.id),
    /** At most one of the next three is given; without any the rule is for all events. */
    eventId: uuid('event_id'),
    /** For events of this kind. */
    category: eventCategory('category'),
    /** For this photographer's photos at the studio's events. */
    photographerId: uuid('photographer_id').references(() => users.id),
    version: integer('version').notNull(),
    startsAt: instant('starts_at').notNull(),
    preset: splitPreset('preset').notNull().default('custom'),
    platformBp: integer('platform_bp').notNull(),
    /** 0 in rules of the house studio, which is the platform itself. */
    studioBp: integer('studio_bp').notNull().default(0),
    photographerBp: integer('photographer_bp').notNull(),
    organizerBp: integer('organizer_bp').notNull(),
    /** Null for rules of the installation, and of an account that is gone. */
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  t => {
    const scope = sql`coalesce(${t.eventId}, ${t.photographerId}, '00000000-0000-0000-0000-000000000000'::uuid)`
    const studio = sql`coalesce(${t.studioId}, '00000000-0000-0000-0000-000000000000'::uuid)`
    // PostgreSQL 15 reads an enum as text only by a function that is not immutable: a kind of event is its place.
    const category = sql`coalesce(${t.category}, 'other'), (${t.category} is null)`
    return [
      uniqueIndex('split_rules_version').on(studio, scope, category, t.version),
      // Two versions of a scope never begin together, so that one of them is the latest.
      uniqueIndex('split_rules_start').on(studio, scope, category, t.startsAt),
      foreignKey({
        name: 'split_rules_event_of_studio',
        columns: [t.eventId, t.studioId],
        foreignColumns: [events.id, events.studioId],
      }),
      check(
        'split_rules_scope',
        sql`num_nonnulls(${t.eventId}, ${t.category}, ${t.photographerId}) <= 1
          and (${t.studioId} is not null or (${t.eventId} is null and ${t.photographerId} is null))`,
      ),
      index('split_rules_event').on(t.eventId, t.studioId),
      index('split_rules_studio').on(t.studioId),
      index('split_rules_photographer').on(t.photographerId),
      index('split_rules_created_by').on(t.createdBy),
      check('split_rules_total', sql`${t.platformBp} + ${t.studioBp} + ${t.photographerBp} + ${t.organizerBp} = 10000`),
      check(
        'split_rules_shares',
        sql`least(${t.platformBp}, ${t.studioBp}, ${t.photographerBp}, ${t.organizerBp}) >= 0`,
      ),
      check(
        'split_rules_house',
        sql`${t.studioId} is distinct from '00000000-0000-7000-8000-000000000001'::uuid or ${t.studioBp} = 0`,
      ),
      check(
        'split_rules_preset',
        sql`case ${t.preset}::text
          when 'standard' then ${t.photographerBp} = 5000 and ${t.organizerBp} = 2000
          when 'premium' then ${t.photographerBp} = 5500 and ${t.organizerBp} = 2000
          when 'platform_owned' then ${t.photographerBp} = 0 and ${t.organizerBp} = 0
          else true end`,
      ),
      ...studioPolicies(namesStudio(t.studioId)),
      platformRows(t.studioId),
    ]
  },
)

/** Append only. A photographer's own rate in a studio, by version: it replaces the photographer's share of other rules. */
export const photographerRates = pgTable(
  'photographer_rates',
  {
    id: id(),
    studioId: uuid('studio_id')
      .notNull()
      .references(() => studios.id),
    photographerId: uuid('photographer_id')
      .notNull()
      .references(() => users.id),
    startsAt: instant('starts_at').notNull(),
    /** Basis points. Null ends the rate before it: the rules are in force again. */
    rateBp: integer('rate_bp'),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  t => [
    check('photographer_rates_bp', sql`${t.rateBp} between 0 and 10000`),
    uniqueIndex('photographer_rates_start').on(t.studioId, t.photographerId, t.startsAt),
    index('photographer_rates_photographer').on(t.photographerId),
    index('photographer_rates_created_by').on(t.createdBy),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)

/** What a studio takes off a sale before it is split. Orders freeze it. */
export const splitDeductions = pgTable(
  'split_deductions',
  {
    studioId: uuid('studio_id')
      .primaryKey()
      .references(() => studios.id),
    /** VAT that prices include, basis points of the price without it: 700, or 0 of a seller who is not registered. */
    vatBp: integer('vat_bp').notNull(),
    /** What the payment gateway costs, basis points of the price. */
    feeBp: integer('fee_bp').notNull(),
  },
  t => [
    check('split_deductions_vat', sql`${t.vatBp} between 0 and 3000`),
    check('split_deductions_fee', sql`${t.feeBp} between 0 and 2000`),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)
