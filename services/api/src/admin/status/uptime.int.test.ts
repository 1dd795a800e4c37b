import type { Uptime } from '@pix/contracts/uptime.ts'
import { bangkokDay, bangkokMidnight } from '@pix/domain/bangkok-day.ts'
import fastify, { type FastifyInstance } from 'fastify'
import { expect, test } from 'vitest'
import { everyMinute, hasPrometheus, type Samples, startPrometheus } from '../../testing/prometheus.ts'
import { type TestApp, testApp } from '../../testing/test-app.ts'

const DAY = 86_400
const lacking = hasPrometheus || process.env.CI ? '' : ' [skipped: Debian’s package prometheus is not installed]'

const ask = (t: TestApp) => t.app.inject({ url: '/api/status/uptime' })
const uptime = async (t: TestApp) => (await ask(t)).json<Uptime>()
const measured = async (t: TestApp) => {
  const answer = await uptime(t)
  if (answer.state !== 'measured') throw new Error(answer.state)
  return answer
}

/** The midnight so many days before the one with which today began, in seconds. */
const midnight = (daysAgo: number) => bangkokMidnight(bangkokDay(new Date())).getTime() / 1_000 - daysAgo * DAY
const dayOf = (seconds: number) => bangkokDay(new Date(seconds * 1_000))

const series = (part: string) => `pix:part_up{part="${part}"}`
/** Two days ago nothing was measured for six hours; three days ago the shop was away for ten minutes. */
function history(): Samples {
  const shop = [
    ...everyMinute(midnight(100), midnight(99), () => 0),
    ...everyMinute(midnight(3), midnight(2), minute => (minute >= 600 && minute < 610 ? 0 : 1)),
    ...everyMinute(midnight(2), midnight(2) + 10 * 3_600, () => 1),
    ...everyMinute(midnight(2) + 16 * 3_600, midnight(0), () => 1),
  ]
  return { [series('shop')]: shop, [series('search')]: everyMinute(midnight(1), midnight(0), () => 0) }
}

test.skipIf(lacking)(
  `each day says how many minutes were measured and how many a part worked; what was not measured is neither${lacking}`,
  async () => {
    await using prometheus = await startPrometheus(history())
    await using t = await testApp({ settings: { PROMETHEUS_URL: prometheus.url } })
    const { parts } = await measured(t)
    expect(parts.map(({ part, days }) => [part, days.length])).toEqual([
      ['shop', 90],
      ['search', 90],
      ['payments', 90],
      ['downloads', 90],
    ])
    const [shop, search, payments] = parts
    const day = (daysAgo: number, workedMinutes: number, measuredMinutes: number) => ({
      day: dayOf(midnight(daysAgo)),
      workedMinutes,
      measuredMinutes,
    })
    expect(shop!.days.slice(-5, -1)).toEqual([
      day(4, 0, 0),
      day(3, 1_430, 1_440),
      day(2, 1_080, 1_080),
      day(1, 1_440, 1_440),
    ])
    expect(shop!.days.at(-1)).toMatchObject({ day: dayOf(midnight(0)) })
    expect(search!.days.slice(-3, -1)).toEqual([day(2, 0, 0), day(1, 0, 1_440)])
    expect(payments!.days.every(({ measuredMinutes }) => measuredMinutes === 0)).toBe(true)
    expect(shop!.days.filter(({ measuredMinutes }) => measuredMinutes > 0)).toHaveLength(3)
  },
)

/** A server that takes what Prometheus takes. */
function strange(): FastifyInstance {
  const app = fastify()
  app.addContentTypeParser('*', (_, payload, done) => done(null, payload))
  return app
}

test('without a Prometheus nothing is said about the past; one that does not answer, or not as it should, is said to be away', async () => {
  await using plain = await testApp()
  expect(await uptime(plain)).toEqual({ state: 'unmeasured' })
  await using alone = await testApp({ settings: { PROMETHEUS_URL: 'http://127.0.0.1:9' } })
  expect(await uptime(alone)).toEqual({ state: 'unreachable' })
  const odd = strange()
  odd.all('/*', async () => ({ status: 'success', data: 'hello' }))
  await using wrong = await testApp({ settings: { PROMETHEUS_URL: await odd.listen({ port: 0, host: '127.0.0.1' }) } })
  const answer = await ask(wrong)
  expect([answer.json(), answer.headers['cache-control']]).toEqual([{ state: 'unreachable' }, 'public, max-age=10'])
  await odd.close()
})

test('it is asked once in five minutes for all visitors, and after 30 s where it did not answer', async () => {
  let asked = 0
  const counting = strange()
  const answers = { status: 503 }
  counting.post('/api/v1/query_range', async (_, reply) => {
    asked += 1
    return reply.code(answers.status).send({ status: 'success', data: { resultType: 'matrix', result: [] } })
  })
  const PROMETHEUS_URL = await counting.listen({ port: 0, host: '127.0.0.1' })
  await using t = await testApp({ settings: { PROMETHEUS_URL } })
  const askAfter = async (ms: number) => {
    t.forward(ms)
    await Promise.all([ask(t), ask(t), ask(t)])
  }
  // Two requests for the days that are over, and two for today.
  await askAfter(0)
  await expect.poll(() => asked).toBe(4)
  await askAfter(29_000)
  answers.status = 200
  await askAfter(1_000)
  await expect.poll(() => asked).toBe(8)
  await askAfter(299_000)
  await askAfter(1_000)
  await expect.poll(() => asked).toBe(12)
  await counting.close()
})
