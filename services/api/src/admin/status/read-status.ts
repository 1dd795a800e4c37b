import type { Notice, Status } from '@pix/contracts/notices.ts'
import { notices, noticeUpdates } from '@pix/db/schema/notices.ts'
import { STATUS_DAYS } from '@pix/domain/notices.ts'
import { asc, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Context, Joining } from '../../base/context.ts'
import { isOpenNotice } from '../../base/notices.ts'
import { notFound } from '../../base/problem.ts'

type Reading = Pick<Joining<Context>, 'db' | 'now'>
type Row = typeof notices.$inferSelect
type Update = typeof noticeUpdates.$inferSelect

const DAY_MS = 86_400_000
/** Of each list. */
const MOST = 100

/** What goes on, what was announced, and what was over not long ago. */
export async function readStatus(ctx: Reading): Promise<Status> {
  const asOf = ctx.now()
  const endedAt = sql`coalesce(${notices.endedAt}, ${notices.cancelledAt})`
  const [open, past] = await Promise.all([
    ctx.db.select().from(notices).where(isOpenNotice).orderBy(asc(notices.startsAt), asc(notices.id)).limit(MOST),
    ctx.db
      .select()
      .from(notices)
      .where(gt(endedAt, new Date(asOf.getTime() - STATUS_DAYS * DAY_MS)))
      .orderBy(desc(endedAt), desc(notices.id))
      .limit(MOST),
  ])
  const all = await withUpdates(ctx, [...open, ...past])
  const of = (...states: Notice['state'][]) => all.filter(({ state }) => states.includes(state))
  return {
    asOf: asOf.toISOString(),
    running: of('running').reverse(),
    planned: of('planned'),
    past: of('over', 'cancelled'),
  }
}

/** @throws Problem `not_found` */
export async function readNotice(ctx: Reading, id: string): Promise<Notice> {
  const [notice] = await withUpdates(ctx, await ctx.db.select().from(notices).where(eq(notices.id, id)))
  if (!notice) throw notFound()
  return notice
}

async function withUpdates({ db, now }: Reading, rows: Row[]): Promise<Notice[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const updates = await db
    .select()
    .from(noticeUpdates)
    .where(inArray(noticeUpdates.noticeId, ids))
    .orderBy(asc(noticeUpdates.at), asc(noticeUpdates.id))
  const of = (id: string) => updates.filter(({ noticeId }) => noticeId === id)
  return rows.map(row => toNotice(row, of(row.id), now()))
}

const toNotice = (row: Row, updates: Update[], now: Date): Notice => ({
  id: row.id,
  kind: row.kind,
  state: stateOf(row, now),
  title: { th: row.titleTh, en: row.titleEn },
  text: { th: row.textTh, en: row.textEn },
  parts: row.parts,
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt?.toISOString() ?? null,
  endedAt: (row.endedAt ?? row.cancelledAt)?.toISOString() ?? null,
  urgent: row.urgent,
  pauses: row.pauses,
  updates: updates.map(({ id, at, textTh, textEn }) => ({
    id,
    at: at.toISOString(),
    text: { th: textTh, en: textEn },
  })),
})

/** How far a notice is at this time. */
export function stateOf({ startsAt, endedAt, cancelledAt }: Row, now: Date): Notice['state'] {
  if (cancelledAt) return 'cancelled'
  if (endedAt) return 'over'
  return startsAt > now ? 'planned' : 'running'
}
