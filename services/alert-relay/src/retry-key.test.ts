import { expect, test } from 'vitest'
import type { AlertGroup } from './alert-group.ts'
import { retryKeyOf } from './retry-key.ts'

const NOW = new Date('2026-11-27T10:00:00Z')
const ONE = 'U0123456789abcdef0123456789abcdef'
const alert = (fingerprint: string, given: object = {}) => ({
  status: 'firing' as const,
  labels: {},
  annotations: {},
  startsAt: '2026-11-27T09:00:00Z',
  fingerprint,
  ...given,
})
const group = (...alerts: AlertGroup['alerts']): AlertGroup => ({
  version: '4',
  groupKey: '{}:{alertname="ApiSlow"}',
  status: 'firing',
  alerts,
})
const key = (of: AlertGroup, to = ONE, at = NOW) => retryKeyOf(of, to, at)

test('a try again has the key of the try before, in whatever order the alerts come', () => {
  const later = new Date(NOW.getTime() + 60_000)
  expect(key(group(alert('b'), alert('a')), ONE, later)).toBe(key(group(alert('a'), alert('b'))))
  expect(key(group(alert('a')))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('tries on both sides of a half hour of the clock have one key', () => {
  const begun = group(alert('a', { startsAt: '2026-11-27T09:29:30Z' }))
  const [before, after] = [new Date('2026-11-27T09:29:58Z'), new Date('2026-11-27T09:30:03Z')]
  expect(key(begun, ONE, before)).toBe(key(begun, ONE, after))
})

test('each different message has a key of its own', () => {
  const keys = [
    key(group(alert('a'))),
    key(group(alert('a')), ONE.replace('U', 'C')),
    key(group(alert('a'), alert('b'))),
    key(group(alert('a', { startsAt: '2026-11-27T09:30:00Z' }))),
    key(group(alert('a', { status: 'resolved' }))),
    key({ ...group(alert('a')), groupKey: '{}:{alertname="ApiErrors"}' }),
    // The reminder.
    key(group(alert('a')), ONE, new Date(NOW.getTime() + 3_600_000)),
  ]
  expect(new Set(keys).size).toBe(keys.length)
})
