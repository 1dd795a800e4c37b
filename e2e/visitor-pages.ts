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
 * Every page that the router of the running web lists, `/events/:slug`, with the standing that it asks for.
 *
 * @param page one that shows the web
 */
export async function routesOf(page: Page): Promise<{ path: string; needs?: string | undefined }[]> {
  const routes = await page.evaluate(() => {
    const root = document.querySelector<Root>('#app')!
    const { $router } = root['__vue_app__'].config.globalProperties
    return $router.getRoutes().map(({ path, meta }) => ({ path, needs: meta.needs }))
  })
  // `:date(\d{4}-…)` and `:rest(.*)*` say besides which values a parameter may have.
  return routes.map(({ path, needs }) => ({ path: path.replaceAll(/\([^)]*\)[*+?]?|\?$/g, ''), needs }))
}

/** The pages that anybody may open. Below a page that needs a standing every page needs it. */
export async function visitorPages(page: Page): Promise<string[]> {
  const routes = await routesOf(page)
  const closed = routes.filter(({ needs }) => needs !== undefined).map(({ path }) => path)
  const isClosed = (path: string) => closed.some(above => path === above || path.startsWith(`${above}/`))
  return [...new Set(routes.map(({ path }) => path))].filter(path => !isClosed(path))
}

/** Until the page stands and nothing of it is still coming. */
export async function untilWhole(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .skel') === null)
}
