import type { OrderHappening } from '@pix/contracts/admin-orders.ts'
import { baht } from '@pix/contracts/common.ts'
import type { Queryable } from '@pix/db/client.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { users } from '@pix/db/schema/auth.ts'
import { documents } from '@pix/db/schema/documents.ts'
import { orderAccess } from '@pix/db/schema/entitlements.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { orderArchives, orderCodes, orderLines, orders } from '@pix/db/schema/orders.ts'
import { gatewayEvents, payments, receipts } from '@pix/db/schema/payments.ts'
import { refunds } from '@pix/db/schema/refunds.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { type SQL, sql } from 'drizzle-orm'
import type { Context, StaffContext } from '../../base/context.ts'

interface Row extends Record<string, unknown> {
  at: string
  kind: OrderHappening['kind']
  amount: string | null
  who: string | null
  word: string | null
  state: string | null
  text: string | null
}

/** More than this happens to no order; what goes beyond is not shown. */
const MOST = 500

/** What the studio's own tables say happened to an order, oldest first. */
export const staffHappenings = ({ db }: StaffContext, orderId: string): Promise<OrderHappening[]> =>
  read(db, sql`${ofTheOrder(orderId)} union all ${ofMoney(orderId)} union all ${ofPeople(orderId)}`)

/** Letters to its buyer, and what gateways announced about its charges. */
export const lettersAndAnnouncements = ({ db }: Pick<Context, 'db'>, orderId: string): Promise<OrderHappening[]> =>
  read(
    db,
    sql`
    select coalesce(m.sent_at, m.given_up_at, m.created_at) as at, 'letter' as kind, null::bigint as amount, null as who,
      m.template as word, case when m.sent_at is not null then 'sent' when m.given_up is not null then 'failed' else 'queued' end as state,
      null as text
    from ${orders} o join ${outgoingMail} m on lower(m.recipient) = o.buyer_email
    where o.id = ${orderId} and (
      m.dedupe_key like 'order_paid:' || o.id || ':%'
      or m.id in (select c.letter_id from ${orderCodes} c where c.order_id = o.id)
      or m.dedupe_key in (
        select kind || f.id from ${refunds} f, unnest(array['refund_sent:', 'refund_refused:']) as kind where f.order_id = o.id))
    union all
    select g.received_at, 'announcement', null, null, g.status, g.outcome, g.trans_id
    from ${payments} p join ${gatewayEvents} g on g.gateway = p.gateway and g.trans_id = p.trans_id
    where p.order_id = ${orderId}`,
  )

const ofTheOrder = (orderId: string): SQL => sql`
  select h.at, h.kind, h.amount, null as who, h.word, null as state, h.text
  from ${orders} o cross join lateral (values
    (o.created_at, 'placed', o.total, null, null),
    (o.paid_at, 'paid', o.total, null, null),
    (o.fulfilled_at, 'fulfilled', null, null, null),
    (o.downloaded_elsewhere_at, 'downloaded', null, null, null),
    (o.cancelled_at, 'cancelled', null, o.cancel_reason, o.cancel_note),
    (case when o.status = 'expired' then o.expires_at end, 'expired', null, null, null)
  ) as h (at, kind, amount, word, text)
  where o.id = ${orderId} and h.at is not null
  union all
  select a.queued_at, 'archive', null, null, null, a.state::text, null from ${orderArchives} a where a.order_id = ${orderId}
  union all
  select a.granted_at, 'opened', null, null, null, null, null from ${orderAccess} a where a.order_id = ${orderId}
  union all
  select l.taken_down_at, 'taken_down', l.unit_price - l.discount, null, null, null, null
  from ${orderLines} l where l.order_id = ${orderId} and l.taken_down_at is not null
  union all
  select d.issued_at, 'document', d.total, null, d.kind::text, null, d.number from ${documents} d where d.order_id = ${orderId}`

const ofMoney = (orderId: string): SQL => sql`
  select p.created_at, 'payment', p.amount_asked, null, p.gateway, p.state::text, p.ref1
  from ${payments} p where p.order_id = ${orderId}
  union all
  select r.received_at, 'receipt', r.amount, null, r.reason,
    case when r.applied_at is not null then 'applied' when r.given_back_at is not null then 'given_back' else 'waiting' end, r.trans_id
  from ${receipts} r
  where r.id in (
    select came.id from ${payments} p join ${receipts} came on came.payment_id = p.id where p.order_id = ${orderId}
    union select given.id from ${receipts} given where given.applied_to = ${orderId})
  union all
  select f.requested_at, 'refund_asked', f.amount, u.name, f.reason::text, null, f.number
  from ${refunds} f left join ${users} u on u.id = f.started_by where f.order_id = ${orderId}
  union all
  select f.decided_at, 'refund_decided', f.amount, u.name, case when f.state = 'refused' then 'refused' else 'approved' end, null, f.number
  from ${refunds} f left join ${users} u on u.id = f.decided_by where f.order_id = ${orderId} and f.decided_at is not null
  union all
  select f.transferred_at, 'refund_transferred', f.amount, null, null, null, f.transfer_reference
  from ${refunds} f where f.order_id = ${orderId} and f.transferred_at is not null`

/**
 * What was done to the order itself, by our people or by its buyer. Only our people are named. Their decisions on refunds
 * stand with the refunds.
 */
const ofPeople = (orderId: string): SQL => sql`
  select a.created_at, case when ours.id is null and a.action in ('order.email', 'guest.delete') then 'by_buyer' else 'decision' end,
    null, ours.name, a.action, null, null
  from ${auditEvents} a
  left join ${users} ours on ours.id = a.actor_id and (
    ours.role = 'platform_admin'
    or exists (select from ${studioMembers} m where m.studio_id = a.studio_id and m.user_id = ours.id))
  where a.subject = ${`order:${orderId}`}`

async function read(db: Queryable, happenings: SQL): Promise<OrderHappening[]> {
  const { rows } = await db.execute<Row>(sql`select * from (${happenings}) as happening order by at limit ${MOST}`)
  return rows.map(({ at, amount, ...row }) => ({
    ...row,
    at: new Date(at).toISOString(),
    amount: amount === null ? null : baht(Number(amount)),
  }))
}
