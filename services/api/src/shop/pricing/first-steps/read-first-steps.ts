import { FIRST_STEPS, type FirstStep, type FirstSteps } from '@pix/contracts/first-steps.ts'
import type { Tx } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { studioSellers } from '@pix/db/schema/sellers.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { and, desc, eq, gt, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { CallerContext } from '../../../base/context.ts'
import { inStudio, MANAGERS } from '../../../people/studios/index.ts'

/** In these an event sells, or has sold. */
const SOLD_IN = ['on_sale', 'closed', 'archived'] as const

/** What a studio has done of what it takes to sell. @throws Problem `not_found` for a studio of others */
export const readFirstSteps = (ctx: CallerContext, studioId: string): Promise<FirstSteps> =>
  inStudio(ctx, studioId, MANAGERS, async ({ db }) => {
    const ofStudio = and(eq(events.studioId, studioId), isNull(events.removedAt))!
    const has = (table: PgTable, which: SQL) => isThere(db, table, which)
    const [newest] = await db
      .select({ id: events.id })
      .from(events)
      .where(ofStudio)
      .orderBy(desc(events.startsAt), desc(events.id))
      .limit(1)
    const theirs = db.select({ id: events.id }).from(events).where(ofStudio)
    const offered = and(packages.active, eq(packages.hidden, false))
    const looks = or(isNotNull(studios.logo), isNotNull(studios.logoUpload), isNotNull(studios.accentColor))
    const approved = and(ofStudio, gt(events.photoCount, 0))!
    const done: Record<FirstStep, boolean> = {
      look: await has(studios, and(eq(studios.id, studioId), looks)!),
      seller: await has(studioSellers, eq(studioSellers.studioId, studioId)),
      // The platform's packages are everybody's who has none.
      prices: await has(packages, and(offered, or(isNull(packages.studioId), eq(packages.studioId, studioId)))!),
      event: newest !== undefined,
      photos: await has(photos, inArray(photos.eventId, theirs)),
      approved: await has(events, approved),
      on_sale: await has(events, and(ofStudio, inArray(events.status, SOLD_IN))!),
    }
    return {
      steps: FIRST_STEPS.map(step => ({ step, done: done[step] })),
      eventId: newest?.id ?? null,
      sells: await has(events, and(approved, inArray(events.status, SOLD_IN))!),
    }
  })

const isThere = async (db: Tx, table: PgTable, which: SQL): Promise<boolean> =>
  (
    await db
      .select({ one: sql`1` })
      .from(table)
      .where(which)
      .limit(1)
  ).length > 0
