import { testDb } from '@pix/db/testing.ts'
import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { execa } from 'execa'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, test, expect, vi } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { freePort } from '../base/ports.ts'
import { findObjectServer } from './take-parts.ts'

// Each of these starts a server and an api.
vi.setConfig({ testTimeout: 300_000 })

const found = findObjectServer()
const minio = found?.kind === 'binary' && found.server === 'minio' ? found.program : null
const made = (encoding: 'hex' | 'base64' = 'hex') => randomBytes(32).toString(encoding)

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'pix-encryption-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** A MinIO of the test's own. @returns the settings that reach it */
async function startMinio(more: Record<string, string>): Promise<Record<string, string>> {
  const [port, secretKey] = [await freePort(), made()]
  const endpoint = `http://127.0.0.1:${port}`
  const server = execa(minio!, ['server', folder(), '--address', `127.0.0.1:${port}`, '--quiet'], {
    env: { MINIO_ROOT_USER: 'pix', MINIO_ROOT_PASSWORD: secretKey, MINIO_BROWSER: 'off', ...more },
    reject: false,
  })
  onTestFinished(async () => {
    server.kill('SIGKILL')
    await server
  })
  const isReady = () =>
    fetch(`${endpoint}/minio/health/ready`).then(
      answer => answer.ok,
      () => false,
    )
  await expect.poll(isReady, { timeout: 60_000 }).toBe(true)
  return {
    STORAGE_DRIVER: 's3',
    STORAGE_ENDPOINT: endpoint,
    STORAGE_PUBLIC_URL: endpoint,
    STORAGE_ACCESS_KEY: 'pix',
    STORAGE_SECRET_KEY: secretKey,
  }
}

/** Starts the api until it listens or ends. @returns what it said, and its exit status if it ended by itself */
async function startApi(MODE: 'development' | 'production', storage: Record<string, string>) {
  await using database = await testDb()
  const api = execa(process.execPath, [...TYPESCRIPT, join(ROOT, 'services/api/src/main.ts')], {
    cwd: ROOT,
    extendEnv: false,
    env: {
      PATH: process.env.PATH,
      MODE,
      PORT: '0',
      METRICS_PORT: '0',
      DATABASE_URL: database.appUrl,
      REDIS_URL: process.env.TEST_REDIS_URL,
      PUBLIC_ORIGIN: 'https://shop.test',
      JWT_SECRET: made(),
      COLUMN_KEYS: `k1:${made('base64')}`,
      PAYNOI_URL: 'http://127.0.0.1:9',
      PAYNOI_API_KEY: made(),
      PAYNOI_KEY_ID: 'id',
      PAYNOI_ACCOUNT: '1',
      SUPPORT_CONTACT: 'LINE @shop-test',
      ...storage,
    },
    all: true,
    reject: false,
  })
  const listening = (async () => {
    for await (const line of api.iterable({ from: 'all' })) if (line.includes('"listening"')) api.kill('SIGKILL')
  })()
  const { exitCode, all } = await api
  await listening
  return { exitCode, said: all }
}

const WITHOUT = 'no MinIO on this machine'

test.skipIf(!minio)(
  `with a server that cannot encrypt, production does not start and development warns (${minio ?? WITHOUT})`,
  async () => {
    const storage = await startMinio({})
    const production = await startApi('production', storage)
    expect(production.exitCode).toBe(78)
    expect(production.said).toContain(
      'Photos must be encrypted at rest, and the server stores objects of the bucket thepixstock unencrypted (',
    )
    const development = await startApi('development', storage)
    expect(development.said).toContain('PHOTOS ARE NOT ENCRYPTED AT REST')
    expect(development.said).toContain('"listening"')
  },
)

test.skipIf(!minio)(
  `with a server that has a key, production starts and says nothing of it (${minio ?? WITHOUT})`,
  async () => {
    const storage = await startMinio({ MINIO_KMS_SECRET_KEY: `pix:${made('base64')}` })
    const { said } = await startApi('production', storage)
    expect(said).toContain('"listening"')
    expect(said).not.toContain('ENCRYPTED')
  },
)

test('a folder is refused in production, and named', async () => {
  const { exitCode, said } = await startApi('production', {
    STORAGE_DRIVER: 'fs',
    STORAGE_PUBLIC_URL: 'https://shop.test',
    STORAGE_FS_ROOT: folder(),
    STORAGE_SIGNING_KEY: made(),
  })
  expect(exitCode).toBe(78)
  expect(said).toContain('Photos must be encrypted at rest, and STORAGE_DRIVER=fs keeps them in a folder as they are.')
})
