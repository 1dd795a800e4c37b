import { eventPhotographers, events, organizers } from '@pix/db/schema/events.ts'
import { and, eq, exists, inArray, isNull, ne, or, sql, type SQL } from 'drizzle-orm'
import type { CallerContext, Context, Joining, StaffContext } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'
import { actForStudio, isMemberOf, MANAGERS } from '../../people/studios/index.ts'

export type EventRow = typeof events.$inferSelect
/** Where a visitor is, and by what they are known. */
export type Visiting = Pick<Context, 'storefront' | 'browser' | 'now'>

/**
 * SQL: the event can be looked at: it is on sale or closed (spec/10), and at a studio's storefront it is that studio's.
 */
export const isShown = ({ storefront: { studio } }: Pick<Context, 'storefront'>): SQL =>
  and(inArray(events.status, ['on_sale', 'closed']), studio ? eq(events.studioId, studio.id) : undefined)!

/** SQL: this visitor sees the event by its address; an event by code, once they have given its code. */
export const seenByAddress = (ctx: Visiting): SQL =>
  and(isShown(ctx), or(ne(events.visibility, 'code'), openedBy(ctx)))!

/**
 * SQL: this visitor has given the code that the event has now. Columns are written out, since Drizzle leaves the names
 * of tables off.
 */
function openedBy({ browser, now }: Visiting): SQL | undefined {
  if (browser === null) return undefined
  return sql`exists (
    select from event_openings o join sessions s on s.id = o.session_id
    where o.event_id = events.id and o.code_hash = events.code_hash
      and s.token_hash = ${browser} and s.expires_at > ${now()})`
}

/** SQL: the event is shown in public lists, which hold nothing of a studio that is suspended or closed. */
export const seenInLists = (ctx: Visiting): SQL =>
  and(seenByAddress(ctx), eq(events.visibility, 'public'), events.studioOpen)!

/** SQL on events: the caller owns or manages the event's studio. What belongs to another studio is not there for them. */
export const managedBy = (ctx: Pick<Context, 'caller'>): SQL => isMemberOf(ctx, events.studioId, MANAGERS)

/** SQL on events: the caller organizes the event, and it is not deleted. */
export function organizedBy({ db, caller }: Pick<Joining<Context>, 'db' | 'caller'>): SQL {
  if (caller === null) return sql`false`
  const own = db
    .select({ one: sql`1` })
    .from(organizers)
    .where(and(eq(organizers.id, events.organizerId), eq(organizers.userId, caller.userId)))
  return and(isNull(events.removedAt), exists(own))!
}

/** SQL on events: the caller manages the event, was invited to take photos, or organizes it. */
export const workedOnBy = (ctx: Pick<Context, 'db' | 'caller'>): SQL => or(photographedBy(ctx), organizedBy(ctx))!

/** SQL on events: the caller manages the event or was invited to take its photos, and it is not deleted. */
export function photographedBy(ctx: Pick<Joining<Context>, 'db' | 'caller'>): SQL {
  const { db, caller } = ctx
  if (caller === null) return sql`false`
  const invitation = db
    .select({ one: sql`1` })
    .from(eventPhotographers)
    .where(and(eq(eventPhotographers.eventId, events.id), eq(eventPhotographers.userId, caller.userId)))
  return and(isNull(events.removedAt), or(managedBy(ctx), exists(invitation)))!
}

/** @throws Problem `not_found` for an event that this caller may not see */
export async function findSeenEvent(ctx: Context, eventId: string): Promise<EventRow> {
  const [event] = await ctx.db
    .select()
    .from(events)
    .where(and(eq(events.id, eventId), or(seenByAddress(ctx), workedOnBy(ctx))))
  if (!event) throw notFound()
  return event
}

/**
 * Runs `act` for the staff of an event's studio, in their transaction (docs/decisions/0042).
 *
 * @throws Problem `not_found` unless the caller manages the event, and for one that is deleted
 */
export const manageEvent = <T>(ctx: CallerContext, eventId: string, act: ActOnEvent<T>): Promise<T> =>
  inStudioOfEvent(ctx, eventId, staff => and(isNull(events.removedAt), managedBy(staff))!, act)

/**
 * The same for the books of an event, which outlive it. @throws Problem `not_found` unless the caller manages the event
 */
export const manageBooksOf = <T>(ctx: CallerContext, eventId: string, act: ActOnEvent<T>): Promise<T> =>
  inStudioOfEvent(ctx, eventId, managedBy, act)

/**
 * The same for people who manage the event or were invited to take its photos. @throws Problem `not_found` for others
 */
export const photographEvent = <T>(ctx: CallerContext, eventId: string, act: ActOnEvent<T>): Promise<T> =>
  inStudioOfEvent(ctx, eventId, photographedBy, act)

/** SQL: the studio of an event. */
export const studioOfEvent = (eventId: string): SQL =>
  sql`select ${events.studioId} from ${events} where ${events.id} = ${eventId}`

type ActOnEvent<T> = (staff: StaffContext, event: EventRow) => Promise<T>

const inStudioOfEvent = <T>(
  ctx: CallerContext,
  eventId: string,
  whose: (staff: StaffContext) => SQL,
  act: ActOnEvent<T>,
): Promise<T> =>
  actForStudio(ctx, studioOfEvent(eventId), async staff => {
    const [event] = await staff.db
      .select()
      .from(events)
      .where(and(eq(events.id, eventId), whose(staff)))
    if (!event) throw notFound()
    return act(staff, event)
  })

/** The event, locked until the transaction ends. @throws Problem `not_found` where it has gone meanwhile */
export async function lockEvent({ db }: Pick<Joining<Context>, 'db'>, eventId: string): Promise<EventRow> {
  const [event] = await db.select().from(events).where(eq(events.id, eventId)).for('update')
  if (!event) throw notFound()
  return event
}

/**
 * How far the time of a photo may lie outside its event: camera clocks are wrong, and people take photos on the evening
 * before or the morning after.
 */
const CLOCK_SLACK_MS = 24 * 3_600_000

/**
 * The times at which a photo of the event may have been taken; any other time comes from a clock that was wrong (`time
 * not certain`).
 */
export const believableTimes = ({ startsAt, endsAt }: Pick<EventRow, 'startsAt' | 'endsAt'>) => ({
  from: new Date(startsAt.getTime() - CLOCK_SLACK_MS),
  to: new Date(endsAt.getTime() + CLOCK_SLACK_MS),
})

type Selling = Pick<EventRow, 'status' | 'studioOpen' | 'salesStart' | 'salesEnd'>

/** Search, cart and checkout are possible now: on sale, of an open studio, within the sales dates (all enforced, spec/10). */
export const isOnSale = (event: Selling, at: Date): boolean =>
  event.status === 'on_sale' &&
  event.studioOpen &&
  (event.salesStart === null || event.salesStart <= at) &&
  (event.salesEnd === null || at < event.salesEnd)

/** Photographers may add photos. */
export const takesUploads = (event: Pick<EventRow, 'status'>): boolean =>
  event.status === 'open' || event.status === 'on_sale'
