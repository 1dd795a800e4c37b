import type { Area } from '../base/area.ts'
import { paymentPage } from './checkout/payment/index.ts'
import { favouritesPage } from './favourites/index.ts'
import { findMePage, hideMePage } from './find-me/index.ts'
import { guidePage, helpPage } from './help/index.ts'
import { joinPage } from './joining/index.ts'
import { portfolioPage } from './photographers/index.ts'
import { statusPage } from './status/index.ts'
import { takedownPage } from './takedown/index.ts'
import { transferPage } from './transfer/index.ts'

/** What everybody may open: events, their photos, finding oneself, cart and checkout. */
export const shop: Area = {
  words: { th: () => import('./words.th.ts'), en: () => import('./words.en.ts') },
  routes: [
    { path: '', component: () => import('./home/HomePage.vue'), meta: { stageHeader: true } },
    { path: 'events/:slug', component: () => import('./events/EventPage.vue'), props: true },
    { path: 'events/:slug/photos', component: () => import('./photos/GalleryPage.vue'), props: true },
    { path: 'events/:slug/find-me', component: findMePage, props: true },
    { path: 'events/:slug/hide-me', component: hideMePage, props: true },
    { path: 'p/:slug', component: portfolioPage, props: true },
    { path: 'favourites', component: favouritesPage, meta: { ofAccount: true } },
    { path: 'takedown/:photo', component: takedownPage, props: true },
    { path: 'join', component: joinPage, meta: { stageHeader: true } },
    { path: 'help', component: helpPage },
    { path: 'help/:who', component: guidePage, props: true },
    { path: 'status', component: statusPage },
    { path: 'cart', component: () => import('./cart/CartPage.vue') },
    { path: 'checkout', component: () => import('./checkout/CheckoutPage.vue'), meta: { bareHeader: true } },
    {
      path: 'checkout/payment/:id',
      component: paymentPage,
      props: true,
      meta: { bareHeader: true },
    },
    { path: 'checkout/transfer/:id', component: transferPage, props: true, meta: { bareHeader: true } },
    {
      path: 'checkout/success/:id',
      component: () => import('./checkout/success/SuccessPage.vue'),
      props: true,
      meta: { stageHeader: true },
    },
  ],
}
