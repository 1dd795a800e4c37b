/** The first match counts: a browser's `User-Agent` names other browsers too. */
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

/** What people call the browser and the device of a `User-Agent`; null for one that nobody knows. */
export function deviceName(agent: string): { browser: string | null; system: string | null } {
  return { browser: findIn(BROWSERS, agent) ?? null, system: findIn(SYSTEMS, agent) ?? null }
}
