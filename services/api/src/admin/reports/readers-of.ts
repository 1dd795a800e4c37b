import { users } from '@pix/db/schema/auth.ts'
import { reportChoices, studioMembers } from '@pix/db/schema/studios.ts'
import type { ReportPeriod } from '@pix/domain/words.ts'
import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { MANAGERS, reportsByRole } from '../../people/studios/index.ts'

/** Who gets a report. */
export interface Reader {
  userId: string
  email: string
  locale: 'th' | 'en'
  /** Null is the whole installation. */
  studioId: string | null
}

const { id: userId, email } = users
const { periods, locale } = reportChoices
const isThere = isNull(users.suspendedAt)

/**
 * Who gets the reports of a period: what they have chosen, else what their role says. Platform admins who look after a
 * studio without being in it get its reports once they choose so.
 */
export async function readersOf({ db }: Pick<Context, 'db'>, period: ReportPeriod): Promise<Reader[]> {
  const { studioId, role } = studioMembers
  const members = await db
    .select({ userId, email, studioId, role, periods, locale })
    .from(studioMembers)
    .innerJoin(users, and(eq(users.id, studioMembers.userId), isThere))
    .leftJoin(reportChoices, and(eq(reportChoices.userId, users.id), eq(reportChoices.studioId, studioId)))
    .where(inArray(role, [...MANAGERS]))
  const isAdmin = and(eq(users.role, 'platform_admin'), isThere)
  const admins = await db
    .select({ userId, email, periods, locale })
    .from(users)
    .leftJoin(reportChoices, and(eq(reportChoices.userId, users.id), isNull(reportChoices.studioId)))
    .where(isAdmin)
  const helpers = await db
    .select({ userId, email, studioId: reportChoices.studioId, periods, locale })
    .from(users)
    .innerJoin(reportChoices, and(eq(reportChoices.userId, users.id), isNotNull(reportChoices.studioId)))
    .where(isAdmin)
  const all = [
    ...members,
    ...admins.map(admin => ({ ...admin, studioId: null, role: 'platform_admin' as const })),
    ...helpers.map(helper => ({ ...helper, role: null })),
  ]
  return all
    .filter(({ role: as, periods: chosen }) => (chosen ?? reportsByRole(as)).includes(period))
    .map(row => ({ userId: row.userId, email: row.email, locale: row.locale ?? 'th', studioId: row.studioId }))
}
