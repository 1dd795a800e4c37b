import { type Calibration, distanceForFalseMatchRate } from './calibrate.ts'
import { apartness, type ComparableFace } from './compare-faces.ts'

/** A member of a group lies near at least this share of the others in it. */
const AGREES_WITH = 0.6
/** The best matches among which the group is looked for. The others are only compared with it: this bounds the work. */
const VOICES = 48

/**
 * The largest group of a search's matches that is one person, whatever it was searched with: the mean of many people's
 * faces lies near all of them, but they do not lie near each other.
 *
 * @param matches one face per photo, best first; of two groups of equal size the one with the better match counts
 */
export function largestAgreeing<M extends { face: ComparableFace }>(
  matches: readonly M[],
  calibration: Calibration,
): Set<M> {
  const within = distanceForFalseMatchRate(calibration.agreement, calibration)
  const isNear = (a: M, b: M) => apartness(a.face, b.face, calibration) <= within
  const voices = matches.slice(0, VOICES)
  const near = voices.map(one => voices.map(other => one === other || isNear(one, other)))
  const groups = near.map(friends => agreeing(friends, near))
  const largest = groups.reduce((best, group) => (group.length > best.length ? group : best), [])
  const core = largest.map(place => voices[place]!)
  const joins = (one: M) => core.filter(other => isNear(one, other)).length >= AGREES_WITH * core.length
  return new Set([...core, ...matches.filter(one => !core.includes(one) && joins(one))])
}

/**
 * The matches near one match that agree with each other. The one that is near the fewest others is dropped until all are
 * near enough.
 */
function agreeing(friends: readonly boolean[], near: readonly (readonly boolean[])[]): number[] {
  let group = friends.flatMap((isFriend, place) => (isFriend ? [place] : []))
  const nearTo = new Map(group.map(one => [one, group.filter(other => near[one]![other]).length - 1]))
  for (;;) {
    const least = group.reduce((worst, one) => (nearTo.get(one)! <= nearTo.get(worst)! ? one : worst), group[0]!)
    if (nearTo.get(least)! >= AGREES_WITH * (group.length - 1)) return group
    group = group.filter(one => one !== least)
    for (const one of group) if (near[one]![least]) nearTo.set(one, nearTo.get(one)! - 1)
  }
}
