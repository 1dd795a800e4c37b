import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBank } from '../../bank-testing.ts'
import { GATEWAY_TIMES } from '../call-gateway.ts'
import { createPayNoi } from './paynoi.ts'

let bank: Awaited<ReturnType<typeof startBank>>
beforeAll(async () => void (bank = await startBank()))
afterAll(() => bank?.stop())

const KEYS = { PAYNOI_API_KEY: 'test-api-key', PAYNOI_KEY_ID: 'test-key-id', PAYNOI_ACCOUNT: '0899999999' }
const probe = (url: string, more: object = {}) =>
  createPayNoi({ ...KEYS, PAYNOI_URL: url, ...more }, GATEWAY_TIMES).probe()

test('a gateway that knows our key answers, one that refuses it says so, and no charge is made', async () => {
  const before = await bank.charges()
  expect(await probe(bank.url)).toBe('answers')
  expect(await probe(bank.url, { PAYNOI_API_KEY: 'wrong' })).toBe('key_refused')
  expect(await bank.charges()).toEqual(before)
})

test('a gateway that is away or fails does not answer, and neither does a server that is none', async () => {
  expect(await probe('http://127.0.0.1:9')).toBe('away')
  await bank.faults({ fail: 'both' })
  expect(await probe(bank.url)).toBe('away')
  await bank.faults()
  const other = createServer((_, response) => response.writeHead(404).end('<h1>not here</h1>'))
  await once(other.listen(0, '127.0.0.1'), 'listening')
  expect(await probe(`http://127.0.0.1:${(other.address() as AddressInfo).port}`)).toBe('away')
  other.close()
})
