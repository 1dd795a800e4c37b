import type { NoticeLine } from '@pix/contracts/notice-line.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { formatMoment } from '../../base/i18n/format.ts'
import { i18n } from '../../base/i18n/index.ts'
import { serverNow } from '../../base/server-time.ts'

type Times = Pick<NoticeLine, 'startsAt' | 'endsAt'>

/** `28 Nov, 01:00 to 03:00`; an end on another day has its day, too. */
export function rangeOf(startsAt: string, endsAt: string): string {
  const hasOneDay = bangkokDay(new Date(startsAt)) === bangkokDay(new Date(endsAt))
  return i18n.global.t('status.range', {
    from: formatMoment(startsAt, true),
    until: formatMoment(endsAt, !hasOneDay),
  })
}

/** What goes on: since when, and for maintenance until when, or that it takes longer. */
export function runningTime({ startsAt, endsAt }: Times): string {
  const { t } = i18n.global
  const since = t('status.since', { from: formatMoment(startsAt, true) })
  if (endsAt === null) return since
  if (Date.parse(endsAt) <= serverNow()) return `${since} · ${t('status.late')}`
  return `${since} · ${t('status.expected', { until: formatMoment(endsAt, true) })}`
}
