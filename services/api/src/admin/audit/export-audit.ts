import { Readable } from 'node:stream'
import type { AuditLine, exportAudit as contract } from '@pix/contracts/audit.ts'
import type { z } from 'zod'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { CSV_TYPE, csvFile, loggingFaults } from '../../base/csv-file.ts'
import { listAudit } from './list-audit.ts'

type Query = z.output<typeof contract.schema.querystring>
type Filters = Omit<Query, 'format'>

/** Lines that are read at once: an export holds no more of them in memory. */
const PAGE = 500

/**
 * A file of every line that fits, made while it is sent. That it was taken is a line of the audit itself. A line is never
 * erased, so it holds no name and no address that was searched for.
 */
export async function exportAudit(
  ctx: CallerContext,
  { format, ...filters }: Query,
): Promise<{ type: string; name: string; body: Readable }> {
  await recordAudit(ctx, 'audit.export', 'audit', { format, filters: withoutActor(filters) })
  const name = `audit-${ctx.now().toISOString().slice(0, 10)}.${format}`
  const logFault = loggingFaults(fault => ctx.log.error({ err: fault, format }, 'an audit export broke off'))
  if (format === 'json') {
    const body = Readable.from(asJson(ctx, filters)).on('error', logFault)
    return { type: 'application/json; charset=utf-8', name, body }
  }
  return { type: CSV_TYPE, name, body: csvFile(COLUMNS, asRows(ctx, filters), logFault) }
}

const withoutActor = ({ actor, ...filters }: Filters) => ({
  ...filters,
  ...(actor !== undefined && { actor: 'given' }),
})

async function* linesOf(ctx: CallerContext, filters: Filters): AsyncGenerator<AuditLine> {
  let cursor: string | undefined
  do {
    const page = await listAudit(ctx, { ...filters, limit: PAGE, cursor })
    yield* page.items
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

async function* asJson(ctx: CallerContext, filters: Filters): AsyncGenerator<string> {
  let before = '[\n'
  for await (const line of linesOf(ctx, filters)) {
    yield before + JSON.stringify(line)
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

const COLUMNS = [
  'id',
  'at',
  'actor_id',
  'actor_name',
  'actor_email',
  'action',
  'subject',
  'subject_name_th',
  'subject_name_en',
  'studio_id',
  'ip',
  'device',
  'before',
  'after',
  'detail',
]

const json = (value: object | null): string => (value === null ? '' : JSON.stringify(value))

async function* asRows(ctx: CallerContext, filters: Filters): AsyncGenerator<string[]> {
  for await (const line of linesOf(ctx, filters)) {
    const { id, at, actor, action, subject, subjectName, studioId, from, before, after, detail } = line
    const cells = [id, at, actor?.id, actor?.name, actor?.email, action, subject, subjectName?.th, subjectName?.en]
    const more = [studioId, from?.ip, from?.device, json(before), json(after), json(detail)]
    yield [...cells, ...more].map(cell => cell ?? '')
  }
}
