import type { EventStatus } from '@pix/contracts/events.ts'

const TONES = { planning: 'plain', open: 'soft', on_sale: 'ok', closed: 'warn', archived: 'plain' } as const

/** How the badge of a status looks. */
export const statusTone = (status: EventStatus): (typeof TONES)[EventStatus] => TONES[status]
