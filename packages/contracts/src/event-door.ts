import { z } from 'zod'
import { Nothing, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

export const openEvent = {
  method: 'POST',
  url: '/events/:id/open',
  config: { access: 'session', limit: 'login' },
  schema: {
    summary:
      'Give the code of an event, by id or slug: it is open to this visitor from then on. Ten wrong codes an hour and network',
    tags: ['events'],
    params: z.strictObject({ id: Text.max(120) }),
    body: z.strictObject({ code: Text.trim().min(1).max(64) }),
    response: { 204: Nothing, 422: problem('wrong_code'), 503: problem('unavailable') },
  },
} as const satisfies Contract
