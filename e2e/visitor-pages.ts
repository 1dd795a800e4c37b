import type { Page } from 'playwright-core'

interface Route {
  path: string
  meta: { needs?: string }
}
/** Vue leaves the app at the element that it draws into; with it comes the router. */
interface Root extends Element {
  __vue_app__: { config: { globalProperties: { $router: { getRoutes(): Route[] } } } }
}

/**
 * The pages that anybody may open, as the router of the running web lists them: `/events/:slug`. Below a page that needs a
 * standing every page needs it.
 *
 * @param page one that shows the web
 */
export async function visitorPages(page: Page): Promise<string[]> {
  const routes = await page.evaluate(() => {
    const root = document.querySelector<Root>('#app')!
    const { $router } = root['__vue_app__'].config.globalProperties
    return $router.getRoutes().map(({ path, meta }) => ({ path, needs: meta.needs }))
  })
  const closed = routes.filter(({ needs }) => needs !== undefined).map(({ path }) => path)
  const isClosed = (path: string) => closed.some(above => path === above || path.startsWith(`${above}/`))
  // `:date(\d{4}-…)` and `:rest(.*)*` say besides which values a parameter may have.
  const paths = routes.map(({ path }) => path.replaceAll(/\([^)]*\)[*+?]?/g, ''))
  return [...new Set(paths)].filter(path => !isClosed(path))
}

/** Until the page stands and nothing of it is still coming. */
export async function untilWhole(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .skel') === null)
}
