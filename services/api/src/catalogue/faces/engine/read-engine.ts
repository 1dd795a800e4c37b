import type { EventEngine } from '@pix/contracts/face-engine.ts'
import type { Db } from '@pix/db/client.ts'
import { type RereadProgress, rereadProgress } from '@pix/db/reread-progress.ts'
import { faceRereads } from '@pix/db/schema/rereads.ts'
import { engineOf, FACE_ENGINES } from '@pix/faces/engines.ts'
import { faceWorkers } from '@pix/jobs/face-workers.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../../base/context.ts'
import { findManagedEvent } from '../../events/index.ts'

type Reread = typeof faceRereads.$inferSelect

/** @throws Problem `not_found` */
export async function readEngine(ctx: Context, eventId: string): Promise<EventEngine> {
  const { db } = ctx
  const { faceModel: model } = await findManagedEvent(ctx, eventId)
  const engine = engineOf(model ?? '') ?? null
  const reread = await findReread(db, eventId)
  const progress = reread && (await rereadProgress(db, reread))
  return {
    engine,
    outdated: model !== null && engine === null,
    state: reread && progress ? stateOf(reread, progress) : 'settled',
    change:
      reread && progress
        ? { id: reread.id, to: engineOf(reread.toModel) ?? null, askedAt: reread.askedAt.toISOString(), ...progress }
        : null,
    workers: await readWorkers(ctx),
  }
}

async function findReread(db: Db, eventId: string): Promise<Reread | undefined> {
  const notTidied = and(eq(faceRereads.eventId, eventId), isNull(faceRereads.tidiedAt))
  const [reread] = await db.select().from(faceRereads).where(notTidied)
  return reread
}

function stateOf({ changedAt, cancelledAt }: Reread, { photos, read, failed }: RereadProgress): EventEngine['state'] {
  if (changedAt || cancelledAt) return 'tidying'
  return failed > 0 && read + failed === photos ? 'failed' : 'reading'
}

/** Those that are there; with Redis away nobody is known of. */
async function readWorkers({ redis, log }: Context): Promise<EventEngine['workers']> {
  const workers = await faceWorkers(redis).catch((error: unknown) => {
    log.warn({ err: error }, 'the face engines of the workers cannot be read')
    return []
  })
  return {
    count: workers.length,
    engines: FACE_ENGINES.filter(name => workers.some(({ engines }) => engines.includes(name))),
    missing: FACE_ENGINES.filter(name =>
      workers.some(({ wanted, engines }) => wanted === name && !engines.includes(name)),
    ),
  }
}
