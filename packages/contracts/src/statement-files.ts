import { STATEMENT_FILE_STATES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Locale } from './accounts.ts'
import { Instant } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { StatementRange } from './earnings.ts'
import { PayeeParty } from './payees.ts'

/** The PDF of a statement, and how far it is. */
export const StatementFile = z
  .object({
    state: z.enum(STATEMENT_FILE_STATES),
    /** Lines of the statement when it was asked for, and how many of them are drawn. */
    lineCount: z.int(),
    linesDrawn: z.int(),
    bytes: z.int().nullable(),
    /** Its lines are those up to here. */
    readyAt: Instant.nullable(),
    /** It is deleted then; it can be asked for again. */
    deletedAt: Instant.nullable(),
  })
  .meta({ id: 'StatementFile' })
export type StatementFile = z.infer<typeof StatementFile>

const params = z.strictObject({ party: PayeeParty })

export const askStatementFile = {
  method: 'POST',
  url: '/earnings/:party/statement-file',
  config: { access: 'user', limit: 'batch' },
  schema: {
    summary: 'Have the PDF of a statement drawn; one that is there is drawn again. A letter says when it is ready',
    tags: ['revenue'],
    params,
    body: StatementRange.extend({
      /** The language of the letter. */
      locale: Locale,
    }).refine(({ from, to }) => from <= to, { path: ['to'], message: 'is before its first day' }),
    response: { 202: StatementFile, 404: problem('not_found'), 422: problem('invalid_request') },
  },
} as const satisfies Contract

export const getStatementFile = {
  method: 'GET',
  url: '/earnings/:party/statement-file',
  config: { access: 'user' },
  schema: {
    summary: 'The PDF of a statement that was asked for; null where there is none',
    tags: ['revenue'],
    params,
    querystring: StatementRange,
    response: { 200: z.object({ file: StatementFile.nullable() }), 404: problem('not_found') },
  },
} as const satisfies Contract

export const linkStatementFile = {
  method: 'GET',
  url: '/earnings/:party/statement-file/link',
  config: { access: 'user' },
  schema: {
    summary: 'An address of the PDF of a statement, for five minutes',
    tags: ['revenue'],
    params,
    querystring: StatementRange,
    response: { 200: z.object({ url: z.string() }), 404: problem('not_found') },
  },
} as const satisfies Contract
