import type { Maintenance, Notice } from '@pix/contracts/notices.ts'
import { ANNOUNCED_MS } from '@pix/domain/notices.ts'
import type { NoticePart } from '@pix/domain/words.ts'
import { fromBangkokTime, toBangkokTime } from '../../base/bangkok-time.ts'

/** An incident or a maintenance as its form holds it; an incident leaves the times empty. */
export interface NoticeDraft {
  titleTh: string
  titleEn: string
  textTh: string
  textEn: string
  parts: NoticePart[]
  /** It begins when it is sent. */
  now: boolean
  startsAt: string
  endsAt: string
  urgent: boolean
  /** Writes of the public are refused meanwhile. */
  pauses: boolean
}
export type NoticeField = keyof NoticeDraft
type Fault = 'text' | 'parts' | 'time' | 'past' | 'order' | 'sure'

/** @param notice what is changed; without it the form is empty */
export const draftOf = (notice?: Notice): NoticeDraft => ({
  titleTh: notice?.title.th ?? '',
  titleEn: notice?.title.en ?? '',
  textTh: notice?.text.th ?? '',
  textEn: notice?.text.en ?? '',
  parts: [...(notice?.parts ?? [])],
  now: false,
  startsAt: notice ? toBangkokTime(notice.startsAt) : '',
  endsAt: notice?.endsAt ? toBangkokTime(notice.endsAt) : '',
  urgent: false,
  pauses: notice?.pauses ?? false,
})

/** Whether the admin is asked to be sure: it begins in less than 72 h, and was not announced for this time or an earlier one. */
export function isLate({ now: atOnce, startsAt }: NoticeDraft, now: number, before?: Notice): boolean {
  if (atOnce) return true
  const start = Date.parse(fromBangkokTime(startsAt) ?? '')
  if (before && !before.urgent && start >= Date.parse(before.startsAt)) return false
  return start - now < ANNOUNCED_MS
}

const TEXTS = ['titleTh', 'titleEn', 'textTh', 'textEn'] as const

/** What is wrong with each field. */
export function faultsOfNotice(
  draft: NoticeDraft,
  kind: Notice['kind'],
  now: number,
  before?: Notice,
): Partial<Record<NoticeField, Fault>> {
  const faults: Partial<Record<NoticeField, Fault>> = {}
  for (const name of TEXTS) if (draft[name].trim() === '') faults[name] = 'text'
  if (draft.parts.length === 0) faults.parts = 'parts'
  if (kind === 'incident') return faults
  const start = fromBangkokTime(draft.startsAt)
  if (!draft.now && start === null) faults.startsAt = 'time'
  else if (!draft.now && Date.parse(start!) <= now) faults.startsAt = 'past'
  const end = fromBangkokTime(draft.endsAt)
  const earliest = draft.now ? now : Date.parse(start ?? '')
  if (end === null) faults.endsAt = 'time'
  else if (Date.parse(end) <= earliest) faults.endsAt = 'order'
  if (!faults.startsAt && isLate(draft, now, before) && !draft.urgent) faults.urgent = 'sure'
  return faults
}

/** What is sent of a draft without faults. */
export const saidIn = ({ titleTh, titleEn, textTh, textEn, parts }: NoticeDraft) => ({
  title: { th: titleTh, en: titleEn },
  text: { th: textTh, en: textEn },
  parts,
})

/** The same for a maintenance. */
export const maintenanceOf = (draft: NoticeDraft): Maintenance => ({
  ...saidIn(draft),
  startsAt: draft.now ? null : (fromBangkokTime(draft.startsAt) ?? ''),
  endsAt: fromBangkokTime(draft.endsAt) ?? '',
  urgent: draft.urgent,
  pauses: draft.pauses,
})
