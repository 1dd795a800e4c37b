/**
 * Places of photos that have no tile of their own in a gallery: of each burst, all but the one that stands for it.
 *
 * @param bursts places of the photos of each burst, the one that stands for the others first
 */
export const foldedPlaces = (bursts: readonly (readonly number[])[]): Set<number> =>
  new Set(bursts.flatMap(([, ...others]) => others))
