import type { EventForm } from '@pix/contracts/event-form.ts'
import { canBeSeen, isEventCode, isSlug } from '@pix/contracts/event-rules.ts'
import type { EventFields } from '@pix/contracts/event-fields.ts'
import type { EventCategory, EventVisibility } from '@pix/contracts/events.ts'
import type { SelfieSource, WatermarkPlace } from '@pix/domain/words.ts'
import { fromBangkokTime, toBangkokTime } from '../../base/bangkok-time.ts'

/** An event as its form holds it: every field is what an input shows, times are of Bangkok, nothing is null. */
export interface EventDraft {
  slug: string
  nameTh: string
  nameEn: string
  descriptionTh: string
  descriptionEn: string
  category: EventCategory
  venue: string
  province: string
  startsAt: string
  endsAt: string
  salesStart: string
  salesEnd: string
  visibility: EventVisibility
  /** A new code; empty where the one that is there stays. */
  code: string
  approval: 'manual' | 'trusted' | 'all'
  /** Empty for none. */
  organizerId: string
  watermarkText: string
  watermarkPlace: WatermarkPlace
  /** The studio's logo instead of the text. */
  watermarkLogo: boolean
  enhancePreviews: boolean
  selfie: SelfieSource
  /** Results show photos around the matches, too. */
  aroundMoments: boolean
  /** Empty where face search is off. */
  faceSearchWording: string
  /** Empty for the engine's own. */
  faceBound: string
  /** Empty for the installation's. */
  facesUntil: string
  keptUntil: string
}
export type DraftField = keyof EventDraft

/** What is wrong with a field: a word below `fault` of the catalogue. */
export type Fault =
  | 'required'
  | 'slug'
  | 'slugTaken'
  | 'slugFixed'
  | 'time'
  | 'endBeforeStart'
  | 'salesEndBeforeStart'
  | 'unseen'
  | 'code'
  | 'codeNeeded'
  | 'school'
  | 'untilBeforeEnd'
  | 'bound'
  | 'wrong'
export type Faults = Partial<Record<DraftField, Fault>>

export const EMPTY_DRAFT: EventDraft = {
  slug: '',
  nameTh: '',
  nameEn: '',
  descriptionTh: '',
  descriptionEn: '',
  category: 'run',
  venue: '',
  province: 'กรุงเทพมหานคร',
  startsAt: '',
  endsAt: '',
  salesStart: '',
  salesEnd: '',
  visibility: 'public',
  code: '',
  approval: 'manual',
  organizerId: '',
  watermarkText: 'ThePixStock',
  watermarkPlace: 'tiled',
  watermarkLogo: false,
  enhancePreviews: false,
  selfie: 'file',
  aroundMoments: true,
  faceSearchWording: '',
  faceBound: '',
  facesUntil: '',
  keptUntil: '',
}

const localOrEmpty = (instant: string | null) => (instant === null ? '' : toBangkokTime(instant))

/** What the form shows of an event. */
export const draftOf = (event: EventForm): EventDraft => ({
  slug: event.slug,
  nameTh: event.name.th,
  nameEn: event.name.en,
  descriptionTh: event.description.th,
  descriptionEn: event.description.en,
  category: event.category,
  venue: event.venue,
  province: event.province,
  startsAt: toBangkokTime(event.startsAt),
  endsAt: toBangkokTime(event.endsAt),
  salesStart: localOrEmpty(event.salesStart),
  salesEnd: localOrEmpty(event.salesEnd),
  visibility: event.visibility,
  code: '',
  approval: event.approval,
  organizerId: event.organizerId ?? '',
  watermarkText: event.watermarkText,
  watermarkPlace: event.watermarkPlace,
  watermarkLogo: event.watermarkLogo,
  enhancePreviews: event.enhancePreviews,
  selfie: event.selfie,
  aroundMoments: event.aroundMoments,
  faceSearchWording: event.faceSearchWording ?? '',
  faceBound: event.faceBound === null ? '' : String(Number(event.faceBound.toFixed(3))),
  facesUntil: localOrEmpty(event.facesUntil),
  keptUntil: localOrEmpty(event.keptUntil),
})

/** What is sent of a draft without faults. */
export const fieldsOf = (draft: EventDraft): EventFields => ({
  slug: draft.slug.trim(),
  name: { th: draft.nameTh.trim(), en: draft.nameEn.trim() },
  description: { th: draft.descriptionTh, en: draft.descriptionEn },
  category: draft.category,
  venue: draft.venue.trim(),
  province: draft.province,
  startsAt: fromBangkokTime(draft.startsAt) ?? '',
  endsAt: fromBangkokTime(draft.endsAt) ?? '',
  salesStart: fromBangkokTime(draft.salesStart),
  salesEnd: fromBangkokTime(draft.salesEnd),
  visibility: draft.visibility,
  ...(draft.visibility === 'code' && draft.code.trim() !== '' && { code: draft.code.trim() }),
  approval: draft.approval,
  organizerId: draft.organizerId === '' ? null : draft.organizerId,
  watermarkText: draft.watermarkText.trim(),
  watermarkPlace: draft.watermarkPlace,
  watermarkLogo: draft.watermarkLogo,
  enhancePreviews: draft.enhancePreviews,
  selfie: draft.selfie,
  aroundMoments: draft.aroundMoments,
  faceSearchWording: draft.faceSearchWording.trim() === '' ? null : draft.faceSearchWording.trim(),
  faceBound: draft.faceBound.trim() === '' ? null : Number(draft.faceBound),
  facesUntil: fromBangkokTime(draft.facesUntil),
  keptUntil: fromBangkokTime(draft.keptUntil),
})

const REQUIRED = ['nameTh', 'nameEn', 'slug', 'startsAt', 'endsAt', 'watermarkText'] as const
const TIMES = ['startsAt', 'endsAt', 'salesStart', 'salesEnd', 'facesUntil', 'keptUntil'] as const
/** Years that the api takes. */
const YEARS = /^(19[7-9]|2\d\d)\d-/

/**
 * What is wrong with a draft, each field once.
 *
 * @param hasCode a code opens the event already
 */
export function faultsOf(draft: EventDraft, hasCode = false): Faults {
  const faults: Faults = doorFaults(draft, hasCode)
  if (!isSlug(draft.slug.trim())) faults.slug = 'slug'
  if (!canBeSeen(draft.watermarkText)) faults.watermarkText = 'unseen'
  const { startsAt, endsAt, salesStart, salesEnd } = draft
  if (endsAt < startsAt) faults.endsAt = 'endBeforeStart'
  if (salesStart !== '' && salesEnd !== '' && salesEnd <= salesStart) faults.salesEnd = 'salesEndBeforeStart'
  for (const name of ['facesUntil', 'keptUntil'] as const)
    if (draft[name] !== '' && draft[name] < endsAt) faults[name] = 'untilBeforeEnd'
  if (draft.faceBound.trim() !== '' && !isBound(Number(draft.faceBound))) faults.faceBound = 'bound'
  for (const name of TIMES) {
    const isTime = YEARS.test(draft[name]) && fromBangkokTime(draft[name]) !== null
    if (draft[name] !== '' && !isTime) faults[name] = 'time'
  }
  for (const name of REQUIRED) if (draft[name].trim() === '') faults[name] = 'required'
  return faults
}

/** Embeddings have the length 1.4: nothing lies farther apart than 2.8. */
const isBound = (distance: number): boolean => distance >= 0.001 && distance <= 2.799

function doorFaults({ category, visibility, code }: EventDraft, hasCode: boolean): Faults {
  if (category === 'school' && visibility === 'public') return { visibility: 'school' }
  if (visibility !== 'code') return {}
  if (code.trim() === '') return hasCode ? {} : { code: 'codeNeeded' }
  return isEventCode(code) ? {} : { code: 'code' }
}

/** The field that the api names: `name.th` is `nameTh`. */
function fieldOfPath([first = '', second]: readonly string[]): DraftField | undefined {
  const name = second === undefined ? first : first + second.charAt(0).toUpperCase() + second.slice(1)
  return name in EMPTY_DRAFT ? (name as DraftField) : undefined
}

/** The faults of fields that the api refused and this page had accepted. */
export function faultsOfErrors(errors: readonly { path: string }[]): Faults {
  const named = errors.flatMap(({ path }) => fieldOfPath(path.split('.').slice(1)) ?? [])
  return Object.fromEntries(named.map(field => [field, field === 'slug' ? 'slugFixed' : 'wrong']))
}

/** Fields in which two drafts differ. */
export const differing = (one: EventDraft, other: EventDraft): DraftField[] =>
  (Object.keys(EMPTY_DRAFT) as DraftField[]).filter(name => one[name] !== other[name])

/** The other person's state with my changes on top. Fields that I did not change are taken from theirs. */
export function mergeDrafts(base: EventDraft, mine: EventDraft, theirs: EventDraft): EventDraft {
  const kept = differing(base, mine).map(name => [name, mine[name]])
  return { ...theirs, ...Object.fromEntries(kept) }
}

/** Without letters and figures that look alike. */
const CODE_SIGNS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** A code that nobody guesses, in two groups for reading aloud. */
export function suggestCode(): string {
  const picked = Array.from(crypto.getRandomValues(new Uint32Array(8)), n => CODE_SIGNS[n % CODE_SIGNS.length])
  return `${picked.slice(0, 4).join('')}-${picked.slice(4).join('')}`
}

/** An address made of the English name; empty where nothing of it can be one. */
export function suggestSlug(nameEn: string): string {
  const slug = nameEn
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replaceAll(/^-+|-+$/g, '')
  return isSlug(slug) ? slug : ''
}
