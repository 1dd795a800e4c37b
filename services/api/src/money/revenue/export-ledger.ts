import type { Readable } from 'node:stream'
import type { exportLedger as contract } from '@pix/contracts/revenue.ts'
import { formatBaht } from '@pix/domain/money.ts'
import type { z } from 'zod'
import type { CallerContext } from '../../base/context.ts'
import { csvFile, loggingFaults } from '../../base/csv-file.ts'
import { listLedger } from './list-ledger.ts'

type Query = z.output<typeof contract.schema.querystring>

/** Lines that are read at once: an export holds no more of them in memory. */
const PAGE = 500

const COLUMNS = [
  'position',
  'posting_id',
  'at',
  'kind',
  'order_number',
  'event',
  'photo_id',
  'account',
  'owner_id',
  'owner_name',
  'debit_thb',
  'credit_thb',
]

/**
 * The lines of the ledger in a time as CSV, page by page, each page in a transaction of its own: lines are only added, behind
 * those that were read. The first page is read before the file begins, so a refusal is an answer of its own.
 *
 * @throws Problem `not_found` for a studio that the caller does not own
 */
export async function exportLedger(ctx: CallerContext, query: Query): Promise<{ name: string; body: Readable }> {
  const first = await listLedger(ctx, { ...query, limit: PAGE })
  const logFault = loggingFaults(fault => ctx.log.error({ err: fault }, 'an export of the ledger broke off'))
  return {
    name: `ledger-${query.from}-${query.to}.csv`,
    body: csvFile(COLUMNS, rowsOf(ctx, query, first), logFault),
  }
}

async function* rowsOf(
  ctx: CallerContext,
  query: Query,
  first: Awaited<ReturnType<typeof listLedger>>,
): AsyncGenerator<string[]> {
  let page = first
  for (;;) {
    for (const line of page.items) yield cellsOf(line)
    if (page.nextCursor === null) return
    page = await listLedger(ctx, { ...query, limit: PAGE, cursor: page.nextCursor })
  }
}

const cellsOf = (line: Awaited<ReturnType<typeof listLedger>>['items'][number]): string[] =>
  [
    String(line.position),
    line.postingId,
    line.at,
    line.kind,
    line.orderNumber,
    line.event?.slug,
    line.photoId,
    line.account,
    line.owner?.id,
    line.owner?.name,
    line.amount.amount > 0 ? formatBaht(line.amount.amount) : '',
    line.amount.amount < 0 ? formatBaht(-line.amount.amount) : '',
  ].map(cell => cell ?? '')
