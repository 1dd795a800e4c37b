import type { Match } from '@pix/contracts/faces.ts'

/**
 * The photos that are ticked when results are opened: what of them the cart holds; where it holds none, those that were
 * ticked by hand before, and of the rest the sure band.
 *
 * @param inCart whether a photo is in the cart now
 */
export function preselect(matches: readonly Match[], inCart: (photoId: string) => boolean): string[] {
  const visible = matches.filter(match => !match.hidden)
  const before = visible.some(({ photo }) => inCart(photo.id))
  const isTicked = ({ photo, band, picked }: Match) => (before ? inCart(photo.id) : (picked ?? band === 'sure'))
  return visible.filter(match => !match.bought && isTicked(match)).map(({ photo }) => photo.id)
}
