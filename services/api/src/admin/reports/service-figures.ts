import type { Service } from '../status/index.ts'
import { inNumber, inPercent } from './figures.ts'

type Locale = 'th' | 'en'

const WORDS = {
  th: {
    unmeasured: 'ไม่ได้วัด เพราะยังไม่ได้ตั้งค่า Prometheus',
    unreachable: 'อ่านค่าไม่ได้ เพราะ Prometheus ไม่ตอบ',
    nothing: 'ไม่มีข้อมูลในช่วงนี้',
    milliseconds: 'มิลลิวินาที',
    seconds: 'วินาที',
    of: (percent: string, hours: string) => `${percent} ของ ${hours} ชั่วโมงที่วัดได้`,
  },
  en: {
    unmeasured: 'not measured, since no Prometheus is set',
    unreachable: 'could not be read, since Prometheus did not answer',
    nothing: 'nothing was measured in these days',
    milliseconds: 'ms',
    seconds: 's',
    of: (percent: string, hours: string) => `${percent} of the ${hours} hours that were measured`,
  },
}

/** How the shop was to its visitors, or in words why that is not known. */
export function serviceFigures(service: Service, locale: Locale): { p95: string; availability: string } {
  const words = WORDS[locale]
  if (service.state !== 'measured') return { p95: words[service.state], availability: words[service.state] }
  const { p95, minutes } = service
  const hours = inNumber(Math.round(minutes.measured / 60))
  return {
    p95: p95 === null ? words.nothing : inTime(p95, locale),
    availability: minutes.measured === 0 ? words.nothing : words.of(inPercent(minutes.worked, minutes.measured), hours),
  }
}

function inTime(seconds: number, locale: Locale): string {
  const words = WORDS[locale]
  if (seconds < 1) return `${Math.round(seconds * 1_000)} ${words.milliseconds}`
  return `${Math.round(seconds * 10) / 10} ${words.seconds}`
}
