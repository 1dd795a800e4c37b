import { reportRounds } from '@pix/db/schema/reports.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { withStudio } from '@pix/db/tenant.ts'
import type { LocalText } from '@pix/contracts/common.ts'
import type { ReportPeriod } from '@pix/domain/words.ts'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { queueLetter, sendLetter } from '../../base/letters.ts'
import { isQuiet, readReport, type Report } from './read-report.ts'
import { type Reader, readersOf } from './readers-of.ts'
import { lastSpan, type ReportSpan } from './report-span.ts'
import { letterOf, type ReportLetter } from './letter-of.ts'

const INSTALLATION: LocalText = { th: 'ThePixStock ทั้งระบบ', en: 'all of ThePixStock' }

/**
 * Writes the reports of the last day, week or month that is over: one letter for each studio and reader. A run that is
 * repeated writes none again. When one studio's report fails the others are written, and the next run tries again.
 *
 * @throws Error when a report could not be written
 */
export async function writeReports(ctx: Context, period: ReportPeriod): Promise<void> {
  const span = lastSpan(period, ctx.now())
  if (await isWritten(ctx, span)) return
  const byStudio = new Map<string | null, Reader[]>()
  for (const reader of await readersOf(ctx, period))
    byStudio.set(reader.studioId, [...(byStudio.get(reader.studioId) ?? []), reader])
  const failed: unknown[] = []
  for (const [studioId, readers] of byStudio)
    await writeReport(ctx, span, studioId, readers).catch((error: unknown) => failed.push(error))
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} reports were not written`)
  const { from: firstDay } = span
  await ctx.db.insert(reportRounds).values({ period, firstDay, writtenAt: ctx.now() }).onConflictDoNothing()
}

async function isWritten({ db }: Pick<Context, 'db'>, { period, from }: ReportSpan): Promise<boolean> {
  return (await db.$count(reportRounds, and(eq(reportRounds.period, period), eq(reportRounds.firstDay, from)))) > 0
}

async function writeReport(
  ctx: Context,
  span: ReportSpan,
  studioId: string | null,
  readers: readonly Reader[],
): Promise<void> {
  const report = await readFor(ctx, span, studioId)
  if (isQuiet(report)) return
  const name = studioId === null ? INSTALLATION : await nameOf(ctx, studioId)
  for (const { userId, email, locale } of readers) {
    const letter = await queueLetter<ReportLetter['template']>(ctx, ctx.db, {
      ...letterOf(span, report, studioId, name, locale),
      to: email,
      locale,
      secrets: {},
      storefront: null,
      dedupeKey: `report:${span.period}:${span.from}:${studioId ?? 'all'}:${userId}`,
    })
    if (letter !== null) await sendLetter(ctx, letter)
  }
}

/** Of a studio as its staff see it, of the whole installation as a platform admin does. */
const readFor = (ctx: Context, span: ReportSpan, studioId: string | null): Promise<Report> =>
  studioId === null
    ? readReport({ ...ctx, studioId }, span)
    : withStudio(ctx.db, studioId, db => readReport({ ...ctx, db, studioId }, span))

async function nameOf({ db }: Pick<Context, 'db'>, studioId: string): Promise<LocalText> {
  const [found] = await db
    .select({ th: studios.nameTh, en: studios.nameEn })
    .from(studios)
    .where(eq(studios.id, studioId))
  return found!
}
