import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { focusFirstFaults } from '../base/focus-first-fault.ts'
import { followLocale, i18n } from '../base/i18n/index.ts'
import { showFirstWords } from './first-words.ts'
import { watchForFaults } from './page-fault.ts'
import { createAppRouter } from './router.ts'
import { findStorefront } from '../base/storefront.ts'
import { followTheme } from '../base/theme.ts'
import { showAccent } from './show-accent.ts'
import { startOfflineLater } from './start-offline-later.ts'

followTheme()
showFirstWords()
followLocale()
findStorefront()
showAccent()
focusFirstFaults(document)
const app = createApp(App)
const router = createAppRouter()
watchForFaults(app, router)
app.use(createPinia()).use(i18n).use(router)
// The HTML's first screen stays until the page is ready.
const mount = () => void app.mount('#app')
router.isReady().then(mount, mount)
startOfflineLater(router)
