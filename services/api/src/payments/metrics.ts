import { Counter } from 'prom-client'

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
