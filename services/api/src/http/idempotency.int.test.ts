import { idempotencyKeys } from '@pix/db/schema/idempotency.ts'
import { expect, test } from 'vitest'
import { keepFirstAnswers } from './idempotency.ts'
import { type TestApp, testApp } from '../testing/test-app.ts'
import Fastify from 'fastify'
import { answerWithProblems } from './problems.ts'

/** A route that counts how often it really runs; its body decides what happens. Its answers wait for `end`. */
async function counting(t: TestApp, end: Promise<void> = Promise.resolve()) {
  const app = Fastify({ genReqId: () => t.deps.newId() })
  app.decorateRequest('caller', null)
  app.decorateRequest('buyer', null)
  app.addHook('onRequest', async request => {
    request.setDecorator('buyer', { sessionId: String(request.headers['x-session'] ?? 'one'), userId: null })
    const userId = request.headers['x-user']
    if (userId) request.setDecorator('caller', { userId, role: 'user' })
  })
  answerWithProblems(app)
  keepFirstAnswers(app, t.deps)
  let runs = 0
  app.post('/things', { config: { access: 'session', idempotent: true } as object }, async (request, reply) => {
    runs++
    const { fail = false } = request.body as { fail?: boolean }
    await end
    if (fail && runs === 1) throw new Error('the first time it fails')
    return reply.code(201).send({ run: runs })
  })
  const post = (key: string | null, payload: object = {}, session = 'one', user = '') =>
    app.inject({
      method: 'POST',
      url: '/things',
      payload,
      headers: { 'x-session': session, 'x-user': user, ...(key === null ? {} : { 'idempotency-key': key }) },
    })
  return { app, post, runs: () => runs }
}

test('the same key and body get the first answer; nothing runs twice', async () => {
  await using t = await testApp()
  const { post, runs } = await counting(t)
  const answers = [await post('k1'), await post('k1'), await post('k1')]
  expect(answers.map(answer => [answer.statusCode, answer.json()])).toEqual(
    Array.from({ length: 3 }, () => [201, { run: 1 }]),
  )
  expect(answers[1]!.headers['idempotency-replayed']).toBe('true')
  expect(runs()).toBe(1)
})

test('a key is needed, counts for one buyer only, and cannot be used with another body', async () => {
  await using t = await testApp()
  const { post, runs } = await counting(t)
  expect((await post(null)).json().code).toBe('idempotency_key_required')
  expect((await post('key with spaces')).json().code).toBe('idempotency_key_required')
  await post('k1', { a: 1 })
  expect((await post('k1', { a: 2 })).json().code).toBe('idempotency_key_reused')
  expect((await post('k1', { a: 1 }, 'another')).json()).toEqual({ run: 2 })
  expect(runs()).toBe(2)
})

test('one user in two browsers with one key gets an answer of each browser’s own; signing in changes nothing', async () => {
  await using t = await testApp()
  const { post } = await counting(t)
  expect((await post('k1', {}, 'one', 'user')).json()).toEqual({ run: 1 })
  expect((await post('k1', {}, 'two', 'user')).json()).toEqual({ run: 2 })
  expect((await post('k1', {}, 'one')).json()).toEqual({ run: 1 })
})

test('ten at once run once; the duplicates are asked to retry', async () => {
  await using t = await testApp()
  let answered = 0
  let end!: () => void
  const { post, runs } = await counting(t, new Promise(resolve => (end = resolve)))
  const postOne = async () => {
    const answer = await post('k1')
    answered += 1
    if (answered === 9) end() // the first one runs until its twins have their answers
    return answer
  }
  const answers = await Promise.all(Array.from({ length: 10 }, postOne))
  const twins = answers.filter(answer => answer.statusCode === 409)
  expect(twins).toHaveLength(9)
  expect(twins.every(twin => twin.json().code === 'idempotency_in_flight' && twin.headers['retry-after'] === '1')).toBe(
    true,
  )
  expect(runs()).toBe(1)
})

test('a failure of ours is not kept: the same key may try again', async () => {
  await using t = await testApp()
  const { post } = await counting(t)
  expect((await post('k1', { fail: true })).statusCode).toBe(500)
  expect((await post('k1', { fail: true })).json()).toEqual({ run: 2 })
})

test('a first request that died with its process blocks its key for a minute, no longer', async () => {
  await using t = await testApp()
  const { post } = await counting(t)
  await post('k1')
  await t.db.update(idempotencyKeys).set({ status: null, body: null })
  expect((await post('k1')).statusCode).toBe(409)
  t.forward(61_000)
  expect((await post('k1')).json()).toEqual({ run: 2 })
})
