import type { Area } from '../base/area.ts'
import { ChooseEventPage } from './crew/index.ts'
import { DayPage } from './day/index.ts'
import { EarningsPage } from './earnings/index.ts'
import { PayoutsPage } from './payouts/index.ts'
import { MyPhotosPage } from './photos/index.ts'
import { LettersPage } from './letters/index.ts'

/** What photographers do: see their day, send photos, look after them, see what they earn and what is paid out, say who they are. */
export const photographer: Area = {
  words: { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') },
  routes: [
    { path: '', component: DayPage },
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
    {
      path: 'portfolio',
      component: () => import('./portfolio/PortfolioPage.vue'),
      meta: { menu: '/photographer/portfolio' },
    },
    {
      path: 'letters',
      component: LettersPage,
      props: { party: 'photographer' },
      meta: { menu: '/photographer' },
    },
    { path: 'events', component: ChooseEventPage, props: { work: 'own' } },
    { path: 'events/:id/photos', component: MyPhotosPage, props: true },
    { path: 'events/:id/cameras', component: () => import('./cameras/CamerasPage.vue'), props: true },
    { path: 'events/:id/upload', component: () => import('./upload/UploadPage.vue'), props: true },
  ],
}
