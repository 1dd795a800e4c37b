import type { AuditAction } from '@pix/contracts/audit.ts'
import { appendAudit } from '@pix/db/append-audit.ts'
import { askReread, type Asked } from '@pix/db/ask-reread.ts'
import { connect, type Db } from '@pix/db/client.ts'
import { isGoingOn, type RereadProgress, rereadProgress } from '@pix/db/reread-progress.ts'
import { events } from '@pix/db/schema/events.ts'
import { faceRereads } from '@pix/db/schema/rereads.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { eq, isNotNull, or, sql } from 'drizzle-orm'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { engineOf, type FaceEngineName, FACE_ENGINES, MODEL_VERSIONS } from '../../../packages/faces/src/engines.ts'
import { Obstacle, say, printAndFail } from './base/say.ts'
import { type RunningEngines, shopRedisUrl, watchRunningEngines } from './parts/running-engines.ts'
import { shopDatabaseUrl } from './parts/kept-settings.ts'

const USAGE = `Reads the photos of events again with another face engine. Searches go on meanwhile.

  npm run reread-faces -- --event <slug or id> [--engine sface|face-api]
  npm run reread-faces -- --all [--engine sface|face-api]

The workers do the work; this shows how far they are. It may be ended and run again at any time. The api writes to people
who do not want to be found and whom the other engine does not know; an event does not change before.
It ends where no running worker has the engine: one that comes later reads the photos all the same.
--ask-only returns at once. The stores are those of "npm start", or those that DATABASE_URL and REDIS_URL name.`

const LOOK_MS = 2_000
/** Without a photo read for so long, somebody who watches is given the usual reason. */
const IDLE_MS = 60_000
const CHANGE_ENGINE: AuditAction = 'faces.change_engine'

/** What is printed for each outcome of the request. */
const SAID: Record<Asked['kind'], string> = {
  asked: 'its photos are read again',
  again: 'its photos are being read again; those that failed get new tries',
  chosen: 'none of its photos has been read yet: they will be with this engine',
  same: 'it has this engine',
  busy: 'another change goes on, or is being tidied up after: try again in some minutes',
  not_found: 'there is no such event',
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      event: { type: 'string' },
      all: { type: 'boolean', default: false },
      engine: { type: 'string', default: 'sface' },
      'ask-only': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help || (values.event === undefined) === !values.all) {
    console.log(USAGE)
    process.exitCode = values.help ? 0 : 64
    return
  }
  const engine = FACE_ENGINES.find(name => name === values.engine)
  if (!engine) throw new Obstacle(`There is no face engine ${values.engine}: use ${FACE_ENGINES.join(' or ')}.`)
  const engines = values['ask-only'] ? null : await watchRunningEngines(shopRedisUrl())
  const db = connect(shopDatabaseUrl(), { max: 2, applicationName: 'thepixstock-reread' })
  try {
    const refused = await askAll(db, engine, values.event)
    if (engines) await follow(db, engines)
    if (refused > 0) process.exitCode = 1
  } finally {
    engines?.close()
    await db.$client.end()
  }
}

/** @returns how many events could not be asked for */
async function askAll(db: Db, engine: FaceEngineName, name: string | undefined): Promise<number> {
  const wanted =
    name === undefined ? isNotNull(events.faceModel) : or(eq(events.slug, name), eq(sql`${events.id}::text`, name))
  const found = await db.select({ id: events.id, slug: events.slug }).from(events).where(wanted).orderBy(events.id)
  if (name !== undefined && found.length === 0) throw new Obstacle(`There is no event ${name}.`)
  let refused = 0
  for (const { id, slug } of found) {
    const { kind } = await ask(db, id, engine)
    say(`${slug}: ${SAID[kind]}`)
    if (kind === 'busy' || kind === 'not_found') refused += 1
  }
  return refused
}

const ask = (db: Db, eventId: string, engine: FaceEngineName): Promise<Asked> =>
  db.transaction(async tx => {
    const asked = await askReread(tx, { eventId, model: MODEL_VERSIONS[engine], askedBy: null, now: new Date() })
    if (asked.kind === 'asked' || asked.kind === 'again' || asked.kind === 'chosen')
      await appendAudit(asSystem({ db: tx }), CHANGE_ENGINE, `event:${eventId}`, {
        after: { engine },
        how: asked.kind,
        by: 'command',
      })
    return asked
  })

interface Open extends RereadProgress {
  slug: string
  /** Undefined for a model that no engine makes any more. */
  engine: FaceEngineName | undefined
}

/**
 * Says how far everything is that is read again, until nothing is.
 *
 * @throws Obstacle once nothing goes on by itself: only photos are left that failed, or that no running worker can read
 */
async function follow(db: Db, engines: RunningEngines): Promise<void> {
  let printed = ''
  let changedAt = Date.now()
  for (;;) {
    const open = await readOpen(db)
    if (open.length === 0) return say('done')
    const text = open.map(describe).join('\n  ')
    if (text !== printed) {
      say(text)
      printed = text
      changedAt = Date.now()
    }
    const seen = await engines.seen()
    const reasons = open.map(reread => whyStuck(reread, seen))
    if (reasons.every(reason => reason !== null)) throw new Obstacle([...new Set(reasons)].join('\n'))
    if (Date.now() - changedAt > IDLE_MS) {
      say('no photo was read for a minute: new photos go first; else see the log of the face-worker')
      changedAt = Date.now()
    }
    await delay(LOOK_MS)
  }
}

async function readOpen(db: Db): Promise<Open[]> {
  const rereads = await db
    .select({ id: faceRereads.id, eventId: faceRereads.eventId, slug: events.slug, model: faceRereads.toModel })
    .from(faceRereads)
    .innerJoin(events, eq(events.id, faceRereads.eventId))
    .where(isGoingOn)
    .orderBy(events.slug)
  return Promise.all(
    rereads.map(async reread => ({
      slug: reread.slug,
      engine: engineOf(reread.model),
      ...(await rereadProgress(db, reread)),
    })),
  )
}

const describe = ({ slug, photos, read, failed }: Open): string =>
  `${slug}: ${read} of ${photos} photos read${failed > 0 ? `, ${failed} failed` : ''}`

/** @param seen engines of the workers that run; null where that is not known */
function whyStuck({ engine, photos, read, failed }: Open, seen: ReadonlySet<string> | null): string | null {
  if (failed > 0 && read + failed === photos)
    return 'Some photos cannot be read: see the log of the face-worker, then run this again.'
  if (!seen || (engine && seen.has(engine))) return null
  return (
    `No face-worker that runs has the engine ${engine ?? 'of that model'}, so its photos wait. Start one that has the weights ` +
    '(npm run fetch:face-weights; docs/guides/face-engines.md): it reads them by itself. Run this again to see how far it is.'
  )
}

main().catch(printAndFail)
