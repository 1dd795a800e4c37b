import type { Db } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import { KEPT } from '../../../../packages/domain/src/retention.ts'
import { slips } from '@pix/db/schema/slips.ts'
import { INDEX_PREFIX, SELFIE_PREFIX, SLIP_PREFIX, UPLOAD_PREFIX } from '@pix/platform/storage-keys.ts'
import { type ListedObject, MAIN_BUCKET, type Storage, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { and, exists, isNotNull, isNull, sql } from 'drizzle-orm'
import { photos } from '@pix/db/schema/photos.ts'
import type { Fault, Findings, Kind, Store } from './report.ts'

const HOUR = 3_600_000
/** The sweep of slips runs every hour, and leaves what is younger than one. */
const SWEPT_HOURS = 3

/** What may lie in the bucket of things that vanish. */
const VANISHING: readonly { store: Store; kind: string; prefix: string; ms: number }[] = [
  { store: 'objects', kind: 'selfies', prefix: SELFIE_PREFIX, ms: KEPT.selfieMinutes * 60_000 },
  { store: 'objects', kind: 'half uploads', prefix: UPLOAD_PREFIX, ms: KEPT.uploadHours * HOUR },
  { store: 'snapshots', kind: 'face indexes', prefix: INDEX_PREFIX, ms: KEPT.snapshotHours * HOUR },
]

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
/** What may lie in the main bucket, all of it below its event: pictures that are for sale, and ZIPs of orders. */
const OF_EVENT = new RegExp(
  `^events/(${UUID})/(originals/${UUID}\\.[a-z]+|thumbnails/[a-z]+/${UUID}\\.jpg|bought/((share|full)/)?${UUID}\\.jpg|watermarked/${UUID}_wm\\.jpg|downloads/${UUID}\\.zip)$`,
)

/** Keys of objects that belong to no event: logos of studios, documents of orders, statements of payees and the deletion log. */
const OF_NO_EVENT = new RegExp(
  `^(studios/${UUID}/logo/${UUID}\\.png|documents/${UUID}/${UUID}\\.pdf|statements/${UUID}\\.pdf|deletions/${UUID}\\.json)$`,
)

/** Unknown keys that are named one by one; the rest is a number. */
const NAMED = 20

/** Lists both buckets whole. An object whose key fits no known kind is a fault. */
export async function lookIntoObjects(storage: Storage, db: Db, now: Date): Promise<Findings> {
  const kinds = VANISHING.map(({ store, kind, ms }): Kind => ({
    store,
    kind,
    kept: `${ms / HOUR} h`,
    count: 0,
    oldest: null,
    overdue: 0,
  }))
  const unknown: string[] = []
  const [ofSlips, isSlipDue] = [slipsKind(), await slipsByRow(db, now)]
  for await (const object of storage.list(VANISHING_BUCKET, '')) {
    if (object.key.startsWith(SLIP_PREFIX)) {
      note(ofSlips, object, isSlipDue(object))
      continue
    }
    const which = VANISHING.findIndex(({ prefix }) => object.key.startsWith(prefix))
    if (which < 0) unknown.push(`${VANISHING_BUCKET}/${object.key}`)
    else note(kinds[which]!, object, now.getTime() - object.modifiedAt.getTime() > VANISHING[which]!.ms)
  }
  const present = await eventsWithPhotos(db)
  const left = new Set<string>()
  for await (const { key } of storage.list(MAIN_BUCKET, '')) {
    if (OF_NO_EVENT.test(key)) continue
    const [, eventId] = OF_EVENT.exec(key) ?? []
    if (eventId === undefined) unknown.push(`${MAIN_BUCKET}/${key}`)
    else if (!present.has(eventId) && !key.includes('/downloads/')) left.add(eventId)
  }
  const faults: Fault[] = [...left].map(id => ({
    store: 'objects',
    what: `photos of event ${id}, which has none any more`,
  }))
  for (const key of unknown.slice(0, NAMED)) faults.push({ store: 'objects', what: `unknown object ${key}` })
  if (unknown.length > NAMED) faults.push({ store: 'objects', what: `${unknown.length - NAMED} more unknown objects` })
  return { kinds: [...kinds, ofSlips], faults }
}

function note(kind: Kind, { modifiedAt }: ListedObject, isOverdue: boolean): void {
  kind.count += 1
  if (isOverdue) kind.overdue += 1
  const madeAt = modifiedAt.toISOString()
  if (kind.oldest === null || madeAt < kind.oldest) kind.oldest = madeAt
}

const slipsKind = (): Kind => ({
  store: 'objects',
  kind: 'slips',
  kept: `${KEPT.slipDays} days after the decision`,
  count: 0,
  oldest: null,
  overdue: 0,
})

/** Whether a slip's picture should be gone: by its row, or where it has none, by a sweep's time. */
async function slipsByRow(db: Db, now: Date): Promise<(object: ListedObject) => boolean> {
  const rows = await db.select({ id: slips.id, decidedAt: slips.decidedAt, goneAt: slips.pictureGoneAt }).from(slips)
  const dueAt = new Map(
    rows.map(({ id, decidedAt, goneAt }) => [
      id,
      goneAt ?? (decidedAt && new Date(decidedAt.getTime() + (KEPT.slipDays * 24 + SWEPT_HOURS) * HOUR)),
    ]),
  )
  return ({ key, modifiedAt }) => {
    const id = key.slice(SLIP_PREFIX.length).replace(/\.jpg$/, '')
    const due = dueAt.has(id) ? dueAt.get(id)! : new Date(modifiedAt.getTime() + SWEPT_HOURS * HOUR)
    return due !== null && due < now
  }
}

/** Events whose objects may be there: those that are not removed, and those that were sold from and not deleted yet. */
async function eventsWithPhotos(db: Db): Promise<Set<string>> {
  const has = exists(
    db
      .select({ one: sql`1` })
      .from(photos)
      .where(and(sql`${photos.eventId} = ${events.id}`, isNull(photos.bytesGoneAt))),
  )
  const rows = await db
    .select({ id: events.id })
    .from(events)
    .where(sql`(${isNull(events.removedAt)} or (${isNotNull(events.removedAt)} and ${has}))`)
  return new Set(rows.map(({ id }) => id))
}
