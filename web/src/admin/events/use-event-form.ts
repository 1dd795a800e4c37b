import { ProblemError } from '@pix/contracts/client.ts'
import { changeEvent, getEventForm, type EventForm } from '@pix/contracts/event-form.ts'
import { createEvent } from '@pix/contracts/event-fields.ts'
import { computed, reactive, ref, shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { problemMessage } from '../../base/problem-message.ts'
import {
  differing,
  draftOf,
  EMPTY_DRAFT,
  faultsOf,
  faultsOfErrors,
  fieldsOf,
  mergeDrafts,
  type DraftField,
  type EventDraft,
  type Faults,
} from './event-draft.ts'

/** `conflict`: somebody else saved meanwhile; nothing of what was typed is lost. */
export type Saving =
  | { status: 'idle' | 'saving' | 'saved' }
  | { status: 'failed'; message: string }
  | { status: 'conflict'; theirs: EventForm; fields: DraftField[] }

/** The code of an event that was made just now: its page is another one. */
let madeWith: { id: string; code: string } | undefined

/**
 * The form of one event, new or known. What was typed stays until the api has taken it.
 *
 * @param known the event as it was read; undefined for a new one
 * @param whose the studio of a new one, where several are managed
 */
export function useEventForm(
  known: EventForm | undefined,
  whose: () => Promise<{ studio?: string }> = async () => ({}),
) {
  const base = shallowRef<EventDraft>(known ? draftOf(known) : EMPTY_DRAFT)
  const event = shallowRef(known)
  const draft = reactive<EventDraft>({ ...base.value })
  const refused = ref<Faults>({})
  const tried = ref(false)
  /** The code that was saved last: nobody can read it again. */
  const savedCode = ref(madeWith !== undefined && madeWith.id === known?.id ? madeWith.code : undefined)
  madeWith = undefined
  const saving = shallowRef<Saving>({ status: 'idle' })

  const own = computed(() => faultsOf(draft, event.value?.hasCode))
  const faults = computed<Faults>(() => (tried.value ? { ...refused.value, ...own.value } : refused.value))
  const isDirty = computed(() => differing(base.value, draft).length > 0)

  /** What was typed since `sent` stays. */
  function settle(saved: EventForm, sent: EventDraft): void {
    event.value = saved
    base.value = draftOf(saved)
    Object.assign(draft, mergeDrafts(sent, { ...draft }, base.value))
    refused.value = {}
    tried.value = false
  }

  /** @returns the event once it is saved, undefined while something is wrong */
  async function save(): Promise<EventForm | undefined> {
    tried.value = true
    refused.value = {}
    if (saving.value.status === 'saving' || Object.keys(own.value).length > 0) return undefined
    saving.value = { status: 'saving' }
    const sent = { ...draft }
    const isNew = event.value === undefined
    try {
      const saved = event.value ? await change(event.value) : await create()
      settle(saved, sent)
      savedCode.value = saved.hasCode ? (fieldsOf(sent).code ?? savedCode.value) : undefined
      if (isNew && savedCode.value !== undefined) madeWith = { id: saved.id, code: savedCode.value }
      saving.value = { status: 'saved' }
      return saved
    } catch (error) {
      saving.value = await explain(error)
      return undefined
    }
  }

  const change = ({ id, revision }: EventForm) =>
    call(changeEvent, { params: { id }, body: { ...fieldsOf(draft), revision } })

  /** Its page reads it again, with what the installation says. */
  async function create(): Promise<EventForm> {
    const fields = fieldsOf(draft)
    const { faceBound: _bound, ...forCreation } = fields
    const { salesStart, salesEnd, organizerId, faceSearchWording, facesUntil, keptUntil } = forCreation
    const { studio: studioId } = await whose()
    const { id, status, photoCount } = await call(createEvent, {
      body: {
        ...forCreation,
        studioId,
        salesStart: salesStart ?? undefined,
        salesEnd: salesEnd ?? undefined,
        organizerId: organizerId ?? undefined,
        faceSearchWording: faceSearchWording ?? undefined,
        facesUntil: facesUntil ?? undefined,
        keptUntil: keptUntil ?? undefined,
      },
    })
    const more = { engineBound: null, keptDays: { faces: 0, photos: 0 }, coverPhotoId: null, logoUrl: null }
    return { ...fields, ...more, id, status, photoCount, hasCode: fields.visibility === 'code', revision: 1 }
  }

  async function explain(error: unknown): Promise<Saving> {
    const code = error instanceof ProblemError ? error.code : 'internal'
    if (code === 'slug_taken') refused.value = { slug: 'slugTaken' }
    if (error instanceof ProblemError && code === 'invalid_request') refused.value = faultsOfErrors(error.errors)
    if (code === 'event_changed' && event.value) {
      try {
        const theirs = await call(getEventForm, { params: { id: event.value.id } })
        return { status: 'conflict', theirs, fields: differing(base.value, draftOf(theirs)) }
      } catch (again) {
        return { status: 'failed', message: problemMessage(again) }
      }
    }
    return { status: 'failed', message: problemMessage(error) }
  }

  /** Ends a conflict: their state alone, or with my changes on top, which are then mine to save. */
  function resolve(keepMine: boolean): void {
    if (saving.value.status !== 'conflict') return
    const { theirs } = saving.value
    settle(theirs, keepMine ? base.value : { ...draft })
    saving.value = { status: 'idle' }
  }

  /** The status is no part of the form: it may change while somebody types. */
  function moved(status: EventForm['status']): void {
    if (event.value) event.value = { ...event.value, status }
  }

  /** Neither is the cover. */
  function covered(coverPhotoId: string): void {
    if (event.value) event.value = { ...event.value, coverPhotoId }
  }

  return { event, draft, faults, isDirty, savedCode, saving, save, resolve, moved, covered }
}
