import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { GatewayUnavailable } from '../../../base/payment-gateway.ts'
import { gatewayCalls } from './call-gateway.ts'

/** A bank that answers with this status, and counts what it is asked. */
const answers = { status: 200, asked: 0 }
const server = createServer((_, response) => {
  answers.asked += 1
  response.writeHead(answers.status, { 'content-type': 'application/json' }).end('{}')
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
const callsWith = (breakerResetMs: number) => {
  const call = gatewayCalls({ connectMs: 5_000, totalMs: 30_000, breakerResetMs }, bytes => String(bytes))
  return () => call({ url }).catch((error: unknown) => error)
}
afterEach(() => Object.assign(answers, { status: 200, asked: 0 }))

test('a gateway that fails five times is spared', async () => {
  const call = callsWith(600_000)
  answers.status = 500
  for (let i = 0; i < 8; i += 1) expect(await call()).toBeInstanceOf(GatewayUnavailable)
  expect(answers.asked).toBe(5)
})

test('after its rest a gateway is asked again, and answers as before', async () => {
  const call = callsWith(50)
  answers.status = 500
  for (let i = 0; i < 5; i += 1) await call()
  answers.status = 200
  await expect.poll(call, { timeout: 20_000 }).toBe('{}')
  expect(await call()).toBe('{}')
})

test('a gateway that refuses what it is asked is there, and not spared', async () => {
  const call = callsWith(600_000)
  answers.status = 404
  for (let i = 0; i < 8; i += 1) expect(await call()).toMatchObject({ refused: true })
  expect(answers.asked).toBe(8)
})
