import { expect, test } from 'vitest'
import type { Alert, AlertGroup } from './alert-group.ts'
import { writeMessage } from './write-message.ts'

const alert = (given: Partial<Alert> = {}): Alert => ({
  status: 'firing',
  labels: { alertname: 'ServiceDown', severity: 'critical', job: 'clerk' },
  annotations: {
    summary: 'clerk does not answer',
    do: 'Start it again.',
    runbook: 'docs/runbooks/alerts.md#servicedown',
  },
  startsAt: '2026-11-27T17:30:00.123Z',
  fingerprint: 'f',
  ...given,
})
const group = (...alerts: Alert[]): AlertGroup => ({ version: '4', groupKey: 'g', status: 'firing', alerts })

test('a message says how bad, what, since when in Bangkok, what to do, and where that is written', () => {
  expect(writeMessage(group(alert()), 'https://git.example/').text).toBe(
    [
      'CRITICAL: ServiceDown',
      'clerk does not answer',
      'since 28 Nov, 00:30 (Bangkok)',
      'Start it again.',
      'https://git.example/docs/runbooks/alerts.md#servicedown',
    ].join('\n'),
  )
})

test('what is over is said after what fires, and without advice', () => {
  const over = alert({ status: 'resolved', labels: { alertname: 'ApiSlow', severity: 'warning' } })
  const { text } = writeMessage(group(over, alert()))
  expect(text.indexOf('CRITICAL: ServiceDown')).toBe(0)
  expect(text.slice(text.indexOf('OVER: ApiSlow'))).not.toContain('Start it again.')
})

test('only information, and what is over, comes without a sound', () => {
  const info = alert({ labels: { alertname: 'DiskFilling', severity: 'info' } })
  expect(writeMessage(group(info)).quiet).toBe(true)
  expect(writeMessage(group(alert({ status: 'resolved' }))).quiet).toBe(true)
  expect(writeMessage(group(info, alert())).quiet).toBe(false)
})

test('a message fits into one of LINE, however many alerts there are and however long they are', () => {
  const long = alert({ annotations: { summary: 'x'.repeat(900), do: 'y'.repeat(900) } })
  expect(writeMessage(group(...Array.from({ length: 40 }, () => long))).text.length).toBeLessThanOrEqual(5_000)
  expect(writeMessage(group(...Array.from({ length: 40 }, () => alert()))).text).toMatch(/… and 32 more$/)
})
