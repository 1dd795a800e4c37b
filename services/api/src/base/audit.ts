import type { AuditAction } from '@pix/contracts/audit.ts'
import { appendAudit, type AuditContext, type AuditFacts } from '@pix/db/append-audit.ts'
import type { Queryable } from '@pix/db/client.ts'

/**
 * Says who did what to what, in the transaction that does it: `recordAudit({ ...ctx, db: tx }, …)`. Who acts and from
 * where is the context's.
 *
 * @param action a new one goes into `AUDIT_ACTIONS`, and gets its sentences in web/src/admin/audit
 * @param subject such as `event:<id>`
 * @param facts what was there before and after, the studio, and what else is worth knowing. Admins read it: nothing
 *   secret and nothing biometric goes in
 */
export function recordAudit(ctx: AuditContext, action: AuditAction, subject: string, facts?: AuditFacts): Promise<void>
/** @deprecated It does not know from where: give the context. */
export function recordAudit(
  tx: Queryable,
  actorId: string,
  action: AuditAction,
  subject: string,
  detail?: AuditFacts,
): Promise<void>
export function recordAudit(
  first: AuditContext | Queryable,
  second: string,
  third: string,
  fourth: string | AuditFacts = {},
  fifth: AuditFacts = {},
): Promise<void> {
  if (typeof fourth !== 'string') return appendAudit(first as AuditContext, second, third, fourth)
  return appendAudit({ db: first as Queryable, caller: { userId: second }, from: null }, third, fourth, fifth)
}
