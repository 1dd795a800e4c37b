import { z } from 'zod'

const Alert = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  startsAt: z.iso.datetime({ offset: true }),
  fingerprint: z.string(),
})
export type Alert = z.output<typeof Alert>

/** What Alertmanager posts (webhook, version 4): the alerts of one group, those that fire and those that are over. */
export const AlertGroup = z.object({
  version: z.literal('4'),
  groupKey: z.string(),
  status: z.enum(['firing', 'resolved']),
  alerts: z.array(Alert).min(1),
})
export type AlertGroup = z.output<typeof AlertGroup>
