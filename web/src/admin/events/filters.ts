import { EVENT_STATUSES } from '@pix/domain/words.ts'
import type { LocationQuery } from 'vue-router'

/** What narrows the list of events. The filters stand in the address, so that Back and a link keep them. */
export const FILTERS = ['text', 'status', 'province', 'from', 'to', 'archived'] as const
export type EventFilters = Record<(typeof FILTERS)[number], string>

export const NO_FILTERS: EventFilters = { text: '', status: '', province: '', from: '', to: '', archived: '' }

/** Days that the api takes. */
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** The filters of an address: what is no filter is left out. */
export function filtersOf(query: LocationQuery): EventFilters {
  const read = (name: keyof EventFilters) => {
    const value = query[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const day = (name: 'from' | 'to') => (DAY.test(read(name)) ? read(name) : '')
  return {
    text: read('text').slice(0, 100),
    status: EVENT_STATUSES.find(status => status === read('status')) ?? '',
    province: read('province').slice(0, 60),
    from: day('from'),
    to: day('to'),
    archived: read('archived') === 'with' ? 'with' : '',
  }
}

/** As the api asks for them: archived events are left out until they are asked for. */
export function askedBy({ text, status, province, from, to, archived }: EventFilters) {
  const fitting = {
    text: text || undefined,
    province: province || undefined,
    from: from || undefined,
    to: to || undefined,
  }
  const chosen = EVENT_STATUSES.find(known => known === status)
  return {
    fitting,
    listed: { ...fitting, status: chosen, archived: archived === 'with' ? 'with' : 'without' } as const,
  }
}
