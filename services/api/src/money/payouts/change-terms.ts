import type { changePayeeTerms as contract } from '@pix/contracts/payouts.ts'
import type { z } from 'zod'
import type { CallerContext } from '../../base/context.ts'
import { agreeWithholding } from '../../people/payees/index.ts'
import { inStudio } from '../../people/studios/index.ts'

/** Keeps which rate is withheld from a payee, from the next batch on. @throws Problem `not_found` for who does not own the studio */
export const changeTerms = (
  ctx: CallerContext,
  { studioId, party, payeeId, withholdingBp }: z.output<typeof contract.schema.body>,
): Promise<void> =>
  inStudio(ctx, studioId, ['owner'], staff => agreeWithholding(staff, { party, ownerId: payeeId }, withholdingBp))
