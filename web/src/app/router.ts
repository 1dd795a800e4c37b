import type { Role } from '@pix/contracts/auth.ts'
import { createRouter, createWebHistory, START_LOCATION, type RouteRecordRaw } from 'vue-router'
import { forgetPageData } from './page-data.ts'
import { scrollPlace } from './scroll-place.ts'
import { useSession } from './session.store.ts'
import { showWaiting } from './show-waiting.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may open it; everybody when absent. */
    roles?: readonly Role[]
    /** Black header: the page starts on the stage. */
    stageHeader?: boolean
    /** Header without navigation and no footer: nothing leads away from paying. */
    bareHeader?: boolean
    /** The entry of the work menu it belongs to. */
    menu?: string
  }
}

const shop: RouteRecordRaw[] = [
  { path: '', component: () => import('../events/HomePage.vue'), meta: { stageHeader: true } },
  { path: 'events/:slug', component: () => import('../events/EventPage.vue'), props: true },
  { path: 'events/:slug/photos', component: () => import('../photos/GalleryPage.vue'), props: true },
  { path: 'events/:slug/find-me', component: () => import('../faces/FindMePage.vue'), props: true },
  { path: 'cart', component: () => import('../cart/CartPage.vue') },
  { path: 'checkout', component: () => import('../orders/CheckoutPage.vue'), meta: { bareHeader: true } },
  {
    path: 'checkout/payment/:id',
    component: () => import('../payments/PaymentPage.vue'),
    props: true,
    meta: { bareHeader: true },
  },
  {
    path: 'checkout/success/:id',
    component: () => import('../orders/SuccessPage.vue'),
    props: true,
    meta: { stageHeader: true },
  },
  { path: 'login', component: () => import('../auth/LoginPage.vue') },
]

const ChooseEventPage = () => import('../photos/ChooseEventPage.vue')

const crew: RouteRecordRaw[] = [
  { path: '', component: ChooseEventPage, props: { base: '/photographer', work: 'upload' } },
  { path: 'events/:id/upload', component: () => import('../photos/UploadPage.vue'), props: true },
]

const admin: RouteRecordRaw[] = [
  { path: '', redirect: '/admin/approve' },
  {
    path: 'approve',
    component: ChooseEventPage,
    props: { base: '/admin', work: 'approve' },
    meta: { menu: '/admin/approve' },
  },
  {
    path: 'events/:id/approve',
    component: () => import('../photos/ApprovePage.vue'),
    props: true,
    meta: { menu: '/admin/approve' },
  },
  {
    path: 'people',
    component: ChooseEventPage,
    props: { base: '/admin', work: 'people' },
    meta: { menu: '/admin/people' },
  },
  {
    path: 'events/:id/people',
    component: () => import('../faces/people/PeoplePage.vue'),
    props: true,
    meta: { menu: '/admin/people' },
  },
  {
    path: 'events/:id/people/:person',
    component: () => import('../faces/people/PersonPage.vue'),
    props: true,
    meta: { menu: '/admin/people' },
  },
  {
    path: 'revenue/:id?',
    component: () => import('../revenue/RevenuePage.vue'),
    props: ({ params }) => ({ id: params['id'] || undefined }),
    meta: { menu: '/admin/revenue' },
  },
]

const WorkLayout = () => import('./WorkLayout.vue')

const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('./ShopLayout.vue'), children: shop },
  {
    path: '/photographer',
    component: WorkLayout,
    children: crew,
    meta: { roles: ['photographer', 'admin'], menu: '/photographer' },
  },
  { path: '/admin', component: WorkLayout, children: admin, meta: { roles: ['admin'] } },
  ...(import.meta.env.DEV ? [{ path: '/ui', component: () => import('../ui/gallery/UiPage.vue') }] : []),
  {
    path: '/:rest(.*)*',
    component: () => import('./ShopLayout.vue'),
    children: [{ path: '', component: () => import('./NotFoundPage.vue') }],
  },
]

/** Every address of the web, each page in a chunk of its own. */
export function createAppRouter() {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: scrollPlace,
  })

  router.beforeEach(async to => {
    const { roles } = to.meta
    if (!roles) return true
    const session = useSession()
    await session.restore()
    if (session.role && roles.includes(session.role)) return true
    return { path: '/login', query: { next: to.fullPath } }
  })
  router.afterEach((_to, from) => {
    if (from !== START_LOCATION) forgetPageData()
  })
  showWaiting(router)
  return router
}
