import { baht } from '@pix/contracts/common.ts'
import type { Statement, statement as contract } from '@pix/contracts/earnings.ts'
import type { Tx } from '@pix/db/client.ts'
import { ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { seals } from '@pix/db/schema/seals.ts'
import { proveEntries } from '@pix/db/seals/prove-entries.ts'
import { sealFacts } from '@pix/db/seals/seal-facts.ts'
import { selectLines, totalsOf } from '@pix/db/statements/statement-lines.ts'
import { statedLine } from '@pix/domain/statement-line.ts'
import type { PayeeParty } from '@pix/domain/words.ts'
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { CallerContext, Context } from '../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMicros } from '../../base/cursor.ts'
import { notFound } from '../../base/problem.ts'
import { ownAccounts } from './own-accounts.ts'

type Query = z.output<typeof contract.schema.querystring>

/**
 * A page of the lines that changed what the caller is owed in a time, with the path from each to its seal. Sums and lines
 * are of one instant.
 */
export async function readStatement(ctx: CallerContext, party: PayeeParty, query: Query): Promise<Statement> {
  const { from, to } = query
  const { ids: accounts, payee } = await ownAccounts(ctx, party, query.studio)
  const { opening, closing, lineCount, found } = await ctx.db.transaction(
    async tx => ({
      ...(await totalsOf(tx, accounts, query)),
      found: await pageOf(tx, party, accounts, query),
    }),
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
  const rows = found.slice(0, query.limit)
  const last = found.length > rows.length ? rows.at(-1) : undefined
  const postingIds = [...new Set(rows.map(row => row.postingId))]
  const { proofs, seals: sealed } = await proveEntries(ctx.db, postingIds)
  return {
    party,
    name: payee,
    from,
    to,
    opening: baht(opening),
    closing: baht(closing),
    lineCount,
    lines: rows.map(row => ({ ...statedLine(row, party), proof: proofs.get(row.entryId) ?? null })),
    nextCursor: last ? encodeCursor([last.position, last.entryId]) : null,
    seals: sealed.map(sealFacts),
  }
}

/** Reads one row more than the page has: it shows whether another page follows. */
function pageOf(tx: Tx, party: PayeeParty, accounts: readonly string[], { limit, cursor, order, ...range }: Query) {
  const after = decodeCursor(cursor, ([position, id]) => (isMicros(position) && isId(id) ? { position, id } : null))
  const [by, beyond] = order === 'oldest' ? [asc, sql`>`] : [desc, sql`<`]
  const isBeyond =
    after &&
    sql`(${ledgerPostings.position}, ${ledgerEntries.id}) ${beyond} (${after.position}::bigint, ${after.id}::uuid)`
  return selectLines(tx, party, { accounts, range, isBeyond })
    .orderBy(by(ledgerPostings.position), by(ledgerEntries.id))
    .limit(limit + 1)
}

/** A seal, without the hashes of its rows. @throws Problem `not_found` */
export async function readSeal({ db }: Pick<Context, 'db'>, number: number) {
  const [seal] = await db
    .select()
    .from(seals)
    .where(and(eq(seals.kind, 'ledger'), eq(seals.number, number)))
  if (!seal) throw notFound()
  return sealFacts(seal)
}
