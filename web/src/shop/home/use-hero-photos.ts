import { listEvents } from '@pix/contracts/events.ts'
import { HERO_EVENTS, HERO_PHOTOS, takeTurns } from '@pix/contracts/page-data.ts'
import { listPhotos, type PhotoTile, pictureUrl } from '@pix/contracts/photos.ts'
import { pictureSrcset } from '@pix/contracts/pictures.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { pageData } from '../../base/page-data.ts'
import { loadDemoSelfies } from '../events/index.ts'

interface HeroPicture {
  src: string
  srcset?: string
}

/**
 * The pictures of the hero. `others` are photos of the events on sale now: watermarked previews that anyone can see,
 * never files of our own. `found` is the demo event's own selfie: no participant's face is framed as an advertisement.
 * Nothing on sale, or no answer: the hero keeps its empty tiles. `preloaded`: the HTML showed them before.
 */
export function useHeroPhotos() {
  const preloaded = pageData().home?.hero
  const others = shallowRef<HeroPicture[]>((preloaded ?? []).map(toPicture))
  const found = shallowRef<HeroPicture>()
  const gone = new AbortController()
  onScopeDispose(() => gone.abort())
  const { signal } = gone

  async function loadOthers() {
    const { items } = await call(listEvents, { query: { limit: HERO_EVENTS } }, { signal })
    const pages = await Promise.all(
      items
        .filter(event => event.photoCount > 0)
        .map(event => call(listPhotos, { params: { id: event.id }, query: { limit: HERO_PHOTOS } }, { signal })),
    )
    others.value = takeTurns(
      pages.map(page => page.items),
      HERO_PHOTOS,
    ).map(toPicture)
  }
  if (!preloaded) loadOthers().catch(() => undefined)
  void loadDemoSelfies(signal).then(demo => {
    const face = demo?.selfies[0]
    if (face !== undefined && !signal.aborted) found.value = { src: face }
  })
  return { found, others, preloaded: preloaded !== undefined }
}

const toPicture = (photo: PhotoTile): HeroPicture => ({
  src: pictureUrl(photo, 'medium'),
  srcset: pictureSrcset(photo, photo.width / photo.height),
})
