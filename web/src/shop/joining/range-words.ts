/** `50`, or `40–55` where the least differs from the most. The numbers are written by `write`. */
export const rangeWords = (least: number, most: number, write: (value: number) => string): string =>
  least === most ? write(least) : `${write(least)}–${write(most)}`

/** Basis points as percent: `50%`, `40–55%`. */
export const shareWords = ({ leastBp, mostBp }: { leastBp: number; mostBp: number }): string =>
  `${rangeWords(leastBp, mostBp, bp => String(bp / 100))}%`
