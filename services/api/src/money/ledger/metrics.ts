import { Gauge } from 'prom-client'

/** Set from the kept check, so that every process serves the same value. */
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

// A gauge without labels is served as 0 from its first moment. Until the kept check has been read there is no value.
for (const gauge of [ledgerBalanced, ledgerCheckedAt, ledgerCheckSeconds]) gauge.remove()
