export { checkLedger } from './check-ledger.ts'
export { recordSale, recordUnapplied } from './record-sale.ts'
