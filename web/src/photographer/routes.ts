import type { Area } from '../base/area.ts'
import { ChooseEventPage } from './crew/index.ts'

/** What photographers do: choose an event, send photos. */
export const photographer: Area = {
  words: { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') },
  routes: [
    { path: '', component: ChooseEventPage, props: { base: '/photographer', work: 'upload' } },
    { path: 'events/:id/upload', component: () => import('./upload/UploadPage.vue'), props: true },
  ],
}
