import { OPEN_STUDIO_STATUSES } from '@pix/domain/words.ts'
import { Problem } from '../../base/problem.ts'
import type { StudioRow } from './find-own-studio.ts'

/**
 * A suspended or closed studio takes no photos, sells nothing and invites nobody.
 *
 * @throws Problem `studio_closed`
 */
export function requireOpenStudio({ status }: Pick<StudioRow, 'status'>): void {
  if (!OPEN_STUDIO_STATUSES.includes(status)) throw new Problem('studio_closed')
}
