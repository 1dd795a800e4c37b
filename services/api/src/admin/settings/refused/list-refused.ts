import type { listRefusedAddresses as contract } from '@pix/contracts/refused-addresses.ts'
import { users } from '@pix/db/schema/auth.ts'
import { outgoingMail, suppressedAddresses } from '@pix/db/schema/letters.ts'
import { and, desc, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Context } from '../../../base/context.ts'
import { decodeCursor, encodeCursor, isMs } from '../../../base/cursor.ts'

/** Addresses that a mail server refused for good, newest first, by (suppressedAt, address). */
export async function listRefused(
  { db }: Pick<Context, 'db'>,
  { q, cursor, limit }: z.output<typeof contract.schema.querystring>,
): Promise<z.output<(typeof contract.schema.response)[200]>> {
  const { address, reason, suppressedAt, mailId } = suppressedAddresses
  const after = decodeCursor(cursor, ([ms, before]) =>
    isMs(ms) && typeof before === 'string' ? { at: new Date(ms).toISOString(), address: before } : null,
  )
  const found = await db
    .select({ address, answer: reason, at: suppressedAt, template: outgoingMail.template, userId: users.id })
    .from(suppressedAddresses)
    .leftJoin(outgoingMail, eq(outgoingMail.id, mailId))
    .leftJoin(users, eq(users.email, address))
    .where(
      and(
        q === undefined
          ? undefined
          : sql`search_form(${address}) like '%' || escape_like(search_form(${q}::text)) || '%'`,
        after === null ? undefined : sql`(${suppressedAt}, ${address}) < (${after.at}::timestamptz, ${after.address})`,
      ),
    )
    .orderBy(desc(suppressedAt), desc(address))
    .limit(limit + 1)
  const rows = found.slice(0, limit)
  const last = found.length > rows.length ? rows.at(-1) : undefined
  return {
    items: rows.map(row => ({ ...row, at: row.at.toISOString() })),
    nextCursor: last ? encodeCursor([last.at.getTime(), last.address]) : null,
  }
}
