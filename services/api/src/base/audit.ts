import type { AuditAction } from '@pix/contracts/audit.ts'
import { appendAudit, type AuditContext, type AuditFacts } from '@pix/db/append-audit.ts'

/**
 * Says who did what to what, in the transaction that does it: `recordAudit(staff, …)`, elsewhere
 * `recordAudit({ ...ctx, db: tx }, …)`. Who acts and from where is the context's. The studio is the staff's, else the
 * subject's.
 *
 * @param action a new one goes into `AUDIT_ACTIONS`, and gets its sentences in web/src/admin/audit
 * @param subject such as `event:<id>`
 * @param facts what was there before and after, and what else is worth knowing. Admins read it: nothing
 *   secret and nothing biometric goes in
 */
export const recordAudit = (
  ctx: AuditContext,
  action: AuditAction,
  subject: string,
  facts: AuditFacts = {},
): Promise<void> => appendAudit(ctx, action, subject, facts)
