import type { PayoutBatchState, PayoutLineState } from '@pix/domain/words.ts'

/** The colour of a badge that says how far a payout is. */
export function payoutTone(state: PayoutLineState | PayoutBatchState): 'plain' | 'ok' | 'warn' | 'bad' | 'soft' {
  if (state === 'paid') return 'ok'
  if (state === 'bounced') return 'bad'
  if (state === 'discarded') return 'plain'
  return state === 'drafted' ? 'soft' : 'warn'
}
