import { Gauge } from 'prom-client'

export const lettersGivenUp = new Gauge({
  name: 'pix_letters_given_up',
  help: 'Letters that were tried for a day and never sent, in the database',
})
