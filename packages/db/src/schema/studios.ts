import { type LogoFault, type ReportPeriod, STUDIO_ROLES, STUDIO_STATUSES } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { check, index, pgEnum, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { createdAt, id, instant } from './columns.ts'
import { namesStudio, studioPolicies } from './policies.ts'

export const studioStatus = pgEnum('studio_status', STUDIO_STATUSES)
export const studioRole = pgEnum('studio_role', STUDIO_ROLES)

/** Who sells here. The house studio (`HOUSE_STUDIO`) is the platform itself; its migration makes it. */
export const studios = pgTable(
  'studios',
  {
    id: id(),
    /** The first label of its storefront's host. */
    slug: text('slug').notNull().unique(),
    nameTh: text('name_th').notNull(),
    nameEn: text('name_en').notNull(),
    /** Key of its picture in the main bucket; null shows the name. */
    logo: text('logo'),
    /** Key of an uploaded picture in the vanishing bucket that waits to become the logo. */
    logoUpload: text('logo_upload'),
    /** Why the last upload did not become the logo; null once one did, or another one waits. */
    logoFault: text('logo_fault').$type<LogoFault>(),
    /** `#rrggbb`; null is the platform's own colour. */
    accentColor: text('accent_color'),
    /**
     * The gateway that takes its money, by name. Null, and a name that is not configured any more, mean the
     * installation's first.
     */
    gateway: text('gateway'),
    status: studioStatus('status').notNull().default('active'),
    createdAt: createdAt(),
  },
  t => [
    check('studios_slug', sql`${t.slug} ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'`),
    check('studios_accent_color', sql`${t.accentColor} ~ '^#[0-9a-f]{6}$'`),
    check('studios_logo_fault', sql`${t.logoFault} is null or ${t.logoUpload} is null`),
    index('studios_logo_waits')
      .on(t.id)
      .where(sql`${t.logoUpload} is not null`),
    ...studioPolicies(namesStudio(t.id)),
  ],
)

/** Who works for a studio, and as what. */
export const studioMembers = pgTable(
  'studio_members',
  {
    studioId: uuid('studio_id')
      .notNull()
      .references(() => studios.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: studioRole('role').notNull(),
    createdAt: createdAt(),
  },
  t => [
    primaryKey({ columns: [t.studioId, t.userId] }),
    index('studio_members_user').on(t.userId),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)

/** Which reports somebody gets by mail, where they have chosen. Without a row their role says it (docs/decisions/0080). */
export const reportChoices = pgTable(
  'report_choices',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Null is the whole installation. */
    studioId: uuid('studio_id').references(() => studios.id),
    periods: text('periods').array().$type<ReportPeriod[]>().notNull(),
    /** The language of these letters: that of the page on which it was chosen. */
    locale: text('locale').$type<'th' | 'en'>().notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  t => [
    unique('report_choices_once').on(t.userId, t.studioId).nullsNotDistinct(),
    check('report_choices_periods', sql`${t.periods} <@ array['daily', 'weekly', 'monthly']`),
    check('report_choices_locale', sql`${t.locale} in ('th', 'en')`),
    index('report_choices_studio').on(t.studioId),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)
