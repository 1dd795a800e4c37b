import { IdParams, Nothing } from './common.ts'
import { type Contract, problem } from './contract.ts'

export const countVisit = {
  method: 'POST',
  url: '/events/:id/visits',
  config: { access: 'public' },
  schema: {
    summary:
      'A browser tab opened a page of the event: counted without a word about whom. Programs that say so, and who works on the event, are not',
    tags: ['events'],
    params: IdParams,
    response: { 204: Nothing, 404: problem('not_found') },
  },
} as const satisfies Contract
