import { z } from 'zod'
import { Day, Text } from './common.ts'
import type { Contract } from './contract.ts'
import { EventCategory } from './events.ts'

export const EventChoices = z
  .object({
    /** Months of Bangkok in which an event begins, the latest first; at most 600. */
    months: z.array(z.object({ month: z.string().regex(/^\d{4,5}-\d\d$/), count: z.int() })),
    /** Provinces as events name them, those with the most events first; at most 600. */
    provinces: z.array(z.object({ province: z.string(), count: z.int() })),
  })
  .meta({ id: 'EventChoices' })
export type EventChoices = z.infer<typeof EventChoices>

/** Its address does not begin with that of an event: `/events/choices` may be the slug of one. */
export const listEventChoices = {
  method: 'GET',
  url: '/event-choices',
  config: { access: 'public' },
  schema: {
    summary:
      'Months and provinces that have public events, and how many of those that the other filters leave. A month is counted without `from` and `to`, a province without `province`',
    tags: ['events'],
    querystring: z.strictObject({
      text: Text.trim().max(100).optional(),
      category: EventCategory.optional(),
      province: Text.max(60).optional(),
      /** Days of Bangkok on which an event begins, both included. */
      from: Day.optional(),
      to: Day.optional(),
    }),
    response: { 200: EventChoices },
  },
} as const satisfies Contract
