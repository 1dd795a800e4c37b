import type { LostFactorDecision } from '@pix/domain/words.ts'
import type { CallerContext } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { Problem } from '../../../base/problem.ts'
import { confirmOwnCode, decideLostFactor } from '../../../people/accounts/index.ts'
import { endLine } from '../end-line.ts'

/**
 * Decides on a lost factor from its line. To turn it off, who decides shows their own code.
 *
 * @throws Problem `taken_by_another`, `line_closed`, `illegal_state` before the wait is over, `forbidden` for one's own,
 *   `wrong_second_factor`, `second_factor_off` where the one who decides has none
 */
export async function decideLostFactorLine(
  ctx: CallerContext,
  id: string,
  {
    code,
    ...decided
  }: { decision: LostFactorDecision; reason: string; code?: string | undefined; locale: 'th' | 'en' },
): Promise<void> {
  if (ctx.caller.userId === id) throw new Problem('forbidden')
  if (decided.decision === 'turned_off') await confirmOwnCode(ctx, { code: code ?? '', locale: decided.locale })
  const letterId = await endLine(ctx, { kind: 'lost_factor', id }, tx =>
    decideLostFactor({ ...ctx, db: tx }, id, decided),
  )
  if (letterId !== null) await sendLetter(ctx, letterId)
}
