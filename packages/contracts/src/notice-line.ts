import { NOTICE_KINDS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Instant, LocalText } from './common.ts'

/** The incident or maintenance that pages of the shop say in a line. */
export const NoticeLine = z
  .object({
    kind: z.enum(NOTICE_KINDS),
    title: LocalText,
    startsAt: Instant,
    /** When a maintenance is expected to end; null for an incident. */
    endsAt: Instant.nullable(),
    running: z.boolean(),
  })
  .meta({ id: 'NoticeLine' })
export type NoticeLine = z.infer<typeof NoticeLine>
