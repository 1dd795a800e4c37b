import type { Context } from './context.ts'

/** The ids of the events with the most visits, the most first, as a JSON array. */
export const POPULAR_KEY = 'event:popular'

/**
 * Ids of the events with the most visits in the last days, the most first, as a sweep ranked them. Without Redis, or when no
 * sweep ran for an hour, none is known: lists are then sorted by time alone.
 */
export async function popularEvents({ redis, log }: Pick<Context, 'redis' | 'log'>): Promise<string[]> {
  const kept = await redis.get(POPULAR_KEY).catch((error: unknown) => {
    log.debug({ err: error }, 'popular events are not known: Redis is away')
    return null
  })
  return kept === null ? [] : (JSON.parse(kept) as string[])
}
