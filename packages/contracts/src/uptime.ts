import { STATUS_DAYS } from '@pix/domain/notices.ts'
import { NOTICE_PARTS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Day, Instant } from './common.ts'
import type { Contract } from './contract.ts'

const Minutes = z.int().min(0).max(1_440)

/** A day of Bangkok. What was not measured is said to be neither. */
const UptimeDay = z.object({ day: Day, workedMinutes: Minutes, measuredMinutes: Minutes }).meta({ id: 'UptimeDay' })
export type UptimeDay = z.infer<typeof UptimeDay>

export const Uptime = z
  .discriminatedUnion('state', [
    /** Nothing measures this shop. */
    z.object({ state: z.literal('unmeasured') }),
    /** What measures it does not answer now. */
    z.object({ state: z.literal('unreachable') }),
    z.object({
      state: z.literal('measured'),
      asOf: Instant,
      parts: z.array(
        z.object({
          part: z.enum(NOTICE_PARTS),
          /** Oldest first; the last one is today so far. */
          days: z.array(UptimeDay).length(STATUS_DAYS),
        }),
      ),
    }),
  ])
  .meta({ id: 'Uptime' })
export type Uptime = z.infer<typeof Uptime>

export const readUptime = {
  method: 'GET',
  url: '/status/uptime',
  config: { access: 'public', atAnyHost: true },
  schema: {
    summary: 'For how many minutes of each of the last 90 days each part of the shop was measured, and worked',
    tags: ['status'],
    response: { 200: Uptime },
  },
} as const satisfies Contract
