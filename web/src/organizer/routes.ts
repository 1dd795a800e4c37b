import type { Area } from '../base/area.ts'
import { StatisticsPage } from './statistics/index.ts'
import { ChooseEventPage } from '../photographer/crew/index.ts'
import { EarningsPage } from '../photographer/earnings/index.ts'
import { PayoutsPage } from '../photographer/payouts/index.ts'
import { LettersPage } from '../photographer/letters/index.ts'

/** What organizers do: see their events and how they do, and invite the photographers. */
export const organizer: Area = {
  words: { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') },
  routes: [
    { path: '', component: ChooseEventPage, props: { work: 'crew' } },
    { path: 'earnings', component: EarningsPage, props: { party: 'organizer' }, meta: { menu: '/organizer/earnings' } },
    { path: 'payouts', component: PayoutsPage, props: { party: 'organizer' }, meta: { menu: '/organizer/earnings' } },
    {
      path: 'letters',
      component: LettersPage,
      props: { party: 'organizer' },
      meta: { menu: '/organizer/earnings' },
    },
    {
      path: 'events/:id/statistics',
      component: StatisticsPage,
      props: ({ params: { id } }) => ({ id, back: `/organizer/events/${String(id)}/crew` }),
    },
    { path: 'events/:id/crew', component: () => import('./crew/CrewPage.vue'), props: true },
  ],
}
