import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { execa } from 'execa'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepToParts, type Parts } from './take-parts.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pix-parts-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const SAYS: Record<string, string> = { postgres: 'echo "postgres (PostgreSQL) 16.1"' }
const POSTGRES = ['postgres', 'initdb']

/** What is taken on a machine that has these programs on its PATH, and nothing in its home. */
async function take(programs: readonly string[], env: Record<string, string> = {}): Promise<Parts> {
  for (const name of programs) {
    const file = join(folder, name)
    writeFileSync(file, `#!/bin/sh\n${SAYS[name] ?? 'exit 0'}\n`)
    chmodSync(file, 0o755)
  }
  const script = `
    import { takeParts } from ${JSON.stringify(new URL('take-parts.ts', import.meta.url).href)}
    console.error(JSON.stringify(await takeParts(process.env, true)))`
  const { stderr } = await execa(process.execPath, [...TYPESCRIPT, '--input-type=module', '-e', script], {
    env: { PATH: folder, HOME: folder, ...env },
    extendEnv: false,
  })
  return JSON.parse(stderr) as Parts
}

test('an address in the environment is taken before anything else', async () => {
  const parts = await take([...POSTGRES, 'redis-server', 'minio', 'docker'], {
    PIX_POSTGRES_URL: 'postgres://postgres@db.example/postgres',
    PIX_REDIS_URL: 'redis://cache.example',
    PIX_S3_ENDPOINT: 'https://s3.example',
  })
  expect(parts).toMatchObject({
    postgres: { kind: 'address', url: 'postgres://postgres@db.example/postgres' },
    redis: { kind: 'address', url: 'redis://cache.example' },
    objects: { kind: 'address', endpoint: 'https://s3.example' },
  })
})

test('servers of this machine are taken before containers', async () => {
  expect(await take([...POSTGRES, 'valkey-server', 'versitygw', 'docker'])).toMatchObject({
    postgres: { kind: 'binary', folder },
    redis: { kind: 'binary', program: join(folder, 'valkey-server') },
    objects: { kind: 'binary', server: 'versitygw' },
  })
  expect(await take(['redis-server', 'minio'])).toMatchObject({
    redis: { kind: 'binary', program: join(folder, 'redis-server') },
    objects: { kind: 'binary', server: 'minio' },
  })
})

/** Where Debian keeps its server, PATH does not matter. */
const debian = existsSync('/usr/lib/postgresql') ? 'binary' : null

test('a Docker engine that answers is taken before our own parts', async () => {
  expect(await take(['docker'])).toMatchObject({
    postgres: { kind: debian ?? 'docker' },
    redis: { kind: 'docker' },
    objects: { kind: 'docker' },
  })
})

test('with nothing there the parts are our own: the npm package and a folder', async () => {
  expect(await take(['redis-server'])).toMatchObject({
    postgres: { kind: debian ?? 'embedded' },
    objects: { kind: 'folder' },
  })
  expect(await take([...POSTGRES, 'redis-server', 'minio'], { PIX_OWN_PARTS: '1' })).toMatchObject({
    postgres: { kind: 'embedded' },
    objects: { kind: 'folder' },
  })
})

test('a start that would take another part than the one that holds the data stops and says so', () => {
  const redis = { kind: 'binary', program: 'redis-server' } as const
  const first: Parts = { postgres: { kind: 'docker' }, redis, objects: { kind: 'folder' } }
  keepToParts(folder, first)
  expect(() => keepToParts(folder, first)).not.toThrow()
  expect(() => keepToParts(folder, { ...first, objects: { kind: 'docker' } })).toThrow(
    '(objects) lie in "folder" but now "docker" would be taken',
  )
})
