import type { PhotoPlace } from '@pix/contracts/managed-photos.ts'

/** The colour of where a photo is, beside its words. */
export const PLACE_TONES = {
  on_sale: 'ok',
  waiting: 'warn',
  off_sale: 'bad',
  gone: 'plain',
  processing: 'soft',
  failed: 'bad',
} as const satisfies Record<PhotoPlace, string>
