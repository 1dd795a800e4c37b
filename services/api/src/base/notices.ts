import type { NoticeLine } from '@pix/contracts/notice-line.ts'
import { notices } from '@pix/db/schema/notices.ts'
import { NOTICE_LINE_MS } from '@pix/domain/notices.ts'
import { and, desc, isNull, lte, sql } from 'drizzle-orm'
import type { Context, Joining } from './context.ts'

/** SQL: neither over nor cancelled. */
export const isOpenNotice = and(isNull(notices.endedAt), isNull(notices.cancelledAt))

/**
 * What the pages of every shop say in a line: what goes on now, newest first, else the maintenance that begins within a
 * day; null where all is well.
 */
export async function readNoticeLine({ db, now }: Pick<Joining<Context>, 'db' | 'now'>): Promise<NoticeLine | null> {
  const [at, soon] = [now(), new Date(now().getTime() + NOTICE_LINE_MS)]
  const isRunning = sql<boolean>`${notices.startsAt} <= ${at.toISOString()}::timestamptz`
  const [row] = await db
    .select({ notice: notices, isRunning })
    .from(notices)
    .where(and(isOpenNotice, lte(notices.startsAt, soon)))
    .orderBy(desc(isRunning), sql`case when ${isRunning} then ${notices.startsAt} end desc`, notices.startsAt)
    .limit(1)
  if (!row) return null
  const { kind, titleTh, titleEn, startsAt, endsAt } = row.notice
  return {
    kind,
    title: { th: titleTh, en: titleEn },
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    running: row.isRunning,
  }
}

/** The expected end of the maintenance that pauses the writes of the public now, the latest of several; null where none does. */
export async function readPause({ db, now }: Pick<Context, 'db' | 'now'>): Promise<Date | null> {
  const [pause] = await db
    .select({ endsAt: notices.endsAt })
    .from(notices)
    .where(and(isOpenNotice, notices.pauses, lte(notices.startsAt, now())))
    .orderBy(desc(notices.endsAt))
    .limit(1)
  return pause?.endsAt ?? null
}
