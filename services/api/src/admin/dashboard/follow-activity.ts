import type { Activity } from '@pix/contracts/dashboard.ts'
import { users } from '@pix/db/schema/auth.ts'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Context, CallerContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { inNamedStudio } from '../../people/studios/index.ts'
import { readActivity } from './read-activity.ts'

/** The activity of a studio, or of all, for a stream. */
export interface OpenActivity {
  studioId: string | null
  /** Whose view it is: a person, since they last signed in or out of every device. */
  owner: string
  /** The activity now. @throws Problem `not_found` once the caller may not see it any more */
  read: () => Promise<Activity>
}

/**
 * Opens the activity of a studio, or of all. Each read asks again whether the caller may see it: a stream is open for hours.
 *
 * @throws Problem `not_found` for a studio of others
 */
export async function openActivity(ctx: CallerContext, studio: string | undefined): Promise<OpenActivity> {
  const studioId = await inNamedStudio(ctx, studio, async list => list.studioId)
  const version = await standingOf(ctx)
  const read = async () => {
    if ((await standingOf(ctx)) !== version) throw notFound()
    return inNamedStudio(ctx, studioId ?? undefined, readActivity)
  }
  return { studioId, owner: `${ctx.caller.userId} ${version}`, read }
}

/**
 * The caller's session version, which changes whenever their access tokens end.
 *
 * @throws Problem `not_found` for who was suspended, or is no platform admin any more
 */
async function standingOf({ db, caller }: CallerContext): Promise<number> {
  const [found] = await db
    .select({ role: users.role, version: users.sessionVersion })
    .from(users)
    .where(and(eq(users.id, caller.userId), isNull(users.suspendedAt), isNull(users.deletedAt)))
  if (!found || (caller.isPlatformAdmin && found.role !== 'platform_admin')) throw notFound()
  return found.version
}

/**
 * Stamps of the activity by studio, and of all as `all`: when the last order was paid, the last deed done, the last photo
 * came. Each is the end of an index.
 */
export const activityStamps =
  ({ db }: Pick<Context, 'db'>) =>
  async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const { rows } = await db.execute<{ id: string; stamp: string }>(sql`
      select wanted.id, concat_ws(' ',
        case when wanted.studio is null then (select max(paid_at) from orders)
          else (select max(o.paid_at) from orders o where o.studio_id = wanted.studio and o.paid_at is not null) end,
        case when wanted.studio is null then (select max(created_at) from audit_events)
          else (select max(a.created_at) from audit_events a where a.studio_id = wanted.studio) end,
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
