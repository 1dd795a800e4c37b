import { expect, test } from 'vitest'
import { testApp } from './testing/test-app.ts'

test('an unknown route is a 404 problem with a request id', async () => {
  await using t = await testApp()

  const answer = await t.app.inject({ url: '/api/nothing-here' })

  expect(answer.statusCode).toBe(404)
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.json()).toMatchObject({ code: 'not_found', status: 404, instance: '/api/nothing-here' })
  expect(answer.json().requestId).toMatch(/^[0-9a-f-]{36}$/)
})

test('readyz names each dependency', async () => {
  await using t = await testApp()

  const ready = async () => (await t.app.inject({ url: '/api/readyz' })).json()

  await expect.poll(ready).toEqual({ status: 'ok', checks: { database: 'ok', redis: 'ok', storage: 'ok' } })
  expect((await t.app.inject({ url: '/api/openapi.json' })).json().openapi).toBe('3.1.0')
})
