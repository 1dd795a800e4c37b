import { InboxKind } from '@pix/contracts/inbox.ts'
import type { Queryable } from '@pix/db/client.ts'
import { inboxLeft } from '@pix/db/schema/inbox.ts'
import { sql, type SQL } from 'drizzle-orm'
import { differenceKind } from './difference/kind.ts'
import { failedPhotoKind } from './failed-photo/kind.ts'
import type { Kind } from './kind.ts'
import { lostFactorKind } from './lost-factor/kind.ts'
import { mailKind } from './mail/kind.ts'
import { manyPeopleKind } from './many-people/kind.ts'
import { objectionKind } from './objection/kind.ts'
import { payoutKind } from './payout/kind.ts'
import { receiptKind } from './receipt/kind.ts'
import { refundKind } from './refund/kind.ts'
import { slipKind } from './slip/kind.ts'
import { takedownKind } from './takedown/kind.ts'

/** Every kind of line, by its name. */
export const KINDS: { readonly [K in InboxKind]: Kind<K> } = {
  mail: mailKind,
  takedown: takedownKind,
  many_people: manyPeopleKind,
  failed_photo: failedPhotoKind,
  objection: objectionKind,
  receipt: receiptKind,
  refund: refundKind,
  lost_factor: lostFactorKind,
  payout: payoutKind,
  slip: slipKind,
  difference: differenceKind,
}

/**
 * Rows that need a person, as a table `lines` of `kind`, `id` and `since`: they are open, and nobody has left them as
 * they are since.
 *
 * @param only one kind; all kinds without it
 */
export function openLines(db: Queryable, only?: InboxKind): SQL {
  const kinds = only === undefined ? InboxKind.options : [only]
  const selects = kinds.map(
    kind =>
      sql`select ${kind}::inbox_kind as kind, id, since from (${KINDS[kind].open(db).getSQL()}) as rows (id, since)`,
  )
  return sql`(
    select kind, id, since from (${sql.join(selects, sql` union all `)}) as open_rows
    where not exists (
      select from ${inboxLeft} as had
      where had.kind = open_rows.kind and had.item_id = open_rows.id and had.since >= open_rows.since
    )
  ) as lines`
}
