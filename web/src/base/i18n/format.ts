import { locale } from './index.ts'

/** Times are shown where the events are. */
const timeZone = 'Asia/Bangkok'

/** Buddhist era in Thai, common era in English. */
const tag = (): string => (locale.value === 'th' ? 'th-TH-u-ca-buddhist-nu-latn' : 'en-GB')

const made = new Map<string, Intl.DateTimeFormat>()
/** Formats instants in the person's language. */
export function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = tag() + JSON.stringify(options)
  const format = made.get(key) ?? new Intl.DateTimeFormat(tag(), { timeZone, ...options })
  made.set(key, format)
  return format
}

/** `อา. 15 พ.ย. 2569`, `Sun, 15 Nov 2026`. */
export const formatDate = (instant: string | Date): string =>
  formatter({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(instant))

/** `15 พ.ย. 2569`: ranges. */
export const formatDayYear = (instant: string | Date): string =>
  formatter({ day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(instant))

/** `15 พ.ย.`: charts, ranges within one year. */
export const formatDay = (instant: string | Date): string =>
  formatter({ day: 'numeric', month: 'short' }).format(new Date(instant))

/** `2569`, `2026`. */
export const formatYear = (instant: Date): string =>
  formatter({ year: 'numeric' })
    .formatToParts(instant)
    .find(({ type }) => type === 'year')?.value ?? ''

/** `20:14`. */
export const formatTime = (instant: string | Date): string =>
  formatter({ hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(instant))

/** `20:14`, with its day where that is not plain: `15 พ.ย. 20:14`, `15 Nov, 20:14`. */
export const formatMoment = (instant: string | Date, withDay: boolean): string =>
  withDay
    ? formatter({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hour12: false }).format(
        new Date(instant),
      )
    : formatTime(instant)

/** `3,204` in both languages. */
export const formatNumber = (value: number, digits = 0): string =>
  new Intl.NumberFormat('en', { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value)

/** `14.2 MB`; decimal units, as cameras and phones count. */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${formatNumber(bytes / 1e9, 1)} GB`
  if (bytes >= 1e6) return `${formatNumber(bytes / 1e6, 1)} MB`
  return `${formatNumber(Math.max(1, Math.round(bytes / 1e3)))} kB`
}

const part = (value: number, unit: 'hour' | 'minute' | 'second'): string =>
  new Intl.NumberFormat(tag(), { style: 'unit', unit, unitDisplay: 'long' }).format(value)

/** A wait that is counted down: `3 hours 20 minutes`, below an hour `20 minutes`, below a minute `40 seconds`; never less than is left. */
export function formatWait(seconds: number): string {
  if (seconds < 60) return part(seconds, 'second')
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 60) return part(minutes, 'minute')
  const hours = part(Math.floor(minutes / 60), 'hour')
  return minutes % 60 === 0 ? hours : `${hours} ${part(minutes % 60, 'minute')}`
}
