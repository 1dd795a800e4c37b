import type { Verdict } from '@pix/db/seals/verify-seals.ts'
import { Obstacle, say } from './say.ts'

const SAID: Record<NonNullable<Verdict['first']>['what'], string> = {
  changed: 'was changed after it was sealed',
  missing: 'was sealed and is gone',
  added: 'was added to a place that was sealed',
  back_dated: 'says that it is older than the seal before it',
  seal_changed: 'is not the one that was made',
  seal_missing: 'is not there, or the one before it',
  root_unknown: 'has another root than the one that was kept',
}

/** Roots of seals that were kept elsewhere, as `--known <number>:<root>` gives them. */
export function readKnown(given: readonly string[]): Map<number, string> {
  return new Map(
    given.map(text => {
      const [, number, root] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? []
      if (number === undefined || root === undefined) throw new Obstacle(`--known takes <number>:<root>, not ${text}.`)
      return [Number(number), root]
    }),
  )
}

/** Says what came of the seals of a kind. */
export function printSeals({ seals, rows, unsealed, oldestUnsealedAt, faults, first, last }: Verdict): void {
  say(`${rows} rows are as their ${seals} seals say; ${unsealed} are not sealed yet`)
  if (oldestUnsealedAt !== null) say(`the oldest of those was written at ${oldestUnsealedAt}`)
  if (last !== null) say(`the last seal is ${last.number}:${last.root}`)
  if (first === null) return
  const about = first.position === null ? `seal ${first.number}` : `row ${first.id ?? '(gone)'} at ${first.position}`
  console.error(`${faults} faults. The first: ${about} ${SAID[first.what]}.`)
}
