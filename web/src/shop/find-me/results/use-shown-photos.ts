import type { EventDetail } from '@pix/contracts/events.ts'
import type { Match, PhotoAround } from '@pix/contracts/faces.ts'
import { hasSeveralDays } from '@pix/domain/has-several-days.ts'
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { formatMoment } from '../../../base/i18n/format.ts'
import { toGridPhoto } from '../../photos/index.ts'

/**
 * The photos on the page of results, as the grids and the lightbox show them: the matches, then those around them.
 *
 * @param isTicked whether a photo is selected
 */
export function useShownPhotos(
  event: EventDetail,
  matches: Readonly<Ref<readonly Match[]>>,
  around: Readonly<Ref<readonly PhotoAround[]>>,
  isTicked: (photoId: string) => boolean,
) {
  const { t } = useI18n()
  const withDay = hasSeveralDays(event)

  function toPhoto({ photo }: PhotoAround, at: number, list: readonly PhotoAround[]) {
    const place = { at: at + 1, of: list.length }
    const timed = list === around.value ? 'faces.photoAround' : 'faces.photoOfYouAt'
    const label = photo.takenAt
      ? t(timed, { ...place, time: formatMoment(photo.takenAt, withDay) })
      : t('faces.photoOfYou', place)
    return toGridPhoto(photo, isTicked(photo.id) ? t('faces.selectedLabel', { photo: label }) : label)
  }

  const shown = computed((): PhotoAround[] => [...matches.value, ...around.value])
  const photos = computed(() => {
    const all = [matches.value, around.value].flatMap(list => list.map(toPhoto))
    return new Map(all.map(photo => [photo.id, photo]))
  })
  const isMatch = (photoId: string): boolean => matches.value.some(({ photo }) => photo.id === photoId)
  return { shown, photos, isMatch }
}
