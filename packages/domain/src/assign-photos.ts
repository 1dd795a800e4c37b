import { extraAllowed, type FoundPhoto, type QuoteSearch, type UnlimitedRules } from './cover-by-search.ts'
import { network } from './max-flow.ts'

/** What one Unlimited pays for: photos of one person, found by one search, and some that were chosen by hand. */
export interface PersonCovered {
  searchId: string
  /** Sure and likely matches of the search in the whole event: what the number of photos by hand is counted from. */
  matches: number
  /** Photos it pays for. */
  photos: number
  /** Those of them that the search did not find. */
  byHand: string[]
}

/**
 * Gives as many of the photos as it can to the searches, one Unlimited each. A photo goes to one search at most; each
 * search takes so many in all, and so many that it did not find. Which photo goes where is the same for the same photos.
 *
 * @param photos in the order in which they are given; what is left over is at the end, as far as it can be
 */
export function assignPhotos(
  photos: readonly FoundPhoto[],
  searches: readonly QuoteSearch[],
  rules: UnlimitedRules,
): PersonCovered[] {
  const [source, sink, firstPhoto] = [0, 1, 2]
  const firstSearch = firstPhoto + photos.length
  const firstHand = firstSearch + searches.length
  const flow = network(firstHand + searches.length)

  for (const [at, { matches }] of searches.entries()) {
    flow.connect(firstSearch + at, sink, rules.cap)
    flow.connect(firstHand + at, firstSearch + at, extraAllowed(matches, rules))
  }
  const arcs = photos.map(({ searchIds }, rank) => {
    flow.connect(source, firstPhoto + rank, 1)
    return searches.map(({ id }, at) =>
      flow.connect(firstPhoto + rank, at + (searchIds.includes(id) ? firstSearch : firstHand), 1),
    )
  })
  flow.fill(source, sink)

  return searches.map(({ id, matches }, at) => {
    const taken = photos.filter((_, rank) => flow.sent(arcs[rank]![at]!) === 1)
    const byHand = taken.filter(({ searchIds }) => !searchIds.includes(id)).map(({ photoId }) => photoId)
    return { searchId: id, matches, photos: taken.length, byHand }
  })
}
