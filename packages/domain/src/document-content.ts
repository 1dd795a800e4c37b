import type { DocumentKind, PayeeForm, SalesDocumentKind, SellsAs, SoldAs, VatStatus } from './words.ts'

/** Whom a document is made out to. Of a private person without a tax id there is none. */
export interface DocumentBuyer {
  name: string
  address: string
  taxId: string | null
  /** Five digits; null without a tax id. */
  branch: string | null
}

/** The seller, as documents of that moment name them. */
export interface DocumentSeller {
  vat: VatStatus
  name: string
  address: string
  taxId: string | null
  branch: string | null
  sellsAs: SellsAs
  soldAs: SoldAs
}

export interface DocumentLine {
  /** What it is called; Thai law asks for Thai. */
  th: string
  en: string
  quantity: number
  /** Satang with VAT in it; negative for what is taken off. */
  amount: number
}

/**
 * Everything that a document prints, kept with it for ever. `version` says which template draws it: a change of what is printed
 * or how is a new version, and earlier documents are drawn as they were.
 */
export interface DocumentContent {
  version: 1
  kind: SalesDocumentKind
  number: string
  orderNumber: string
  /** When it was made. */
  issuedAt: string
  /** The document's date. An exchange has the date of the document that it replaces. */
  datedAt: string
  seller: DocumentSeller
  buyer: DocumentBuyer | null
  lines: DocumentLine[]
  /** Satang. taxable + the part that is collected for others = total; base + vat = taxable. */
  total: number
  taxable: number
  base: number
  vat: number
  vatBp: number
  /** The document that a credit note corrects, or that an exchange replaces. */
  refersTo: { kind: SalesDocumentKind; number: string; datedAt: string } | null
  /** Of a credit note alone: why it is issued, and what is left of the price that it corrects. */
  correction: {
    reason: string
    refundNumber: string
    /** Satang of the base before and after. */
    baseBefore: number
    baseAfter: number
  } | null
}

/** Everything that a certificate of withheld tax prints (Revenue Code section 50 bis), kept like a `DocumentContent`. */
export interface CertificateContent {
  version: 1
  kind: 'withholding_certificate'
  number: string
  issuedAt: string
  /** The day of the transfer. */
  datedAt: string
  /** The payer who withheld the tax. */
  payer: Pick<DocumentSeller, 'name' | 'address' | 'taxId' | 'branch'>
  payee: { name: string; address: string; taxId: string; form: PayeeForm }
  /** What it was paid for: hire of work and services, or a licence to use photos (section 40 (3)). */
  income: SoldAs
  /** Satang before VAT, and what of it was withheld. */
  paid: number
  withheld: number
  rateBp: number
  /** The number of the payout. */
  payoutNumber: string
}

/** The series of each kind: its numbers begin with this, and are counted by themselves. */
export const DOCUMENT_SERIES: Readonly<Record<DocumentKind, string>> = {
  receipt: 'RC',
  abbreviated_tax_invoice: 'AT',
  tax_invoice: 'TX',
  credit_note: 'CN',
  withholding_certificate: 'WT',
}

/**
 * The number of a document, such as `RC202611-00042`.
 *
 * @param period `2026-11`: the month in which it is made, of Thailand
 */
export const documentNumber = (kind: DocumentKind, period: string, count: number): string =>
  `${DOCUMENT_SERIES[kind]}${period.replace('-', '')}-${String(count).padStart(5, '0')}`

/** The kind of a paid order's document: a receipt without VAT, else a tax invoice, in full where it has a buyer. */
export function saleDocumentKind(vat: VatStatus, taxable: number, hasBuyer: boolean): SalesDocumentKind {
  if (vat === 'none' || taxable === 0) return 'receipt'
  return hasBuyer ? 'tax_invoice' : 'abbreviated_tax_invoice'
}
