import type { eventSplitRule as contract } from '@pix/contracts/split-rules.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { saleShares, scopeOf } from '@pix/domain/split-rules.ts'
import type { z } from 'zod'
import type { CallerContext } from '../../base/context.ts'
import { manageEvent } from '../../catalogue/events/index.ts'
import { ruleOfEvent } from './freeze-shares.ts'

type EventRule = z.output<(typeof contract)['schema']['response'][200]>

/** By which rule sales of an event are shared now. @throws Problem `not_found` unless the caller manages the event */
export const readEventRule = (ctx: CallerContext, eventId: string): Promise<EventRule> =>
  manageEvent(ctx, eventId, async ({ db, now }, event) => {
    const rule = await ruleOfEvent(db, event, now())
    const { studioId, organizerId, nameTh, nameEn } = event
    return {
      studioId,
      event: { id: event.id, name: { th: nameTh, en: nameEn } },
      scope: scopeOf(rule) as EventRule['scope'],
      startsAt: new Date(rule.startsAt).toISOString(),
      preset: rule.preset,
      shares: saleShares(rule, { isHouse: studioId === HOUSE_STUDIO, organizerId, isPayee: true, rateBp: null }),
    }
  })
