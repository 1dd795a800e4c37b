import type { LocalText } from '@pix/contracts/common.ts'
import { formatMoney } from '@pix/domain/format-money.ts'
import type { LetterFacts } from '@pix/domain/letters.ts'
import { inNumber, inPart } from './figures.ts'
import type { Report } from './read-report.ts'
import type { ReportSpan } from './report-span.ts'
import { serviceFigures } from './service-figures.ts'

type Locale = 'th' | 'en'
export type ReportLetter = {
  [T in 'daily_report' | 'weekly_report' | 'monthly_report']: { template: T; facts: LetterFacts<T>; path: string }
}['daily_report' | 'weekly_report' | 'monthly_report']

/** The letter of a report in one language: its name, what is filled in, and the page that its button opens. */
export function letterOf(
  span: ReportSpan,
  report: Report,
  studioId: string | null,
  name: LocalText,
  locale: Locale,
): ReportLetter {
  const facts = { studio: name[locale], period: spelled(span, locale), sold: formatMoney(report.revenue.gross.amount) }
  const query = studioId === null ? '' : `studio=${studioId}`
  const path = `/admin/revenue?${[query, `from=${span.from}`, `to=${span.to}`].filter(Boolean).join('&')}`
  if (span.period === 'weekly')
    return { template: 'weekly_report', facts: { ...facts, ...weeklyFacts(report, locale) }, path }
  if (span.period === 'monthly')
    return { template: 'monthly_report', facts: { ...facts, ...monthlyFacts(report) }, path }
  return { template: 'daily_report', facts: { ...facts, ...dailyFacts(report) }, path: `/admin${query && `?${query}`}` }
}

const searchesOf = ({ search }: Report) => search.found + search.nothingFound + search.failed

const dailyFacts = (report: Report) => ({
  orders: inNumber(report.revenue.orders),
  returned: formatMoney(report.givenBack),
  photos: inNumber(report.photosIn),
  searches: inNumber(searchesOf(report)),
  waiting: inNumber(report.waiting),
  needs: inNumber(report.needs),
})

/** Without an event that sold, without an order and without a search, the rows about them are left out. */
function weeklyFacts(report: Report, locale: Locale): Omit<LetterFacts<'weekly_report'>, 'studio' | 'period'> {
  const { revenue, search, givenBack, service } = report
  const { placed, paid } = revenue.conversion
  const best = revenue.events.slice(0, 5).flatMap(({ name, gross }, at) => [
    [`event${at + 1}`, name[locale]],
    [`sold${at + 1}`, formatMoney(gross.amount)],
  ])
  return {
    orders: inNumber(revenue.orders),
    returned: formatMoney(givenBack),
    searches: inNumber(searchesOf(report)),
    ...(placed > 0 && { conversion: inPart(paid, placed) }),
    ...(searchesOf(report) > 0 && { nothing_found: inPart(search.nothingFound, searchesOf(report)) }),
    ...(search.isMe + search.notMe > 0 && { not_me: inPart(search.notMe, search.isMe + search.notMe) }),
    ...(service && serviceFigures(service, locale)),
    ...Object.fromEntries(best),
  }
}

/** The report of a month has its money. */
function monthlyFacts({ revenue, money }: Report): Omit<LetterFacts<'monthly_report'>, 'studio' | 'period'> {
  const { split, refunded } = revenue
  return {
    orders: inNumber(revenue.orders),
    refunded: formatMoney(refunded.amount),
    share_platform: formatMoney(split.platform.amount),
    share_studio: formatMoney(split.studio.amount),
    share_photographers: formatMoney(split.photographer.amount),
    share_organizers: formatMoney(split.organizer.amount),
    deducted: formatMoney(split.deducted.amount),
    ...(money && {
      paid_out: formatMoney(money.paidOut),
      withheld: formatMoney(money.withheld),
      sales_tax: formatMoney(money.salesTax),
    }),
  }
}

/** A day, the first and the last day of a week, or a month. */
function spelled({ period, from, to }: ReportSpan, locale: Locale): string {
  const style = period === 'monthly' ? ({ month: 'long', year: 'numeric' } as const) : ({ dateStyle: 'long' } as const)
  const format = new Intl.DateTimeFormat(locale === 'th' ? 'th-TH' : 'en-GB', { ...style, timeZone: 'UTC' })
  const [first, last] = [new Date(from), new Date(to)]
  return period === 'weekly' ? format.formatRange(first, last) : format.format(first)
}
