const NUMBER = new Intl.NumberFormat('en-US')

/** A number as it is read in both languages: `1,482`. */
export const inNumber = (value: number): string => NUMBER.format(value)

/** The share of a part, `99.98%`. It is rounded down, so that only the whole is 100%. @param whole not 0 */
export const inPercent = (part: number, whole: number): string => `${Math.floor((part * 10_000) / whole) / 100}%`

/** A part of a whole and its share, `12 / 80 (15%)`. @param whole not 0 */
export const inPart = (part: number, whole: number): string =>
  `${inNumber(part)} / ${inNumber(whole)} (${Math.round((part / whole) * 100)}%)`
