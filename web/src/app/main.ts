import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { followLocale, i18n } from './i18n/index.ts'
import { createAppRouter } from './router.ts'
import { followTheme } from './theme.ts'

// A page of an older release asks for files that are gone: one reload brings the new release.
addEventListener('vite:preloadError', () => location.reload())

followTheme()
followLocale()
createApp(App).use(createPinia()).use(i18n).use(createAppRouter()).mount('#app')
