import { eventHours } from '@pix/db/schema/statistics.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { bangkokMidnight } from '@pix/domain/bangkok-day.ts'
import { expect, test } from 'vitest'
import { everyMinute, hasPrometheus, type Samples, startPrometheus } from '../../testing/prometheus.ts'
import { testApp } from '../../testing/test-app.ts'
import { lastSpan } from './report-span.ts'
import { writeReports } from './write-reports.ts'

const lacking = hasPrometheus || process.env.CI ? '' : ' [skipped: Debian’s package prometheus is not installed]'

/** What the letters of the last week, to an admin and to the owner of the studio that had searches, say of the machines. */
async function lettersOf(PROMETHEUS_URL: string) {
  await using t = await testApp({ settings: { PROMETHEUS_URL } })
  const studio = await t.studio({ slug: 'busy' })
  const [admin, owner] = [await t.user('admin'), await t.member(studio.id, 'owner')]
  const event = await t.event({ studioId: studio.id, faceSearchBy: admin.id })
  const hour = new Date(bangkokMidnight(lastSpan('weekly', t.deps.now()).from).getTime() + 50 * 3_600_000)
  await t.db.insert(eventHours).values({ eventId: event.id, hour, found: 7, nothingFound: 2, failed: 1 })
  await writeReports(t.system, 'weekly')
  const letters = await t.db.select().from(outgoingMail)
  const of = ({ email }: { email: string }) => {
    const { facts } = letters.find(({ recipient }) => recipient === email)!
    return { p95: facts['p95'], availability: facts['availability'] }
  }
  return { admin: of(admin), owner: of(owner) }
}

const bucket = (le: string) => `le:http_request_duration_seconds_bucket:rate5m{le="${le}"}`

/** A week in which the shop was away for two hours, and the day before and after it in which it always was. */
function week(): Samples {
  const { from } = lastSpan('weekly', new Date())
  const monday = bangkokMidnight(from).getTime() / 1_000
  const days = everyMinute(monday - 86_400, monday + 8 * 86_400, minute =>
    minute >= 1_440 && minute < 8 * 1_440 && !(minute >= 3_000 && minute < 3_120) ? 1 : 0,
  )
  const rate = (value: number) => days.map(([at]): [number, number] => [at, value])
  return {
    'pix:part_up{part="shop"}': days,
    [bucket('0.1')]: rate(18),
    [bucket('0.2')]: rate(20),
    [bucket('+Inf')]: rate(20),
  }
}

test.skipIf(lacking)(
  `the weekly report of the whole installation says how fast the api was and for how long the shop could be used${lacking}`,
  async () => {
    await using prometheus = await startPrometheus(week())
    const { admin, owner } = await lettersOf(prometheus.url)
    expect(admin).toEqual({ p95: '150 มิลลิวินาที', availability: '98.8% ของ 168 ชั่วโมงที่วัดได้' })
    expect(owner).toEqual({ p95: undefined, availability: undefined })
  },
)

test('where nothing measures the shop, or what measures it is away, the weekly report says that instead of a figure', async () => {
  const without = 'ไม่ได้วัด เพราะยังไม่ได้ตั้งค่า Prometheus'
  expect((await lettersOf('')).admin).toEqual({ p95: without, availability: without })
  const away = 'อ่านค่าไม่ได้ เพราะ Prometheus ไม่ตอบ'
  expect((await lettersOf('http://127.0.0.1:9')).admin).toEqual({ p95: away, availability: away })
})
