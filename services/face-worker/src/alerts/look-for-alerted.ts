import type { Db } from '@pix/db/client.ts'
import { alertFaces } from '@pix/db/schema/alert-faces.ts'
import { eventAlerts, events } from '@pix/db/schema/events.ts'
import type { ColumnKeys } from '@pix/db/sealed/column-keys.ts'
import { open } from '@pix/db/sealed/seal.ts'
import type { Log } from '@pix/platform/log.ts'
import { and, asc, eq, gt, isNotNull, isNull, or } from 'drizzle-orm'
import { floatsOf } from '../searches/catch-up.ts'
import type { SearchPool } from '../searches/answer-searches.ts'
import type { SearchWorkers } from '../searches/search-workers.ts'
import { recordFound } from './record-found.ts'

interface AlertedDeps {
  db: Db
  log: Log
  now: () => Date
  keys: ColumnKeys
  pool: Pick<SearchPool, 'run'>
  searchWorkers: Pick<SearchWorkers, 'preferring'>
}

/** Alerts of one round; the next one goes on with the others. */
const AT_ONCE = 2_000

/**
 * Looks for new photos of people who wait for a letter, where their event's photos changed since. Only confirmed alerts,
 * while the event is on sale. One after the other, so that a search waits for one of them at most, by the worker that
 * holds the event's index.
 */
export async function lookForAlerted(deps: AlertedDeps): Promise<void> {
  const behind = await findBehind(deps)
  const own = await deps.searchWorkers.preferring([...new Set(behind.map(({ eventId }) => eventId))])
  for (const alert of behind) {
    if (!own.has(alert.eventId)) continue
    try {
      await compare(deps, alert)
    } catch (error) {
      deps.log.warn({ err: error, alertId: alert.alertId }, 'new photos could not be compared with a kept face')
    }
  }
}

type Behind = Awaited<ReturnType<typeof findBehind>>[number]

/** Alerts whose event went on, each with the face of the event's present model. The revision is read before the index. */
const findBehind = ({ db, now }: AlertedDeps) =>
  db
    .select({
      alertId: eventAlerts.id,
      eventId: events.id,
      revision: events.indexRevision,
      bound: events.faceBound,
      faceId: alertFaces.id,
      model: alertFaces.modelVersion,
      embedding: alertFaces.embedding,
      quality: alertFaces.quality,
    })
    .from(eventAlerts)
    .innerJoin(events, eq(events.id, eventAlerts.eventId))
    .innerJoin(alertFaces, and(eq(alertFaces.alertId, eventAlerts.id), eq(alertFaces.modelVersion, events.faceModel)))
    .where(
      and(
        isNotNull(eventAlerts.confirmedAt),
        isNotNull(eventAlerts.email),
        isNull(eventAlerts.foundAt),
        gt(events.indexRevision, eventAlerts.seenRevision),
        eq(events.status, 'on_sale'),
        or(isNull(events.salesEnd), gt(events.salesEnd, now())),
      ),
    )
    .orderBy(asc(eventAlerts.seenRevision))
    .limit(AT_ONCE)

async function compare({ db, now, keys, pool }: AlertedDeps, alert: Behind): Promise<void> {
  const { alertId, eventId, revision, bound, faceId, model, quality } = alert
  const numbers = Buffer.from(open(keys, alertFaces.embedding, faceId, alert.embedding), 'base64')
  const probe = { embedding: floatsOf(numbers), quality, model }
  const { photoIds = [] } = await pool.run({ eventId, probe, bound }, eventId)
  await recordFound({ db, now }, { alertId, revision, photoIds })
}
