import { Gauge } from 'prom-client'

/** Told from the kept check, so that each process says the same. */
export const ledgerBalanced = new Gauge({
  name: 'pix_ledger_balanced',
  help: '1 when the latest check found every posting balanced and every paid order shared out, else 0',
})

export const ledgerCheckedAt = new Gauge({
  name: 'pix_ledger_check_timestamp_seconds',
  help: 'When the books were last added up, in Unix time',
})

export const ledgerCheckSeconds = new Gauge({
  name: 'pix_ledger_check_seconds',
  help: 'How long adding the books up took the last time',
})
