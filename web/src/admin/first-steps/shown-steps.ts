import type { FirstStep, FirstSteps } from '@pix/contracts/first-steps.ts'

/** A step as the page shows it. */
interface ShownStep {
  step: FirstStep
  done: boolean
  /** The first one that is open. */
  isNext: boolean
  /** The page on which it is done; undefined where there is none yet, or this person may not. */
  to: string | undefined
}

/** Steps with the pages on which they are done; those of an event lead to the newest one. */
export function shownSteps(
  { steps, eventId }: FirstSteps,
  isOwner: boolean,
): { steps: ShownStep[]; done: number; all: number } {
  const ofEvent = (path: (id: string) => string) => (eventId === null ? undefined : path(eventId))
  const pages: Record<FirstStep, string | undefined> = {
    look: '/admin/studio',
    seller: isOwner ? '/admin/seller' : undefined,
    prices: '/admin/packages',
    event: ofEvent(id => `/admin/events/${id}`) ?? '/admin/events/new',
    photos: ofEvent(id => `/photographer/events/${id}/upload`),
    approved: ofEvent(id => `/admin/events/${id}/approve`),
    on_sale: ofEvent(id => `/admin/events/${id}`),
  }
  const next = steps.find(({ step, done }) => !done && pages[step] !== undefined)?.step
  return {
    steps: steps.map(({ step, done }) => ({ step, done, isNext: step === next, to: pages[step] })),
    done: steps.filter(({ done }) => done).length,
    all: steps.length,
  }
}
