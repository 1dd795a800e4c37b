import { extraAllowed, type FoundPhoto, type QuoteSearch, type UnlimitedRules } from './cover-by-search.ts'
import { network } from './max-flow.ts'

/** What one Unlimited pays for: photos of one person, found by one search, and some that were chosen by hand. */
export interface PersonCovered {
  searchId: string
  /** Sure and likely matches of the search in the whole event: the number of photos by hand is a percentage of it. */
  matches: number
  /** Photos it pays for. */
  photos: number
  /** Those of them that the search did not find. */
  byHand: string[]
}

/**
 * Gives as many of the photos as it can to the searches, one Unlimited each. A photo goes to one search at most. Each
 * search takes a limited number of photos, and a limited number of photos that it did not find. The same photos are
 * always given in the same way.
 *
 * Photos that the same searches found are handled together, so that the work grows with the number of such sets and not
 * with the photos; of each set the first photos are taken.
 *
 * @param photos in the order in which they are given
 */
export function assignPhotos(
  photos: readonly FoundPhoto[],
  searches: readonly QuoteSearch[],
  rules: UnlimitedRules,
): PersonCovered[] {
  const groups = groupedByFinders(photos, searches)
  const [source, sink, firstGroup] = [0, 1, 2]
  const firstSearch = firstGroup + groups.length
  const firstHand = firstSearch + searches.length
  const flow = network(firstHand + searches.length)

  for (const [at, { matches }] of searches.entries()) {
    flow.connect(firstSearch + at, sink, rules.cap)
    flow.connect(firstHand + at, firstSearch + at, extraAllowed(matches, rules))
  }
  const arcs = groups.map(({ finders, photoIds }, rank) => {
    flow.connect(source, firstGroup + rank, photoIds.length)
    return searches.map(({ id }, at) =>
      flow.connect(firstGroup + rank, at + (finders.has(id) ? firstSearch : firstHand), photoIds.length),
    )
  })
  flow.fill(source, sink)

  const given = groups.map(() => 0)
  return searches.map(({ id, matches }, at) => {
    const byHand: string[] = []
    let taken = 0
    for (const [rank, { finders, photoIds }] of groups.entries()) {
      const [from, sent] = [given[rank]!, flow.sent(arcs[rank]![at]!)]
      given[rank] = from + sent
      taken += sent
      if (!finders.has(id)) byHand.push(...photoIds.slice(from, from + sent))
    }
    return { searchId: id, matches, photos: taken, byHand: byHand.toSorted() }
  })
}

interface Group {
  /** Those of the searches that found its photos. */
  finders: ReadonlySet<string>
  photoIds: string[]
}

function groupedByFinders(photos: readonly FoundPhoto[], searches: readonly QuoteSearch[]): Group[] {
  const groups = new Map<string, Group>()
  for (const { photoId, searchIds } of photos) {
    const finders = searches.filter(({ id }) => searchIds.includes(id)).map(({ id }) => id)
    const key = JSON.stringify(finders)
    const group = groups.get(key) ?? { finders: new Set(finders), photoIds: [] }
    group.photoIds.push(photoId)
    groups.set(key, group)
  }
  return [...groups.values()]
}
