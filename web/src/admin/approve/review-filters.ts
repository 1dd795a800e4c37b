import type { PhotoApproval } from '@pix/contracts/photos.ts'
import type { ReviewPhoto } from '@pix/contracts/photo-review.ts'
import { isBlurred } from '@pix/domain/photo-looks.ts'
import type { LocationQuery } from 'vue-router'

export const APPROVALS = ['pending', 'approved', 'rejected'] as const satisfies readonly PhotoApproval[]

/** What is pointed out about a photo. Only what was measured is pointed out. */
export const LOOKS = ['flagged', 'blurred', 'faceless', 'repeated', 'clear'] as const
export type Look = (typeof LOOKS)[number]

export interface ReviewFilter {
  approval: PhotoApproval
  look: Look | null
  /** A photographer's id. */
  by: string | null
}

/** Whether a photo is one of a burst, and not its sharpest. */
export const isRepeated = ({ id, burst }: Pick<ReviewPhoto, 'id' | 'burst'>): boolean => burst !== null && burst !== id

/** The flags of one photo. */
export const flagsOf = (photo: ReviewPhoto): ('blurred' | 'faceless' | 'repeated')[] => [
  ...(isBlurred(photo) ? (['blurred'] as const) : []),
  ...(photo.faces === 0 ? (['faceless'] as const) : []),
  ...(isRepeated(photo) ? (['repeated'] as const) : []),
]

function looksLike(photo: ReviewPhoto, look: Look): boolean {
  const flags = flagsOf(photo)
  if (look === 'flagged') return flags.length > 0
  if (look === 'clear') return flags.length === 0
  return flags.includes(look)
}

/** What the filter shows, whatever was decided. */
const isAmong = (photo: ReviewPhoto, { look, by }: Omit<ReviewFilter, 'approval'>): boolean =>
  (by === null || photo.photographerId === by) && (look === null || looksLike(photo, look))

export const fits = (photo: ReviewPhoto, filter: ReviewFilter): boolean =>
  photo.approval === filter.approval && isAmong(photo, filter)

export interface FilterCounts {
  approvals: Record<PhotoApproval, number>
  looks: Record<Look, number>
  /** By photographer's id. */
  by: ReadonlyMap<string, number>
}

/** How many photos each choice would show, the other choices staying as they are. */
export function countChoices(photos: Iterable<ReviewPhoto>, { approval, look, by }: ReviewFilter): FilterCounts {
  const approvals = { pending: 0, approved: 0, rejected: 0 }
  const looks = { flagged: 0, blurred: 0, faceless: 0, repeated: 0, clear: 0 }
  const people = new Map<string, number>()
  for (const photo of photos) {
    if (isAmong(photo, { look, by })) approvals[photo.approval] += 1
    if (photo.approval !== approval) continue
    if (isAmong(photo, { look, by: null }))
      people.set(photo.photographerId, (people.get(photo.photographerId) ?? 0) + 1)
    if (!isAmong(photo, { look: null, by })) continue
    for (const each of LOOKS) if (looksLike(photo, each)) looks[each] += 1
  }
  return { approvals, looks, by: people }
}

const oneOf = <T extends string>(words: readonly T[], value: unknown): T | null =>
  words.find(word => word === value) ?? null

/** The filter that an address carries. */
export const filterOf = (query: LocationQuery): ReviewFilter => ({
  approval: oneOf(APPROVALS, query['state']) ?? 'pending',
  look: oneOf(LOOKS, query['look']),
  by: typeof query['by'] === 'string' ? query['by'] : null,
})

/** The address of a filter. */
export const queryOf = ({ approval, look, by }: ReviewFilter): Record<string, string> => ({
  ...(approval !== 'pending' && { state: approval }),
  ...(look !== null && { look }),
  ...(by !== null && { by }),
})
