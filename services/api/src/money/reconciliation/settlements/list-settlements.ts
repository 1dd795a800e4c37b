import { baht, type PageQuery } from '@pix/contracts/common.ts'
import type { listSettlements as contract, Settlement } from '@pix/contracts/settlements.ts'
import { users } from '@pix/db/schema/auth.ts'
import { ledgerAccounts } from '@pix/db/schema/ledger.ts'
import { receipts } from '@pix/db/schema/payments.ts'
import { gatewaySettlements } from '@pix/db/schema/reconciliation.ts'
import { desc, eq, ne, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Context } from '../../../base/context.ts'
import { decodeCursor, encodeCursor, isId, isMs } from '../../../base/cursor.ts'
import { balanceOf } from '../../ledger/index.ts'
import { TRANSFER } from '../../payments/index.ts'
import { RECKONED, reckoning, toReckoned } from './reckon.ts'

type Answer = z.output<(typeof contract.schema.response)[200]>

/** Statements of gateways beside our books, newest first, by (recordedAt, id). */
export async function listSettlements(ctx: Context, { limit, cursor }: z.output<typeof PageQuery>): Promise<Answer> {
  const after = decodeCursor(cursor, ([at, id]) => (isMs(at) && isId(id) ? { at: new Date(at), id } : null))
  const { recordedAt, id } = gatewaySettlements
  const rest = after && sql`(${recordedAt}, ${id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`
  const found = await selectSettlements(ctx, rest ?? undefined, limit + 1)
  const items = found.slice(0, limit)
  const last = found.length > items.length ? items.at(-1) : undefined
  return {
    items,
    nextCursor: last ? encodeCursor([Date.parse(last.recordedAt), last.id]) : null,
    gateways: await settlingGateways(ctx),
    feeBalance: baht(await feeBalance(ctx)),
  }
}

export async function selectSettlements(
  { db }: Pick<Context, 'db'>,
  which: SQL | undefined,
  most: number,
): Promise<Settlement[]> {
  const rows = await db
    .select({ row: gatewaySettlements, recordedBy: users.name, reckoned: RECKONED })
    .from(gatewaySettlements)
    .innerJoinLateral(sql`(${reckoning(gatewaySettlements)}) reckoned`, sql`true`)
    .leftJoin(users, eq(users.id, gatewaySettlements.recordedBy))
    .where(which)
    .orderBy(desc(gatewaySettlements.recordedAt), desc(gatewaySettlements.id))
    .limit(most)
  return rows.map(({ row, recordedBy, reckoned }) => ({
    ...row,
    recordedBy,
    recordedAt: row.recordedAt.toISOString(),
    total: baht(row.total),
    fee: baht(row.fee),
    paidOut: baht(row.total - row.fee),
    ...toReckoned(reckoned),
  }))
}

/** Those that are configured, and those that took in money before: not the account that people transfer to. */
export async function settlingGateways({ db, gateways }: Pick<Context, 'db' | 'gateways'>): Promise<string[]> {
  const rows = await db
    .selectDistinct({ gateway: receipts.gateway })
    .from(receipts)
    .where(ne(receipts.gateway, TRANSFER))
  return [...new Set([...gateways.keys(), ...rows.map(row => row.gateway)])].toSorted()
}

/** Satang that were taken off sales for fees, less what gateways kept. */
async function feeBalance({ db }: Pick<Context, 'db'>): Promise<number> {
  const fees = await db
    .select({ id: ledgerAccounts.id })
    .from(ledgerAccounts)
    .where(eq(ledgerAccounts.kind, 'gateway_fees'))
  return balanceOf(
    db,
    fees.map(({ id }) => id),
  )
}
