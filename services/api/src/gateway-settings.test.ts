import { expect, test } from 'vitest'
import { environment } from './testing/environment.ts'
import { Settings } from './settings.ts'

const faultsOf = (more: Record<string, string>): string[] =>
  (Settings.safeParse({ ...environment('db', 'redis'), ...more }).error?.issues ?? []).map(issue =>
    issue.path.join('.'),
  )
const OMISE = { OMISE_SECRET_KEY: 'skey_1', OMISE_WEBHOOK_SECRETS: Buffer.alloc(32, 7).toString('base64') }

test('a gateway that is named needs its settings, and one that is not needs none', () => {
  expect(faultsOf({})).toEqual([])
  expect(faultsOf({ PAYMENT_GATEWAYS: 'paynoi,omise' })).toEqual(['OMISE_SECRET_KEY', 'OMISE_WEBHOOK_SECRETS'])
  expect(faultsOf({ PAYMENT_GATEWAYS: 'omise,paynoi', ...OMISE })).toEqual([])
  const without = { PAYNOI_URL: '', PAYNOI_API_KEY: '', PAYNOI_KEY_ID: '', PAYNOI_ACCOUNT: '' }
  expect(faultsOf({ PAYMENT_GATEWAYS: 'omise', ...OMISE, ...without })).toEqual([])
  expect(faultsOf(without)).toEqual(Object.keys(without))
})

test('what a gateway lacks is named also where other settings are missing', () => {
  expect(faultsOf({ PAYMENT_GATEWAYS: 'omise', DATABASE_URL: '' })).toEqual(
    expect.arrayContaining(['DATABASE_URL', 'OMISE_SECRET_KEY']),
  )
})

test('secrets that sign webhooks are base64, and may be two', () => {
  const two = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const given = {
    ...environment('db', 'redis'),
    OMISE_WEBHOOK_SECRETS: two.map(one => one.toString('base64')).join(', '),
  }
  expect(Settings.parse(given).OMISE_WEBHOOK_SECRETS).toEqual(two)
  expect(faultsOf({ OMISE_WEBHOOK_SECRETS: 'c2hvcnQ=' })).toEqual(['OMISE_WEBHOOK_SECRETS'])
})
