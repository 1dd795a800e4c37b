import type { EventEngine } from '@pix/contracts/face-engine.ts'
import { type RereadProgress, rereadProgress } from '@pix/db/reread-progress.ts'
import { faceRereads } from '@pix/db/schema/rereads.ts'
import { findAlertsUnknownTo, findUnknownTo } from '@pix/db/unknown-to-model.ts'
import { engineOf, FACE_ENGINES, MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { faceWorkers } from '@pix/jobs/face-workers.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { CallerContext, StaffContext } from '../../../base/context.ts'
import { manageEvent } from '../../events/index.ts'

type Reread = typeof faceRereads.$inferSelect & { progress: RereadProgress }

/** @throws Problem `not_found` unless the caller manages the event */
export async function readEngine(ctx: CallerContext, eventId: string): Promise<EventEngine> {
  const { model, engine, reread, unknown } = await manageEvent(ctx, eventId, async (staff, { faceModel }) => {
    const now = engineOf(faceModel ?? '') ?? null
    const [found, people] = [await findReread(staff, eventId), await listUnknown(staff, eventId, now)]
    return { model: faceModel, engine: now, reread: found, unknown: people }
  })
  return {
    engine,
    outdated: model !== null && engine === null,
    state: reread ? stateOf(reread) : 'settled',
    change: reread && {
      id: reread.id,
      to: engineOf(reread.toModel) ?? null,
      askedAt: reread.askedAt.toISOString(),
      ...reread.progress,
    },
    unknown,
    workers: await readWorkers(ctx),
  }
}

/** People who object, or wait for new photos of them, and whose face another engine does not know. */
async function listUnknown(
  { db }: StaffContext,
  eventId: string,
  engine: EventEngine['engine'],
): Promise<EventEngine['unknown']> {
  const lists: EventEngine['unknown'] = []
  for (const name of FACE_ENGINES) {
    if (name === engine) continue
    const rows = await findUnknownTo(db, eventId, MODEL_VERSIONS[name])
    const people: EventEngine['unknown'][number]['people'] = rows.map(({ askedAt, email, ...row }) => ({
      id: row.id,
      kind: row.kind,
      at: askedAt.toISOString(),
      hasAddress: email !== null,
    }))
    for (const { id, askedAt, confirmedAt } of await findAlertsUnknownTo(db, eventId, MODEL_VERSIONS[name]))
      people.push({ id, kind: 'alert', at: askedAt.toISOString(), hasAddress: confirmedAt !== null })
    if (people.length > 0) lists.push({ engine: name, people })
  }
  return lists
}

async function findReread({ db }: StaffContext, eventId: string): Promise<Reread | null> {
  const notTidied = and(eq(faceRereads.eventId, eventId), isNull(faceRereads.tidiedAt))
  const [reread] = await db.select().from(faceRereads).where(notTidied)
  return reread ? { ...reread, progress: await rereadProgress(db, reread) } : null
}

function stateOf({ changedAt, cancelledAt, progress: { photos, read, failed } }: Reread): EventEngine['state'] {
  if (changedAt || cancelledAt) return 'tidying'
  return failed > 0 && read + failed === photos ? 'failed' : 'reading'
}

/** The workers that run now. While Redis is away no worker is known. */
async function readWorkers({ redis, log }: CallerContext): Promise<EventEngine['workers']> {
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
