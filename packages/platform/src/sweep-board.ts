import type { Redis } from 'ioredis'
import type { Live } from './live.ts'

/** The programs that run sweeps. */
export type Program = 'api' | 'clerk' | 'face-worker'

/** How a sweep ran last. Instants are in milliseconds since 1970. */
export interface SweepRun {
  startedAt: number
  endedAt: number
  pauseMs: number
  /** Why it failed; null where it succeeded. */
  failure: string | null
}

/** Keeps the last run of each sweep of a program, and passes on requests to run one now. */
export interface SweepBoard {
  keep(sweep: string, run: SweepRun): Promise<void>
  /** Calls back whenever somebody asks for a run of it. */
  whenAsked(sweep: string, run: () => void): { end(): void }
}

const keyOf = (program: Program) => `sweeps:${program}`

/**
 * Keeps the last run of each sweep in a hash of Redis. Processes of one program share it: the last one to end is shown. A
 * Redis that is away costs the record of that run, and no run.
 */
export const openSweepBoard = (
  { redis, live }: { redis: Redis; live: Live },
  program: Program,
  onError: (error: unknown) => void,
): SweepBoard => ({
  async keep(sweep, run) {
    await redis.hset(keyOf(program), sweep, JSON.stringify(run)).catch(onError)
  },
  whenAsked: (sweep, run) => live.subscribe(`sweep:${program}/${sweep}`, run),
})

/** The last run of every sweep of a program, by name. */
export async function readSweeps(redis: Redis, program: Program): Promise<Map<string, SweepRun>> {
  const kept = await redis.hgetall(keyOf(program))
  return new Map(Object.entries(kept).map(([sweep, run]) => [sweep, JSON.parse(run) as SweepRun]))
}

/** Forgets a sweep that no release runs any more. */
export const forgetSweep = (redis: Redis, program: Program, sweep: string): Promise<unknown> =>
  redis.hdel(keyOf(program), sweep)
