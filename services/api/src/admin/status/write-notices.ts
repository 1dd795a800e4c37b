import type * as contracts from '@pix/contracts/notices.ts'
import type { Maintenance, Notice } from '@pix/contracts/notices.ts'
import { notices, noticeUpdates } from '@pix/db/schema/notices.ts'
import { ANNOUNCED_MS } from '@pix/domain/notices.ts'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, Joining } from '../../base/context.ts'
import { notFound, Problem } from '../../base/problem.ts'
import { readNotice, stateOf } from './read-status.ts'

type Said = z.output<typeof contracts.openIncident.schema.body>
type Row = typeof notices.$inferSelect
const subjectOf = (id: string) => `notice:${id}`

/** Says to everybody that something does not work. */
export async function openIncident(ctx: CallerContext, said: Said): Promise<Notice> {
  const [id, at] = [ctx.newId(), ctx.now()]
  return ctx.db.transaction(async tx => {
    const inTx = { ...ctx, db: tx }
    await tx.insert(notices).values({ id, kind: 'incident', ...columnsOf(said), announcedAt: at, startsAt: at })
    await recordAudit(inTx, 'notice.open', subjectOf(id), { after: { ...said } })
    return readNotice(inTx, id)
  })
}

/**
 * Announces maintenance.
 *
 * @throws Problem `invalid_request` where it begins within 72 h and is not urgent, has begun already, or ends before it begins
 */
export async function announceMaintenance(ctx: CallerContext, given: Maintenance): Promise<Notice> {
  const [id, at] = [ctx.newId(), ctx.now()]
  const row = plannedColumns(given, { announcedAt: at, now: at })
  return ctx.db.transaction(async tx => {
    const inTx = { ...ctx, db: tx }
    await tx.insert(notices).values({ id, kind: 'maintenance', ...row })
    await recordAudit(inTx, 'notice.announce', subjectOf(id), { after: { ...given } })
    return readNotice(inTx, id)
  })
}

/**
 * Changes maintenance that has not begun.
 *
 * @throws Problem `not_found`, `illegal_state` once it has begun or is cancelled, `invalid_request` as when it is announced
 */
export async function changeMaintenance(ctx: CallerContext, id: string, given: Maintenance): Promise<Notice> {
  return ctx.db.transaction(async tx => {
    const inTx = { ...ctx, db: tx }
    const row = await lockNotice(inTx, id, 'planned')
    const isEarlier = given.startsAt === null || new Date(given.startsAt) < row.startsAt
    const announcedAt = isEarlier ? ctx.now() : row.announcedAt
    await tx
      .update(notices)
      .set(plannedColumns(given, { announcedAt, now: ctx.now() }))
      .where(eq(notices.id, id))
    const { titleTh, titleEn, textTh, textEn, parts, startsAt, endsAt } = row
    const said = { title: { th: titleTh, en: titleEn }, text: { th: textTh, en: textEn }, parts }
    await recordAudit(inTx, 'notice.change', subjectOf(id), {
      before: { ...said, startsAt, endsAt },
      after: { ...given },
    })
    return readNotice(inTx, id)
  })
}

/** @throws Problem `not_found`, `illegal_state` once it has begun or is cancelled */
export async function cancelMaintenance(ctx: CallerContext, id: string): Promise<Notice> {
  return ctx.db.transaction(async tx => {
    const inTx = { ...ctx, db: tx }
    await lockNotice(inTx, id, 'planned')
    await tx.update(notices).set({ cancelledAt: ctx.now() }).where(eq(notices.id, id))
    await recordAudit(inTx, 'notice.cancel', subjectOf(id))
    return readNotice(inTx, id)
  })
}

/**
 * Writes further about what goes on, and ends it.
 *
 * @throws Problem `not_found`, `illegal_state` while it is planned and once it is over, `invalid_request` for an expected end
 *   that an incident has not, or that has passed
 */
export async function updateNotice(
  ctx: CallerContext,
  id: string,
  { text, endsAt, over }: z.output<typeof contracts.updateNotice.schema.body>,
): Promise<Notice> {
  const at = ctx.now()
  return ctx.db.transaction(async tx => {
    const inTx = { ...ctx, db: tx }
    const { kind } = await lockNotice(inTx, id, 'running')
    const expected = endsAt === undefined ? null : new Date(endsAt)
    if (expected && kind === 'incident') throw wrong('endsAt', 'is for maintenance')
    if (expected && expected <= at) throw wrong('endsAt', 'has passed')
    await tx.insert(noticeUpdates).values({ id: ctx.newId(), noticeId: id, at, textTh: text.th, textEn: text.en })
    const changed = { ...(expected && { endsAt: expected }), ...(over && { endedAt: at }) }
    if (expected || over) await tx.update(notices).set(changed).where(eq(notices.id, id))
    const [subject, facts] = [subjectOf(id), { after: { text, ...changed } }]
    if (over) await recordAudit(inTx, 'notice.end', subject, facts)
    else await recordAudit(inTx, 'notice.update', subject, facts)
    return readNotice(inTx, id)
  })
}

const wrong = (field: string, message: string) =>
  new Problem('invalid_request', { errors: [{ path: `body.${field}`, message }] })

/** Locks the row against others who change it at the same time. */
async function lockNotice(
  { db, now }: Pick<Joining<CallerContext>, 'db' | 'now'>,
  id: string,
  state: Notice['state'],
): Promise<Row> {
  const [row] = await db.select().from(notices).where(eq(notices.id, id)).for('update')
  if (!row || (state === 'planned' && row.kind !== 'maintenance')) throw notFound()
  if (stateOf(row, now()) !== state) throw new Problem('illegal_state')
  return row
}

const columnsOf = ({ title, text, parts }: Said) => ({
  titleTh: title.th,
  titleEn: title.en,
  textTh: text.th,
  textEn: text.en,
  parts,
})

function plannedColumns(given: Maintenance, { announcedAt, now }: { announcedAt: Date; now: Date }) {
  const [startsAt, endsAt] = [given.startsAt === null ? now : new Date(given.startsAt), new Date(given.endsAt)]
  if (given.startsAt !== null && startsAt <= now) throw wrong('startsAt', 'has passed')
  if (endsAt <= startsAt) throw wrong('endsAt', 'is not after the beginning')
  const isLate = startsAt.getTime() - announcedAt.getTime() < ANNOUNCED_MS
  if (isLate && !given.urgent) throw wrong('urgent', 'is needed, since it begins within 72 hours')
  return { ...columnsOf(given), announcedAt, startsAt, endsAt, urgent: isLate, pauses: given.pauses }
}
