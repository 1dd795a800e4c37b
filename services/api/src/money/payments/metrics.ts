import { Counter, Gauge } from 'prom-client'

export const webhooksTotal = new Counter({
  name: 'pix_payment_webhooks_total',
  help: 'Webhooks of the gateway: stored, repeated, bad_signature, malformed',
  labelNames: ['outcome'],
})

export const confirmationsTotal = new Counter({
  name: 'pix_payment_confirmations_total',
  help: 'What asking the gateway about a payment led to: confirmed, unapplied, repeated, pending, failed, unanswered',
  labelNames: ['outcome'],
})

export const unappliedTotal = new Counter({
  name: 'pix_payment_unapplied_total',
  help: 'Money that came in and pays no order, by why: wrong_amount, second_payment, already_bought, photo_gone, unknown_charge',
  labelNames: ['reason'],
})

/** Told from the database, so that a restart forgets none. */
export const unappliedRecent = new Gauge({
  name: 'pix_payment_unapplied_last_day',
  help: 'Receipts of the last 24 h that are applied to no order, by why',
  labelNames: ['reason'],
})

export const givenUpRecent = new Gauge({
  name: 'pix_payment_announcements_given_up_last_day',
  help: 'Announcements of money given up in the last 24 h: the gateway never said that it came',
})
