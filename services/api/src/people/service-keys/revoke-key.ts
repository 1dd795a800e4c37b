import { serviceKeys } from '@pix/db/schema/service-keys.ts'
import { and, eq, isNull } from 'drizzle-orm'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { manageKeys } from './manage-keys.ts'

/** Ends a key: from the next request on it is refused. A second time changes nothing. @throws Problem `not_found` */
export async function revokeServiceKey(ctx: CallerContext, id: string): Promise<void> {
  const [key] = await ctx.db.select({ studioId: serviceKeys.studioId }).from(serviceKeys).where(eq(serviceKeys.id, id))
  if (!key) throw notFound()
  await manageKeys(ctx, key.studioId, async manager => {
    const [revoked] = await manager.db
      .update(serviceKeys)
      .set({ revokedAt: ctx.now() })
      .where(and(eq(serviceKeys.id, id), isNull(serviceKeys.revokedAt)))
      .returning({ name: serviceKeys.name })
    if (revoked) await recordAudit(manager, 'service_key.revoke', `service_key:${id}`, { before: revoked })
  })
}
