import type { RouteRecordRaw } from 'vue-router'
import type { WordFiles } from './i18n/index.ts'

/** A part of the web: its pages, and the sentences that come with the first of them. */
export interface Area {
  routes: RouteRecordRaw[]
  words: WordFiles
}
