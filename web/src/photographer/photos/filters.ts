import type { Output } from '@pix/contracts/client.ts'
import type { CrewPhoto, listCrewPhotos } from '@pix/contracts/photos.ts'
import type { LocationQuery } from 'vue-router'

/** What of the photos is shown. */
export const FILTERS = {
  all: {},
  waiting: { state: 'processed', approval: 'pending' },
  onSale: { approval: 'approved' },
  rejected: { approval: 'rejected' },
  failed: { state: 'failed' },
} as const satisfies Record<string, Partial<Pick<CrewPhoto, 'state' | 'approval'>>>
export type Filter = keyof typeof FILTERS

/** The filter that an address carries. */
export const filterOf = ({ show }: LocationQuery): Filter =>
  typeof show === 'string' && Object.hasOwn(FILTERS, show) ? (show as Filter) : 'all'

type Counts = Output<typeof listCrewPhotos>['counts']

/** How many photos a filter shows. */
export function countOf(filter: Filter, counts: Counts): number {
  if (filter === 'all') return counts.queued + counts.processing + counts.processed + counts.failed
  return { waiting: counts.pending, onSale: counts.approved, rejected: counts.rejected, failed: counts.failed }[filter]
}
