import type { decideObjection as contract } from '@pix/contracts/objections.ts'
import type { z } from 'zod'
import type { CallerContext } from '../../../base/context.ts'
import { decideObjection } from '../../../catalogue/faces/index.ts'
import { endLine } from '../end-line.ts'

/** Decides on an objection from its line. @throws Problem `taken_by_another`, `line_closed` */
export async function decideObjectionLine(
  ctx: CallerContext,
  id: string,
  decision: z.output<typeof contract.schema.body>,
): Promise<void> {
  await endLine(ctx, { kind: 'objection', id }, tx => decideObjection(ctx, tx, id, decision))
}
