import type { PhotographerMorning } from '@pix/contracts/photographer-morning.ts'
import type { LetterFacts } from '@pix/domain/letters.ts'
import { formatMoney } from '@pix/domain/format-money.ts'

type Sold = PhotographerMorning['sold']
type Refused = PhotographerMorning['refused']
type Cameras = PhotographerMorning['cameras']

/** Photos and reasons that a letter names. */
const NAMED = 3

const baht = ({ amount }: { amount: number }): string => formatMoney(amount)

/** What the letter of a morning says. Photos are named by their files: a letter carries no picture of a person. */
export function morningFacts(
  { sold, refused, cameras, payout }: Omit<PhotographerMorning, 'since'>,
  locale: 'th' | 'en',
): LetterFacts<'photographer_morning'> {
  const { next, ready } = payout
  return {
    baht: baht(sold.earned),
    buyers: String(sold.buyers),
    photos: String(sold.photos),
    best: bestOf(sold),
    ...(sold.refunded.amount > 0 && { taken_back: baht(sold.refunded) }),
    ...(refused.photos > 0 && refusedFacts(refused)),
    ...(cameras.refused > 0 && cameraFacts(cameras)),
    ...(ready.amount > 0 && { ready: baht(ready) }),
    ...(next && { later: baht(next.amount), day: dayOf(next.at, locale) }),
  }
}

/** How many were refused, and why. */
export const refusedFacts = ({ photos, latest }: Refused) => ({
  refused: String(photos),
  reasons: shortList(latest.map(({ fileName, reason }) => `${fileName} – ${reason}`)),
})

/** How many files of cameras were refused, and which. Their page says why. */
export const cameraFacts = ({ refused, latest }: Cameras): LetterFacts<'camera_files_refused'> => ({
  files: String(refused),
  named: shortList(latest.map(({ fileName }) => fileName)),
})

const bestOf = ({ best }: Sold): string => shortList(best.map(one => `${one.fileName} (${baht(one.earned)})`))

export const shortList = (all: readonly string[]): string =>
  all.slice(0, NAMED).join(', ') + (all.length > NAMED ? ', …' : '')

const dayOf = (at: string, locale: string): string =>
  new Intl.DateTimeFormat(locale === 'th' ? 'th-TH' : 'en-GB', { dateStyle: 'long', timeZone: 'Asia/Bangkok' }).format(
    new Date(at),
  )
