import type { NeededStanding } from '@pix/domain/standing.ts'
import { createRouter, createWebHistory, START_LOCATION, type RouteRecordRaw } from 'vue-router'
import { account } from '../account/routes.ts'
import { admin } from '../admin/routes.ts'
import { organizer } from '../organizer/routes.ts'
import { photographer } from '../photographer/routes.ts'
import { shop } from '../shop/routes.ts'
import type { Area } from '../base/area.ts'
import { onSecondFactorRequired } from '../base/api.ts'
import { ENROL, redirectOf } from './redirect-of.ts'
import { loadWords, type WordFiles } from '../base/i18n/index.ts'
import { forgetPageData } from '../base/page-data.ts'
import { scrollPlace } from './scroll-place.ts'
import { showWaiting } from './show-waiting.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** The standing that who opens it must have somewhere; everybody when absent. */
    needs?: NeededStanding
    /** The sentences that it shows. */
    words?: readonly WordFiles[]
    /** Black header: the page starts on the stage. */
    stageHeader?: boolean
    /** Header without navigation and no footer: nothing leads away from paying. */
    bareHeader?: boolean
    /** Who is signed in sees the pages of the account beside it. */
    ofAccount?: boolean
    /** The entry of the work menu it belongs to. */
    menu?: string
  }
}

const shellWords: WordFiles = { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') }

/** Left to right: a page needs the words of its own area and, for the components it takes from there, of those before. */
const AREAS: readonly Area[] = [shop, account, photographer, organizer, admin]

/** The pages of an area, each with the words it needs. */
const pagesOf = (area: Area): RouteRecordRaw[] => {
  const words = [shellWords, ...AREAS.slice(0, AREAS.indexOf(area) + 1).map(({ words }) => words)]
  return area.routes.map(route => ({ ...route, meta: { ...route.meta, words } }))
}

const ShopLayout = () => import('./ShopLayout.vue')
const WorkLayout = () => import('./WorkLayout.vue')

const routes: RouteRecordRaw[] = [
  { path: '/', component: ShopLayout, children: [...pagesOf(shop), ...pagesOf(account)] },
  {
    path: '/photographer',
    component: WorkLayout,
    children: pagesOf(photographer),
    meta: { needs: 'photographer', menu: '/photographer' },
  },
  {
    path: '/organizer',
    component: WorkLayout,
    children: pagesOf(organizer),
    meta: { needs: 'organizer', menu: '/organizer' },
  },
  { path: '/admin', component: WorkLayout, children: pagesOf(admin), meta: { needs: 'manager' } },
  ...(import.meta.env.DEV ? [{ path: '/ui', component: () => import('../ui/gallery/UiPage.vue') }] : []),
  {
    path: '/:rest(.*)*',
    component: ShopLayout,
    children: [{ path: '', component: () => import('./NotFoundPage.vue') }],
    meta: { words: [shellWords, shop.words] },
  },
]

/** Every address of the web, each page in a chunk of its own. */
export function createAppRouter() {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: scrollPlace,
  })

  router.beforeEach(redirectOf)
  // They come beside the page's script, and the page is shown when both are there.
  router.beforeEach(({ meta }) => {
    loadWords(meta.words ?? []).catch(() => undefined)
  })
  router.beforeResolve(({ meta }) => loadWords(meta.words ?? []))
  router.afterEach((_to, from) => {
    if (from !== START_LOCATION) forgetPageData()
  })
  onSecondFactorRequired(() => void router.push(ENROL))
  showWaiting(router)
  return router
}
