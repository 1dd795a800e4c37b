import { z } from 'zod'
import { Id, IdParams } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** What a new studio does until it sells, the easiest step first. */
export const FIRST_STEPS = ['look', 'seller', 'prices', 'event', 'photos', 'approved', 'on_sale'] as const
export type FirstStep = (typeof FIRST_STEPS)[number]

export const FirstSteps = z
  .object({
    steps: z.array(z.object({ step: z.enum(FIRST_STEPS), done: z.boolean() })),
    /** The newest event, to which the later steps lead; null where there is none. */
    eventId: Id.nullable(),
    /** Photos of it are, or were, on sale: it is not a new studio any more. */
    sells: z.boolean(),
  })
  .meta({ id: 'FirstSteps' })
export type FirstSteps = z.infer<typeof FirstSteps>

export const readFirstSteps = {
  method: 'GET',
  url: '/studios/:id/first-steps',
  config: { access: 'manager' },
  schema: {
    summary: 'What a studio has done of what it takes to sell, as its rows say',
    tags: ['studios'],
    params: IdParams,
    response: { 200: FirstSteps, 404: problem('not_found') },
  },
} as const satisfies Contract
