import type { Dashboard } from '@pix/contracts/dashboard.ts'
import type { CallerContext } from '../../base/context.ts'
import { countByKind } from '../../care/inbox/index.ts'
import { inNamedStudio } from '../../people/studios/index.ts'
import { countAskedBack } from './count-asked-back.ts'
import { readEvents, readPhotoCounts } from './read-events.ts'
import { readConversion, readDays } from './read-sales.ts'

/** What was sold, what waits, and how the events stand. @throws Problem `not_found` for a studio of others */
export async function readDashboard(ctx: CallerContext, studio: string | undefined): Promise<Dashboard> {
  const desk = await inNamedStudio(ctx, studio, async list => ({
    days: await readDays(list),
    conversion: await readConversion(list),
    photos: await readPhotoCounts(list),
    askedBack: await countAskedBack(list),
    events: await readEvents(list),
  }))
  // The inbox belongs to the whole installation: its count is the same whichever studio is shown.
  return { ...desk, inbox: ctx.caller.isPlatformAdmin ? await countByKind(ctx) : null }
}
