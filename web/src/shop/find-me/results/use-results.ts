import type { Band, Match } from '@pix/contracts/faces.ts'
import * as faces from '@pix/contracts/faces.ts'
import type { Package } from '@pix/contracts/pricing.ts'
import { computed, type Ref, shallowRef, watch } from 'vue'
import { call } from '../../../base/api.ts'
import { useTurns } from '../../../base/in-turn.ts'
import { priceSelection } from '../../cart/index.ts'
import { rememberFound } from '../../found/index.ts'
import { useSelection } from '../../photos/index.ts'
import { preselect } from './preselect.ts'
import { useRememberedPicks } from './use-remembered-picks.ts'

/**
 * What somebody does with the matches of one search: select, "not me" and back, and what it would cost. What was
 * ticked by hand before is so again; of the rest only the sure band is selected at first, or what the cart holds already.
 * Photos around the matches are ticked beside them: an Unlimited counts them as photos by hand.
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
  // Also where the first photo comes while the page is open.
  watch(
    () => visible.value.length > 0,
    isFound => isFound && rememberFound(),
    { immediate: true, flush: 'sync' },
  )
  /** Photos that came while the page was open, newest first. */
  const cameLater = shallowRef<ReadonlySet<string>>(new Set())
  const isFresh = ({ photo, band }: Match) => band !== 'maybe' && cameLater.value.has(photo.id)
  const fresh = computed(() => {
    const order = [...cameLater.value]
    return visible.value.filter(isFresh).toSorted((a, b) => order.indexOf(a.photo.id) - order.indexOf(b.photo.id))
  })
  /** Photos that came later stand by themselves: among the others they would move what is looked at. */
  const inBand = (band: Band) => visible.value.filter(match => match.band === band && !isFresh(match))
  const { selected, pick: tick, select } = useSelection()
  const { selected: beside, pick: pickBeside } = useSelection()
  const remember = useRememberedPicks(searchId)

  select(preselect(found, inCart))

  /** Ticks by hand are remembered with the search. */
  function pick(ids: readonly string[], on: boolean) {
    tick(ids, on)
    remember(ids, on)
  }

  const totals = useTotals(visible, selected, beside, packages)

  /** Takes in what has been found by now. What is there already stays as it is, and nothing new is ticked. */
  function takeIn(all: readonly Match[]) {
    const there = new Set(matches.value.map(({ photo }) => photo.id))
    const news = all.filter(match => !match.hidden && !there.has(match.photo.id))
    if (news.length === 0) return
    cameLater.value = new Set([...news.map(({ photo }) => photo.id), ...cameLater.value])
    matches.value = [...matches.value, ...news]
    const known = news.map(({ photo }) => photo.id).filter(id => beside.value.has(id))
    if (known.length === 0) return
    pickBeside(known, false)
    pick(known, true)
  }

  const inTurn = useTurns()

  function setHidden(photoId: string, hidden: boolean) {
    matches.value = matches.value.map(match => (match.photo.id === photoId ? { ...match, hidden } : match))
  }

  /**
   * Hides or shows a photo at once and sends the answer to the api, after those before it. When that fails the photo is as
   * before.
   */
  async function say(photoId: string, isMe: boolean): Promise<void> {
    const wasSelected = selected.value.has(photoId)
    setHidden(photoId, !isMe)
    if (!isMe) tick([photoId], false)
    try {
      await inTurn(() => call(faces.giveFeedback, { body: { searchId, photoId, isMe } }))
    } catch (error) {
      setHidden(photoId, isMe)
      tick([photoId], wasSelected)
      throw error
    }
  }

  return { matches, visible, inBand, fresh, takeIn, selected, pick, beside, pickBeside, ...totals, say }
}

/** What of the photos is chosen, or can be, and what it would cost. */
function useTotals(
  visible: Readonly<Ref<readonly Match[]>>,
  selected: Readonly<Ref<ReadonlySet<string>>>,
  beside: Readonly<Ref<ReadonlySet<string>>>,
  packages: () => readonly Package[],
) {
  const freeWhere = (is: (match: Match) => boolean) => [
    ...visible.value.filter(match => !match.bought && is(match)).map(match => match.photo.id),
    ...beside.value,
  ]
  const isTicked = ({ photo }: Match) => selected.value.has(photo.id)
  const chosen = computed(() => freeWhere(isTicked))
  /** All sure and likely photos, and the others that were ticked by hand. */
  const all = computed(() => freeWhere(match => match.band !== 'maybe' || isTicked(match)))
  /** The photos that an Unlimited pays for: sure and likely ones that were not hidden. */
  const standing = computed(
    () => new Set(visible.value.filter(match => match.band !== 'maybe').map(match => match.photo.id)),
  )
  const price = (photoIds: readonly string[]) => priceSelection(photoIds, packages(), standing.value)?.chosen.total ?? 0
  const chosenPrice = computed(() => price(chosen.value))
  const allPrice = computed(() => price(all.value))
  return { chosen, all, chosenPrice, allPrice }
}
