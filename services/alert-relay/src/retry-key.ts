import { createHash } from 'node:crypto'
import type { AlertGroup } from './alert-group.ts'

/**
 * Alertmanager tries again within minutes, and reminds after an hour at least (`repeat_interval`). Half hours are counted from
 * the newest alert's beginning: the first tries and the reminders then lie well within one.
 */
const REMINDER_MS = 30 * 60_000
/** RFC 9562 makes ids of names within a namespace. This one belongs to the relay alone. */
const NAMESPACE = Buffer.from('6f1d0f3c54b14b8c9a6e2f7d1c0b9e35', 'hex')

/**
 * The `X-Line-Retry-Key` of a group for one recipient: the same for each try at one notification, so that LINE delivers it once;
 * another when an alert begins or ends, and for the next reminder.
 */
export function retryKeyOf(group: AlertGroup, recipient: string, now: Date): string {
  const alerts = group.alerts
    .map(({ fingerprint, status, startsAt }) => `${fingerprint} ${status} ${startsAt}`)
    .toSorted()
  const newest = Math.max(...group.alerts.map(({ startsAt }) => Date.parse(startsAt)))
  const period = Math.floor((now.getTime() - newest) / REMINDER_MS)
  return uuidOf(JSON.stringify([recipient, group.groupKey, group.status, alerts, period]))
}

/** UUIDv5 of a name. */
function uuidOf(name: string): string {
  const hash = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16)
  hash[6] = (hash[6]! & 0x0f) | 0x50
  hash[8] = (hash[8]! & 0x3f) | 0x80
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
