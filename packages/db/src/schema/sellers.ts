import { SELLS_AS, SOLD_AS, VAT_STATUSES } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { check, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant, sealed } from './columns.ts'
import { namesStudio, studioPolicies } from './policies.ts'
import { studios } from './studios.ts'

export const vatStatus = pgEnum('vat_status', VAT_STATUSES)
export const sellsAs = pgEnum('sells_as', SELLS_AS)
export const soldAs = pgEnum('sold_as', SOLD_AS)

/** Who a studio is for the law: what its documents say of the seller. A studio without a row charges no VAT. */
export const studioSellers = pgTable(
  'studio_sellers',
  {
    studioId: uuid('studio_id')
      .primaryKey()
      .references(() => studios.id),
    vat: vatStatus('vat').notNull().default('none'),
    name: text('name').notNull(),
    address: text('address').notNull(),
    /** 13 digits. */
    taxId: sealed('tax_id'),
    /** Five digits; `00000` is the head office. */
    branch: text('branch'),
    sellsAs: sellsAs('sells_as').notNull().default('principal'),
    soldAs: soldAs('sold_as').notNull().default('service'),
    changedAt: instant('changed_at').notNull(),
  },
  t => [
    check('studio_sellers_name', sql`${t.name} <> ''`),
    check('studio_sellers_branch', sql`${t.branch} ~ '^[0-9]{5}$'`),
    check(
      'studio_sellers_registered',
      sql`${t.vat} = 'none' or (${t.taxId} is not null and ${t.branch} is not null and ${t.address} <> '')`,
    ),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)
