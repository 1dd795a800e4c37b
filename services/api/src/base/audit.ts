import type { AuditAction } from '@pix/contracts/audit.ts'
import type { Queryable } from '@pix/db/client.ts'
import { newId } from '@pix/db/ids.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'

/**
 * Says who did what to what, in the transaction that does it. Every admin reads it: nothing secret goes into `detail`.
 *
 * @param action a new one goes into `AUDIT_ACTIONS`, and gets its sentences in web/src/admin/audit
 * @param subject such as `event:<id>`
 */
export async function recordAudit(
  tx: Queryable,
  actorId: string,
  action: AuditAction,
  subject: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await tx.insert(auditEvents).values({ id: newId(), actorId, action, subject, detail })
}
