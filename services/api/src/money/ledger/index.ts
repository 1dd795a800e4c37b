export { keepLedgerChecked } from './keep-checked.ts'
export { recordGivenBack, recordRefund, recordRefundTransfer } from './record-refund.ts'
export { recordApplication, recordSale, recordUnapplied } from './record-sale.ts'
export { ownShareOf, postedVatOf } from './own-share.ts'
