import type { Match } from '@pix/contracts/faces.ts'

/**
 * The photos that are ticked when results are opened: those that were by hand before; of the rest only the sure band, or
 * what of the results the cart holds already.
 *
 * @param inCart whether a photo is in the cart now
 */
export function preselect(matches: readonly Match[], inCart: (photoId: string) => boolean): string[] {
  const visible = matches.filter(match => !match.hidden)
  const before = visible.some(({ photo }) => inCart(photo.id))
  const byItself = ({ photo, band }: Match) => (before ? inCart(photo.id) : band === 'sure')
  return visible.filter(match => !match.bought && (match.picked ?? byItself(match))).map(({ photo }) => photo.id)
}
