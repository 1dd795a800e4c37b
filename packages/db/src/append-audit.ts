import { sql, type SQL } from 'drizzle-orm'
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
  /** Null for the service's own work. Where a service key acts, it is named beside its maker. */
  caller: { userId: string; key?: { id: string } | undefined } | null
  /** Null where no request caused it. */
  from: From | null
  /** The studio of the staff's transaction. Elsewhere the subject's studio is looked up. */
  studioId?: string | null
}

/** What an audit line records. Facts without a column of their own are its detail. */
export interface AuditFacts {
  before?: Record<string, unknown>
  after?: Record<string, unknown>
  [detail: string]: unknown
}

/** Names whose values no line may hold: secrets that open something, and data by which a person is recognised. */
const UNWANTED = /password|secret|token|cookie|authorization|embedding|descriptor|signature|otp|recovery/i

/**
 * Appends a line to the audit. The api's writers call `recordAudit`, which knows the actions.
 *
 * @throws Error for a secret or a biometric datum among the facts
 */
export async function appendAudit(
  { db, caller, from, studioId }: AuditContext,
  action: string,
  subject: string,
  { before, after, ...detail }: AuditFacts,
): Promise<void> {
  refuseUnwanted({ before, after, detail })
  await db.insert(auditEvents).values({
    id: newId(),
    actorId: caller?.userId ?? null,
    studioId: studioId ?? studioOf(subject),
    action,
    subject,
    ip: from?.ip ?? null,
    device: from?.device ?? null,
    before: before ?? null,
    after: after ?? null,
    detail: caller?.key ? { ...detail, serviceKey: caller.key.id } : detail,
  })
}

const UUID = /^[0-9a-f-]{36}$/
const ofEvent = (id: string) => sql<string>`(select studio_id from events where id = ${id}::uuid)`
const ofPhoto = (id: string) =>
  sql<string>`(select e.studio_id from photos p join events e on e.id = p.event_id where p.id = ${id}::uuid)`

/** SQL for the studio of a subject, by the kind of subject; lines of the inbox are among them. */
const STUDIO_OF: Readonly<Record<string, (id: string) => SQL<string>>> = {
  event: ofEvent,
  photo: ofPhoto,
  failed_photo: ofPhoto,
  takedown: id => sql`(
    select e.studio_id from takedowns t join photos p on p.id = t.photo_id join events e on e.id = p.event_id
    where t.id = ${id}::uuid)`,
  many_people: id => sql`(
    select e.studio_id from many_people m join events e on e.id = m.event_id where m.id = ${id}::uuid)`,
  coupon: id => sql`(select studio_id from coupons where id = ${id}::uuid)`,
  order: id => sql`(select studio_id from orders where id = ${id}::uuid)`,
  refund: id => sql`(
    select o.studio_id from refunds r join orders o on o.id = r.order_id where r.id = ${id}::uuid)`,
  payout: id => sql`(select studio_id from payout_batches where id = ${id}::uuid)`,
  slip: id => sql`(
    select o.studio_id from slips s join orders o on o.id = s.order_id where s.id = ${id}::uuid)`,
  service_key: id => sql`(select studio_id from service_keys where id = ${id}::uuid)`,
  studio: id => sql`${id}::uuid`,
}

/** SQL: the studio of a subject such as `event:<id>`; null where it is no studio's. */
function studioOf(subject: string): SQL<string> | null {
  const [kind = '', id = ''] = subject.split(':')
  return UUID.test(id) ? (STUDIO_OF[kind]?.(id) ?? null) : null
}

function refuseUnwanted(facts: object): void {
  for (const [name, value] of Object.entries(facts)) {
    const mayHoldSecret = typeof value === 'string' || (typeof value === 'object' && value !== null)
    if (mayHoldSecret && UNWANTED.test(name)) throw new Error(`the audit must not hold ${name}`)
    if (typeof value === 'object' && value !== null) refuseUnwanted(value)
  }
}
