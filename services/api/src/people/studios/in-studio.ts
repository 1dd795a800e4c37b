import { studios } from '@pix/db/schema/studios.ts'
import type { StudioRole } from '@pix/domain/words.ts'
import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { CallerContext, Context, Joining, StaffContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { actForStudio } from './act-for-studio.ts'
import { isMemberOf } from './member-of.ts'

/** Who may change what a studio sells. */
export const MANAGERS = ['owner', 'manager'] as const satisfies StudioRole[]
/** Who helps its customers. */
export const SALES = ['owner', 'manager', 'sales'] as const satisfies StudioRole[]

/**
 * Runs `act` for the staff of a studio that the request names; the caller's membership is asked for in the same transaction.
 *
 * @throws Problem `not_found` unless the caller has one of these roles in it
 */
export const inStudio = <T>(
  ctx: CallerContext,
  studioId: string,
  roles: readonly StudioRole[],
  act: (staff: StaffContext) => Promise<T>,
): Promise<T> => {
  const mine = and(eq(studios.id, studioId), isMemberOf(ctx, studios.id, roles))
  return actForStudio(ctx, sql`select ${studios.id} from ${studios} where ${mine}`, act)
}

/** What figures are read with: those of one studio, or of all where it names none. */
export type Listed = Joining<Context> & { studioId: string | null }

/** What a list of the console is read with: for the staff of a studio, or for a platform admin who names none, for all. */
export type ListContext = Joining<CallerContext> & { studioId: string | null }

/**
 * Runs `act` for a list of the console, which names its studio (`?studio=`). Who names none means the first in which they have
 * one of the roles; a platform admin means the whole installation, and acts for no studio's staff then. A studio's key means that studio.
 *
 * @param roles without a word, those who manage it
 * @throws Problem `not_found` for a studio in which the caller has none of them
 */
export function inNamedStudio<T>(
  ctx: CallerContext,
  named: string | undefined,
  act: (ctx: ListContext) => Promise<T>,
  roles: readonly StudioRole[] = MANAGERS,
): Promise<T> {
  const { isPlatformAdmin, memberships, key } = ctx.caller
  const wanted = named ?? key?.studioId ?? undefined
  if (wanted === undefined && isPlatformAdmin) return act({ ...ctx, studioId: null })
  const studioId = wanted ?? memberships.find(({ role }) => roles.includes(role))?.studioId
  if (studioId === undefined) throw notFound()
  return inStudio(ctx, studioId, roles, act)
}

/** SQL: the row is of the list's studio. */
export const isOfList = ({ studioId }: Pick<ListContext, 'studioId'>, column: PgColumn): SQL | undefined =>
  studioId === null ? undefined : eq(column, studioId)
