import { SWEEP_PROGRAMS, type SweepLine, type SweepProgram } from '@pix/contracts/queues.ts'
import { forgetSweep, readSweeps, type SweepRun } from '@pix/platform/sweep-board.ts'
import { recordAudit } from '../../base/audit.ts'
import type { CallerContext, Context } from '../../base/context.ts'
import { notFound } from '../../base/problem.ts'

/** A run is late when it is overdue by more than its pause and this time. */
const LATE_MS = 60_000
/** A sweep that nobody has run for this long belongs to no present release. */
const GONE_MS = 7 * 86_400_000

/** Scheduled tasks of every program as they ran last, those that failed or are late first. */
export async function listSweeps({ redis, now }: Pick<Context, 'redis' | 'now'>): Promise<SweepLine[]> {
  const at = now().getTime()
  const lines: SweepLine[] = []
  for (const program of SWEEP_PROGRAMS) {
    for (const [sweep, run] of await readSweeps(redis, program)) {
      if (at - run.endedAt > GONE_MS + run.pauseMs) await forgetSweep(redis, program, sweep)
      else lines.push(toLine(program, sweep, run, at))
    }
  }
  return lines.toSorted((a, b) => rank(a) - rank(b) || (`${a.program} ${a.sweep}` < `${b.program} ${b.sweep}` ? -1 : 1))
}

/** What needs a look stands first. */
const rank = (line: SweepLine) => (line.failure !== null ? 0 : line.isLate ? 1 : 2)

function toLine(program: SweepProgram, sweep: string, run: SweepRun, at: number): SweepLine {
  const nextAt = run.endedAt + run.pauseMs
  return {
    program,
    sweep,
    pauseSeconds: run.pauseMs / 1_000,
    lastStartedAt: new Date(run.startedAt).toISOString(),
    lastEndedAt: new Date(run.endedAt).toISOString(),
    nextAt: new Date(nextAt).toISOString(),
    isLate: at > nextAt + run.pauseMs + LATE_MS,
    failure: run.failure,
  }
}

/**
 * Asks every process of a program to run a sweep now: each may run beside the others at any time. The list shows how it
 * ended.
 *
 * @throws Problem `not_found` for a sweep that no process has run
 */
export async function runSweep(
  ctx: CallerContext,
  { program, sweep }: { program: SweepProgram; sweep: string },
): Promise<void> {
  const known = await readSweeps(ctx.redis, program)
  if (!known.has(sweep)) throw notFound()
  await recordAudit(ctx, 'sweep.run', `sweep:${program}/${sweep}`)
  await ctx.live.publish(`sweep:${program}/${sweep}`)
}
