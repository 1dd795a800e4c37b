import type { LocalText } from '@pix/contracts/common.ts'
import type { LetterFacts } from '@pix/domain/letters.ts'
import { inBaht, inNumber } from './figures.ts'
import type { Report } from './read-report.ts'
import type { ReportSpan } from './report-span.ts'

/** The letter of a report in one language: its name, what is filled in, and the page that its button opens. */
export function letterOf(
  span: ReportSpan,
  report: Report,
  studioId: string | null,
  name: LocalText,
  locale: 'th' | 'en',
): { template: 'daily_report'; facts: LetterFacts<'daily_report'>; path: string } {
  const whose = { studio: name[locale], period: spelled(span.from, locale) }
  const ofStudio = studioId === null ? '' : `?studio=${studioId}`
  return { template: 'daily_report', facts: { ...whose, ...dailyFacts(report) }, path: `/admin${ofStudio}` }
}

const dailyFacts = ({ revenue, search, givenBack, photosIn, waiting, needs }: Report) => ({
  sold: inBaht(revenue.gross.amount),
  orders: inNumber(revenue.orders),
  returned: inBaht(givenBack),
  photos: inNumber(photosIn),
  searches: inNumber(search.found + search.nothingFound + search.failed),
  waiting: inNumber(waiting),
  needs: inNumber(needs),
})

const spelled = (day: string, locale: 'th' | 'en'): string =>
  new Intl.DateTimeFormat(locale === 'th' ? 'th-TH' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
