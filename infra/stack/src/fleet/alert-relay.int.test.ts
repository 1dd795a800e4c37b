import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { execa } from 'execa'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { freePort } from '../base/ports.ts'
import { startLine, type Line } from './line.ts'

const TOKEN = 'k4Jq8ZbW2mX6vT0pRnLd'
const OWNER = `U${'1'.repeat(32)}`
const TEAM = `C${'2'.repeat(32)}`

/** As Alertmanager 0.25 posts it. */
const group = (given: object = {}) => ({
  receiver: 'owner',
  status: 'firing',
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'ServiceDown', job: 'clerk', severity: 'critical' },
      annotations: { summary: 'clerk does not answer', runbook: 'docs/runbooks/alerts.md#servicedown' },
      startsAt: '2026-11-27T07:00:00.123Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'http://vm4:9090/graph',
      fingerprint: 'f5d2',
    },
  ],
  groupLabels: { alertname: 'ServiceDown' },
  commonLabels: {},
  commonAnnotations: {},
  externalURL: 'http://vm4:9093',
  version: '4',
  groupKey: '{}:{alertname="ServiceDown"}',
  truncatedAlerts: 0,
  ...given,
})

/** The relay as a process of its own, in production, beside a LINE that speaks TLS. */
async function started(
  settings: { token?: string } = {},
): Promise<{ line: Line; post(body: object): Promise<number> }> {
  const folder = mkdtempSync(join(tmpdir(), 'alert-relay-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost']
  await execa('openssl', [...made, '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert])
  const line = await startLine({
    host: '127.0.0.1',
    port: 0,
    token: TOKEN,
    key: readFileSync(key),
    cert: readFileSync(cert),
  })
  onTestFinished(() => line.stop())
  const port = await freePort()
  const relay = execa('node', [...TYPESCRIPT, join(ROOT, 'services/alert-relay/src/main.ts')], {
    cwd: join(ROOT, 'services/alert-relay'),
    reject: false,
    env: {
      MODE: 'production',
      PORT: String(port),
      METRICS_PORT: '0',
      LINE_API_URL: `https://localhost:${line.port}`,
      LINE_CHANNEL_TOKEN: settings.token ?? TOKEN,
      LINE_TO: `${OWNER},${TEAM}`,
      NODE_EXTRA_CA_CERTS: cert,
    },
  })
  onTestFinished(() => void relay.kill('SIGTERM'))
  const url = `http://127.0.0.1:${port}/alerts`
  const post = async (body: object) => {
    const headers = { 'content-type': 'application/json' }
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status
  }
  await vi.waitFor(() => fetch(url), { timeout: 60_000, interval: 200 })
  return { line, post }
}

test('a group is pushed to everybody by name of its runbook, once however often Alertmanager posts it', async () => {
  const { line, post } = await started()
  expect(await post(group())).toBe(204)
  expect(await post(group())).toBe(204)
  expect(line.delivered.map(({ to }) => to).toSorted()).toEqual([TEAM, OWNER])
  expect(line.again).toBe(2)
  expect(line.delivered[0]!.text).toContain('docs/runbooks/alerts.md#servicedown')
})

test('while LINE is away Alertmanager is asked to post again, and then each recipient gets it once', async () => {
  const { line, post } = await started()
  line.away = true
  expect(await post(group())).toBe(503)
  expect(line.delivered).toEqual([])
  line.away = false
  expect(await post(group())).toBe(204)
  expect(line.delivered).toHaveLength(2)
})

test('what will be refused again is not asked for again', async () => {
  const { line, post } = await started({ token: 'of-another-channel' })
  expect(await post(group())).toBe(422)
  expect(await post({ version: '3' })).toBe(400)
  expect(line.delivered).toEqual([])
})
