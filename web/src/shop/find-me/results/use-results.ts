import type { Band, Match } from '@pix/contracts/faces.ts'
import * as faces from '@pix/contracts/faces.ts'
import type { Package } from '@pix/contracts/pricing.ts'
import { computed, shallowRef } from 'vue'
import { call } from '../../../base/api.ts'
import { priceSelection } from '../../cart/index.ts'
import { useSelection } from '../../photos/index.ts'

/**
 * What somebody does with the matches of one search: select, "not me" and back, and what it would cost. Only the sure
 * band is selected at first, or what of it the cart holds already.
 *
 * @param inCart whether a photo is in the cart now
 */
export function useResults(
  searchId: string,
  found: readonly Match[],
  packages: () => readonly Package[],
  inCart: (photoId: string) => boolean,
) {
  const matches = shallowRef(found)
  const visible = computed(() => matches.value.filter(match => !match.hidden))
  const inBand = (band: Band) => visible.value.filter(match => match.band === band)
  const { selected, pick, select } = useSelection()

  const before = found.filter(match => !match.hidden && inCart(match.photo.id))
  const preselected = before.length > 0 ? before : inBand('sure')
  select(preselected.filter(match => !match.bought).map(match => match.photo.id))

  const chosen = computed(() =>
    visible.value.filter(match => selected.value.has(match.photo.id) && !match.bought).map(match => match.photo.id),
  )
  /** Everything we would stand by, and whatever else was ticked by hand. */
  const all = computed(() =>
    visible.value
      .filter(match => !match.bought && (match.band !== 'maybe' || selected.value.has(match.photo.id)))
      .map(match => match.photo.id),
  )
  /** What an Unlimited pays for: what the search stands by and nobody took out. */
  const standing = computed(
    () => new Set(visible.value.filter(match => match.band !== 'maybe').map(match => match.photo.id)),
  )
  const price = (photoIds: readonly string[]) => priceSelection(photoIds, packages(), standing.value)?.chosen.total ?? 0
  const chosenPrice = computed(() => price(chosen.value))
  const allPrice = computed(() => price(all.value))

  function setHidden(photoId: string, hidden: boolean) {
    matches.value = matches.value.map(match => (match.photo.id === photoId ? { ...match, hidden } : match))
  }

  /** Hides at once and tells the api; when that fails the photo is back. */
  async function say(photoId: string, isMe: boolean): Promise<void> {
    const wasSelected = selected.value.has(photoId)
    setHidden(photoId, !isMe)
    if (!isMe) pick([photoId], false)
    try {
      await call(faces.giveFeedback, { body: { searchId, photoId, isMe } })
    } catch (error) {
      setHidden(photoId, isMe)
      pick([photoId], wasSelected)
      throw error
    }
  }

  return { matches, visible, inBand, selected, pick, select, chosen, all, chosenPrice, allPrice, say }
}
