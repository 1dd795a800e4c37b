/**
 * What one Unlimited pays for: a search's sure and likely matches, which are one person's whatever was searched with
 * (`agree.ts` in packages/faces), and some photos by hand (spec/30).
 */
export interface UnlimitedRules {
  /** Photos by hand, as percent of the search's matches, whether they are bought or not … */
  extraPercent: number
  /** … but at least and at most so many. */
  extraMin: number
  extraMax: number
  /** Matches and photos by hand together. */
  cap: number
}

export const UNLIMITED_RULES: UnlimitedRules = { extraPercent: 20, extraMin: 5, extraMax: 50, cap: 300 }

/** The most people for whom one cart can buy an Unlimited, since all combinations of searches are tried. */
const MAX_SEARCHES = 10

export interface FoundPhoto {
  photoId: string
  /** Searches of the buyer in which the photo is a sure or likely match. */
  searchIds: readonly string[]
}

/** A search of the buyer in the event. */
export interface QuoteSearch {
  id: string
  /**
   * Its sure and likely matches in the whole event. A search without any found nobody, and there is no Unlimited for
   * it.
   */
  matches: number
}

export interface SearchCover {
  /**
   * Searches worth an Unlimited, the one with the most of these photos first, then the one with the most matches, ties by
   * id. At most {@link MAX_SEARCHES}.
   */
  searches: readonly QuoteSearch[]
  /**
   * The most photos that one Unlimited for each search in a set can pay for.
   *
   * @param byHand photos to count besides, that no search found
   * @returns for every set (bit i: `searches[i]`) the number of photos
   */
  coverage(byHand: number): number[]
}

export const extraAllowed = (matches: number, rules: UnlimitedRules): number =>
  Math.min(rules.extraMax, Math.max(rules.extraMin, Math.floor((matches * rules.extraPercent) / 100)))

export function coverBySearch(
  photos: readonly FoundPhoto[],
  made: readonly QuoteSearch[],
  rules: UnlimitedRules,
): SearchCover {
  const held = (id: string) => photos.filter(({ searchIds }) => searchIds.includes(id)).length
  const searches = made
    .filter(({ matches }) => matches > 0)
    .map(search => ({ search, held: held(search.id) }))
    .sort((a, b) => b.held - a.held || b.search.matches - a.search.matches || (a.search.id < b.search.id ? -1 : 1))
    .slice(0, MAX_SEARCHES)
    .map(({ search }) => search)
  const searchIds = searches.map(({ id }) => id)
  const sets = 2 ** searchIds.length

  const found = photosFoundBySet(photos, searchIds)
  const extra = Array.from({ length: sets }, (_, set) =>
    searches.reduce((sum, { matches }, i) => sum + (set & (1 << i) ? extraAllowed(matches, rules) : 0), 0),
  )

  /*
   * Photos flow to searches: each search takes `cap` of them at most, and of those that it did not find only its
   * allowance. The largest flow equals the smallest cut. A cut takes, for some of the searches, their cap; for the
   * other searches, the photos that they found and, of the rest, either the allowances or the photos themselves.
   */
  const coverage = (byHand: number): number[] => {
    const total = photos.length + byHand
    const most: number[] = []
    for (let set = 0; set < sets; set += 1) {
      let smallest = found[set]! + Math.min(total - found[set]!, extra[set]!)
      for (let bit = 1; bit <= set; bit *= 2)
        if (set & bit) smallest = Math.min(smallest, most[set & ~bit]! + rules.cap)
      most.push(smallest)
    }
    return most
  }
  return { searches, coverage }
}

/** For every set of searches, how many photos at least one of them found. */
function photosFoundBySet(photos: readonly FoundPhoto[], searchIds: readonly string[]): number[] {
  const within = Array.from({ length: 2 ** searchIds.length }, () => 0)
  for (const photo of photos) {
    const foundBy = searchIds.reduce((set, id, i) => (photo.searchIds.includes(id) ? set | (1 << i) : set), 0)
    within[foundBy] = within[foundBy]! + 1
  }
  // From "found by exactly this set" to "found by no search outside this set".
  for (let bit = 1; bit < within.length; bit *= 2)
    for (let set = 0; set < within.length; set += 1) if (set & bit) within[set] = within[set]! + within[set & ~bit]!
  const everything = within.length - 1
  return within.map((_, set) => photos.length - within[everything & ~set]!)
}
