import type { PHOTO_APPROVALS, PHOTO_STATES } from './words.ts'

export type PhotoProgress = 'processing' | 'waiting' | 'onSale' | 'rejected' | 'failed'

/** How far a photo is on its way to the sale. A rejected one is rejected, whether or not it could be processed. */
export function photoProgress({
  state,
  approval,
}: {
  state: (typeof PHOTO_STATES)[number]
  approval: (typeof PHOTO_APPROVALS)[number]
}): PhotoProgress {
  if (approval === 'rejected') return 'rejected'
  if (state === 'failed') return 'failed'
  if (state !== 'processed') return 'processing'
  return approval === 'approved' ? 'onSale' : 'waiting'
}
