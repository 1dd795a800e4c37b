import { Counter, Gauge } from 'prom-client'

/** Why money that came in is not applied to its order: it waits in the admin's inbox (spec/40). */
export const UNAPPLIED_REASONS = [
  'wrong_amount',
  'second_payment',
  'already_bought',
  'photo_gone',
  'unknown_charge',
  'surplus',
] as const
export type UnappliedReason = (typeof UNAPPLIED_REASONS)[number]

export const webhooksTotal = new Counter({
  name: 'pix_payment_webhooks_total',
  help: 'Webhooks by the gateway at whose address they came: stored, repeated, bad_signature, malformed',
  labelNames: ['gateway', 'outcome'],
})

export const confirmationsTotal = new Counter({
  name: 'pix_payment_confirmations_total',
  help: 'What asking the gateway about a payment led to: confirmed, unapplied, repeated, pending, failed, unanswered',
  labelNames: ['gateway', 'outcome'],
})

export const unappliedTotal = new Counter({
  name: 'pix_payment_unapplied_total',
  help: `Money that came in and pays no order, by gateway and why: ${UNAPPLIED_REASONS.join(', ')}`,
  labelNames: ['gateway', 'reason'],
})

/** Read from the database, so that a restart forgets none. */
export const unappliedRecent = new Gauge({
  name: 'pix_payment_unapplied_last_day',
  help: 'Receipts of the last 24 h that are applied to no order, by gateway and why',
  labelNames: ['gateway', 'reason'],
})

export const givenUpRecent = new Gauge({
  name: 'pix_payment_announcements_given_up_last_day',
  help: 'Announcements of money given up in the last 24 h, by gateway: it never said that the money came',
  labelNames: ['gateway'],
})

/** Counters of rare things begin at 0, so that the first one is an increase. */
export function countFromZero(gateways: Iterable<string>): void {
  for (const gateway of gateways) {
    confirmationsTotal.inc({ gateway, outcome: 'unanswered' }, 0)
    for (const reason of UNAPPLIED_REASONS) unappliedTotal.inc({ gateway, reason }, 0)
  }
}
