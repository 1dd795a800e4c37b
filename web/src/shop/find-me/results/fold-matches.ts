import type { PhotoAround } from '@pix/contracts/faces.ts'
import { foldMoments, type Moment } from '../../moments/index.ts'

/** Matches as moments, each where its first match stands. */
export const foldMatches = <M extends PhotoAround>(matches: readonly M[]): Moment<M>[] =>
  foldMoments(matches, ({ burst, photo: { id, takenAt } }) => ({
    id,
    burst,
    takenAt: takenAt === null ? null : Date.parse(takenAt),
  }))
