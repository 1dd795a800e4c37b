import type { Uptime, UptimeDay } from '@pix/contracts/uptime.ts'
import { bangkokDay, bangkokMidnight } from '@pix/domain/bangkok-day.ts'
import { STATUS_DAYS } from '@pix/domain/notices.ts'
import { NOTICE_PARTS } from '@pix/domain/words.ts'
import type { Context } from '../../base/context.ts'
import { countMinutes, type Minutes } from './count-minutes.ts'

const DAY_SECONDS = 86_400

/** For how much of each of the last days the parts of the shop worked. */
export async function readUptime({ settings, now, log }: Pick<Context, 'settings' | 'now' | 'log'>): Promise<Uptime> {
  const { PROMETHEUS_URL: source } = settings
  if (source === undefined) return { state: 'unmeasured' }
  const asOf = now()
  try {
    const [past, today] = await Promise.all([countPastDays(source, asOf), countToday(source, asOf)])
    const parts = NOTICE_PARTS.map(part => ({ part, days: [...past(part), today(part)] }))
    return { state: 'measured', asOf: asOf.toISOString(), parts }
  } catch (error) {
    log.warn({ err: error }, 'Prometheus could not be asked how the parts worked')
    return { state: 'unreachable' }
  }
}

const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1_000)
const toDay = (day: string, { worked, measured }: Minutes): UptimeDay => ({
  day,
  workedMinutes: worked,
  measuredMinutes: measured,
})

/** The days that are over, oldest first. Each is counted from its last second: the midnight after it is another day's. */
async function countPastDays(source: string, asOf: Date): Promise<(part: string) => UptimeDay[]> {
  const until = secondsOf(bangkokMidnight(bangkokDay(asOf))) - 1
  const ends = Array.from({ length: STATUS_DAYS - 1 }, (_, at) => until - (STATUS_DAYS - 2 - at) * DAY_SECONDS)
  const minutes = await countMinutes(source, DAY_SECONDS, { from: ends[0]!, until, step: DAY_SECONDS })
  return part => ends.map(end => toDay(bangkokDay(new Date(end * 1_000)), minutes(part, end)))
}

async function countToday(source: string, asOf: Date): Promise<(part: string) => UptimeDay> {
  const [day, at] = [bangkokDay(asOf), secondsOf(asOf)]
  const seconds = Math.max(at - secondsOf(bangkokMidnight(day)), 1)
  const minutes = await countMinutes(source, seconds, { from: at, until: at, step: 1 })
  return part => toDay(day, minutes(part, at))
}
