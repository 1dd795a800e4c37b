/** The first name that matches is taken: a browser's `User-Agent` names other browsers, too. */
const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Line', 'LINE'],
  ['FBAN|FBAV', 'Facebook'],
  ['Firefox|FxiOS', 'Firefox'],
  ['Chrome|CriOS', 'Chrome'],
  ['Safari', 'Safari'],
] as const
const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

const findIn = (names: readonly (readonly [string, string])[], agent: string): string | undefined =>
  names.find(([mark]) => new RegExp(`(?:${mark})[/ ;)]`).test(agent))?.[1]

/** The names of browser and device of a `User-Agent`, as people say them; null for an unknown one. */
export function deviceName(agent: string): { browser: string | null; system: string | null } {
  return { browser: findIn(BROWSERS, agent) ?? null, system: findIn(SYSTEMS, agent) ?? null }
}
