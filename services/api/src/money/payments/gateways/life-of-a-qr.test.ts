import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { GATEWAY_TIMES } from './call-gateway.ts'
import { createOmise } from './omise/omise.ts'
import { createPayNoi } from './paynoi/paynoi.ts'

// The shop's clock stands far from the machine's: a QR lives by the shop's.

const AT = new Date('2031-05-06T07:00:00.000Z')
const minutes = (count: number) => new Date(AT.getTime() + count * 60_000)
const ASKED = { amount: 6_000, ref1: 'PX31000001A1', at: AT }
const PNG = 'iVBORw0KGgo='

afterEach(() => void vi.unstubAllEnvs())

/** What the gateway says in its answer about the end of the QR's life; null where it says nothing. */
let says: string | null
/** What was asked for. */
let asked: Record<string, unknown>
beforeEach(() => void ([says, asked] = [null, {}]))

const server = createServer(async (request, response) => {
  if (request.url === '/qr') return response.end('<svg></svg>')
  let body = ''
  for await (const part of request) body += String(part)
  asked = JSON.parse(body)
  const paynoi = { trans_id: 'PN1', qr_image_base64: PNG, expire_at: says }
  const source = { scannable_code: { image: { download_uri: `${url}/qr` } } }
  const omise = { object: 'charge', id: 'chrg_1', amount: 6_000, status: 'pending', expires_at: says, source }
  response.writeHead(200, { 'content-type': 'application/json' })
  return response.end(JSON.stringify(request.url === '/charges' ? omise : { ...paynoi, amount: '60.00' }))
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
afterAll(() => void server.close())

const paynoi = createPayNoi(
  { PAYNOI_URL: url, PAYNOI_API_KEY: 'key', PAYNOI_KEY_ID: 'id', PAYNOI_ACCOUNT: '0899999999' },
  GATEWAY_TIMES,
)
const omise = createOmise({ OMISE_URL: url, OMISE_SECRET_KEY: 'skey_test', OMISE_WEBHOOK_SECRETS: [] }, GATEWAY_TIMES)

test('a QR of PayNoi lives until the end that is named, within a day from when it was asked for, else 15 minutes', async () => {
  for (const [named, until] of [
    [minutes(10).toISOString(), minutes(10)],
    [null, minutes(15)],
    ['soon', minutes(15)],
    ['', minutes(15)],
    [minutes(-1).toISOString(), minutes(15)],
    [minutes(25 * 60).toISOString(), minutes(15)],
  ] as const) {
    says = named
    expect((await paynoi.create(ASKED)).expiresAt).toEqual(until)
  }
})

test('an end that names no zone is read as Bangkok’s, wherever the machine stands', async () => {
  vi.stubEnv('TZ', 'America/New_York')
  expect(AT.getTimezoneOffset()).toBe(240)
  const inBangkok = new Date(minutes(10).getTime() + 7 * 60 * 60_000).toISOString().slice(0, 19)
  for (const named of [inBangkok, inBangkok.replace('T', ' '), `${inBangkok}+07:00`, minutes(10).toISOString()]) {
    says = named
    expect((await paynoi.create(ASKED)).expiresAt).toEqual(minutes(10))
  }
})

test('a QR of Omise is asked for 15 minutes from when it was asked for, and lives until the end that is named', async () => {
  expect((await omise.create(ASKED)).expiresAt).toEqual(minutes(15))
  expect(asked['expires_at']).toBe(minutes(15).toISOString())
  says = minutes(10).toISOString()
  expect((await omise.create(ASKED)).expiresAt).toEqual(minutes(10))
})
