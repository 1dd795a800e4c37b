import type { Role } from '@pix/contracts/auth.ts'
import { createRouter, createWebHistory, START_LOCATION, type RouteRecordRaw } from 'vue-router'
import { accountRoutes } from '../account/routes.ts'
import { adminRoutes } from '../admin/routes.ts'
import { photographerRoutes } from '../photographer/routes.ts'
import { shopRoutes } from '../shop/routes.ts'
import { forgetPageData } from '../base/page-data.ts'
import { scrollPlace } from './scroll-place.ts'
import { useSession } from '../base/session.store.ts'
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

const WorkLayout = () => import('./WorkLayout.vue')

const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('./ShopLayout.vue'), children: [...shopRoutes, ...accountRoutes] },
  {
    path: '/photographer',
    component: WorkLayout,
    children: photographerRoutes,
    meta: { roles: ['photographer', 'admin'], menu: '/photographer' },
  },
  { path: '/admin', component: WorkLayout, children: adminRoutes, meta: { roles: ['admin'] } },
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
