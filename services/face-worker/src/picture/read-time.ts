/** A date as somebody wrote it, and offsets from UTC that may belong to it; the first that is one counts. */
export interface WrittenTime {
  date: string | null
  offsets?: readonly (string | null)[]
  /** Digits after the second. */
  fraction?: string | null
}

/** Cameras without a time zone are taken to be set to Asia/Bangkok, which has no summer time. */
const DEFAULT_OFFSET_MINUTES = 7 * 60

/** The first year of digital cameras; a year after the last one comes from a clock that is wrong. */
const YEARS = { first: 1990, last: 2100 }
/** Thai phones and cameras may count from the Buddha: 2569 is 2026. */
const BUDDHIST_ERA = 543

/** Offsets in use, in minutes. */
const OFFSETS = { least: -12 * 60, most: 14 * 60 }

/** `2026:11:14 18:40:00`, with `-` or `/` or `T` where some programs write them, perhaps with an offset behind. */
const DATE = /^(\d{4})[:/-](\d{1,2})[:/-](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(\S{1,9})?$/

/** The first of these that is a date and a time of day; null when none is. */
export function firstTime(written: readonly WrittenTime[]): Date | null {
  for (const one of written) {
    const time = readTime(one)
    if (time) return time
  }
  return null
}

function readTime({ date, offsets = [], fraction }: WrittenTime): Date | null {
  const [, ...parts] = DATE.exec(date?.trim() ?? '') ?? []
  const [writtenYear, month, day, hour, minute, second] = parts.slice(0, 6).map(part => Number(part ?? 0))
  const year = commonYear(writtenYear)
  if (year === null) return null
  const utc = toUtc(year, month!, day!, hour!, minute!, second!)
  if (utc === null) return null
  const offset = [parts[7], ...offsets].map(readOffset).find(minutes => minutes !== null) ?? DEFAULT_OFFSET_MINUTES
  const digits = parts[6] ?? /^\d+/.exec(fraction ?? '')?.[0] ?? '0'
  return new Date(utc + Number(digits.padEnd(3, '0').slice(0, 3)) - offset * 60_000)
}

/** Null for what is on no calendar or clock: the 31st of February would be one of March. */
function toUtc(year: number, month: number, day: number, hour: number, minute: number, second: number): number | null {
  if (hour > 23 || minute > 59 || second > 59) return null
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : null
}

function commonYear(year: number | undefined): number | null {
  if (year === undefined) return null
  for (const candidate of [year, year - BUDDHIST_ERA])
    if (candidate >= YEARS.first && candidate <= YEARS.last) return candidate
  return null
}

/** Minutes east of UTC from `+07:00`, `+0700`, `+7:00`, `+7` or `Z`; null for what is no offset. */
function readOffset(written: string | null | undefined): number | null {
  const text = written?.trim() ?? ''
  if (/^z$/i.test(text)) return 0
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{1,2}?):?(\d{2})?$/.exec(text) ?? []
  if (!sign || Number(minutes) > 59) return null
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  return offset >= OFFSETS.least && offset <= OFFSETS.most ? offset : null
}
