import { bangkokMidnight } from '@pix/domain/bangkok-day.ts'
import type { Context } from '../../base/context.ts'
import { askPrometheus } from './ask-prometheus.ts'
import { countMinutes, type Minutes } from './count-minutes.ts'

const DAY_MS = 86_400_000

/** How the shop was to its visitors in some days. */
export type Service =
  /** Nothing measures this shop. */
  | { state: 'unmeasured' }
  /** What measures it does not answer. */
  | { state: 'unreachable' }
  /** Nineteen answers of twenty took no longer than `p95` seconds; null where none was counted. */
  | { state: 'measured'; p95: number | null; minutes: Minutes }

/** Asks Prometheus about days of Bangkok that are over: how fast the api answered, and for how long visitors got pages. */
export async function measureService(
  { settings, log }: Pick<Context, 'settings' | 'log'>,
  { from, to }: { from: string; to: string },
): Promise<Service> {
  const { PROMETHEUS_URL: source } = settings
  if (source === undefined) return { state: 'unmeasured' }
  const end = (bangkokMidnight(to).getTime() + DAY_MS) / 1_000 - 1
  const seconds = end + 1 - bangkokMidnight(from).getTime() / 1_000
  const times = { from: end, until: end, step: 1 }
  try {
    const [[answers], minutes] = await Promise.all([
      askPrometheus(
        source,
        `histogram_quantile(0.95, sum_over_time(le:http_request_duration_seconds_bucket:rate5m[${seconds}s]))`,
        times,
      ),
      countMinutes(source, seconds, times),
    ])
    const p95 = answers?.values.get(end) ?? Number.NaN
    return { state: 'measured', p95: Number.isFinite(p95) ? p95 : null, minutes: minutes('shop', end) }
  } catch (error) {
    log.warn({ err: error }, 'Prometheus could not be asked how the shop was in the days of a report')
    return { state: 'unreachable' }
  }
}
