import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { photos } from '@pix/db/schema/photos.ts'
import { SERVICE_KEY_SCOPES } from '@pix/domain/words.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testJpeg } from '../../testing/images.ts'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { insertKey, newKey } from '../../testing/service-keys.ts'
import { testApp } from '../../testing/test-app.ts'

const GUIDE = new URL('../../../../../docs/guides/programs.md', import.meta.url)
const DAY_MS = 86_400_000
const guide = await readFile(GUIDE, 'utf8')

/** As the guide writes numbers. */
const number = (count: number): string => count.toLocaleString('en')

/** All commands of the guide but those that set the reader's own values. */
function commands(): string {
  const [values, ...blocks] = [...guide.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!)
  expect(values).toMatch(/^SHOP=.*\nKEY=.*\nEVENT=.*\n$/)
  return blocks.join('\n')
}

test('the commands of the guide upload photos, list every sale page by page and take the ledger, as they are written', async () => {
  await using t = await testApp()
  const studio = await t.studio()
  const [owner, key, event] = [await t.member(studio.id, 'owner'), newKey(), await t.event({ studioId: studio.id })]
  await insertKey(t, { studioId: studio.id, createdBy: owner.id, key })
  const buyer = await t.visitor()
  const orders = []
  for (let made = 0; made < 3; made += 1)
    orders.push(await addPaidOrder(t.db, buyer.sessionId, [await t.photo(event.id, owner.id)]))
  const day = (back: number) => new Date(t.deps.now().getTime() - back * DAY_MS).toISOString().slice(0, 10)

  const folder = await mkdtemp(join(tmpdir(), 'pix-guide-'))
  try {
    for (const seed of [1, 2, 3]) await writeFile(join(folder, `DSC_000${seed}.jpg`), await testJpeg(seed))
    // A few orders are several pages, and were sold whenever the test runs.
    const script = commands()
      .replaceAll('limit=100', 'limit=1')
      .replaceAll('2026-11-01', day(1))
      .replaceAll('2026-11-30', day(-1))
    const env = { ...process.env, SHOP: await t.listen(), KEY: key, EVENT: event.id }
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd: folder, env })

    expect(stdout).toContain(`"id":"${event.id}"`)
    expect([...stdout.matchAll(/"outcome":"(\w+)"/g)].map(([, outcome]) => outcome)).toEqual([
      'stored',
      'duplicate',
      'stored',
      'stored',
    ])
    const uploaded = await t.db.select().from(photos).where(eq(photos.state, 'queued'))
    expect(uploaded.map(({ photographerId }) => photographerId)).toEqual([owner.id, owner.id, owner.id])
    expect(stdout).toContain('"counts":{"queued":3,')
    expect(stdout).toContain('"orders":3')

    const pages = (await readdir(folder)).filter(name => name.startsWith('orders-'))
    const listed = await Promise.all(pages.map(async name => JSON.parse(await readFile(join(folder, name), 'utf8'))))
    expect(listed.map(({ items }) => items.length)).toEqual([1, 1, 1])
    expect(new Set(listed.map(({ items }) => items[0].id))).toEqual(new Set(orders))
    expect(await readFile(join(folder, 'ledger.csv'), 'utf8')).toContain('"debit_thb","credit_thb"')
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('the guide names every route that each scope opens, and the limits that a shop has without other settings', async () => {
  await using t = await testApp()
  const { paths } = (await t.app.inject({ url: '/api/openapi.json' })).json<{
    paths: Record<string, Record<string, { security?: { serviceKey?: string[] }[] }>>
  }>()
  const opened = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { security = [] }]) =>
      security.flatMap(({ serviceKey = [] }) => serviceKey.map(scope => `${scope} ${method.toUpperCase()} ${path}`)),
    ),
  )
  const named = [...guide.matchAll(/^\| `(\w+:\w+)` \| (.*) \|$/gm)].flatMap(([, scope, routes]) =>
    [...routes!.matchAll(/`([^`]+)`/g)].map(([, route]) => `${scope} ${route}`),
  )
  expect(named.toSorted()).toEqual(opened.toSorted())
  expect(new Set(named.map(line => line.split(' ')[0]))).toEqual(new Set(SERVICE_KEY_SCOPES))

  const { settings } = t.deps
  expect(guide).toContain(
    `A key has ${number(settings.LIMIT_REQUESTS_PER_MINUTE)} requests a minute, ` +
      `${number(settings.LIMIT_UPLOADS_PER_HOUR)} single uploads and ` +
      `${number(settings.LIMIT_UPLOAD_BATCHES_PER_HOUR)} batches an hour`,
  )
})
