export { keepLedgerChecked } from './keep-checked.ts'
export { recordSale, recordUnapplied } from './record-sale.ts'
