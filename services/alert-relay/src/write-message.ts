import type { Alert, AlertGroup } from './alert-group.ts'

/** A text message of LINE holds so many UTF-16 code units. */
const LONGEST = 5_000
/** The most alerts of a message: nobody scrolls through more. Alertmanager's mail has all of them. */
const MOST_ALERTS = 8

export interface Message {
  text: string
  /** Whether it comes without a sound: information, and what is over. */
  quiet: boolean
}

const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Bangkok',
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** What a phone shows of a group: how bad, what, since when, what to do, and where that is written. */
export function writeMessage({ alerts }: AlertGroup, runbooksUrl = ''): Message {
  const firing = alerts.filter(({ status }) => status === 'firing')
  const shown = [...firing, ...alerts.filter(({ status }) => status === 'resolved')]
  const parts = shown.slice(0, MOST_ALERTS).map(alert => describe(alert, runbooksUrl))
  if (shown.length > MOST_ALERTS) parts.push(`… and ${shown.length - MOST_ALERTS} more`)
  const text = parts.join('\n\n')
  return {
    text: text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text,
    quiet: firing.every(({ labels }) => labels.severity === 'info'),
  }
}

function describe({ status, labels, annotations, startsAt }: Alert, runbooksUrl: string): string {
  const title = status === 'firing' ? (labels.severity ?? 'alert').toUpperCase() : 'OVER'
  const lines = [
    `${title}: ${labels.alertname}`,
    annotations.summary ?? '',
    `since ${dayAndTime.format(new Date(startsAt))} (Bangkok)`,
  ]
  if (status === 'firing' && annotations.do) lines.push(annotations.do)
  if (status === 'firing' && annotations.runbook) lines.push(`${runbooksUrl}${annotations.runbook}`)
  return lines.filter(line => line !== '').join('\n')
}
