import { type Activity, ACTIVITY_LENGTH, type Happening } from '@pix/contracts/dashboard.ts'
import { baht, type LocalText } from '@pix/contracts/common.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { orderLines, orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { and, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { isOfList, type ListContext } from '../../people/studios/index.ts'

/** New photos are looked for in this many of the newest events that take or sell photos. */
const LIVE_EVENTS = 20

/** What happened last, the newest first. */
export async function readActivity(list: ListContext): Promise<Activity> {
  const found: Happening[] = [
    ...(await paidOrders(list)),
    ...(await uploads(list)),
    ...((await maySeeDeeds(list)) ? await deeds(list) : []),
  ]
  const items = found.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, ACTIVITY_LENGTH)
  return { items }
}

/**
 * What colleagues did is shown only to people who may change who they are. That is asked at each read, since a stream
 * is open for hours.
 */
async function maySeeDeeds({ db, caller, studioId }: ListContext): Promise<boolean> {
  if (caller.isPlatformAdmin || studioId === null) return caller.isPlatformAdmin
  const isOwner = and(
    eq(studioMembers.studioId, studioId),
    eq(studioMembers.userId, caller.userId),
    eq(studioMembers.role, 'owner'),
  )
  return (await db.$count(studioMembers, isOwner)) > 0
}

async function paidOrders(list: ListContext): Promise<Happening[]> {
  const { db } = list
  const rows = await db
    .select({
      id: orders.id,
      at: orders.paidAt,
      number: orders.number,
      total: orders.total,
      photos: db.$count(orderLines, and(eq(orderLines.orderId, orders.id), eq(orderLines.kind, 'photo'))),
    })
    .from(orders)
    .where(and(isNotNull(orders.paidAt), isOfList(list, orders.studioId)))
    .orderBy(desc(orders.paidAt))
    .limit(ACTIVITY_LENGTH)
  return rows.map(row => ({ ...row, kind: 'paid', at: row.at!.toISOString(), total: baht(row.total) }))
}

async function deeds(list: ListContext): Promise<Happening[]> {
  const rows = await list.db
    .select({ id: auditEvents.id, at: auditEvents.createdAt, action: auditEvents.action, actor: users.name })
    .from(auditEvents)
    .leftJoin(users, eq(users.id, auditEvents.actorId))
    .where(isOfList(list, auditEvents.studioId))
    .orderBy(desc(auditEvents.createdAt), desc(auditEvents.id))
    .limit(ACTIVITY_LENGTH)
  return rows.map(row => ({ ...row, kind: 'deed', at: row.at.toISOString() }))
}

/** Photos that came to an event in the hour before its last one. */
async function uploads(list: ListContext): Promise<Happening[]> {
  const { db } = list
  const live = db
    .select({ id: events.id })
    .from(events)
    .where(and(isOfList(list, events.studioId), isNull(events.removedAt), inArray(events.status, ['open', 'on_sale'])))
    .orderBy(desc(events.startsAt), desc(events.id))
    .limit(LIVE_EVENTS)
    .as('live')
  const last = db
    .select({ at: photos.createdAt })
    .from(photos)
    .where(eq(photos.eventId, live.id))
    .orderBy(desc(photos.createdAt), desc(photos.id))
    .limit(1)
    .as('last')
  const rows = await db
    .select({
      id: events.id,
      at: last.at,
      event: sql<LocalText>`jsonb_build_object('th', ${events.nameTh}, 'en', ${events.nameEn})`,
      photos: db.$count(
        photos,
        and(eq(photos.eventId, events.id), sql`${photos.createdAt} > ${last.at} - interval '1 hour'`),
      ),
    })
    .from(live)
    .innerJoin(events, eq(events.id, live.id))
    .crossJoinLateral(last)
  return rows.map(row => ({ ...row, kind: 'uploaded', at: row.at.toISOString() }))
}
