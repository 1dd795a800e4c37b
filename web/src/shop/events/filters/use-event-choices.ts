import { listEventChoices } from '@pix/contracts/event-choices.ts'
import type { EventCategory } from '@pix/contracts/events.ts'
import { computed, watch } from 'vue'
import { call } from '../../../base/api.ts'
import { daysOf } from '../../../base/days-of-month.ts'
import { useLoaded } from '../../../base/use-loaded.ts'
import { PROVINCES } from '../province-name.ts'

/** What narrows the list of events now. */
export interface Narrowed {
  text: string
  category: EventCategory | undefined
  /** `YYYY-MM` */
  month: string | undefined
  province: string | undefined
}

export interface Choice {
  value: string
  /** Events that it would leave. */
  count: number
}

/** Months and provinces that the list of events can be narrowed to. The chosen one is among them, also without events. */
export function useEventChoices(narrowed: () => Narrowed) {
  const { state, load, refresh } = useLoaded(signal => {
    const { text, category, month, province } = narrowed()
    const query = { text: text || undefined, category, province, ...(month ? daysOf(month) : undefined) }
    return call(listEventChoices, { query }, { signal })
  })
  watch(() => Object.values(narrowed()), refresh)

  const months = computed(() => {
    const found = state.value.status === 'loaded' ? state.value.value.months : null
    const known = found?.map(({ month, count }) => ({ value: month, count })).filter(({ value }) => daysOf(value))
    return withChosen(known, narrowed().month).toSorted((one, other) => (one.value < other.value ? 1 : -1))
  })
  const provinces = computed(() => {
    const found = state.value.status === 'loaded' ? state.value.value.provinces : null
    const known = found?.map(({ province, count }) => ({ value: province, count }))
    // The address names no others.
    return withChosen(
      known?.filter(({ value }) => PROVINCES.includes(value)),
      narrowed().province,
    )
  })

  return { state, load, months, provinces }
}

function withChosen(known: Choice[] | undefined, chosen: string | undefined): Choice[] {
  const choices = known ?? []
  if (chosen === undefined || choices.some(({ value }) => value === chosen)) return choices
  return [...choices, { value: chosen, count: 0 }]
}
