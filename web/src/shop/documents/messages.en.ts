import type { Translated } from '../../base/i18n/translated.ts'
import type { documentsTh } from './messages.th.ts'

export const documentsEn: Translated<typeof documentsTh> = {
  title: 'Documents',
  kind: {
    receipt: 'Receipt',
    abbreviated_tax_invoice: 'Abbreviated tax invoice',
    tax_invoice: 'Tax invoice',
    credit_note: 'Credit note',
    refund_note: 'Refund note',
  },
  download: 'Download PDF',
  drawing: 'PDF is being made',
  failed: 'The documents cannot be shown now',
  void: 'Void, replaced by {number}',
  refersTo: 'For {number}',
  exchange: 'Get a full tax invoice',
  exchangeTitle: 'Get a full tax invoice',
  exchangeText:
    'The abbreviated tax invoice becomes void, and one in full with the same date takes its place. Its name cannot be changed later.',
  exchangeSubmit: 'Make the tax invoice',
  wantInvoice: 'I need a full tax invoice',
  wantNamed: 'I need the receipt in a name',
  name: 'Name of the person or company',
  nameHint: 'As it is registered',
  nameMissing: 'Enter the name',
  address: 'Address',
  addressMissing: 'Enter the whole address',
  taxId: 'Tax ID, 13 digits',
  taxIdHint: 'A private person may leave it out',
  taxIdWrong: 'This is no tax ID. Check the digits',
  branch: 'Branch',
  branchHint: '00000 is the head office',
  branchWrong: 'Enter 5 digits',
  kept: 'Kept encrypted and used for this document alone',
}
