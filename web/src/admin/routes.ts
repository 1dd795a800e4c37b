import type { Area } from '../base/area.ts'
import { StatisticsPage } from '../organizer/statistics/index.ts'
import { withStatusWords } from '../shop/status/index.ts'

/** What administrators do: make and open events, approve photos, look after people's groups, read what was earned and who did what, and decide what needs a person. */
export const admin: Area = {
  words: { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') },
  routes: [
    { path: '', component: () => import('./dashboard/HomePage.vue'), meta: { menu: '/admin' } },
    { path: 'events', component: () => import('./events/EventsPage.vue'), meta: { menu: '/admin/events' } },
    { path: 'events/new', component: () => import('./events/EventPage.vue'), meta: { menu: '/admin/events' } },
    {
      path: 'events/:id',
      component: () => import('./events/EventPage.vue'),
      props: true,
      meta: { menu: '/admin/events' },
    },
    {
      path: 'approve',
      component: () => import('./events/ChooseManagedEvent.vue'),
      props: { work: 'approve' },
      meta: { menu: '/admin/approve' },
    },
    {
      path: 'events/:id/statistics',
      component: StatisticsPage,
      props: ({ params: { id } }) => ({
        id,
        back: `/admin/events/${String(id)}`,
        desk: `/admin/events/${String(id)}/photos`,
      }),
      meta: { menu: '/admin/events' },
    },
    {
      path: 'events/:id/approve',
      component: () => import('./approve/ApprovePage.vue'),
      props: true,
      meta: { menu: '/admin/approve' },
    },
    {
      path: 'photos',
      component: () => import('./events/ChooseManagedEvent.vue'),
      props: { work: 'photos' },
      meta: { menu: '/admin/photos' },
    },
    {
      path: 'events/:id/photos',
      component: () => import('./photos/PhotosPage.vue'),
      props: true,
      meta: { menu: '/admin/photos' },
    },
    {
      path: 'people',
      component: () => import('./events/ChooseManagedEvent.vue'),
      props: { work: 'people' },
      meta: { menu: '/admin/people' },
    },
    {
      path: 'events/:id/people',
      component: () => import('./people/PeoplePage.vue'),
      props: true,
      meta: { menu: '/admin/people' },
    },
    {
      path: 'events/:id/people/:person',
      component: () => import('./people/PersonPage.vue'),
      props: true,
      meta: { menu: '/admin/people' },
    },
    {
      path: 'revenue/:id?',
      component: () => import('./revenue/RevenuePage.vue'),
      props: ({ params }) => ({ id: params['id'] || undefined }),
      meta: { menu: '/admin/revenue' },
    },
    {
      path: 'orders',
      component: () => import('./orders/OrdersPage.vue'),
      meta: { menu: '/admin/orders', needs: 'sales' },
    },
    {
      path: 'orders/:id',
      component: () => import('./orders/OrderPage.vue'),
      props: true,
      meta: { menu: '/admin/orders', needs: 'sales' },
    },
    { path: 'documents', component: () => import('./documents/DocumentsPage.vue'), meta: { menu: '/admin/documents' } },
    {
      path: 'payouts',
      component: () => import('./payouts/PayoutsPage.vue'),
      meta: { menu: '/admin/payouts', needs: 'owner' },
    },
    {
      path: 'payouts/:id',
      component: () => import('./payouts/BatchPage.vue'),
      props: true,
      meta: { menu: '/admin/payouts', needs: 'owner' },
    },
    {
      path: 'ledger',
      component: () => import('./ledger/LedgerPage.vue'),
      meta: { menu: '/admin/ledger', needs: 'owner' },
    },
    { path: 'seller', component: () => import('./seller/SellerPage.vue'), meta: { menu: '/admin/documents' } },
    { path: 'coupons', component: () => import('./coupons/CouponsPage.vue'), meta: { menu: '/admin/coupons' } },
    { path: 'packages', component: () => import('./packages/PackagesPage.vue'), meta: { menu: '/admin/packages' } },
    { path: 'split', component: () => import('./split/SplitPage.vue'), meta: { menu: '/admin/split' } },
    { path: 'members', component: () => import('./members/MembersPage.vue'), meta: { menu: '/admin/members' } },
    {
      path: 'keys',
      component: () => import('./keys/KeysPage.vue'),
      meta: { menu: '/admin/keys', needs: 'owner' },
    },
    {
      path: 'studio',
      component: () => import('./studio-settings/StudioSettingsPage.vue'),
      meta: { menu: '/admin/studio' },
    },
    {
      path: 'inbox',
      component: () => import('./inbox/InboxPage.vue'),
      meta: { menu: '/admin/inbox', needs: 'platform_admin' },
    },
    {
      path: 'reconciliation',
      component: () => import('./reconciliation/ReconciliationPage.vue'),
      meta: { menu: '/admin/reconciliation', needs: 'platform_admin' },
    },
    {
      path: 'queues',
      component: () => import('./queues/QueuesPage.vue'),
      meta: { menu: '/admin/queues', needs: 'platform_admin' },
    },
    {
      path: 'users',
      component: () => import('./users/UsersPage.vue'),
      meta: { menu: '/admin/users', needs: 'platform_admin' },
    },
    {
      path: 'users/:id',
      component: () => import('./users/UserPage.vue'),
      props: true,
      meta: { menu: '/admin/users', needs: 'platform_admin' },
    },
    {
      path: 'settings',
      component: () => import('./settings/SettingsPage.vue'),
      meta: { menu: '/admin/settings', needs: 'platform_admin' },
    },
    {
      path: 'limits',
      component: () => import('./settings/limits/LimitsPage.vue'),
      meta: { menu: '/admin/settings', needs: 'platform_admin' },
    },
    {
      path: 'status',
      component: withStatusWords(() => import('./status/StatusDeskPage.vue')),
      meta: { menu: '/admin/status', needs: 'platform_admin' },
    },
    {
      path: 'letters',
      component: () => import('./settings/letters/LettersPage.vue'),
      meta: { menu: '/admin/settings', needs: 'platform_admin' },
    },
    {
      path: 'letters/:template',
      component: () => import('./settings/letters/LetterPage.vue'),
      props: true,
      meta: { menu: '/admin/settings', needs: 'platform_admin' },
    },
    {
      path: 'refused-addresses',
      component: () => import('./settings/refused/RefusedPage.vue'),
      meta: { menu: '/admin/settings', needs: 'platform_admin' },
    },
    {
      path: 'studios',
      component: () => import('./studios/StudiosPage.vue'),
      meta: { menu: '/admin/studios', needs: 'platform_admin' },
    },
    {
      path: 'audit',
      component: () => import('./audit/AuditPage.vue'),
      meta: { menu: '/admin/audit', needs: 'platform_admin' },
    },
  ],
}
