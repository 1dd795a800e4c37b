import type { ReportChoice } from '@pix/contracts/reports.ts'
import { users } from '@pix/db/schema/auth.ts'
import { reportChoices, studioMembers } from '@pix/db/schema/studios.ts'
import { REPORT_PERIODS, type ReportPeriod, type StudioRole } from '@pix/domain/words.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { CallerContext } from '../../../base/context.ts'
import { inNamedStudio, isOfList, type ListContext } from '../in-studio.ts'

interface Chosen {
  periods: readonly ReportPeriod[]
  locale: 'th' | 'en'
}

/**
 * The reports that somebody gets who has chosen nothing: an owner those of their studio, a platform admin those of the whole
 * installation, and nobody else any.
 *
 * @param role in the studio; null where a platform admin has none there
 */
export const reportsByRole = (role: StudioRole | 'platform_admin' | null): readonly ReportPeriod[] =>
  role === 'owner' || role === 'platform_admin' ? REPORT_PERIODS : []

/** Which reports the caller gets. @throws Problem `not_found` for a studio that they do not manage */
export const readReportChoice = (ctx: CallerContext, studio: string | undefined): Promise<ReportChoice> =>
  inNamedStudio(ctx, studio, async list => {
    const { userId } = list.caller
    const [found] = await list.db
      .select({ email: users.email, periods: reportChoices.periods })
      .from(users)
      .leftJoin(reportChoices, and(eq(reportChoices.userId, users.id), isOf(list)))
      .where(eq(users.id, userId))
    const periods = found!.periods ?? reportsByRole(await roleIn(list))
    return { periods: [...periods], email: found!.email }
  })

/** Chooses them. @throws Problem `not_found` for a studio that the caller does not manage */
export const chooseReports = (
  ctx: CallerContext,
  studio: string | undefined,
  { periods, locale }: Chosen,
): Promise<ReportChoice> =>
  inNamedStudio(ctx, studio, async list => {
    const { userId } = list.caller
    const set = { periods: REPORT_PERIODS.filter(each => periods.includes(each)), locale, changedAt: list.now() }
    await list.db
      .insert(reportChoices)
      .values({ id: list.newId(), userId, studioId: list.studioId, ...set })
      .onConflictDoUpdate({ target: [reportChoices.userId, reportChoices.studioId], set })
    const [user] = await list.db.select({ email: users.email }).from(users).where(eq(users.id, userId))
    return { periods: set.periods, email: user!.email }
  })

const isOf = (list: ListContext) =>
  list.studioId === null ? isNull(reportChoices.studioId) : isOfList(list, reportChoices.studioId)

async function roleIn({
  db,
  studioId,
  caller: { userId },
}: ListContext): Promise<StudioRole | 'platform_admin' | null> {
  if (studioId === null) return 'platform_admin'
  const [member] = await db
    .select({ role: studioMembers.role })
    .from(studioMembers)
    .where(and(eq(studioMembers.studioId, studioId), eq(studioMembers.userId, userId)))
  return member?.role ?? null
}
