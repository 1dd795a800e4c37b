import type { CertificateContent, DocumentContent } from '@pix/domain/document-content.ts'
import { createHash } from 'node:crypto'
import type { Sealed } from '../schema/columns.ts'
import { documentContents, type documents } from '../schema/documents.ts'
import type { ColumnKeys } from './column-keys.ts'
import { open } from './seal.ts'

type Row = Pick<typeof documents.$inferSelect, 'id' | 'number' | 'contentHash'>

/**
 * What a document prints.
 *
 * @throws Error where it is not what was written with the document
 */
export function openPrinted(
  keys: ColumnKeys,
  { id, number, contentHash }: Row,
  sealed: Sealed,
): DocumentContent | CertificateContent {
  const json = open(keys, documentContents.content, id, sealed)
  if (createHash('sha256').update(json).digest('hex') !== contentHash)
    throw new Error(`the content of document ${number} is not what was written with it`)
  return JSON.parse(json) as DocumentContent | CertificateContent
}

/** The same of a document of an order. @throws Error as {@link openPrinted}, and for a certificate of withheld tax */
export function openContent(keys: ColumnKeys, row: Row, sealed: Sealed): DocumentContent {
  const content = openPrinted(keys, row, sealed)
  if (content.kind === 'withholding_certificate') throw new Error(`${row.number} is no document of an order`)
  return content
}

/** The same of a certificate of withheld tax. @throws Error as {@link openPrinted}, and for another document */
export function openCertificate(keys: ColumnKeys, row: Row, sealed: Sealed): CertificateContent {
  const content = openPrinted(keys, row, sealed)
  if (content.kind !== 'withholding_certificate') throw new Error(`${row.number} is no certificate`)
  return content
}
