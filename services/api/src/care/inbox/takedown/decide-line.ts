import type { CallerContext } from '../../../base/context.ts'
import { type Decision, decideTakedown, finishTakedown } from '../../takedowns/index.ts'
import { endLine } from '../end-line.ts'

/** Decides on a takedown from its line. @throws Problem `taken_by_another`, `line_closed` */
export async function decideTakedownLine(ctx: CallerContext, id: string, decision: Decision): Promise<void> {
  const decided = await endLine(ctx, { kind: 'takedown', id }, tx => decideTakedown(ctx, tx, id, decision))
  await finishTakedown(ctx, decided)
}
