import { Gauge } from 'prom-client'

export const lettersGivenUp = new Gauge({
  name: 'pix_letters_given_up',
  help: 'Letters that were not sent and are no longer tried, in the database, by why',
  labelNames: ['reason'],
})

export const suppressedAddressRows = new Gauge({
  name: 'pix_suppressed_addresses',
  help: 'Addresses that get no letters because a mail server refused them, in the database',
})
