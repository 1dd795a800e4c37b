import { sql } from 'drizzle-orm'
import type { Queryable } from '../client.ts'
import { canonical, instantText } from './canonical.ts'
import { leafHash } from './merkle-root.ts'

/** Lines of the audit as they are sealed. */
export async function auditRows(db: Queryable, from: number, to: number, limit: number) {
  const { rows } = await db.execute<{ position: string; id: string; at: string; fields: unknown }>(sql`
    select position, id, extract(epoch from created_at) * 1000 as at, jsonb_build_object(
      'id', id, 'position', position, 'actorId', actor_id, 'studioId', studio_id, 'action', action, 'subject', subject,
      'ip', host(ip), 'device', device, 'before', before, 'after', after, 'detail', detail,
      'at', ${instantText('created_at')}
    ) as fields
    from audit_events where position between ${from} and ${to} order by position limit ${limit}`)
  return rows.map(({ position, id, at, fields }) => ({
    position: Number(position),
    id,
    atMs: Number(at),
    leaf: leafHash(canonical(fields)),
  }))
}
