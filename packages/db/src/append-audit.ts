import type { Queryable } from './client.ts'
import { newId } from './ids.ts'
import { auditEvents } from './schema/audit.ts'

/** Where a request came from. */
export interface From {
  ip: string
  /** What the client calls itself, shortened. */
  device: string
}

/** Who acts, from where, and the transaction that the line belongs to. */
export interface AuditContext {
  db: Queryable
  /** Null for the service's own work. */
  caller: { userId: string } | null
  /** Null where no request caused it. */
  from: From | null
}

/** What an audit line tells; whatever has no column of its own is its detail. */
export interface AuditFacts {
  studioId?: string | null
  before?: Record<string, unknown>
  after?: Record<string, unknown>
  [detail: string]: unknown
}

/** Names whose values no line may hold: what opens something, and what a person is recognised by. */
const UNWANTED = /password|secret|token|cookie|authorization|embedding|descriptor|signature|otp|recovery/i

/**
 * Appends a line to the audit. The api's writers call `recordAudit`, which knows the actions.
 *
 * @throws Error for a secret or a biometric datum among the facts
 */
export async function appendAudit(
  { db, caller, from }: AuditContext,
  action: string,
  subject: string,
  { studioId = null, before, after, ...detail }: AuditFacts,
): Promise<void> {
  refuseUnwanted({ before, after, detail })
  await db.insert(auditEvents).values({
    id: newId(),
    actorId: caller?.userId ?? null,
    studioId,
    action,
    subject,
    ip: from?.ip ?? null,
    device: from?.device ?? null,
    before: before ?? null,
    after: after ?? null,
    detail,
  })
}

function refuseUnwanted(facts: object): void {
  for (const [name, value] of Object.entries(facts)) {
    const mayTell = typeof value === 'string' || (typeof value === 'object' && value !== null)
    if (mayTell && UNWANTED.test(name)) throw new Error(`the audit must not hold ${name}`)
    if (typeof value === 'object' && value !== null) refuseUnwanted(value)
  }
}
