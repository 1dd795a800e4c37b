import type { CrewPhoto, UploadOutcome } from '@pix/contracts/photos.ts'
import type { EventRevenue } from '@pix/contracts/revenue.ts'
import { quantile } from '../quantile.ts'
import type { Purchase } from './buy.ts'
import type { SelfieAnswer } from './find.ts'
import type { Report } from './report.ts'
import { scoreAgainst } from './score.ts'

export interface TrialFacts {
  truth: string | undefined
  /** Its id. */
  event: string
  outcomes: UploadOutcome[]
  photos: CrewPhoto[]
  answers: SelfieAnswer[]
  purchase: (Purchase & { identical: boolean }) | null
  revenue: EventRevenue | null
  failure: string | null
  uploadSeconds: number
  processSeconds: number
}

/** Sure and likely count as found: they are what a customer sees without asking for more. */
export const foundIn = (answer: SelfieAnswer) => answer.matches.filter(match => match.band !== 'maybe')

/** Everything a trial measured, with photos by their file names. */
export function assembleReport(facts: TrialFacts): Report {
  const { outcomes, photos, answers, purchase } = facts
  const names = new Map(photos.map(photo => [photo.id, photo.fileName]))
  const nameOf = (id: string) => names.get(id) ?? id
  const found = new Map(answers.map(answer => [answer.selfie, foundIn(answer).map(match => nameOf(match.photo.id))]))
  const score = facts.truth ? scoreAgainst(facts.truth, found) : undefined
  const refused = outcomes.filter(item => item.outcome === 'refused')
  const failed = photos.filter(photo => photo.state === 'failed')

  return {
    event: facts.event,
    photos: photos.length,
    faces: photos.reduce((sum, photo) => sum + photo.faces, 0),
    failed: [
      ...refused.map(item => ({ file: item.fileName, reason: item.code ?? 'internal' })),
      ...failed.map(photo => ({ file: photo.fileName, reason: photo.failure ?? 'internal' })),
    ],
    duplicates: outcomes.filter(item => item.outcome === 'duplicate').map(item => item.fileName),
    seconds: {
      upload: facts.uploadSeconds,
      process: facts.processSeconds,
      ...searchQuantiles(answers),
      payToFulfilled: purchase ? purchase.payToFulfilledMs / 1000 : null,
      zip: purchase ? purchase.zipMs / 1000 : null,
    },
    selfies: answers.map(({ selfie, code, matches }) => ({
      selfie,
      code,
      matches: matches.map(({ photo, distance, confidence, band }) => ({
        photo: nameOf(photo.id),
        distance,
        confidence,
        band,
      })),
    })),
    recall: score?.recall ?? null,
    precision: score?.precision ?? null,
    failure: facts.failure,
    order: purchase && facts.revenue ? orderOf(purchase, facts.revenue) : null,
  }
}

function searchQuantiles(answers: SelfieAnswer[]) {
  if (answers.length === 0) return { searchP50: null, searchP95: null }
  const times = answers.map(answer => answer.milliseconds / 1000)
  return { searchP50: quantile(times, 0.5), searchP95: quantile(times, 0.95) }
}

const orderOf = (purchase: Purchase & { identical: boolean }, { split, ledger }: EventRevenue) => ({
  number: purchase.order.number,
  photos: purchase.order.events.flatMap(event => event.photos).length,
  amount: purchase.order.total.amount,
  split: {
    platform: split.platform.amount,
    photographer: split.photographer.amount,
    organizer: split.organizer.amount,
  },
  ledgerBalanced: ledger?.balanced ?? false,
  filesIdentical: purchase.identical,
})

/** Bought, delivered byte for byte, and split to the satang. */
export function succeeded({ order, failure }: Report): boolean {
  if (!order || failure !== null) return false
  const { platform, photographer, organizer } = order.split
  return order.filesIdentical && order.ledgerBalanced && platform + photographer + organizer === order.amount
}
