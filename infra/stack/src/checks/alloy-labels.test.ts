import { createLog } from '@pix/platform/log.ts'
import Fastify, { type FastifyBaseLogger } from 'fastify'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { logAnswers } from '../../../../services/api/src/http/access-log.ts'
import { ROOT } from '../base/paths.ts'
import { KINDS, LEVELS } from '../dashboards/logs.ts'
import { readAlloy } from '../testing/alloy.ts'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const { rules, matches, keep, files, ofJournal, ofFile } = readAlloy(read('ansible/roles/alloy/templates/config.alloy'))

/** What a program of ours writes, line by line. */
function logged() {
  const lines: string[] = []
  const log = createLog('api', { level: 'trace', pretty: false }, { write: line => void lines.push(line.trimEnd()) })
  return { lines, log }
}
const fromApi = (line: string) => ofJournal({ unit: 'pix-api@8081.service' }, line)
const unitOf = (unit: string) => ofJournal({ unit }).unit
const levelOf = (priority: string) => ofJournal({ priority }).level
/** Every value of a label that the configuration can give. */
const given = (label: string) => [
  ...rules.filter(({ target }) => target === label).map(({ replacement }) => replacement),
  ...matches.flatMap(({ gives }) => (gives[label] === undefined ? [] : [gives[label]])),
  ...[...files.values()].map(file => file[label]!),
]

test('a line of the journal has the unit that people look for, whatever instance wrote it', () => {
  expect(unitOf('pix-api@8091.service')).toBe('pix-api')
  expect(unitOf('pix-log-heartbeat.service')).toBe('pix-log-heartbeat')
  expect(unitOf('postgresql@15-main.service')).toBe('postgresql')
  expect(unitOf('prometheus-node-exporter.service')).toBe('prometheus-node-exporter')
  // Each sign-in by SSH has a unit of its own.
  for (const other of ['session-73.scope', 'user@1000.service', 'init.scope', '']) expect(unitOf(other)).toBe('system')
})

test('an answer of the api is access, with its request’s id in the line and in no label', async () => {
  const { lines, log } = logged()
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    disableRequestLogging: true,
    requestIdLogLabel: 'requestId',
  })
  logAnswers(app)
  app.get('/api/events', async () => [])
  const { headers } = await app.inject('/api/events?signature=abc')
  const line = lines.at(-1)!
  expect(line).toContain(`"requestId":"${headers['x-request-id']}"`)
  expect(fromApi(line)).toEqual({ unit: 'pix-api', kind: 'access', level: 'info' })
})

test('a program’s own level is the line’s', () => {
  const { lines, log } = logged()
  for (const level of ['debug', 'info', 'warn', 'error', 'fatal'] as const) log[level]({ eventId: 'e1' }, 'said')
  log.error({ err: new Error('of\ntwo lines') }, 'the request failed')
  const levels = ['debug', 'info', 'warning', 'error', 'error', 'error']
  expect(lines.map(line => fromApi(line))).toEqual(
    levels.map(level => ({ unit: 'pix-api', kind: 'application', level })),
  )
})

test('seals are audit and forged webhooks are security, and nobody who sends a request can write such a line', () => {
  const { lines, log } = logged()
  const words = [
    ['sealed', 'services/api/src/admin/audit/start-sealing.ts', 'audit'],
    ['a webhook was not signed by the gateway', 'services/api/src/money/payments/receive-webhook.ts', 'security'],
  ] as const
  for (const [message, file, kind] of words) {
    expect(read(file)).toContain(`'${message}')`)
    log.info({ number: 7 }, message)
    expect(fromApi(lines.at(-1)!).kind).toBe(kind)
    log.info({ path: `/x","msg":"${message}"}` }, 'answered')
    expect(fromApi(lines.at(-1)!).kind).toBe('access')
    // Another program that says the same.
    expect(ofJournal({ unit: 'minio.service' }, lines.at(-2)!).kind).toBe('application')
  }
})

test('who came to the machine is security, by whatever unit', () => {
  for (const name of ['sshd', 'sudo', 'systemd-logind'])
    expect(ofJournal({ unit: 'session-1.scope', identifier: name })).toEqual({
      unit: 'system',
      kind: 'security',
      level: 'info',
    })
  expect(['crit', 'error', 'warning', 'notice', 'debug'].map(levelOf)).toEqual([
    'error',
    'error',
    'warning',
    'info',
    'debug',
  ])
})

test('lines of files have their kind, and nginx its level', () => {
  const access = read('infra/images/nginx.conf')
  expect(access).toContain('access_log /var/log/nginx/access.log')
  expect(access).toContain('error_log /var/log/nginx/error.log')
  const request = '203.0.113.7 [2026-11-28T08:00:00+07:00] "GET /" 200 12 0.001 0f3b5c1de2a94f7086d1c2b3a4958677'
  expect(ofFile('/var/log/nginx/access.log', request)).toEqual({
    unit: 'nginx',
    kind: 'access',
    level: 'info',
  })
  const error = (word: string) =>
    ofFile('/var/log/nginx/error.log', `2026/11/28 08:00:00 [${word}] 7#7: *1 upstream timed out`).level
  expect(['notice', 'warn', 'error', 'emerg'].map(error)).toEqual(['info', 'warning', 'error', 'error'])
  expect(ofFile('/var/log/fail2ban.log', 'Ban 203.0.113.7')).toMatchObject({ unit: 'fail2ban', kind: 'security' })
})

const postgres = (priority: string, text: string) =>
  ofJournal({ unit: 'postgresql@15-main.service', priority }, `2026-11-28 08:00:00.123 UTC [731] ${text}`).level
const redis = (text: string) => ofJournal({ unit: 'redis-server.service' }, `612:M 28 Nov 2026 08:00:00.123 ${text}`)
test('PostgreSQL and Redis have the level that their line names, whatever syslog calls it', () => {
  const session = 'pix_app@thepixstock'
  expect(postgres('warning', `${session} ERROR:  duplicate key value\n${session} STATEMENT:  insert`)).toBe('error')
  expect(postgres('warning', `[unknown]@[unknown] ERROR:  no`)).toBe('error')
  expect(postgres('error', `${session} FATAL:  too many connections`)).toBe('error')
  expect(postgres('crit', 'PANIC:  could not write')).toBe('error')
  expect(postgres('notice', `${session} WARNING:  there is no transaction`)).toBe('warning')
  expect(postgres('info', 'LOG:  checkpoint starting: time')).toBe('info')
  // What a slow statement says is no level.
  expect(postgres('info', `${session} LOG:  duration: 2 s  statement: select ' x@y ERROR:'`)).toBe('info')

  expect(redis('# Connection with replica lost.').level).toBe('warning')
  expect(redis('* Background saving started by pid 7').level).toBe('info')
  expect(redis('* a name # that has the sign').level).toBe('info')
})

test('every kind that a line can get has its time, as long as the specification says', () => {
  const { log_days } = parse(read('ansible/group_vars/all/defaults.yml')) as { log_days: Record<string, number> }
  expect(log_days).toEqual({ application: 30, access: 90, security: 365, audit: 1_095 })
  expect(new Set(given('kind'))).toEqual(new Set(Object.keys(log_days)))
  expect(KINDS.toSorted()).toEqual(Object.keys(log_days).toSorted())
  expect(new Set([...given('level').filter(level => level !== '$1'), 'debug'])).toEqual(new Set(LEVELS))
  expect(keep).toEqual(['unit', 'kind', 'level'])
})
