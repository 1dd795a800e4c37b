import { newId } from '@pix/db/ids.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { events } from '@pix/db/schema/events.ts'
import { faceRereads } from '@pix/db/schema/rereads.ts'
import { testDb, type TestDb } from '@pix/db/testing.ts'
import { testRedis } from '@pix/platform/redis-testing.ts'
import { connectRedis } from '@pix/platform/redis.ts'
import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { execa } from 'execa'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MODEL_VERSIONS } from '../../../packages/faces/src/engines.ts'
import { type FaceWorker, registerFaceWorker } from '../../../packages/jobs/src/face-workers.ts'
import { ROOT } from './base/paths.ts'

const LIMIT = { timeout: 300_000 }

const run = async ({ appUrl }: TestDb, ...args: string[]) => ended(start(appUrl, redis.url, ...args))

function start(databaseUrl: string, redisUrl: string, ...args: string[]) {
  const file = join(ROOT, 'infra/stack/src/reread-faces.ts')
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl }
  return execa(process.execPath, [...TYPESCRIPT, file, ...args], { cwd: ROOT, env, reject: false })
}

async function ended(running: ReturnType<typeof start>) {
  const { exitCode, stdout, stderr } = await running
  return { exitCode, said: `${stdout}\n${stderr}` }
}

let redis: Awaited<ReturnType<typeof testRedis>>
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

async function addEvent({ db }: TestDb, slug: string, faceModel: string | null): Promise<string> {
  const id = newId()
  const [startsAt, endsAt] = [new Date('2026-11-01T00:00:00Z'), new Date('2026-11-01T05:00:00Z')]
  const names = { nameTh: 'งาน', nameEn: 'Event', category: 'run', venue: 'Park', province: 'Bangkok' } as const
  await db.insert(events).values({ id, studioId: HOUSE_STUDIO, slug, ...names, startsAt, endsAt, faceModel })
  return id
}

test(
  'the command asks for one event by its slug, for all that have faces, and says what happened to each',
  LIMIT,
  async () => {
    await using t = await testDb()
    const one = await addEvent(t, 'one', MODEL_VERSIONS['face-api'])
    const two = await addEvent(t, 'two', MODEL_VERSIONS['face-api'])
    await addEvent(t, 'has-it', MODEL_VERSIONS.sface)
    await addEvent(t, 'empty', null)

    const first = await run(t, '--event', 'one', '--ask-only')
    expect(first).toMatchObject({ exitCode: 0, said: expect.stringContaining('one: its photos are read again') })
    expect(await t.db.select().from(faceRereads)).toMatchObject([
      { eventId: one, toModel: MODEL_VERSIONS.sface, askedBy: null },
    ])
    expect(await t.db.select().from(auditEvents)).toMatchObject([{ actorId: null, action: 'faces.change_engine' }])

    const all = await run(t, '--all', '--ask-only')
    expect(all.exitCode).toBe(0)
    expect(all.said).toContain('one: its photos are being read again')
    expect(all.said).toContain('two: its photos are read again')
    expect(all.said).toContain('has-it: it has this engine')
    expect(all.said).not.toContain('empty')
    expect((await t.db.select().from(faceRereads)).map(row => row.eventId).toSorted()).toEqual([one, two].toSorted())

    const back = await run(t, '--event', 'one', '--engine', 'face-api', '--ask-only')
    expect(back).toMatchObject({ exitCode: 1, said: expect.stringContaining('another change goes on') })
    expect(await run(t, '--event', 'nowhere')).toMatchObject({
      exitCode: 1,
      said: expect.stringContaining('no event nowhere'),
    })
    expect(await run(t, '--event', 'one', '--engine', 'eye')).toMatchObject({ exitCode: 1 })
    expect((await run(t)).exitCode).toBe(64)
  },
)

test(
  'where no running worker has the engine, the command says so and ends, and the photos stay asked for',
  LIMIT,
  async () => {
    await using t = await testDb()
    await addEvent(t, 'one', MODEL_VERSIONS['face-api'])
    await registered({ name: 'poor', engines: ['face-api'], wanted: 'sface' })

    const { exitCode, said } = await run(t, '--event', 'one')

    expect(exitCode).toBe(1)
    expect(said).toContain('No face-worker that runs has the engine sface')
    expect(said).toContain('npm run fetch:face-weights')
    expect(await t.db.select().from(faceRereads)).toMatchObject([{ changedAt: null, cancelledAt: null }])
  },
)

test('where a worker has it, the command says how far it is until the event has changed', LIMIT, async () => {
  await using t = await testDb()
  await addEvent(t, 'one', MODEL_VERSIONS['face-api'])
  await registered({ name: 'rich', engines: ['sface', 'face-api'], wanted: 'sface' })

  const running = start(t.appUrl, redis.url, '--event', 'one')
  await says(running, '0 of 0 photos read')
  await t.db.update(faceRereads).set({ changedAt: new Date() })

  expect(await ended(running)).toMatchObject({ exitCode: 0, said: expect.stringContaining('done') })
})

const says = (running: ReturnType<typeof start>, text: string) =>
  new Promise<void>(resolve =>
    running.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes(text)) resolve()
    }),
  )

async function registered(worker: FaceWorker): Promise<void> {
  const client = connectRedis(redis.url, 'worker', () => undefined)
  await registerFaceWorker(client, worker)
  client.disconnect()
}
