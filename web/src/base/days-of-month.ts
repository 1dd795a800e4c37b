/** The days of a month, both included; null for what is no month. */
export function daysOf(month: string): { from: string; to: string } | null {
  const [, year, of] = /^([1-9]\d{3})-(0[1-9]|1[0-2])$/.exec(month) ?? []
  if (year === undefined || of === undefined) return null
  return { from: `${month}-01`, to: new Date(Date.UTC(Number(year), Number(of), 0)).toISOString().slice(0, 10) }
}
