import type { AuditAction } from '@pix/contracts/audit.ts'
import { appendAudit } from '@pix/db/append-audit.ts'
import { askReread, type Asked } from '@pix/db/ask-reread.ts'
import { connect, type Db } from '@pix/db/client.ts'
import { isGoingOn, rereadProgress } from '@pix/db/reread-progress.ts'
import { events } from '@pix/db/schema/events.ts'
import { faceRereads } from '@pix/db/schema/rereads.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { eq, isNotNull, or, sql } from 'drizzle-orm'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type FaceEngineName, FACE_ENGINES, MODEL_VERSIONS } from '../../../packages/faces/src/engines.ts'
import { Obstacle, say, printAndFail } from './base/say.ts'
import { shopDatabaseUrl } from './parts/shop-database.ts'

const USAGE = `Reads the photos of events again with another face engine. Searches go on meanwhile.

  npm run reread-faces -- --event <slug or id> [--engine sface|face-api]
  npm run reread-faces -- --all [--engine sface|face-api]

The workers do the work; this shows how far they are. It may be ended and run again at any time. The api writes to people
who do not want to be found and whom the other engine does not know; an event does not change before.
--ask-only returns at once. The database is that of "npm start", or the one that DATABASE_URL names.`

const LOOK_MS = 2_000
/** Without a photo read for so long, the reason may be that no worker does it. */
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
  const db = connect(shopDatabaseUrl(), { max: 2, applicationName: 'thepixstock-reread' })
  try {
    const refused = await askAll(db, engine, values.event)
    if (!values['ask-only']) await follow(db)
    if (refused > 0) process.exitCode = 1
  } finally {
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

/** Says how far everything is that is read again, until nothing is, or nothing but what failed. */
async function follow(db: Db): Promise<void> {
  let printed = ''
  let changedAt = Date.now()
  for (;;) {
    const open = await db
      .select({ id: faceRereads.id, eventId: faceRereads.eventId, slug: events.slug })
      .from(faceRereads)
      .innerJoin(events, eq(events.id, faceRereads.eventId))
      .where(isGoingOn)
    const lines: string[] = []
    let isStuck = true
    for (const reread of open) {
      const { photos, read, failed } = await rereadProgress(db, reread)
      lines.push(`${reread.slug}: ${read} of ${photos} photos read${failed > 0 ? `, ${failed} failed` : ''}`)
      isStuck &&= failed > 0 && read + failed === photos
    }
    const text = lines.join('\n  ')
    if (text !== printed) changedAt = Date.now()
    if (text !== printed && text !== '') say(text)
    printed = text
    if (Date.now() - changedAt > IDLE_MS) {
      say('no photo was read for a minute: does a face-worker run that has the weights of this engine?')
      changedAt = Date.now()
    }
    if (open.length === 0) return say('done')
    if (isStuck) throw new Obstacle('Some photos cannot be read: see the log of the face-worker, then run this again.')
    await delay(LOOK_MS)
  }
}

main().catch(printAndFail)
