import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sharedFile } from '../testing/shared.ts'
import { testApp } from '../testing/test-app.ts'

const FILES = ['xss.json', 'sqli.json', 'thai_unicode.json', 'path_traversal.json', 'ids.json', 'filenames.json']
const paths = FILES.map(name => sharedFile(`data/strings/${name}`)).filter(path => path !== null)
const texts = paths.flatMap(path => (JSON.parse(readFileSync(path, 'utf8')) as { strings: string[] }).strings)
const unlimited = { settings: { LIMIT_IP_REQUESTS_PER_MINUTE: '1000000', LIMIT_REQUESTS_PER_MINUTE: '1000000' } }

test.skipIf(texts.length === 0)(`${texts.length} hostile texts as names come back exactly as they were`, async () => {
  await using t = await testApp(unlimited)
  const { headers } = await t.user('admin')
  const stored: [string, string][] = []
  const refused: string[] = []
  for (const [number, text] of texts.entries()) {
    const name = text.slice(0, 120)
    const answer = await t.app.inject({
      method: 'POST',
      url: '/api/events',
      headers,
      payload: {
        slug: `event-${number}`,
        name: { th: name, en: name },
        category: 'run',
        venue: '',
        province: '',
        startsAt: '2026-11-01T00:00:00Z',
        endsAt: '2026-11-01T06:00:00Z',
      },
    })
    if (answer.statusCode === 422) refused.push(name)
    else if (!/[\uD800-\uDFFF]/.test(name)) stored.push([name.trim().normalize('NFC'), answer.json().name.en])
  }

  expect(stored.filter(([sent, got]) => sent !== got)).toEqual([])
  expect(stored.length).toBeGreaterThan(150)
  expect(refused.filter(name => name.trim() !== '' && !/[\0\p{Cs}]/u.test(name))).toEqual([])
})

test.skipIf(texts.length === 0)(
  'in searches, filters, cursors and ids they find nothing and break nothing',
  async () => {
    await using t = await testApp(unlimited)
    const faults: string[] = []
    for (const text of texts) {
      const encoded = encodeURIComponent(Buffer.from(text).toString())
      const urls = [
        `/api/events?text=${encoded}`,
        `/api/events?cursor=${encoded}`,
        `/api/events?province=${encoded}`,
        `/api/events/${encoded}`,
        `/api/events/${encoded}/photos`,
        `/api/photos/${encoded}`,
        `/media/${encoded}/small/${encoded}.jpg`,
        `/objects/${encoded}`,
      ]
      for (const url of urls) {
        // CPU time is measured, not time by the clock: other programs may use the machine.
        const before = process.cpuUsage()
        const answer = await t.app.inject({ url })
        const { user, system } = process.cpuUsage(before)
        if (answer.statusCode >= 500 || user + system > 2_000_000) faults.push(`${answer.statusCode} ${url}`)
      }
    }

    expect(faults).toEqual([])
  },
)
