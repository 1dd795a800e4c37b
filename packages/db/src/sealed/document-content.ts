import type { DocumentContent } from '@pix/domain/document-content.ts'
import { createHash } from 'node:crypto'
import type { Sealed } from '../schema/columns.ts'
import { documentContents, type documents } from '../schema/documents.ts'
import type { ColumnKeys } from './column-keys.ts'
import { open } from './seal.ts'

/**
 * What a document prints.
 *
 * @throws Error where it is not what was written with the document
 */
export function openContent(
  keys: ColumnKeys,
  { id, number, contentHash }: Pick<typeof documents.$inferSelect, 'id' | 'number' | 'contentHash'>,
  sealed: Sealed,
): DocumentContent {
  const json = open(keys, documentContents.content, id, sealed)
  if (createHash('sha256').update(json).digest('hex') !== contentHash)
    throw new Error(`the content of document ${number} is not what was written with it`)
  return JSON.parse(json) as DocumentContent
}
