/**
 * What one Unlimited pays for: a search's sure and likely matches, which are one person's whatever was searched with
 * (`agree.ts` in packages/faces), and some photos by hand (spec/30).
 */
export interface UnlimitedRules {
  /** Photos by hand, as percent of the matches that are bought with them … */
  extraPercent: number
  /** … but at least and at most so many. */
  extraMin: number
  extraMax: number
  /** Matches and photos by hand together. */
  cap: number
}

export const UNLIMITED_RULES: UnlimitedRules = { extraPercent: 20, extraMin: 5, extraMax: 50, cap: 300 }

/** More people than this are not bought for in one cart; combinations of searches are tried one by one. */
const MAX_SEARCHES = 10

export interface FoundPhoto {
  photoId: string
  /** Searches of the buyer in which the photo is a sure or likely match. */
  searchIds: readonly string[]
}

export interface SearchCover {
  /** Searches worth an Unlimited, the one with the most photos first, ties by id. At most {@link MAX_SEARCHES}. */
  searchIds: readonly string[]
  /**
   * The most photos that one Unlimited for each search in a set can pay for.
   *
   * @param byHand photos to count besides, that no search found
   * @returns for every set (bit i: `searchIds[i]`) the number of photos
   */
  coverage(byHand: number): number[]
}

export const extraAllowed = (matches: number, rules: UnlimitedRules): number =>
  Math.min(rules.extraMax, Math.max(rules.extraMin, Math.floor((matches * rules.extraPercent) / 100)))

export function coverBySearch(photos: readonly FoundPhoto[], rules: UnlimitedRules): SearchCover {
  const matches = new Map<string, number>()
  for (const { searchIds } of photos)
    for (const searchId of new Set(searchIds)) matches.set(searchId, (matches.get(searchId) ?? 0) + 1)
  const searchIds = [...matches.keys()]
    .sort((a, b) => matches.get(b)! - matches.get(a)! || (a < b ? -1 : 1))
    .slice(0, MAX_SEARCHES)
  const sets = 2 ** searchIds.length

  const found = photosFoundBySet(photos, searchIds)
  const extra = Array.from({ length: sets }, (_, set) =>
    searchIds.reduce((sum, id, i) => sum + (set & (1 << i) ? extraAllowed(matches.get(id)!, rules) : 0), 0),
  )

  /*
   * Photos flow to searches: each search takes `cap` of them, and of those it did not find only its allowance. The
   * most that flows is the smallest cut: for some of the searches the cap is cut; for the others the photos they found
   * are, and of the rest either the allowances or the photos themselves.
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
  return { searchIds, coverage }
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
