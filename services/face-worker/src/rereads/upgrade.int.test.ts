import type { Db } from '@pix/db/client.ts'
import { newId } from '@pix/db/ids.ts'
import { migrate } from '@pix/db/migrate.ts'
import { events } from '@pix/db/schema/events.ts'
import { eventPeople } from '@pix/db/schema/people.ts'
import { searchMatches } from '@pix/db/schema/searches.ts'
import { testDbBefore } from '@pix/db/testing.ts'
import { standIn } from '@pix/faces/engines-testing.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { originalKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { eq, sql } from 'drizzle-orm'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { photoLimits } from '../picture/limits.ts'
import { groupPhoto, testEngines, testPlace, until } from '../testing.ts'
import { type Face, faceIn, type RereadScene, rereadScene, rereadState } from './testing.ts'

const [OLD, NEW] = [MODEL_VERSIONS['face-api'], MODEL_VERSIONS.sface]
const LIMIT = { timeout: 300_000 }

/** Writes rows into a table that lacks some of their columns. */
async function copyRows(from: Db, to: Db, table: string): Promise<void> {
  const { rows } = await from.execute<{ row: object }>(sql`select to_jsonb(t) as row from ${sql.identifier(table)} t`)
  const { rows: columns } = await to.execute<{ name: string }>(sql`
    select column_name as name from information_schema.columns
    where table_name = ${table} and table_schema = 'public' and is_generated = 'NEVER'`)
  const names = sql.join(
    columns.map(({ name }) => sql.identifier(name)),
    sql`, `,
  )
  for (const { row: now } of rows) {
    // What an account may do was its role then.
    const row = table === 'users' ? { ...now, role: 'photographer' } : now
    const record = sql`jsonb_populate_record(null::${sql.identifier(table)}, ${JSON.stringify(row)}::jsonb)`
    await to.execute(sql`insert into ${sql.identifier(table)} (${names}) select ${names} from ${record}`)
  }
}

/** What a search finds, in no order. */
async function found(scene: RereadScene, db: Db, eventId: string, face: Face) {
  const search = await scene.beginSearch(eventId, face)
  await search.answer()
  const rows = await db.select().from(searchMatches).where(eq(searchMatches.searchId, search.id))
  return rows
    .map(({ photoId, faceId, distance, confidence, band }) => ({ photoId, faceId, distance, confidence, band }))
    .toSorted((a, b) => (a.photoId < b.photoId ? -1 : 1))
}

test(
  `an installation from before there were two engines: its events are searched as before, and one is read again${standIn}`,
  LIMIT,
  async () => {
    await using fresh = await testPlace()
    await using freshScene = await rereadScene(fresh)
    const engines = await testEngines(fresh, ['sface', 'face-api'])
    const poor = { ...engines, available: ['face-api' as const] }
    const eventId = await fresh.addEvent({ approval: 'all' })
    const pictures = ([1, 5] as const).map(n => readFileSync(groupPhoto(n)))
    const photoIds: string[] = []
    for (const bytes of pictures) photoIds.push(await freshScene.add(eventId, bytes, poor))
    const face = await faceIn(pictures[0]!, engines, photoLimits(fresh.settings))
    const before = await found(freshScene, fresh.db, eventId, face)
    expect(before.length).toBeGreaterThan(0)

    const database = await testDbBefore('0014_face_models')
    await using place = await testPlace({}, database)
    for (const table of ['users', 'events', 'photos', 'faces']) await copyRows(fresh.db, database.owner(), table)
    const [strict, empty] = [newId(), newId()]
    for (const id of [strict, empty])
      await database.owner().execute(sql`
      insert into events (id, slug, name_th, name_en, category, venue, province, starts_at, ends_at, face_threshold)
      values (${id}, ${id}, '-', '-', 'run', '-', '-', now(), now(), ${id === strict ? 0.5 : 0.6})`)
    await database.owner().execute(sql`
    insert into event_people (event_id, asked_by, asked_at, revision, grouped_at)
    select ${eventId}, id, now(), 1, now() from users limit 1`)

    await migrate(database.ownerUrl)

    const rows = await place.db.select().from(events)
    const event = (id: string) => rows.find(one => one.id === id)
    expect(event(eventId)).toMatchObject({ faceModel: OLD, faceBound: null })
    expect(event(strict)).toMatchObject({ faceModel: null, faceBound: 0.5 })
    expect(event(empty)).toMatchObject({ faceModel: null, faceBound: null })
    expect(await place.db.select().from(eventPeople)).toMatchObject([{ faceModel: OLD }])
    await using scene = await rereadScene(place)
    expect(await found(scene, place.db, eventId, face)).toEqual(before)

    for (const [n, id] of photoIds.entries())
      await place.storage.put(MAIN_BUCKET, originalKey(eventId, id, 'jpg'), pictures[n]!, { contentType: 'image/jpeg' })
    expect(await scene.ask(eventId, 'sface')).toMatchObject({ kind: 'asked' })
    const worker = scene.start(engines)
    await until('the event has changed', async () => {
      const answer = await (await scene.beginSearch(eventId, face)).answer()
      expect(answer).toMatchObject({ state: 'done', photos: [photoIds[0]] })
      return answer.models[0] === NEW
    })
    await worker.stop()
    expect((await rereadState(place.db, eventId)).models).toEqual(new Set([OLD, NEW]))
    await engines.close()
  },
)
