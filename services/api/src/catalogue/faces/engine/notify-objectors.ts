import type { Queryable } from '@pix/db/client.ts'
import { isGoingOn } from '@pix/db/reread-progress.ts'
import { eventAlerts, events } from '@pix/db/schema/events.ts'
import { faceRereads } from '@pix/db/schema/rereads.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { findAlertsUnknownTo, findUnknownTo } from '@pix/db/unknown-to-model.ts'
import { repeat, type Repeated } from '@pix/platform/repeat.ts'
import { and, eq, isNull } from 'drizzle-orm'
import { newLinkToken } from '../../../base/codes.ts'
import type { Context, Joining } from '../../../base/context.ts'
import type { Deps } from '../../../base/deps.ts'
import { queueLetter, sendLetter } from '../../../base/letters.ts'
import { nameIn } from '../../../base/name-in.ts'

const ROUND_MS = 10_000

/**
 * Asks people who object, and whom the new models do not know, to show their face again, where their address is known;
 * and likewise people who wait for new photos of them.
 * The event does not change before. Repeating this writes only the letters that are missing.
 */
export async function notifyObjectors(ctx: Context, rereadId: string): Promise<void> {
  const mailIds = await ctx.db.transaction(async tx => {
    const notified = { objectorsNotifiedAt: ctx.now() }
    const [reread] = await tx.update(faceRereads).set(notified).where(eq(faceRereads.id, rereadId)).returning()
    return reread ? writeTo({ ...ctx, db: tx }, reread) : []
  })
  for (const mailId of mailIds) await sendLetter(ctx, mailId)
}

async function writeTo(
  ctx: Joining<Context> & { db: Queryable },
  { id: rereadId, eventId, toModel }: typeof faceRereads.$inferSelect,
): Promise<string[]> {
  const [event] = await ctx.db.select().from(events).where(eq(events.id, eventId))
  const ids: string[] = []
  for (const { id, email, locale } of await findUnknownTo(ctx.db, eventId, toModel)) {
    if (email === null || !event) continue
    const letterId = await queueLetter(ctx, ctx.db, {
      template: 'objection_engine',
      to: email,
      locale,
      facts: { event: nameIn(event, locale) },
      secrets: {},
      path: `/events/${event.slug}/hide-me`,
      storefront: null,
      dedupeKey: `objection_engine:${rereadId}:${id}`,
    })
    if (letterId !== null) ids.push(letterId)
  }
  return event ? [...ids, ...(await writeToAlerts(ctx, event, { rereadId, toModel }))] : ids
}

/** The letter's link is the alert's from then on. */
async function writeToAlerts(
  ctx: Joining<Context>,
  event: typeof events.$inferSelect,
  { rereadId, toModel }: { rereadId: string; toModel: string },
): Promise<string[]> {
  const ids: string[] = []
  for (const { id, email, locale, confirmedAt, storefront } of await findAlertsUnknownTo(ctx.db, event.id, toModel)) {
    if (email === null || confirmedAt === null) continue
    const token = newLinkToken()
    const letterId = await queueLetter(ctx, ctx.db, {
      template: 'face_alert_engine',
      to: email,
      locale,
      facts: { event: nameIn(event, locale) },
      secrets: { token },
      path: '/alerts',
      storefront,
      dedupeKey: `face_alert_engine:${rereadId}:${id}`,
    })
    if (letterId === null) continue
    await ctx.db
      .update(eventAlerts)
      .set({ linkHash: hashToken(token) })
      .where(eq(eventAlerts.id, id))
    ids.push(letterId)
  }
  return ids
}

/** Writes the letters of changes for which none were written yet: those that the command started. */
export async function notifyAllObjectors(ctx: Context): Promise<void> {
  const open = await ctx.db
    .select({ id: faceRereads.id })
    .from(faceRereads)
    .where(and(isGoingOn, isNull(faceRereads.objectorsNotifiedAt)))
  for (const { id } of open) await notifyObjectors(ctx, id)
}

/** Starts the sweep of these letters. */
export const startEngineSweeps = (deps: Deps): Repeated[] => [
  repeat(deps.log, 'notify_objectors', ROUND_MS, () => notifyAllObjectors(asSystem(deps))),
]
