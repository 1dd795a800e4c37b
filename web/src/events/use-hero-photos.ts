import { listEvents } from '@pix/contracts/events.ts'
import { listPhotos, type PhotoTile, pictureUrl } from '@pix/contracts/photos.ts'
import { onScopeDispose, shallowRef } from 'vue'
import { call } from '../app/api.ts'
import { loadDemoSelfies } from '../faces/demo-selfies.ts'
import { pictureSrcset } from '../photos/pictures.ts'

/** The hero: five dimmed pictures and the one that is found. */
const SHOWN = 6
const EVENTS = 3

interface HeroPicture {
  src: string
  srcset?: string
}
export interface HeroPhotos {
  found: HeroPicture | undefined
  others: HeroPicture[]
}

/**
 * Photos of the events on sale now for the picture in the hero: watermarked previews that anyone can see, never files
 * of our own. The demo event's own selfie is the found face where there is a demo. Nothing on sale, or no answer: the
 * hero keeps its empty tiles.
 */
export function useHeroPhotos() {
  const photos = shallowRef<HeroPhotos>({ found: undefined, others: [] })
  const gone = new AbortController()
  onScopeDispose(() => gone.abort())

  async function load() {
    const { signal } = gone
    const [{ items }, demo] = await Promise.all([
      call(listEvents, { query: { limit: EVENTS } }, { signal }),
      loadDemoSelfies(signal),
    ])
    const pages = await Promise.all(
      items
        .filter(event => event.photoCount > 0)
        .map(event => call(listPhotos, { params: { id: event.id }, query: { limit: 20 } }, { signal })),
    )
    const face = items.some(event => event.slug === demo?.eventSlug) ? demo?.selfies[0] : undefined
    photos.value = arrange(
      pages.map(page => page.items),
      face,
    )
  }
  load().catch(() => undefined)
  return photos
}

const toPicture = (photo: PhotoTile): HeroPicture => ({
  src: pictureUrl(photo, 'medium'),
  srcset: pictureSrcset(photo, photo.width / photo.height),
})

/** Takes turns among the events; without a face of its own the found one is upright, as a person is. */
function arrange(events: PhotoTile[][], face: string | undefined): HeroPhotos {
  const turns = Array.from({ length: Math.max(0, ...events.map(photos => photos.length)) }, (_, at) =>
    events.flatMap(photos => photos[at] ?? []),
  ).flat()
  const upright = face === undefined ? (turns.find(photo => photo.height > photo.width) ?? turns[0]) : undefined
  return {
    found: face === undefined ? upright && toPicture(upright) : { src: face },
    others: turns
      .filter(photo => photo !== upright)
      .slice(0, SHOWN - 1)
      .map(toPicture),
  }
}
