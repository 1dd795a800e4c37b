import { DOCUMENT_KINDS } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Id, IdParams, Instant, Money, page, PageQuery, studioQuery, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { BuyerTaxData } from './tax-data.ts'

/** A receipt, a tax invoice, a credit note or a certificate of withheld tax. */
export const SalesDocument = z
  .object({
    id: Id,
    /** As it is printed: `RC202611-00042`. */
    number: z.string(),
    kind: z.enum(DOCUMENT_KINDS),
    total: Money,
    vat: Money,
    /** The day that is printed as its date. */
    datedAt: Instant,
    /** The number of the document that this one corrects or replaces. */
    refersTo: z.string().nullable(),
    /** The number of the document that replaces this one. */
    replacedBy: z.string().nullable(),
    /** True once it was replaced, or the transfer whose tax it certifies came back. */
    void: z.boolean(),
    /** Its PDF is drawn. */
    ready: z.boolean(),
  })
  .meta({ id: 'SalesDocument' })
export type SalesDocument = z.infer<typeof SalesDocument>

const OrderDocuments = z.object({
  items: z.array(SalesDocument),
  /** The abbreviated tax invoice may be exchanged for one in full. */
  exchangeable: z.boolean(),
})
export type OrderDocuments = z.infer<typeof OrderDocuments>

export const listOrderDocuments = {
  method: 'GET',
  url: '/orders/:id/documents',
  config: { access: 'session' },
  schema: {
    summary: 'Receipts, tax invoices and credit notes of an order, oldest first',
    tags: ['orders'],
    params: IdParams,
    response: { 200: OrderDocuments, 404: problem('not_found') },
  },
} as const satisfies Contract

export const exchangeDocument = {
  method: 'POST',
  url: '/orders/:id/tax-invoice',
  config: { access: 'session' },
  schema: {
    summary: 'Exchange the abbreviated tax invoice of an order for one in full, made out to somebody',
    tags: ['orders'],
    params: IdParams,
    body: BuyerTaxData,
    response: {
      201: OrderDocuments,
      404: problem('not_found'),
      409: problem('nothing_to_exchange'),
      422: problem('invalid_request'),
    },
  },
} as const satisfies Contract

export const getDocumentPdf = {
  method: 'GET',
  url: '/documents/:id/pdf',
  config: { access: 'session', limit: 'media' },
  schema: {
    summary: 'A document of an order as PDF: redirects to a link made now; while it is drawn, to the page of the order',
    tags: ['orders'],
    params: IdParams,
    response: { 302: z.null(), 404: problem('not_found') },
  },
} as const satisfies Contract

/** Without an order it is a certificate. */
const DocumentLine = SalesDocument.extend({ orderNumber: z.string().nullable(), issuedAt: Instant }).meta({
  id: 'DocumentOfStudio',
})
export type DocumentOfStudio = z.infer<typeof DocumentLine>

export const listDocuments = {
  method: 'GET',
  url: '/admin/documents',
  config: { access: 'manager' },
  schema: {
    summary: 'Documents of a studio, newest first (issuedAt, id); certificates of withheld tax for its owners alone',
    tags: ['admin'],
    querystring: PageQuery.extend({
      ...studioQuery,
      /** The beginning of an order's or a document's number. */
      number: Text.trim().min(1).max(40).optional(),
    }),
    response: { 200: page(DocumentLine), 404: problem('not_found') },
  },
} as const satisfies Contract

export const linkDocument = {
  method: 'GET',
  url: '/admin/documents/:id/link',
  config: { access: 'manager' },
  schema: {
    summary: 'An address under which the PDF of a document can be fetched for five minutes; null while it is drawn',
    tags: ['admin'],
    params: IdParams,
    response: { 200: z.object({ url: z.string().nullable() }), 404: problem('not_found') },
  },
} as const satisfies Contract

/** A line of the report of output tax, with the columns of the Revenue Department's form. */
export const SalesTaxLine = z
  .object({
    /** `YYYY-MM-DD`, of Thailand. */
    date: z.string(),
    number: z.string(),
    kind: z.enum(DOCUMENT_KINDS),
    buyer: z.string(),
    taxId: z.string().nullable(),
    branch: z.string().nullable(),
    /** Negative in credit notes. */
    base: Money,
    vat: Money,
    /** Void: it counts nothing. */
    replacedBy: z.string().nullable(),
  })
  .meta({ id: 'SalesTaxLine' })
export type SalesTaxLine = z.infer<typeof SalesTaxLine>

export const salesTaxReport = {
  method: 'GET',
  url: '/studios/:id/sales-tax',
  config: { access: 'manager' },
  schema: {
    summary: 'The report of output tax of a month, page by page: its tax invoices and credit notes by date and number',
    tags: ['admin'],
    params: IdParams,
    querystring: PageQuery.extend({
      month: z
        .string()
        .max(7)
        .regex(/^2\d{3}-(0[1-9]|1[0-2])$/),
    }),
    response: {
      200: page(SalesTaxLine),
      404: problem('not_found'),
      422: problem('invalid_request'),
    },
  },
} as const satisfies Contract
