import type { RouteRecordRaw } from 'vue-router'
import { ChooseEventPage } from './crew/index.ts'

/** What photographers do: choose an event, send photos. */
export const photographerRoutes: RouteRecordRaw[] = [
  { path: '', component: ChooseEventPage, props: { base: '/photographer', work: 'upload' } },
  { path: 'events/:id/upload', component: () => import('./upload/UploadPage.vue'), props: true },
]
