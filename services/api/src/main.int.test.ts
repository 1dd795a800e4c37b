import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { text } from 'node:stream/consumers'
import { newId } from '@pix/db/ids.ts'
import { logDeletions } from '@pix/db/log-deletions.ts'
import { testDb } from '@pix/db/testing.ts'
import { fsStorage } from '@pix/platform/storage-fs.ts'
import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { afterAll, expect, test, vi } from 'vitest'
import { storeDeletions } from './care/privacy/deletion-log/store-deletions.ts'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))
const REAPPLY = fileURLToPath(new URL('reapply-deletions/main.ts', import.meta.url))

function start(environment: Record<string, string>, program = MAIN): ChildProcess {
  const env = { PATH: process.env.PATH ?? '', ...environment }
  return spawn(process.execPath, [...TYPESCRIPT, program], { env, stdio: ['ignore', 'pipe', 'pipe'] })
}

const root = mkdtempSync(join(tmpdir(), 'pix-boot-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const settings = (more: Record<string, string>) => ({
  MODE: 'development',
  PORT: '0',
  METRICS_PORT: '0',
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  REDIS_URL: process.env.TEST_REDIS_URL ?? '',
  PUBLIC_ORIGIN: 'http://shop.test',
  JWT_SECRET: 'dev-secret-that-is-long-enough-for-hs256',
  SECOND_FACTOR: 'optional',
  COLUMN_KEYS: `dev:${Buffer.alloc(32, 1).toString('base64')}`,
  PAYNOI_URL: 'http://127.0.0.1:9',
  PAYNOI_API_KEY: 'key',
  PAYNOI_KEY_ID: 'id',
  PAYNOI_ACCOUNT: '1',
  SUPPORT_CONTACT: 'LINE @shop-test',
  STORAGE_DRIVER: 'fs',
  STORAGE_PUBLIC_URL: 'http://shop.test',
  STORAGE_FS_ROOT: root,
  STORAGE_SIGNING_KEY: 'dev-signing-key-that-is-long-enough-0123',
  ...more,
})

// Each of these starts a process, which takes its time where others work too.
vi.setConfig({ testTimeout: 180_000 })

test('with settings missing it does not start, and prints each of them', async () => {
  const api = start({ MODE: 'production' })
  const [errors, [code]] = await Promise.all([text(api.stderr!), once(api, 'exit')])
  expect(code).toBe(78)
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'JWT_SECRET', 'COLUMN_KEYS', 'PAYNOI_API_KEY', 'STORAGE_DRIVER']) {
    expect(errors).toContain(name)
  }
})

test('in production the development defaults are refused, by name and without their value', async () => {
  const api = start(settings({ MODE: 'production' }))
  const [errors, [code]] = await Promise.all([text(api.stderr!), once(api, 'exit')])
  expect(code).toBe(78)
  expect(errors).toContain('JWT_SECRET')
  expect(errors).toContain('STORAGE_SIGNING_KEY')
  expect(errors).toContain('SECOND_FACTOR: cannot be optional in production')
  expect(errors).toContain('COLUMN_KEYS: key "dev" is a development key')
  expect(errors).not.toContain('dev-secret')
})

const get = (at: number, path: string) => fetch(`http://127.0.0.1:${at}${path}`).then(answer => answer.status)

test('on a database from before a deletion that the log in storage has, it does not start and says what to run', async () => {
  await using database = await testDb()
  const folder = join(root, 'restored')
  const storage = fsStorage({
    root: folder,
    publicUrl: 'http://shop.test',
    signingKey: 'dev-signing-key-that-is-long-enough-0123',
  })
  await storage.prepare()
  await using backup = await database.copy()
  const ctx = { db: database.db, storage, now: () => new Date() }
  await logDeletions(ctx, [{ kind: 'search', searchId: newId() }])
  await storeDeletions(ctx)
  const onRestored = settings({ DATABASE_URL: backup.appUrl, STORAGE_FS_ROOT: folder })
  const refused = start(onRestored)
  const [errors, [code]] = await Promise.all([text(refused.stderr!), once(refused, 'exit')])
  expect(code).toBe(78)
  expect(errors).toContain('restored from before 1 deletions')
  expect(errors).toContain('npm run reapply-deletions')

  for (const said of ['1 deletions of the log were lacking', 'The database has every deletion of the log.']) {
    const reapply = start(onRestored, REAPPLY)
    const [printed, [ended]] = await Promise.all([text(reapply.stdout!), once(reapply, 'exit')])
    expect([ended, printed]).toEqual([0, expect.stringContaining(said)])
  }
})

test('it starts, serves metrics on a port of their own only, and stops in order on SIGTERM', async () => {
  await using database = await testDb()
  const api = start(settings({ DATABASE_URL: database.appUrl }))
  const [lines, exited] = [createInterface({ input: api.stdout! })[Symbol.asyncIterator](), once(api, 'exit')]
  const said = async (msg: string) => {
    for (;;) {
      const { value, done } = await lines.next()
      if (done) throw new Error(`the api ended without saying "${msg}"`)
      const line = JSON.parse(value) as { msg: string; port: number; metricsPort: number }
      if (line.msg === msg) return line
    }
  }
  const { port, metricsPort } = await said('listening')
  await expect.poll(() => get(port, '/api/readyz')).toBe(200)

  expect(await get(port, '/api/events')).toBe(200)
  expect(await get(port, '/metrics')).toBe(404)
  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  expect(metrics).toContain('http_request_duration_seconds_count{method="GET",route="/api/events",status="200"} 1')

  api.kill('SIGTERM')
  await said('stopped')
  expect(await exited).toEqual([0, null])
})
