import { z } from 'zod'
import { IdParams } from './common.ts'
import { type Contract, problem } from './contract.ts'

export const deletePhoto = {
  method: 'DELETE',
  url: '/photos/:id',
  config: { access: 'photographer' },
  schema: {
    summary:
      'Delete a photo for good. One that somebody bought is taken off the sale by who manages the event, and stays for its buyers',
    tags: ['photos'],
    params: IdParams,
    response: {
      200: z.object({ outcome: z.enum(['deleted', 'off_sale']) }),
      404: problem('not_found'),
      409: problem('photo_sold'),
    },
  },
} as const satisfies Contract
