import { Writable } from 'node:stream'
import { FACE_SEARCH_CONSENT } from '@pix/contracts/faces.ts'
import { newId } from '@pix/db/ids.ts'
import { consents } from '@pix/db/schema/consents.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { probeKey } from '@pix/jobs/faces.ts'
import { createLog } from '@pix/platform/log.ts'
import { expect, test } from 'vitest'
import { testApp, type TestApp } from '../../testing/test-app.ts'
import { embedding, MODEL, photoWithFace, probe } from '../../testing/faces.ts'
import type { Visitor } from './testing.ts'

/** As 32-bit number in hexadecimal, as PostgreSQL would show it in a bytea. */
const MARK = { number: 0.12345679, hex: 'ea d6 fc 3d'.replaceAll(' ', '') }
const marked = [MARK.number, ...embedding.slice(1)]
const ofLength = (length: number) => embedding.map(value => (value * length) / 1.4)

test('an embedding is nowhere but in Redis, and there for minutes: not in a table, a log or the job', async () => {
  const lines: string[] = []
  const sink = new Writable({ write: (chunk, _, done) => (lines.push(String(chunk)), done()) })
  await using t = await testApp({ log: createLog('api', { level: 'trace', pretty: false }, sink) })
  const [visitor, event] = [await t.visitor(), await t.event()]

  const answer = await probe(t, visitor, event.id, { embedding: marked })
  await probe(t, visitor, event.id, { embedding: [...marked.slice(1), 'no number'] })
  await probe(t, visitor, event.id, { embedding: marked.map(value => value * 100) })

  const { id } = answer.json()
  expect(answer.statusCode).toBe(202)
  expect(answer.headers['cache-control']).toBe('no-store')
  const kept = await t.deps.redis.getBuffer(probeKey(id))
  expect(kept!.subarray(0, 4).toString('hex')).toBe(MARK.hex)
  expect(await t.deps.redis.ttl(probeKey(id))).toBeLessThanOrEqual(600)

  const elsewhere = [...lines, ...(await everyRow(t)), ...(await jobsOf(t, id))].join('\n')
  expect(elsewhere).toContain(id)
  expect(elsewhere).not.toContain('0.1234')
  expect(elsewhere).not.toContain('12.34')
  expect(elsewhere).not.toContain(MARK.hex)
})

/** All that the database holds, as text. */
async function everyRow({ owner }: TestApp): Promise<string[]> {
  const { rows: tables } = await owner().$client.query<{ name: string }>(
    "select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'",
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await owner().$client.query<{ all: string | null }>(
      `select string_agg(t::text, ' ') as all from ${name} t`,
    )
    texts.push(rows[0]?.all ?? '')
  }
  return texts
}

/** What the queue holds of a search. */
async function jobsOf({ deps }: TestApp, searchId: string): Promise<string[]> {
  const redis = deps.redis.duplicate({ enableOfflineQueue: true })
  try {
    const keys = (await redis.keys(`bull:*${searchId}*`)).filter(key => key.endsWith(searchId))
    expect(keys).toHaveLength(1)
    return [JSON.stringify(await redis.hgetall(keys[0]!))]
  } finally {
    redis.disconnect()
  }
}

test.each([
  ['127 numbers', { embedding: embedding.slice(1) }, 'invalid_request'],
  ['129 numbers', { embedding: [...embedding, 0.1] }, 'invalid_request'],
  ['a word for a number', { embedding: ['NaN', ...embedding.slice(1)] }, 'invalid_request'],
  ['nothing for a number', { embedding: [null, ...embedding.slice(1)] }, 'invalid_request'],
  ['a quality above 1', { quality: 1.1 }, 'invalid_request'],
  ['a field that nobody knows', { selfie: 'data:' }, 'invalid_request'],
  ['only zeros', { embedding: Array<number>(128).fill(0) }, 'embedding_invalid'],
  ['a length that no face has', { embedding: Array<number>(128).fill(9) }, 'embedding_invalid'],
  ['a length of 0.5, near to everybody', { embedding: ofLength(0.5) }, 'embedding_invalid'],
  ['a length of 0.63, near to everybody', { embedding: ofLength(0.63) }, 'embedding_invalid'],
  ['a length of 1', { embedding: ofLength(1) }, 'embedding_invalid'],
  ['a length of 1.5', { embedding: ofLength(1.5) }, 'embedding_invalid'],
  ['numbers too large to square', { embedding: Array<number>(128).fill(1e200) }, 'invalid_request'],
  ['no consent', { consent: 'an older one' }, 'consent_required'],
  ['an event that is not there', { eventId: newId() }, 'not_found'],
])('%s: refused, and nothing of it is kept', async (_, more, code) => {
  await using t = await testApp()
  const [visitor, event] = [await t.visitor(), await t.event()]

  expect((await probe(t, visitor, event.id, more)).json().code).toBe(code)

  expect(await t.db.select().from(searches)).toEqual([])
  expect(await t.deps.redis.keys(probeKey('*'))).toEqual([])
})

test('a number beyond all numbers is refused', async () => {
  await using t = await testApp()
  const [visitor, event] = [await t.visitor(), await t.event()]
  const body = JSON.stringify({
    eventId: event.id,
    consent: FACE_SEARCH_CONSENT.th,
    modelVersion: MODEL,
    embedding,
    quality: 1,
  })
  const answer = await t.app.inject({
    method: 'POST',
    url: '/api/face/search/embedding',
    headers: { ...visitor.headers, 'content-type': 'application/json' },
    payload: body.replace(/0\.1\d*/, '1e999'),
  })
  expect(answer.json().code).toBe('invalid_request')
})

test('an embedding of other models than the event is searched with is refused, and says so', async () => {
  await using t = await testApp()
  const [visitor, event, photographer] = [await t.visitor(), await t.event(), await t.user('photographer')]
  await photoWithFace(t, event.id, photographer.id)

  const outdated = await probe(t, visitor, event.id, { modelVersion: 'm0' })
  expect([outdated.statusCode, outdated.json().code]).toEqual([409, 'model_outdated'])
  expect(await t.db.select().from(searches)).toEqual([])
  expect((await probe(t, visitor, event.id)).statusCode).toBe(202)
})

test('an event without photos is searched with models that an engine makes, and with no others', async () => {
  await using t = await testApp()
  const [visitor, event] = [await t.visitor(), await t.event()]

  const unknown = await probe(t, visitor, event.id, { modelVersion: 'made-up-1' })
  expect([unknown.statusCode, unknown.json().code]).toEqual([409, 'model_outdated'])
  expect(await t.db.select().from(searches)).toEqual([])
  for (const modelVersion of Object.values(MODEL_VERSIONS))
    expect((await probe(t, visitor, event.id, { modelVersion })).statusCode).toBe(202)
})

test("the consent is on record, and the search is its session's alone", async () => {
  await using t = await testApp()
  const [visitor, stranger, event] = [await t.visitor(), await t.visitor(), await t.event()]
  const { id } = (await probe(t, visitor, event.id)).json()

  const [consent] = await t.db.select().from(consents)
  expect(consent).toMatchObject({ sessionId: visitor.sessionId, eventId: event.id, version: FACE_SEARCH_CONSENT.th })
  const [row] = await t.db.select().from(searches)
  expect(row).toMatchObject({ id, consentId: consent!.id, source: 'embedding' })

  const status = async ({ headers }: Visitor) =>
    (await t.app.inject({ url: `/api/face/search/${id}/status`, headers })).statusCode
  expect([await status(visitor), await status(stranger)]).toEqual([200, 404])
  const forget = await t.app.inject({ method: 'DELETE', url: `/api/face/search/${id}`, headers: visitor.headers })
  expect(forget.statusCode).toBe(204)
  expect(await t.deps.redis.exists(probeKey(id))).toBe(0)
})
