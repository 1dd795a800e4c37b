export interface Report {
  /** The id of the event. */
  event: string
  photos: number
  faces: number
  failed: { file: string; reason: string }[]
  duplicates: string[]
  /** Wall seconds; `process` runs from the first upload to the last photo processed. */
  seconds: Record<'upload' | 'process' | 'searchP50' | 'searchP95' | 'payToFulfilled' | 'zip', number | null>
  selfies: {
    selfie: string
    code: string
    matches: { photo: string; distance: number; confidence: number; band: string }[]
  }[]
  recall: number | null
  precision: number | null
  /** What broke off; what had been found until then is in the report. */
  failure: string | null
  /** Satang. */
  order: {
    number: string
    photos: number
    amount: number
    split: Record<'platform' | 'photographer' | 'organizer', number>
    ledgerBalanced: boolean
    filesIdentical: boolean
  } | null
}

const seconds = (value: number | null) => (value === null ? '–' : `${value.toFixed(2)} s`)
const percent = (value: number | null) => (value === null ? '–' : value.toFixed(3))
const row = (label: string, value: string) => `${label.padEnd(28)}${value}\n`

/** The report as a table for people. */
export function printReport(report: Report): string {
  const { order } = report
  const bands = (band: string) =>
    report.selfies.reduce((sum, { matches }) => sum + matches.filter(match => match.band === band).length, 0)
  const codes = countCodes(report)
  return [
    row('photos', `${report.photos}, ${report.faces} faces`),
    row(
      'refused or failed',
      `${report.failed.length}${report.failed.map(({ file, reason }) => `\n  ${file}: ${reason}`).join('')}`,
    ),
    row('duplicates', String(report.duplicates.length)),
    row('upload', seconds(report.seconds.upload)),
    row('upload to processed', seconds(report.seconds.process)),
    row('selfies', `${report.selfies.length} (${codes})`),
    row('search p50 / p95', `${seconds(report.seconds.searchP50)} / ${seconds(report.seconds.searchP95)}`),
    row('matches', `${bands('sure')} sure, ${bands('likely')} likely, ${bands('maybe')} maybe`),
    row('recall / precision', `${percent(report.recall)} / ${percent(report.precision)} (sure + likely)`),
    row('paid to fulfilled', seconds(report.seconds.payToFulfilled)),
    row('fulfilled to ZIP on disk', seconds(report.seconds.zip)),
    order
      ? row(`order ${order.number}`, `${order.photos} photos, ${order.amount} satang`) +
        row(
          '  split',
          `platform ${order.split.platform} + photographer ${order.split.photographer} + organizer ${order.split.organizer}`,
        ) +
        row(
          '  ledger / files',
          `${order.ledgerBalanced ? 'balanced' : 'OUT OF BALANCE'}, ${order.filesIdentical ? 'byte for byte' : 'FILES DIFFER'}`,
        )
      : row('order', report.failure === null ? 'none: no selfie found a photo' : 'none'),
    report.failure === null ? '' : row('BROKE OFF', report.failure),
  ].join('')
}

function countCodes(report: Report): string {
  const counts = new Map<string, number>()
  for (const { code } of report.selfies) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].map(([code, count]) => `${count} ${code}`).join(', ')
}
