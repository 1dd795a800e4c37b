import type { Area } from '../base/area.ts'
import { ChooseEventPage } from './crew/index.ts'
import { EarningsPage } from './earnings/index.ts'
import { PayoutsPage } from './payouts/index.ts'

/** What photographers do: choose an event, send photos, see what they earn and what is paid out. */
export const photographer: Area = {
  words: { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') },
  routes: [
    { path: '', component: ChooseEventPage, props: { base: '/photographer', work: 'upload' } },
    {
      path: 'earnings',
      component: EarningsPage,
      props: { party: 'photographer' },
      meta: { menu: '/photographer/earnings' },
    },
    {
      path: 'payouts',
      component: PayoutsPage,
      props: { party: 'photographer' },
      meta: { menu: '/photographer/earnings' },
    },
    { path: 'events/:id/upload', component: () => import('./upload/UploadPage.vue'), props: true },
  ],
}
