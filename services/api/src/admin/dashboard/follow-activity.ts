import type { Activity } from '@pix/contracts/dashboard.ts'
import { users } from '@pix/db/schema/auth.ts'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Context, CallerContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { inNamedStudio, type ListContext } from '../../people/studios/index.ts'
import { readActivity } from './read-activity.ts'

/**
 * The activity of a studio, or of all, for a stream: each read asks again whether the caller may see it.
 *
 * @throws Problem `not_found` for a studio of others
 */
export async function openActivity(
  ctx: CallerContext,
  studio: string | undefined,
): Promise<{ studioId: string | null; read: () => Promise<Activity> }> {
  const studioId = await inNamedStudio(ctx, studio, async list => list.studioId)
  const read = () =>
    inNamedStudio(ctx, studioId ?? undefined, async list => {
      await requireStanding(list)
      return readActivity(list)
    })
  return { studioId, read }
}

/** A stream is open for hours: whoever was suspended, or is no platform admin any more, sees nothing further. */
async function requireStanding({ db, caller }: ListContext): Promise<void> {
  const [found] = await db
    .select({ role: users.role })
    .from(users)
    .where(and(eq(users.id, caller.userId), isNull(users.suspendedAt), isNull(users.deletedAt)))
  if (!found || (caller.isPlatformAdmin && found.role !== 'platform_admin')) throw notFound()
}

/** Stamps of the activity by studio, and of all as `all`: when the last order was paid, the last deed done, the last photo came. */
export const activityStamps =
  ({ db }: Pick<Context, 'db'>) =>
  async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const { rows } = await db.execute<{ id: string; stamp: string }>(sql`
      select wanted.id, concat_ws(' ',
        (select max(o.paid_at) from orders o where wanted.studio is null or o.studio_id = wanted.studio),
        (select max(a.created_at) from audit_events a where wanted.studio is null or a.studio_id = wanted.studio),
        (select max(last.created_at) from (
            select e.id from events e
            where (wanted.studio is null or e.studio_id = wanted.studio) and e.status in ('open', 'on_sale')
            order by e.starts_at desc, e.id desc limit 20) as live
          cross join lateral (select p.created_at from photos p where p.event_id = live.id
            order by p.created_at desc limit 1) as last)
      ) as stamp
      from (select id, nullif(id, 'all')::uuid as studio from unnest(${sql.param([...ids])}::text[]) as id) as wanted`)
    return new Map(rows.map(({ id, stamp }) => [id, stamp]))
  }
