import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { photos, resumableUploads } from '@pix/db/schema/photos.ts'
import { fsStorage } from '@pix/platform/storage-fs.ts'
import { listAll, MAIN_BUCKET, readWhole } from '@pix/platform/storage.ts'
import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { eq, isNull } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { hashPassword } from '../../../../people/accounts/index.ts'
import { TEST_COLUMN_KEYS } from '../../../../testing/environment.ts'
import { testJpeg } from '../../../../testing/images.ts'
import { type TestApp, testApp } from '../../../../testing/test-app.ts'

const MAIN = fileURLToPath(new URL('../../../../main.ts', import.meta.url))
const CLIENT = fileURLToPath(
  new URL('../../../../../../../packages/upload-client/src/thepixstock-upload.ts', import.meta.url),
)
const PASSWORD = 'a password for one test'
/** More by the environment, for a measurement. */
const FILES = Number(process.env.PIX_UPLOAD_FILES ?? 40)
const LIMIT = { timeout: 3_600_000 }

const running = new Set<ChildProcess>()
afterAll(() => running.forEach(child => child.kill('SIGKILL')))

function start(file: string, args: string[], env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [...TYPESCRIPT, file, ...args], {
    env: { PATH: process.env.PATH, LANG: 'en_US.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** The api as a program that can be killed, always at the same address. */
async function keepApi(t: TestApp, root: string) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const own = {
    STORAGE_DRIVER: 'fs',
    STORAGE_FS_ROOT: root,
    COLUMN_KEYS: TEST_COLUMN_KEYS,
    PUBLIC_ORIGIN: url,
    PORT: port,
  }
  const settings = Object.entries({ ...t.deps.settings, LOG_LEVEL: 'silent', ...own })
  const env = Object.fromEntries(
    settings.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
  let api = start(MAIN, [], env)
  const listening = () =>
    expect
      .poll(async () => (await fetch(`${url}/api/healthz`).catch(() => null))?.status, { timeout: 120_000 })
      .toBe(200)
  await listening()
  return {
    url,
    async killAndStart(): Promise<void> {
      const ended = once(api, 'exit')
      api.kill('SIGKILL')
      await ended
      api = start(MAIN, [], env)
      await listening()
    },
    kill: () => api.kill('SIGKILL'),
  }
}

/** Different JPEG files, some of them of several pieces; beside them what a card holds besides. */
async function fillFolder(folder: string): Promise<Map<string, string>> {
  const picture = await testJpeg(1, { width: 800, height: 600 })
  const hashes = new Map<string, string>()
  await mkdir(join(folder, '101CANON'), { recursive: true })
  for (let index = 1; index <= FILES; index += 1) {
    const name = `${index % 2 ? '101CANON/' : ''}IMG_${String(index).padStart(4, '0')}.JPG`
    const bytes = Buffer.concat([picture, randomBytes(index % 4 ? 200_000 : 9_000_000)])
    await writeFile(join(folder, name), bytes)
    hashes.set(name, createHash('sha256').update(bytes).digest('hex'))
  }
  await writeFile(join(folder, 'IMG_0002.CR3'), 'raw')
  await writeFile(join(folder, 'MVI_0003.MP4'), 'film')
  await writeFile(join(folder, 'Thumbs.db'), 'litter')
  await mkdir(join(folder, '.Trashes'))
  await writeFile(join(folder, '.Trashes/IMG_9999.JPG'), picture)
  return hashes
}

test(
  'every file of a folder is stored once and proved, though the api is killed three times and the sender once',
  LIMIT,
  async () => {
    await using t = await testApp()
    const root = await mkdtemp(join(tmpdir(), 'pix-folder-'))
    const folder = join(root, 'card')
    const hashes = await fillFolder(folder)
    const photographer = await t.user('photographer', { passwordHash: await hashPassword(PASSWORD) })
    const event = await t.event({ status: 'open' })
    await t.invite(event.id, photographer.id)
    const api = await keepApi(t, join(root, 'objects'))
    const receipt = join(root, 'receipt.sha256')
    const send = () =>
      start(
        CLIENT,
        [folder, '--event', event.slug, '--url', api.url, '--email', photographer.email, '--receipt', receipt],
        {
          PIX_PASSWORD: PASSWORD,
          PIX_UPLOAD_HOME: root,
        },
      )
    const stored = () => t.db.$count(photos)
    const reaches = (share: number) =>
      expect.poll(stored, { timeout: LIMIT.timeout, interval: 20 }).toBeGreaterThanOrEqual(share * FILES)

    const began = performance.now()
    let client = send()
    await reaches(0.2)
    await api.killAndStart()
    await reaches(0.4)
    client.kill('SIGKILL')
    client = send()
    const said = text(client.stdout!)
    const exit = once(client, 'exit')
    await reaches(0.6)
    await api.killAndStart()
    await reaches(0.8)
    await api.killAndStart()

    expect([await said, (await exit)[0]]).toEqual([expect.stringContaining('stored and verified'), 0])
    const seconds = (performance.now() - began) / 1_000
    const lines = (await said).trim().split('\n')
    const count = FILES.toLocaleString('en-US')
    expect(lines.at(-2)).toBe(`${count} of ${count} stored and verified`)
    expect(lines.at(-3)).toContain('Only in the folder: 1 RAW file, 1 video')
    const proved = (await readFile(receipt, 'utf8'))
      .trim()
      .split('\n')
      .map(line => line.split('  ').toReversed())
    expect(new Map(proved as [string, string][])).toEqual(hashes)
    const rows = await t.db.select().from(photos)
    expect(rows.map(row => row.sha256).toSorted()).toEqual([...hashes.values()].toSorted())
    // One whose address was lost with the process that gave it is swept: six lanes, three kills.
    expect(await t.db.$count(resumableUploads, isNull(resumableUploads.photoId))).toBeLessThanOrEqual(24)
    const storage = fsStorage({ root: join(root, 'objects'), publicUrl: api.url, signingKey: 'x'.repeat(32) })
    const originals = new Set((await listAll(storage, MAIN_BUCKET, 'events/')).map(({ key }) => key))
    for (const { id, sha256 } of rows) {
      const key = `events/${event.id}/originals/${id}.jpg`
      expect(originals.has(key)).toBe(true)
      const bytes = await readWhole(storage, MAIN_BUCKET, key)
      expect(createHash('sha256').update(bytes!).digest('hex')).toBe(sha256)
    }

    // What somebody deleted from the event is not called stored: the same command puts it back, and that alone.
    await t.db.delete(photos).where(eq(photos.id, rows[0]!.id))
    const again = send()
    expect([await text(again.stdout!), (await once(again, 'exit'))[0]]).toEqual([
      expect.stringContaining(lines.at(-2)!),
      0,
    ])
    const kept = await t.db.select().from(photos)
    expect(kept.map(row => row.sha256).toSorted()).toEqual([...hashes.values()].toSorted())
    expect(kept.filter(({ id }) => !rows.some(row => row.id === id))).toHaveLength(1)
    api.kill()
    await rm(root, { recursive: true })
    if (process.env.PIX_UPLOAD_FILES)
      process.stdout.write(`${lines.at(-2)}, in ${seconds.toFixed(0)} s, with three kills\n`)
  },
)
